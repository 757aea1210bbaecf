#!/usr/bin/env python3
"""Counts mature, cold and unconvertible leads again, from datasets/leads-form.csv and with nothing of
leadcal: the golden test rates-classes-recount compares it with what `leadcal rates --classes` prints.

usage: classes.py LEADS_FORM_CSV WINDOW_DAYS"""
import csv
import datetime
import sys

AS_OF = datetime.date(2025, 12, 31)
OUTSIDE = {"Brasil", "México", "Argentina", "Chile", "Colombia"}
JUNK = {"asdf", "test", "xxx", "123", "qwertz", "aaaa", "qwer", "Test 1", "asdasd", "zzz", "abc", "0000"}
PRIVATE = {"gmail.com", "yahoo.com", "hotmail.com", "web.de", "gmx.de", "orange.fr", "outlook.com"}
ORDER = ["(all)", "mature", "cold", "unconvertible", "(counted)", "competitor", "junk", "territory", "test",
         "free_mail"]

day = datetime.date.fromisoformat
window = int(sys.argv[2])
count = {name: [0, 0] for name in ORDER}
with open(sys.argv[1], encoding="utf-8", newline="") as f:
    for row in csv.DictReader(f):
        entered = day(row["created_date"])
        if (AS_OF - entered).days < window:
            continue
        won = row["stage"] == "Closed Won" and day(row["close_date"]) <= AS_OF
        won = won and (day(row["close_date"]) - entered).days <= window
        rules = {"competitor": "rival-" in row["email_domain"], "junk": row["company"] in JUNK,
                 "territory": row["country"] in OUTSIDE, "test": row["is_test"] == "Yes"}
        active = "Yes" in (row["webinar"], row["demo_request"])
        names = ["(all)"] + [name for name, caught in rules.items() if caught]
        if len(names) > 1:
            names.append("unconvertible")
        else:
            names += ["(counted)", "mature" if active else "cold"]
            if row["email_domain"] in PRIVATE:
                names.append("free_mail")
        for name in names:
            count[name][0] += 1
            count[name][1] += won
for name in ORDER:
    print("%s,%d,%d" % (name, *count[name]))
