"""Maximum likelihood on the one-hot design of 172 parameters by scikit-learn's newton-cg.
usage: bench_fit.py leads.csv [fit.csv]     fit.csv: what leadcal fit --penalty none --format csv wrote
Prints the seconds of the fit alone and, with fit.csv, the largest difference between two estimates
of one coefficient (each attribute's levels centred, so that the reference does not matter)."""
import csv
import sys
import time
import warnings

import numpy as np
import pandas as pd
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

TEXTS = ["company_size", "industry", "country", "job_level", "job_function", "source", "campaign", "webinar",
         "demo_request", "free_email", "careers_page"]
CUTS = {"pages_viewed": [1, 4, 9, 19], "email_opens": [0, 2, 7], "days_since_last_touch": [7, 30, 90, 180]}

leads = pd.read_csv(sys.argv[1], usecols=TEXTS + list(CUTS) + ["stage"], keep_default_na=False,
                    dtype={c: "category" for c in TEXTS + ["stage"]})
blocks, names = [], []
for c in TEXTS:
    blocks.append(leads[c].cat.codes.to_numpy().astype("int64"))  # int8 would overflow below
    names += [(c, level or "(missing)") for level in leads[c].cat.categories]
for c, cuts in CUTS.items():
    edges = ["-inf", *map(str, cuts), "inf"]
    blocks.append(np.searchsorted(cuts, leads[c].to_numpy()))
    names += [(c, f"({low},{high}]") for low, high in zip(edges, edges[1:])]
first = {a: i for i, (a, _) in reversed(list(enumerate(names)))}
n = len(leads)
kept = [i for i, (a, _) in enumerate(names) if i != first[a]]
place = np.full(len(names), -1)
place[kept] = np.arange(len(kept))
J = np.stack([place[codes + first[a]] for codes, a in zip(blocks, TEXTS + list(CUTS))], axis=1)
X = sp.csr_matrix((np.ones((J >= 0).sum()), J[J >= 0], np.concatenate([[0], np.cumsum((J >= 0).sum(1))])),
                  shape=(n, len(kept)))
y = (leads["stage"] == "Closed Won").to_numpy().astype("float64")

model = LogisticRegression(solver="newton-cg", max_iter=1000, penalty=None)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    try:
        began = time.perf_counter()
        model.fit(X, y)
    except ValueError:  # releases before 1.2 spell it as a text
        model.set_params(penalty="none")
        began = time.perf_counter()
        model.fit(X, y)
    seconds = time.perf_counter() - began
print(f"seconds {seconds:.4f}")
print(f"parameters {len(kept) + 1}")

if len(sys.argv) > 2:
    theirs = dict(zip(names, np.zeros(len(names))))
    theirs.update({names[i]: b for i, b in zip(kept, model.coef_[0])})
    ours = dict.fromkeys(names, 0.0)
    with open(sys.argv[2], encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            if row["attribute"]:
                assert (row["attribute"], row["level"]) in ours, row
                ours[row["attribute"], row["level"]] = float(row["coefficient"])
    worst = 0.0
    for a in first:
        levels = [k for k in names if k[0] == a]
        centred = [np.array([b[k] for k in levels]) - np.mean([b[k] for k in levels]) for b in (ours, theirs)]
        worst = max(worst, float(np.abs(centred[0] - centred[1]).max()))
    print(f"difference {worst:.2g}")
