#!/bin/sh
# A model file and the shipped specs against their JSON Schemas (2020-12), by a validator we did not write: schema.sh FOLDER.
# Also breaks the model in ways the schema must refuse. Ends `schema: N passed, N failed, N skipped`.
set -u

b=$(cd "${1:?usage: schema.sh BUILD_FOLDER}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A model of the second quarter, compared with a card in use: every key of the file is filled.
spec='--spec datasets/leads.spec.json'
# shellcheck disable=SC2086 # two words
if ! "$b/leadcal" fit --quiet $spec --as-of 2025-06-30 --window 90 --model "$work/last.json" datasets/leads.csv >/dev/null ||
    ! "$b/leadcal" recalibrate --quiet $spec --prior "$work/last.json" --current datasets/points.csv -o "$work/quarter" \
        datasets/leads.csv >/dev/null; then
    echo "schema: failed: no model file was written"
    echo "schema: 0 passed, 1 failed, 0 skipped"
    exit 1
fi
# And a model of segments.
# shellcheck disable=SC2086 # two words
if ! "$b/leadcal" simulate --rows 4000 --seed 3 --segments -o "$work/segments.csv" ||
    ! "$b/leadcal" fit --quiet $spec --local source --model "$work/local.json" "$work/segments.csv" >/dev/null ||
    ! grep -q '"segment"' "$work/local.json"; then
    echo "schema: failed: no model of segments was written"
    echo "schema: 0 passed, 1 failed, 0 skipped"
    exit 1
fi
printf '{"leadcal_spec": 1, "outcome": {"column": "stage", "won": "Closed Won"}, "local": {"by": "source", "least": 12}}\n' >"$work/local.spec.json"
python=python3 # another python3 may stand before Debian's
"$python" -c 'import jsonschema' 2>/dev/null || python=/usr/bin/python3
"$python" scripts/schema_check.py docs/model.schema.json "$work/quarter/candidate.json" "$work/local.json" docs/spec.schema.json datasets/*.spec.json "$work/local.spec.json"
