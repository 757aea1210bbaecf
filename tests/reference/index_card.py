#!/usr/bin/env python3
"""What an index card of at most ten attributes costs out of time: the table of docs/maths.md#whole-points.

usage: index_card.py BUILD_FOLDER DATASETS_FOLDER

Runs `leadcal card --attributes 10 --price` with caps of 20 and 5 on public and simulated leads; standard
library only. Attributes, weights and points are learnt in each fold; the model beside it has all
attributes. Olist and the simulated exports are tested by quarter where there are two such tests, bank-full
(without `duration`) by the last quarter of the file."""
import csv
import io
import os
import subprocess
import sys
import tempfile

BUILD, DATA = sys.argv[1], sys.argv[2]
LEADCAL = os.path.join(BUILD, "leadcal")
SIMULATED = ["--outcome", "stage", "--won", "Closed Won", "--entered", "created_date", "--closed", "close_date",
             "--window", "180", "--as-of", "2026-06-26"]


def sets(folder):
    yield "Olist", ["--spec", "datasets/olist.spec.json", DATA + "/olist-funnel/olist_marketing_qualified_leads_dataset.csv",
                    DATA + "/olist-funnel/olist_closed_deals_dataset.csv"]
    yield "bank-full", ["--outcome", "y", "--won", "yes", "--ignore", "duration", DATA + "/bank-marketing/bank-full.csv"]
    for seed in (1, 2, 3):
        path = os.path.join(folder, "leads-%d.csv" % seed)
        subprocess.run([LEADCAL, "simulate", "--rows", "6000", "--seed", str(seed), "-o", path], check=True)
        yield "simulated, seed %d" % seed, SIMULATED + [path]


def prices(words):
    """The rows of the first fold but the training: all later leads."""
    command = [LEADCAL, "card", "-q", "--price", "--format", "csv", "--attributes", "10"] + words
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [r for r in csv.DictReader(io.StringIO(done.stdout)) if r["fold"] != "train"]
    return {r["what"]: r for r in rows if r["fold"] == rows[0]["fold"]}


with tempfile.TemporaryDirectory() as folder:
    for name, words in sets(folder):
        for cap in ("20", "5"):
            p = prices(["--cap", cap] + words)
            loss = float(p["log_loss"]["continuous"])
            print("| %s | %s | %.5f | %.5f | %+.2f %% (%+.2f to %+.2f) | %.4f | %+.4f (%+.4f to %+.4f) | %.1f %% |" % (
                name, cap, loss, float(p["log_loss"]["integer"]),
                *(100 * float(p["log_loss"][k]) / loss for k in ("difference", "low", "high")),
                float(p["auc"]["continuous"]), *(float(p["auc"][k]) for k in ("difference", "low", "high")),
                100 * float(p["share_regraded"]["integer"])), flush=True)
