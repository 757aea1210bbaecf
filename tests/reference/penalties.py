#!/usr/bin/env python3
"""Out-of-time log loss of every penalty on public data: the table of docs/maths.md#which-penalty.

usage: penalties.py BUILD_FOLDER DATASETS_FOLDER

Runs `leadcal backtest --metrics` once for each penalty and data set; standard library only. Olist is
split by time; bank-full and German credit in the order of their files (last quarter). `duration` of
bank-full is known only once the call is over, and is left out."""
import csv
import io
import os
import subprocess
import sys

BUILD, DATA = sys.argv[1], sys.argv[2]
SETS = [
    ("Olist", ["--spec", "datasets/olist.spec.json", DATA + "/olist-funnel/olist_marketing_qualified_leads_dataset.csv",
               DATA + "/olist-funnel/olist_closed_deals_dataset.csv"]),
    ("bank-full", ["--outcome", "y", "--won", "yes", "--ignore", "duration", DATA + "/bank-marketing/bank-full.csv"]),
    ("German credit", ["--outcome", "creditability", "--won", "bad", DATA + "/german-credit/germancredit.csv"]),
]
PENALTIES = [("gaussian 0.7", ["gaussian"]), ("learned", ["learned"]), ("ridge, 1 SE", ["ridge"]),
             ("ridge, best", ["ridge", "--lambda-min"]), ("lasso, 1 SE", ["lasso"]), ("lasso, best", ["lasso", "--lambda-min"]),
             ("elastic 0.5, 1 SE", ["elastic"]), ("elastic 0.5, best", ["elastic", "--lambda-min"]), ("log-F(2,2)", ["logf"]),
             ("Firth with FLIC", ["firth"])]


def metrics(words):
    command = [os.path.join(BUILD, "leadcal"), "backtest", "-q", "--metrics", "--format", "csv"] + words
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        return {"why": done.stderr.strip().splitlines()[-1]}
    return {r["metric"]: r["value"] for r in csv.DictReader(io.StringIO(done.stdout)) if r["model"] == "logistic"}


for name, words in SETS:
    for penalty, option in PENALTIES:
        m = metrics(words + ["--penalty"] + option)
        if "why" in m:
            print("| %s | %s | %s |" % (name, penalty, m["why"]), flush=True)
        else:
            # A fit that leaves nothing but the base rate has no slope.
            slope = "%.2f" % float(m["calibration_slope"]) if m["calibration_slope"] else "none"
            print("| %s | %s | %.5f | %.4f | %s |" % (name, penalty, float(m["log_loss"]), float(m["auc"]), slope), flush=True)
