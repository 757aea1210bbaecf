#!/bin/sh
# Numbers from elsewhere: references.sh FOLDER holds the programs of FOLDER against what R computed
# of the public data sets (tests/reference/oracles.py), and sees that each file of numbers in
# tests/reference (NAME.csv, .tsv, .txt, .json) stands beside the script that made it (NAME.R, .py,
# .sh, or .md for a typed table) and that a test speaks of it. Ends
# `references: N passed, N failed, N skipped` (and oracles.py a line of its own).
set -u

b=${1:?usage: references.sh BUILD_FOLDER}
passed=0 failed=0
complain() {
    failed=$((failed + 1))
    echo "references: failed: $*"
}
for numbers in tests/reference/*.csv tests/reference/*.tsv tests/reference/*.txt tests/reference/*.json; do
    [ -e "$numbers" ] || continue
    stem=${numbers%.*} name=$(basename "$numbers")
    script=''
    for ending in R py sh md; do
        [ -e "$stem.$ending" ] && script=$stem.$ending
    done
    if [ -z "$script" ]; then
        complain "$numbers has no script beside it"
    elif ! grep -rqF "$name" tests/unit tests/golden 2>/dev/null; then
        complain "no test speaks of $name"
    else
        passed=$((passed + 1))
    fi
done
echo "references: $passed passed, $failed failed, 0 skipped"
python3 tests/reference/oracles.py "$b" "${LEADCAL_DATASETS:-../shared/datasets}" && [ "$failed" = 0 ]
