#!/usr/bin/env python3
"""How good the model is out of time, against glmnet's cross-validated ridge: docs/quality.md's table.

usage: quality.py BUILD_FOLDER DATASETS_FOLDER WORK_FOLDER

Olist and three simulated exports are split by time, bank-full in the order of its file (last quarter).
Each model is learnt by `leadcal fit` or `leadcal card` from what was known on the first test day, and
the test leads are scored by `leadcal score`; the first of them must have the log loss of `leadcal
backtest`, so that the split is the same. glmnet (quality.R) gets the same leads and columns, once
as leadcal's levels and once with numbers as numbers. Needs R with glmnet; else standard library."""
import csv
import datetime
import io
import json
import math
import os
import re
import subprocess
import sys

BUILD, DATA, WORK = sys.argv[1], sys.argv[2], sys.argv[3]
HERE = os.path.dirname(os.path.abspath(__file__))
OLIST = DATA + "/olist-funnel/olist_%s_dataset.csv"
DATED = ["--outcome", "stage", "--won", "Closed Won", "--entered", "created_date", "--closed", "close_date",
         "--engagement", "pages_viewed,email_opens,webinar,demo_request"]
BANK = ["--spec", "datasets/bank-marketing.spec.json"]  # leaves out duration, and day and month, which are time itself
RIVALS = [("gaussian", ["fit", "--penalty", "gaussian"]), ("learned", ["fit", "--penalty", "learned"]),
          ("ridge, best", ["fit", "--penalty", "ridge", "--lambda-min"]),
          ("card of 10", ["card", "--attributes", "10"]),
          ("card of 10, SD 0.4", ["card", "--attributes", "10", "--prior-sd", "0.4"])]


def leadcal(*words):
    done = subprocess.run([os.path.join(BUILD, "leadcal"), *words], capture_output=True, text=True)
    if done.returncode:
        sys.exit("quality: %s: %s" % (" ".join(words), done.stderr.strip()))
    return done.stdout, done.stderr


def rows_of(path, delimiter=","):
    with open(path, newline="", encoding="utf-8-sig") as f:
        return list(csv.DictReader(f, delimiter=delimiter))


def write(path, names, rows):
    with open(path, "w", newline="") as f:
        out = csv.writer(f)
        out.writerow(names)
        out.writerows(rows)
    return path


def log_loss(p, y):
    p = [min(max(v, 1e-15), 1 - 1e-15) for v in p]
    return -sum(math.log(v if w else 1 - v) for v, w in zip(p, y)) / len(y)


def day(text):
    return datetime.date.fromisoformat(text[:10]) if text else None


def by_time(words, files, rows, closed, said):
    """Training and test leads with their outcomes, and the options that make `fit` see the former."""
    window = int(re.search(r"won within (\d+) days", said).group(1))
    first = re.search(r"tested on \d+ later ones decided (\S+) to", said).group(1)
    last = re.search(r"tested on \d+ later ones decided \S+ to ([\d-]+)", said).group(1)
    entered = words[words.index("--entered") + 1] if "--entered" in words else "first_contact_date"
    span = datetime.timedelta(window)
    learnt = re.search(r"it would have been (\d+) days", said)  # the window that was known on the first test day
    learnt = datetime.timedelta(int(learnt.group(1)) if learnt else window)
    train, test = [], []
    for r in rows:
        at = day(r[entered])
        y = int(closed(r) is not None and closed(r) - at <= span)
        if at + learnt <= day(first):
            train.append((r, int(closed(r) is not None and closed(r) - at <= learnt)))
        elif day(first) <= at <= day(last):
            test.append((r, y))
    return train, test, words + ["--as-of", first, "--window", str(learnt.days)], files


def in_order(words, files, rows):
    cut = len(rows) * 3 // 4
    pairs = [(r, int(r["y"] == "yes")) for r in rows]
    path = write(WORK + "/train.csv", rows[0].keys(), [r.values() for r in rows[:cut]])
    return pairs[:cut], pairs[cut:], words, [path]


def level(attribute, text):
    """What quality.R calls the level of a cell: bins are (a, b]."""
    if not attribute["cuts"] or not text:
        return text or "(missing)"
    return "bin %d" % sum(float(text) > c for c in attribute["cuts"])


