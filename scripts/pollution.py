#!/usr/bin/env python3
"""Does leadcal read what is polluted? pollution.py BUILD_FOLDER [--keep FOLDER]

Makes a clean table, pollutes it in the ways of "Pollock" (Vitagliano and others, PVLDB 16 (2023)
1870-1882: a benchmark of how systems load CSV files that are not standard), reads each file by
`leadcal inspect --clean` without any hint, and compares what was written with the truth: header,
records and cells as multisets, each with precision, recall and F1, and whether it was read at
all. A file is worth 10 points at most. Simple: the mean over the files. Weighted: each kind by
how often a survey of 3,712 real files met it. Fails below 9.96 and 9.80. Table, files and scorer
are our own; the truths follow the published conventions: a row with a separator too many or too
few keeps the cells it had, a stray quote is a letter of its cell, rows of names are joined with
a blank, an invented header is none, titles and a second table are not part of the table.

--keep  leave the files there: NAME.csv, NAME.clean (the truth), NAME.read

With LEADCAL_LONG in the environment every row is polluted in turn, else every seventh.
"""
import collections
import csv
import io
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROWS, LEAST_SIMPLE, LEAST_WEIGHTED = 84, 9.96, 9.80

# How many of the survey's files had a pollution: Pollock's weights, summed by kind.
WEIGHT = {
    "source": 1, "no_payload": 15, "no_trailing_newline": 184, "double_trailing_newline": 5,
    "no_header": 470, "header_2_rows": 47, "header_3_rows": 47, "preamble": 282,
    "table_same": 62.7, "table_more": 62.7, "table_less": 62.7, "header_only": 3,
    "one_data_row": 4, "record_cr": 7, "record_lf": 1691, "delimiter_tab": 4,
    "delimiter_semicolon": 834, "delimiter_blank": 4, "delimiter_comma_blank": 101,
    "quote_apostrophe": 11, "escape_backslash": 1, "escape_none": 7, "row_more_separators": 341,
    "row_less_separators": 341, "row_extra_quote": 10, "row_other_delimiter": 10,
}

HEADER = ["DATE", "TIME", "Visits", "LeadId", "Budget", "Company", "Note", "Page", "Remark"]
COMPANIES = ["Meyer's Pumps", "Cooper & Sons", "Pipes, Valves and More", "Lindqvist Steel",
             'Screens 24"', "O'Hara Logistics, Inc", "Grupo Sol", "Kids' Learning", 'The "Dock"']
NOTES = ["Asked for a quote, and for references in the region.",
         "They're ready to move: budget is signed, the board meets in May.",
         'Wants the 10" model, shipped by rail.', "Met at the fair; call again after the holidays",
         "No budget this year, but it's the third time they ask.", "Prefers e-mail.",
         "Size 8\\'9\" as on the drawing, says the engineer."]


