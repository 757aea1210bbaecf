"""A copy of a CSV with a key before each row, as commas: keyed.py FROM.csv TO.csv TABLE.sql.

TABLE.sql gets the CREATE TABLE of a table `leads` of texts with its columns."""
import csv
import re
import sys

QUOTED = re.compile('[",\r\n]|^[ \t]|[ \t]$')


def line_of(fields):
    """A line of CSV. csv.writer leaves a lone carriage return without quotes."""
    return ",".join('"%s"' % field.replace('"', '""') if QUOTED.search(field) else field for field in fields) + "\n"


def main(source, to, table):
    csv.field_size_limit(2 ** 31 - 1)
    with open(source, encoding="utf-8-sig", newline="") as text:
        delimiter = ";" if ";" in text.readline().split(",")[0] else ","
        text.seek(0)
        rows = list(csv.reader(text, delimiter=delimiter, strict=True))
    with open(to, "w", encoding="utf-8", newline="") as out:
        out.write(line_of(["row_key"] + rows[0]))
        for number, row in enumerate(rows[1:], 1):
            out.write(line_of([str(number)] + row))
    with open(table, "w", encoding="utf-8", newline="") as out:
        names = ['"%s" text' % name.replace('"', '""') for name in ["row_key"] + rows[0]]
        out.write("CREATE TABLE leads (%s);\n" % ", ".join(names))


if __name__ == "__main__":
    main(*sys.argv[1:])
