#!/usr/bin/env python3
"""Counts acceptance again, from the file and with nothing of leadcal: the golden test accept-recount
compares it with what `leadcal accept` prints.

usage: acceptance.py AS_OF LEADS_CSV HANDED_OVER ACCEPTED_DATE STATUS ACCEPTED REJECTED COLUMN...

Dates are YYYY-MM-DD. A lead without a disposition is pending until 14 days after its hand-over. Prints
by,group,period,handed_over,accepted,rejected,untouched,pending over all and by each COLUMN, with the
groups in byte order and (missing) last."""
import csv
import datetime
import sys
from collections import Counter

as_of, path, handed, accepted_on, status, yes, no = sys.argv[1:8]
columns = sys.argv[8:]
young = (datetime.date.fromisoformat(as_of) - datetime.timedelta(days=14)).isoformat()
names = ["handed_over", "accepted", "rejected", "untouched", "pending"]


def fate(lead):
    if lead[accepted_on]:
        if lead[accepted_on] <= as_of:
            return "accepted"
    elif lead[status] == yes:
        return "accepted"
    elif lead[status] == no:
        return "rejected"
    return "pending" if lead[handed] > young else "untouched"


count = Counter()
for lead in csv.DictReader(open(path, encoding="utf-8-sig", newline="")):
    if lead[handed] > as_of:
        continue
    period = "%s-Q%d" % (lead[handed][:4], (int(lead[handed][5:7]) + 2) // 3)
    groups = [("(all)", "(all)")] + [(c, lead[c].strip() or "(missing)") for c in columns]
    for by, group in groups:
        for name in ("handed_over", fate(lead)):
            count[by, group, "(all)", name] += 1
            count[by, group, period, name] += 1

out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["by", "group", "period"] + names)
for by in ["(all)"] + columns:
    groups = {key[1] for key in count if key[0] == by}
    order = sorted(groups, key=lambda g: (g == "(missing)", g.encode()))
    for wanted_all in (True, False):
        for group in order:
            periods = sorted({key[2] for key in count if key[:2] == (by, group)})
            for period in periods:
                if (period == "(all)") == wanted_all:
                    out.writerow([by, group, period] + [count[by, group, period, n] for n in names])
