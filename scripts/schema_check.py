"""Validates JSON files, with or without comments, by JSON Schemas of 2020-12: a judge we did not write.
usage: schema_check.py MODEL_SCHEMA MODEL MODEL_OF_SEGMENTS SPEC_SCHEMA SPEC...
The model is also broken in every key, and each broken copy must be refused. Ends with a line of counts."""
import copy
import json
import re
import sys

from jsonschema import Draft202012Validator

# A text, or a comment; texts are kept, comments become a blank.
TOKEN = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.S)
passed = failed = 0


def verdict(good, what):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print("schema: failed: " + what)


def read(path):
    with open(path, encoding="utf-8-sig") as f:
        return json.loads(TOKEN.sub(lambda m: m.group(1) or " ", f.read()))


def judge(schema):
    Draft202012Validator.check_schema(schema)
    verdict(schema.get("$schema") == "https://json-schema.org/draft/2020-12/schema", "a schema is not of 2020-12")
    return Draft202012Validator(schema)


def fits(validator, path):
    given = read(path)
    wrong = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(given)]
    verdict(not wrong, f"{path} does not fit: " + "; ".join(wrong[:3]))
    return given


def refuses(validator, given, what):
    verdict(not validator.is_valid({**given, "no_such_key": 1}), f"a {what} with an unknown key is not refused")
    for key in given:
        broken = copy.deepcopy(given)
        broken[key] = {"nothing": ["known"]}
        verdict(not validator.is_valid(broken), f"a {what} with nonsense for {key} is not refused")


schema = read(sys.argv[1])
models = judge(schema)
model = fits(models, sys.argv[2])
refuses(models, model, "model")
verdict(len(schema.get("required", [])) >= 3, "the model's schema requires less than three keys")
for key in schema.get("required", []):
    broken = copy.deepcopy(model)
    broken.pop(key, None)
    verdict(not models.is_valid(broken), f"a model without {key} is not refused")
for key in model["agreement"]:
    for part in ({k: v for k, v in model["agreement"].items() if k != key}, {**model["agreement"], key: {"nothing": 1}}):
        verdict(not models.is_valid({**model, "agreement": part}), f"an agreement without {key}, or with nonsense for it, is not refused")

local = fits(models, sys.argv[3])
last = local["attributes"][-1]
for key, value in (("of", 1), ("within", None), ("segment", ["x"])):
    broken = {**local, "attributes": local["attributes"][:-1] + [{**last, key: value}]}
    verdict(not models.is_valid(broken), f"a deviation with nonsense for {key} is not refused")

specs = judge(read(sys.argv[4]))
for path in sys.argv[5:]:
    refuses(specs, fits(specs, path), "spec")

print(f"schema: {passed} passed, {failed} failed, 0 skipped")
sys.exit(failed > 0)
