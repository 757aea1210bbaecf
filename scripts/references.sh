#!/bin/sh
# Numbers from elsewhere keep their source: sees that each file of numbers in tests/reference
# (NAME.csv, .tsv, .txt, .json) stands beside the script that made it (NAME.R, .py, .sh, or .md for
# a typed table) and that a test speaks of it; and that each script there is named by a test.
# Ends `references: N passed, N failed, N skipped`.
set -u

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
for script in tests/reference/*.R; do
    [ -e "$script" ] || continue
    if grep -rqF "$(basename "$script")" tests/unit tests/golden 2>/dev/null; then
        passed=$((passed + 1))
    else
        complain "no test names $script as the source of its numbers"
    fi
done
echo "references: $passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
