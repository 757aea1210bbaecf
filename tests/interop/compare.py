"""Scores of an engine against those of leadcal score, row by row: compare.py LEADCAL.csv ENGINE.csv.

Points, places, grades, actions and hours must be equal, probabilities within 1e-12. Prints how many
rows and the largest difference; exit status 1, and the first differences, where any row differs."""
import csv
import sys

NUMBERS = ["lc_points", "lc_fit", "lc_engagement", "lc_sla_hours"]
TEXTS = ["lc_grade", "lc_action"]
MOST_DIFFERENCE = 1e-12
MOST_SHOWN = 5


def read(path):
    csv.field_size_limit(2 ** 31 - 1)
    with open(path, encoding="utf-8", newline="") as text:
        rows = list(csv.reader(text))
    place = {name: at for at, name in enumerate(rows[0])}
    scores = {}
    for row in rows[1:]:
        key = row[place["row_key"]]
        if key in scores:
            sys.exit("%s: row %s comes twice" % (path, key))
        scores[key] = {name: row[place[name]] for name in ["lc_probability"] + NUMBERS + TEXTS}
    return scores


def main(wanted_path, got_path):
    wanted, got = read(wanted_path), read(got_path)
    if not wanted or wanted.keys() != got.keys():
        sys.exit("%d rows where leadcal score has %d" % (len(got), len(wanted)))
    wrong, largest = [], 0
    for key, want in wanted.items():
        have = got[key]
        for name in TEXTS:
            if have[name] != want[name]:
                wrong.append((key, name, have[name], want[name]))
        for name in NUMBERS + ["lc_probability"]:
            both = have[name] and want[name]
            difference = abs(float(have[name]) - float(want[name])) if both else float(have[name] != want[name])
            if not difference <= (MOST_DIFFERENCE if name == "lc_probability" else 0):
                wrong.append((key, name, have[name], want[name]))
            if name == "lc_probability":
                largest = max(largest, difference)
    for difference in wrong[:MOST_SHOWN]:
        print("row %s: %s is %r, leadcal score says %r" % difference)
    print("%d rows, %d differ, probabilities at most %.2g apart" % (len(wanted), len({w[0] for w in wrong}), largest))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
