"""Validates a JSON file, with or without comments, by a JSON Schema of 2020-12: a judge we did not write.
usage: check_schema.py FILE SCHEMA
Prints what does not fit and exits 1; 0 where everything does. Needs Debian's python3-jsonschema."""
import json
import re
import sys

from jsonschema import Draft202012Validator

# A text, or a comment; texts are kept, comments become a blank.
TOKEN = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.S)


def main():
    with open(sys.argv[1], encoding="utf-8-sig") as f:
        given = json.loads(TOKEN.sub(lambda m: m.group(1) or " ", f.read()))
    with open(sys.argv[2], encoding="utf-8") as f:
        schema = json.load(f)
    Draft202012Validator.check_schema(schema)
    wrong = list(Draft202012Validator(schema).iter_errors(given))
    for e in wrong:
        print(f"{sys.argv[1]}: {'/'.join(map(str, e.absolute_path)) or '(whole)'}: {e.message[:200]}")
    return 1 if wrong else 0


sys.exit(main())