def peers(model, train, test):
    attributes = model["attributes"]
    pairs = [(0, r, y) for r, y in train] + [(1, r, y) for r, y in test]
    names = [a["column"] for a in attributes] + [".test", ".won"]
    write(WORK + "/levels.csv", names, [[level(a, r[a["column"]]) for a in attributes] + [t, y] for t, r, y in pairs])
    write(WORK + "/columns.csv", names, [[r[a["column"]] for a in attributes] + [t, y] for t, r, y in pairs])
    done = subprocess.run(["Rscript", HERE + "/quality.R", WORK], capture_output=True, text=True, check=True)
    return {tuple(line.split()[:2]): float(line.split()[3]) for line in done.stdout.splitlines()}


def judge(name, words, files, split):
    out, said = leadcal("backtest", "--metrics", "--format", "csv", *words, *files)
    expected = [float(r["value"]) for r in csv.DictReader(io.StringIO(out))
                if r["model"] == "logistic" and r["metric"] == "log_loss"][0]
    train, test, words, files = split(words, files, said)
    y = [w for _, w in test]
    target = write(WORK + "/test.csv", test[0][0].keys(), [r.values() for r, _ in test])
    losses, by = {}, []
    for rival, option in RIVALS:
        path = WORK + "/model.json"
        leadcal(option[0], "-q", "--force", "--model", path, "-o", WORK + "/fit.csv", *option[1:], *by, *words, *files)
        with open(path) as f:
            model = json.load(f)
        scored = list(csv.DictReader(io.StringIO(leadcal("score", "-q", "--model", path, target)[0])))
        losses[rival] = log_loss([float(r["lc_probability"]) for r in scored], y)
        if rival == "gaussian":
            first = model
            if "--spec" not in words:
                by = ["--by", ",".join(a["column"] for a in model["attributes"])]
            if abs(losses[rival] - expected) > 1e-9:
                print("quality: %s: fit and score give %.10f, backtest %.10f" % (name, losses[rival], expected), file=sys.stderr)
    theirs = peers(first, train, test)
    bar = theirs["levels", "lambda.min"]
    print("| %s | %d (%d) | %d (%d) | %d | %s | %s |" % (
        name, len(train), sum(w for _, w in train), len(test), sum(y), len(first["attributes"]),
        " | ".join("%.4f" % theirs[d, "lambda.min"] for d in ("levels", "columns")),
        " | ".join("%.4f (%+.1f %%)" % (losses[r], 100 * (losses[r] / bar - 1)) for r, _ in RIVALS)), flush=True)


def main():
    os.makedirs(WORK, exist_ok=True)
    names = ["leads", "training (won)", "test (won)", "attributes", "glmnet, levels", "glmnet, numbers"] + [r for r, _ in RIVALS]
    print("| %s |\n| %s |" % (" | ".join(names), " | ".join("---" for _ in names)))
    leads = rows_of(OLIST % "marketing_qualified_leads")
    won = {r["mql_id"]: day(r["won_date"]) for r in rows_of(OLIST % "closed_deals")}
    judge("Olist", ["--spec", "datasets/olist.spec.json"], [OLIST % "marketing_qualified_leads", OLIST % "closed_deals"],
          lambda w, f, said: by_time(w, f, leads, lambda r: won.get(r["mql_id"]), said))
    bank = rows_of(DATA + "/bank-marketing/bank-full.csv", ";")
    path = write(WORK + "/bank.csv", bank[0].keys(), [r.values() for r in bank])
    judge("bank-full", BANK, [path], lambda w, f, said: in_order(w, f, bank))
    judge("bank-full, day and month as attributes", ["--outcome", "y", "--won", "yes", "--ignore", "duration"], [path],
          lambda w, f, said: in_order(w, f, bank))
    for seed, n in ((1, 3000), (2, 10000), (3, 40000)):
        path = "%s/simulated-%d.csv" % (WORK, seed)
        leadcal("simulate", "--rows", str(n), "--seed", str(seed), "--force", "-o", path)
        rows = rows_of(path)
        judge("simulated %d, seed %d" % (n, seed), DATED, [path], lambda w, f, said, rows=rows: by_time(
            w, f, rows, lambda r: day(r["close_date"]) if r["stage"] == "Closed Won" else None, said))


main()
