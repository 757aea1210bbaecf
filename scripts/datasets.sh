#!/bin/sh
# The bundled exports: datasets.sh FOLDER write makes them again with FOLDER/leadcal, datasets.sh
# FOLDER check sees that they are what that makes, byte for byte. datasets/README.md says what
# each is. Ends `datasets: N passed, N failed, N skipped` when checking.
set -eu

b=${1:?usage: datasets.sh BUILD_FOLDER write|check}
new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT

"$b/leadcal" simulate --rows 6000 --seed 20260930 --truth "$new/leads-truth.csv" >"$new/leads.csv"
"$b/leadcal" simulate --rows 400 --seed 20261231 >"$new/leads-few.csv"

if [ "${2-}" = write ]; then
    cp "$new"/*.csv datasets/
    exit 0
fi
passed=0 failed=0
for file in "$new"/*.csv datasets/*.csv; do
    name=${file##*/}
    [ "$file" = "datasets/$name" ] && [ -e "$new/$name" ] && continue
    if cmp -s "$new/$name" "datasets/$name"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "datasets: failed: datasets/$name is not what scripts/datasets.sh makes; make datasets, then read the diff"
    fi
done
echo "datasets: $passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
