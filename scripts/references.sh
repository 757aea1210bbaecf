#!/bin/sh
# Numbers from elsewhere keep their source: references.sh sees that each file of numbers in
# tests/reference (NAME.csv, .tsv, .txt, .json) stands beside the script that made it (NAME.R, .py,
# .sh or .md where a published table was typed) and that a test speaks of it. Where the script is
# Python that needs nothing else (its first lines say `needs: python3`) and python3 is here, it
# runs again and must print the same. Ends `references: N passed, N failed, N skipped`.
set -u

passed=0 failed=0
complain() {
    failed=$((failed + 1))
    echo "references: failed: $*"
}
for numbers in tests/reference/*.csv tests/reference/*.tsv tests/reference/*.txt tests/reference/*.json; do
    [ -e "$numbers" ] || continue
    stem=${numbers%.*} name=$(basename "$numbers")
    script=
    for ending in R py sh md; do
        [ -e "$stem.$ending" ] && script=$stem.$ending
    done
    if [ -z "$script" ]; then
        complain "$numbers has no script beside it"
    elif ! grep -rqF "$name" tests/unit tests/golden 2>/dev/null; then
        complain "no test speaks of $name"
    elif head -n 5 "$script" | grep -q 'needs: python3$' && command -v python3 >/dev/null &&
        ! python3 "$script" | cmp -s - "$numbers"; then
        complain "$script does not print $name again"
    else
        passed=$((passed + 1))
    fi
done
echo "references: $passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
