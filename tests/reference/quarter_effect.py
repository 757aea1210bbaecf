#!/usr/bin/env python3
"""The table of docs/decisions/0110: what an unscored entry-quarter effect does on later leads.

    python3 tests/reference/quarter_effect.py build/release ../shared/datasets [EXPORTS]

Runs `leadcal backtest --metrics --quarter-sd S` on the bundled exports, on Olist and bank-full (which
has no dates), and on EXPORTS (default 20) made-up exports of each kind of drift, seeds 1..EXPORTS:

    none    every quarter closes alike
    walk    a random walk of the log-odds, SD 0.25 a quarter
    trend   log-odds fall by 0.1 a quarter
    step    log-odds fall by 0.7 three quarters before the end

In the drifting ones one source's share follows the quarter, so that a good quarter looks like a good
source. 4,800 leads over 12 quarters, about 10 % won within 60 days; six attributes. Only python3 is
needed. Printed: log loss and calibration in the large of the new model on later leads."""
import csv
import io
import math
import os
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta

SDS = ["0", "learnt", "0.1", "0.2", "0.3", "0.5", "1"]
FIRST, QUARTERS, LEADS = date(2022, 1, 1), 12, 4800


def drift_of(kind, rng):
    level, out = 0.0, []
    for q in range(QUARTERS):
        if kind == "walk":
            level += rng.gauss(0, 0.25)
        elif kind == "trend":
            level = -0.1 * q
        elif kind == "step":
            level = -0.7 if q >= QUARTERS - 3 else 0.0
        out.append(level)
    mean = sum(out) / QUARTERS
    return [x - mean for x in out]


def export(kind, seed, path):
    rng = random.Random(1000 * seed + len(kind))
    drift = drift_of(kind, rng)
    weight = [[rng.gauss(0, 0.5) for _ in range(k)] for k in (3, 4, 5, 6, 8, 12)]
    days = QUARTERS * 91
    with open(path, "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["entered", "stage", "closed"] + ["a%d" % j for j in range(6)])
        for _ in range(LEADS):
            day = rng.randrange(days)
            q = day // 91
            levels = [rng.randrange(len(w)) for w in weight]
            # Level 0 of the first attribute comes more often in good quarters.
            if rng.random() < min(0.6, max(0.02, 0.25 + 0.5 * drift[q])):
                levels[0] = 0
            x = -2.6 + drift[q] + sum(w[v] for w, v in zip(weight, levels))
            won = rng.random() < 1 / (1 + math.exp(-x))
            entered = FIRST + timedelta(days=day)
            out.writerow([entered, "Won" if won else "Lost",
                          entered + timedelta(days=rng.randrange(61))]
                         + ["v%d" % v for v in levels])


def metrics(leadcal, args, sd):
    run = subprocess.run([leadcal, "backtest", "--metrics", "--format", "csv", "--quiet"]
                         + ([] if sd == "learnt" else ["--quarter-sd", sd]) + args,
                         capture_output=True, text=True, check=True)
    return {r["metric"]: float(r["value"]) for r in csv.DictReader(io.StringIO(run.stdout))
            if r["model"] == "logistic" and r["value"]}


def put(name, rows):
    """Mean over exports, and the share of exports where log loss is no worse than without."""
    base = [r["log_loss"] for r in rows["0"]]
    for sd in SDS:
        loss = [r["log_loss"] for r in rows[sd]]
        large = [abs(r["calibration_in_the_large"]) for r in rows[sd]]
        auc = [r["auc"] for r in rows[sd]]
        n = len(loss)
        print("%-28s %6s  log loss %.5f (%+.2f %%)  |in the large| %.3f  AUC %.4f  no worse %d/%d"
              % (name, sd, sum(loss) / n, 100 * (sum(loss) / sum(base) - 1), sum(large) / n,
                 sum(auc) / n, sum(a <= b for a, b in zip(loss, base)), n))


def main():
    folder, public = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    exports = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    leadcal = os.path.join(folder, "leadcal")
    with tempfile.TemporaryDirectory() as temp:
        hubspot = os.path.join(temp, "hubspot.json")
        files = ["datasets/hubspot/contacts.csv", "datasets/hubspot/deals.csv"]
        subprocess.run([leadcal, "inspect", "-o", hubspot] + files, capture_output=True, check=True)
        bank = os.path.join(public, "bank-marketing", "bank-full.csv")
        olist = [os.path.join(public, "olist-funnel", "olist_%s_dataset.csv" % name)
                 for name in ("marketing_qualified_leads", "closed_deals")]
        known = [("datasets/leads.csv",
                  ["--spec", "datasets/leads.spec.json", "datasets/leads.csv"]),
                 ("datasets/hubspot", ["--spec", hubspot] + files),
                 ("Olist", ["--spec", "datasets/olist.spec.json"] + olist),
                 ("bank-full (no dates)", ["--spec", "datasets/bank-marketing.spec.json", bank])]
        for name, args in known:
            put(name, {sd: [metrics(leadcal, args, sd)] for sd in SDS})
        for kind in ("none", "walk", "trend", "step"):
            rows = {sd: [] for sd in SDS}
            for seed in range(1, exports + 1):
                path = os.path.join(temp, "drift.csv")
                export(kind, seed, path)
                args = ["--outcome", "stage", "--won", "Won", "--lost", "Lost", "--entered",
                        "entered", "--closed", "closed", "--window", "60", path]
                for sd in SDS:
                    rows[sd].append(metrics(leadcal, args, sd))
            put("drift %s, %d exports" % (kind, exports), rows)


main()
