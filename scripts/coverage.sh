#!/bin/sh
# How often limits hold: coverage.sh FOLDER counts it in 2,000 simulated quarters (minutes) with
# FOLDER/unit/test_coverage, and puts the table into docs/coverage.md.
set -eu

b=${1:?usage: coverage.sh BUILD_FOLDER}
page=docs/coverage.md
new=$(mktemp)
trap 'rm -f "$new" "$new.page"' EXIT
status=0
LEADCAL_LONG=1 "$b/unit/test_coverage" >"$new" 2>&1 </dev/null || status=$?
grep -q '^# | ' "$new" || { cat "$new" >&2; exit 1; }
awk -v table="$new" '
    /^\| / {if (!done) while ((getline line < table) > 0) if (sub(/^# \| /, "| ", line)) print line
            done = 1
            next}
    {print}' "$page" >"$new.page"
cat "$new.page" >"$page"
echo "coverage: the table is in $page"
exit $status
