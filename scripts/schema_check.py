"""Validates a model file by its JSON Schema, and sees that broken copies of it are refused.
usage: schema_check.py SCHEMA MODEL"""
import copy
import json
import sys

from jsonschema import Draft202012Validator

passed = failed = 0


def verdict(good, what):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print("schema: failed: " + what)


with open(sys.argv[1], encoding="utf-8") as f:
    schema = json.load(f)
with open(sys.argv[2], encoding="utf-8") as f:
    model = json.load(f)

Draft202012Validator.check_schema(schema)
verdict(schema.get("$schema") == "https://json-schema.org/draft/2020-12/schema", "the schema is not of 2020-12")
validator = Draft202012Validator(schema)
wrong = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(model)]
verdict(not wrong, "the model file does not fit: " + "; ".join(wrong[:3]))

for key in schema.get("required", []):
    broken = copy.deepcopy(model)
    broken.pop(key, None)
    verdict(not validator.is_valid(broken), f"a model without {key} is not refused")
for key in model:
    broken = copy.deepcopy(model)
    broken[key] = {"nothing": ["known"]}
    verdict(not validator.is_valid(broken), f"a model with nonsense for {key} is not refused")
verdict(len(schema.get("required", [])) >= 3, "the schema requires less than three keys")
verdict(not validator.is_valid({**model, "no_such_key": 1}), "an unknown key is not refused")

print(f"schema: {passed} passed, {failed} failed, 0 skipped")
sys.exit(failed > 0)
