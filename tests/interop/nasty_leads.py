"""Leads whose columns and levels are as awkward as names can be: nasty_leads.py FOLDER.

Writes FOLDER/train.csv (with an outcome), FOLDER/spec.json (for leadcal fit) and FOLDER/leads.csv: the
training rows, then rows that probe each column with other spellings: case, blanks, empty, never
seen, numbers as people and programs write them. The same bytes each time."""
import json
import sys

from keyed import line_of

LEVELS = [
    "O'Brien", "''", "'", '"', '""', 'a "quoted" word', "a\\b", "\\", "\\'", '\\"', "\\n", "\\u0041",
    "x'; DROP TABLE leads; --", "'); SELECT 1; --", "$$", "$1", "${x} {{y}} :n ?", ":'n'", "#{x}", "`id`",
    "%s%n%d", "100 %", "_%", "[a-z]*", "*", "?", "??/", "??'x??'", "???", "*/", "/*", "--", "-- x", "//",
    "# x", "<!--", "-->", "<script>", "</script>", "]]>", "&amp;", "line one\nline two", "a\r\nb", "a\rb",
    "tab\there", "bell\x07", "\x01", "\x1b[31m", "\x7f", "a\x0bb", "\x0cfeed", "\u0085x", "x\u2028y",
    "x\u2029y", "\u200b", "\u202etxt.exe", "\ufeffmark", "\u3000wide\u3000", "soft\u00adhyphen", "nb\u00a0sp",
    "\u65e5\u672c\u8a9e", "\u00e9", "e\u0301", "E", "e", "\u00df", "SS", "\u0130stanbul", "\u0131", "\ufb01",
    "Nguy\u1ec5n", "Nguye\u0302\u0303n", "\U0001f98a", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U00020000",
    "\ud7ff", "\ue000", "\ufffd", "webinar", "Webinar", "WEBINAR", "NULL", "null", "None", "undefined", "true",
    "NaN", "__proto__", "constructor", "toString", "hasOwnProperty", "=1+1", "@x", "+x", "-x", "E'\\x41'",
    "U&'\\0041'", "a;b", "a,b", ".mode", "\\q", "\\copy", "long " + "lo" * 2400 + "ng",
]
NUMBERS = ["0", "1", "2", "3", "5", "7", "10", "100", "0.5", "-1", "2.25"]
NAMES = {
    "quotes": "it's \"quoted\" \\ col'",
    "comments": "x */ -- // /* # <!-- </script>",
    "formats": "100 % $1 ${x} {{y}} :n ? ??/ [z]",
    "lines": "two\nlines\tand a tab",
    "cjk": "\u65e5\u672c\u8a9e\u306e\u5217 \U0001f98a",
    "proto": "__proto__",
    "composed": "\u00e9l\u00e8ve",
    "bins": "bins, 1.5",
    "plain": "plain numbers",
    "full": "never empty",
    "lists": "lists; \"of\" things",
}
MISSING = ["n/a", "it's \"none\" \\", "\u2205"]
MEMBERS = [
    "O'Brien", '"', "a\\b", "x'", "${x} {{y}} :n ?", "%s", "[a-z]*", "two words", "Two Words", "\u3000wide\u3000", "nb\u00a0sp",
    "\u00e9", "e\u0301", "\U0001f98a", "line one\nline two", "__proto__", "yes", "no", "NULL", "a,b", "(missing)",
]
LISTS = [
    ";", ";;", " ; ; ", "\u00a0;\u00a0", "yes;no", "no;yes", "yes;yes;yes", ";yes;", " yes ;\tno\r\n;", "yes\u00a0;\u00a0\u00a0no", "ye;s",
    "yes;never seen", "never seen;", "YES", "yes no", "yes,no", "a;b", "(missing);", "(missing);yes", "n/a;yes", "yes;n/a", ";n/a",
    "two  words", "two\u00a0words", "two;words", "x;x'", "'x';", "\u3000yes\u3000;no", "\u200byes;no", "a\\;b", "a\\b;\\", "%;s", "[a-z]",
    ";" * 3000 + "yes", "yes" + ";yes" * 1500, "x" * 5000 + ";no",
]
CUTS = [-2.5, 0, 0.1, 2.75, 12.375, 1000000]
ODD_NUMBERS = [
    "+5", "-5", "5.", ".5", "+.5", "5.0", "05", "1e2", "1E2", "1e+2", "1.e2", ".1e1", " 7 ", "\t7\n", "\u00a07\u00a0",
    "0x10", "0x1p3", "nan", "NaN", "inf", "-inf", "Infinity", "1,5", "1 000", "1_000", "1.000.000", "--5", "+-5",
    "5-", "+", "-", ".", "e5", ".e5", "5e", "5e+", "5e5.5", "5f", "1d5", "1e5e", "$5", "5 %", "\uff15", "\u0663",
    "\u00bd", "-0", "0.0", "1e999", "-1e999", "1e-999", "-1e-999", "0e99999", "-.0e99999", "1e99999", "1e-99999",
    "1e0000000000000000000002", "1e308", "1.7976931348623157e308", "1.8e308", "-1.8e308", "4.9e-324", "2e-324",
    "1e-320", "0.1", "0.10", "1e-1", ".1", "0.1000000000000001", "0.09999999999999999", "12.375", "12.3750000001",
    "12.3749", "-2.5", "-2.50001", "2.75", "2.7500000000000004", "1000000", "1e6", "1000000.5", "999999",
    "1" * 400, "1" * 401, "0." + "0" * 397 + "1", "0" * 399 + "7", "0" * 400 + "7", "5\u200b", "5a", "a5", "5;",
    "(missing)", " (missing) ", "(MISSING)",
]


