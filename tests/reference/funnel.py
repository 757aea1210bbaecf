#!/usr/bin/env python3
"""Counts a funnel again, from the files and with nothing of leadcal: the golden tests funnel-recount
and funnel-olist compare it with what `leadcal funnel` prints.

usage: funnel.py AS_OF LEADS_CSV ENTERED [DEALS_CSV KEY] OUTCOME WON LOST CLOSED

OUTCOME, CLOSED: columns of the deals where they are given (then a lead with a deal is won and OUTCOME
is -), else of the leads. Dates are YYYY-MM-DD, with or without a time. Prints
period,leads,won,lost,open,closed_won,closed_earlier,closed_later."""
import csv
import sys
from collections import Counter


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def quarter(day):
    return "%s-Q%d" % (day[:4], (int(day[5:7]) + 2) // 3)


def following(name):
    year, q = int(name[:4]), int(name[-1])
    return "%d-Q%d" % ((year, q + 1) if q < 4 else (year + 1, 1))


as_of, leads_path, entered = sys.argv[1:4]
deals = {}
if len(sys.argv) == 10:
    deals_path, key = sys.argv[4:6]
    deals = {row[key]: row for row in rows(deals_path)}
outcome, won, lost, closed = sys.argv[-4:]

seen = Counter()
periods = set()
for lead in rows(leads_path):
    day = lead[entered][:10]
    if day > as_of:
        continue
    if deals:
        deal = deals.get(lead[key])
        state = "won" if deal else "open"
        end = deal[closed][:10] if deal else ""
    else:
        state = {won: "won", lost: "lost"}.get(lead[outcome], "open")
        end = lead[closed][:10]
    if end > as_of:
        state = "open"
    came = quarter(day)
    periods.add(came)
    seen[came, "leads"] += 1
    seen[came, state] += 1
    if state == "won" and end:
        went = quarter(end)
        periods.add(went)
        seen[went, "closed_won"] += 1
        seen[went, "closed_earlier"] += came < went
        seen[came, "closed_later"] += came < went

names = ["leads", "won", "lost", "open", "closed_won", "closed_earlier", "closed_later"]
print(",".join(["period"] + names))
total = Counter()
at = min(periods)
while at <= max(periods):
    print(",".join([at] + [str(seen[at, name]) for name in names]))
    for name in names:
        total[name] += seen[at, name]
    at = following(at)
print(",".join(["(all)"] + [str(total[name]) for name in names]))