def table():
    """The same rows every time, with what makes CSV hard: commas, quotes, apostrophes."""
    rows = [HEADER]
    for i in range(ROWS - 1):
        rows.append(["%02d/%02d/2025" % (13 + i % 16, 1 + i // 16), "%02d:%02d" % (i // 4, 15 * (i % 4)),
                     str(i * 7 % 31), "LD-%04d" % (1000 + i * 37), "$%d.%02d" % (i * 13 % 97, i * 29 % 100),
                     COMPANIES[i % len(COMPANIES)], NOTES[i % len(NOTES)],
                     "https://www.example.com/lead/%04d.html" % (1000 + i * 37), ""])
    return rows


class Style:
    """How a table is written: cells are quoted where they need it, and with commas; pages always."""

    def __init__(self, delimiter=",", quote='"', escape=None, end="\r\n"):
        self.delimiter, self.quote, self.end = delimiter, quote, end
        self.escape = quote if escape is None else escape

    def cell(self, text, extra=False):
        quoted = any(c in text for c in (",", '"', self.delimiter)) or text.startswith("https:")
        inner = text.replace('"', self.escape + '"') if self.quote == '"' else text
        inner = (self.quote if extra else "") + inner
        return self.quote + inner + self.quote if quoted else inner

    def row(self, cells):
        return self.delimiter.join(self.cell(c) for c in cells) + self.end

    def table(self, rows):
        return "".join(self.row(r) for r in rows)


def files(step):
    """(kind, name, text, truth) of every polluted file."""
    source, crlf = table(), Style()
    head, body = source[0], source[1:]
    plain = crlf.table(source)

    yield "source", "source", plain, source
    yield "no_payload", "no_payload", "", []
    yield "no_trailing_newline", "no_trailing_newline", plain[:-2], source
    yield "double_trailing_newline", "double_trailing_newline", plain + "\r\n", source
    yield "no_header", "no_header", crlf.table(body), body
    for n in 2, 3:
        yield ("header_%d_rows" % n, "header_%d_rows" % n, crlf.table([head] * n + body),
               [[" ".join([c] * n) for c in head]] + body)
    title = ["PREAMBLE"] + [""] * (len(head) - 1)
    yield "preamble", "preamble", crlf.table([title, [""] * len(head)]) + plain, source
    for kind, cut in ("same", lambda r: r), ("more", lambda r: r + ["x1"]), ("less", lambda r: r[:-1]):
        yield "table_" + kind, "table_" + kind, plain + crlf.table([cut(r) for r in source]), source
    yield "header_only", "header_only", crlf.row(head), [head]
    yield "one_data_row", "one_data_row", crlf.table(source[:2]), source[:2]
    for kind, style in (("record_cr", Style(end="\r")), ("record_lf", Style(end="\n")),
                        ("delimiter_tab", Style("\t")), ("delimiter_semicolon", Style(";")),
                        ("delimiter_blank", Style(" ")), ("delimiter_comma_blank", Style(", ")),
                        ("quote_apostrophe", Style(quote="'")), ("escape_backslash", Style(escape="\\")),
                        ("escape_none", Style(escape=""))):
        yield kind, kind, style.table(source), source
    for i in range(0, len(source), step):
        before, row, after = crlf.table(source[:i]), source[i], crlf.table(source[i + 1:])
        cells = [crlf.cell(c) for c in row]
        for j in range(len(row)):
            more = ",".join(cells[:j]) + ("," if j else "") + "," + ",".join(cells[j:])
            yield ("row_more_separators", "row_more_separators_%d_%d" % (i, j),
                   before + more + "\r\n" + after, source)
            if j:
                less = ",".join(cells[:j]) + ",".join(cells[j:])
                yield ("row_less_separators", "row_less_separators_%d_%d" % (i, j),
                       before + less + "\r\n" + after, source)
            extra = cells[:j] + [crlf.cell(row[j], extra=True)] + cells[j + 1:]
            yield ("row_extra_quote", "row_extra_quote_%d_%d" % (i, j),
                   before + ",".join(extra) + "\r\n" + after,
                   source[:i] + [row[:j] + ['"' + row[j]] + row[j + 1:]] + source[i + 1:])
        yield ("row_other_delimiter", "row_other_delimiter_%d" % i,
               before + " ".join(cells) + "\r\n" + after, source)


def measure(truth, read):
    """Precision, recall and F1 of two multisets; an empty truth asks for nothing."""
    if not truth:
        return [1.0, 1.0, 1.0]
    both = sum((collections.Counter(truth) & collections.Counter(read)).values())
    if not both:
        return [0.0, 0.0, 0.0]
    p, r = both / len(truth), both / len(read)
    return [p, r, 2 * p * r / (p + r)]


def score(truth, read):
    """Ten points: it was read, and nine measures."""
    if not truth:
        return 10.0
    cells = [c for row in truth for c in row], [c for row in read for c in row]
    return 1 + sum(measure(truth[0], read[0] if read else [])
                   + measure(["".join(r) for r in truth[1:]], ["".join(r) for r in read[1:]])
                   + measure(*cells))


def read_one(leadcal, folder, name, text, truth):
    paths = [os.path.join(folder, name + end) for end in (".csv", ".read", ".clean")]
    with open(paths[0], "w", newline="") as to:
        to.write(text)
    with open(paths[2], "w", newline="") as to:
        csv.writer(to, quoting=csv.QUOTE_ALL).writerows(truth)
    run = subprocess.run([leadcal, "inspect", "--quiet", "--force", "--clean", paths[1], paths[0]],
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if run.returncode:
        return 0.0, run.stdout.decode().strip()
    with open(paths[1], newline="") as read:
        return score(truth, list(csv.reader(io.StringIO(read.read())))), ""


def main():
    leadcal = os.path.join(sys.argv[1], "leadcal")
    keep = sys.argv[sys.argv.index("--keep") + 1] if "--keep" in sys.argv else None
    scores = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as made, ThreadPoolExecutor(2) as pool:
        folder = keep or made
        os.makedirs(folder, exist_ok=True)
        jobs = [(kind, name, pool.submit(read_one, leadcal, folder, name, text, truth))
                for kind, name, text, truth in files(1 if os.environ.get("LEADCAL_LONG") else 7)]
        for kind, name, job in jobs:
            points, complaint = job.result()
            scores[kind, name[len(kind):].split("_")[1:2] == ["0"]].append(points)
            if complaint:
                print("pollution: %s: %s" % (name, complaint))
    # As if every row had been polluted: one of ROWS is the header.
    full = {"row_more_separators": 9 * ROWS, "row_less_separators": 8 * ROWS,
            "row_extra_quote": 9 * ROWS, "row_other_delimiter": ROWS}
    mean = {}
    for kind in WEIGHT:
        parts = [sum(p) / len(p) for p in (scores[kind, True], scores[kind, False]) if p]
        mean[kind] = (parts[0] + (ROWS - 1) * parts[-1]) / ROWS
    simple = sum(mean[k] * full.get(k, 1) for k in WEIGHT) / sum(full.get(k, 1) for k in WEIGHT)
    weighted = sum(mean[k] * WEIGHT[k] for k in WEIGHT) / sum(WEIGHT.values())
    for kind in WEIGHT:
        print("%-24s %7.4f" % (kind, mean[kind]))
    fine = simple >= LEAST_SIMPLE and weighted >= LEAST_WEIGHTED
    print("pollution: %d files, simple %.3f (at least %.2f), weighted %.3f (at least %.2f)"
          % (sum(map(len, scores.values())), simple, LEAST_SIMPLE, weighted, LEAST_WEIGHTED))
    print("pollution: %d passed, %d failed, 0 skipped" % (fine, not fine))
    sys.exit(not fine)


if __name__ == "__main__":
    main()