class Dice:
    """Numbers that look random and are the same each time."""

    def __init__(self):
        self.state = 20261125

    def roll(self, sides):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 33) % sides


def list_of(dice):
    """Some of the members, one of them twice, blanks around them."""
    some = [MEMBERS[dice.roll(len(MEMBERS))] for _ in range(1 + dice.roll(5))]
    return [";", " ; ", ";\u00a0", "\t; "][dice.roll(4)].join(some + some[:1])


def training_rows():
    dice = Dice()
    for i in range(12 * len(LEVELS)):
        level = i % len(LEVELS)
        row = {
            "quotes": LEVELS[level],
            "comments": LEVELS[dice.roll(len(LEVELS) // 3) * 3 % len(LEVELS)],
            "formats": LEVELS[dice.roll(7) * 11],
            "lines": ["", "n/a", "a\nb", "b"][dice.roll(4)],
            "cjk": LEVELS[-1 - dice.roll(40)],
            "proto": ["__proto__", "constructor", "x", ""][dice.roll(4)],
            "composed": ["\u00e9", "e\u0301", "E", "e", ""][dice.roll(5)],
            "bins": ["", "-7.5", "-2.5", "-1", "0", "0.05", "0.1", "2.5", "2.75", "9", "12.375", "5000", "2e6"][dice.roll(13)],
            "plain": NUMBERS[dice.roll(len(NUMBERS))],
            "full": ["yes", "no"][dice.roll(2)],
            "lists": [";", "", list_of(dice), list_of(dice)][dice.roll(4)],
        }
        odds = level % 5 + (row["full"] == "yes") * 3 + (row["plain"] in ("5", "7", "100")) * 3 + ("yes" in row["lists"]) * 2
        yield row, "won" if dice.roll(20) < odds else "lost"


def probes():
    usual, dice = next(training_rows())[0], Dice()
    for column in NAMES:
        cells = ["", " ", "\u00a0", "never seen", "\u2205", " \u2205 ", "n/a", "N/A", 'it\'s "none" \\', "(missing)"]
        if column in ("bins", "plain"):
            cells += ODD_NUMBERS + NUMBERS
        elif column == "lists":
            cells += LISTS + MEMBERS + [list_of(dice) for _ in range(500)]
        else:
            for level in LEVELS[:-1]:
                cells += [level, " %s\t" % level, "\u00a0\r\n%s\u00a0" % level, level.swapcase(), level + level, level[:-1]]
        for cell in cells:
            yield dict(usual, **{column: cell})


def write(path, rows, outcome):
    with open(path, "w", encoding="utf-8", newline="") as to:
        to.write(line_of(list(NAMES.values()) + ["outcome"] * outcome))
        for row, result in rows:
            to.write(line_of([row[column] for column in NAMES] + [result] * outcome))


def main(folder):
    write(folder + "/train.csv", training_rows(), True)
    write(folder + "/leads.csv", list(training_rows()) + [(row, "") for row in probes()], False)
    spec = {
        "leadcal_spec": 1,
        "outcome": {"column": "outcome", "won": ["won"], "lost": ["lost"]},
        "window_days": "none",
        "missing": MISSING,
        "attributes": [
            dict({"column": NAMES[column], "role": "engagement" if at % 3 == 2 else "profile"},
                 **({"cuts": CUTS} if column == "bins" else {"kind": "set", "cap": 12} if column == "lists" else {}))
            for at, column in enumerate(NAMES)
        ],
    }
    with open(folder + "/spec.json", "w", encoding="utf-8") as to:
        json.dump(spec, to)


if __name__ == "__main__":
    main(sys.argv[1])
