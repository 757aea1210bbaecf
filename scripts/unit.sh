#!/bin/sh
# Runs the unit tests built in FOLDER/unit: unit.sh FOLDER. Ends `unit: N passed, N failed, N skipped`.
#
# Each program speaks TAP (cmocka does when told so). A program that dies, hangs, says nothing or
# runs fewer tests than it planned counts as failed. A test that skips prints
# `skipped: NAME: reason` first; a skip without a reason is a failure, and so is, where CI=true,
# any but that of data sets that are truly absent.
#
# RUN      put before each program, such as valgrind
# ONLY     a pattern of names, such as 'test_csv'
# TIMEOUT  seconds a program may take
set -u

b=${1:?usage: unit.sh BUILD_FOLDER}
if [ "${2-}" = --one ]; then
    program=$3
    # shellcheck disable=SC2086 # RUN is a command with its options
    CMOCKA_MESSAGE_OUTPUT=TAP timeout "${TIMEOUT:-600}" ${RUN-} "$program" >"$program.log" 2>&1 </dev/null
    echo $? >"$program.status"
    exit 0
fi

: "${LEADCAL_DATASETS:=../shared/datasets}"
export LEADCAL_DATASETS
programs=
for source in tests/unit/${ONLY:-test_*}.c; do
    name=$(basename "$source" .c)
    [ -x "$b/unit/$name" ] && programs="$programs $b/unit/$name"
done
[ -n "$programs" ] || { echo "unit: 0 passed, 1 failed, 0 skipped"; exit 1; }
# shellcheck disable=SC2086 # one program a word
printf '%s\n' $programs | xargs -P "$(nproc)" -n 1 "$0" "$b" --one

strict=0
if [ "${CI-}" = true ]; then
    strict=1
    [ -d "$LEADCAL_DATASETS" ] && strict=2
fi
for program in $programs; do
    awk -v name="$(basename "$program")" -v status="$(cat "$program.status")" -v strict=$strict '
        /^1\.\.[0-9]+/ {planned += substr($1, 4); next}
        /^ok [0-9]+/ {passed++; next}
        /^not ok [0-9]+ # SKIP/ {skips[$NF] = 1; skipped++; next}
        /^not ok [0-9]+ - / {failed++; print name ": failed: " $NF; next}
        /^skipped: / {split($0, part, ": "); reason[part[2]] = part[3]; print; next}
        END {
            for (test in skips) {
                if (!(test in reason) || reason[test] == "")
                    why = "gives no reason"
                else if (strict == 2 || (strict == 1 && reason[test] !~ /data ?sets?|shared/))
                    why = "is not allowed in CI"
                else
                    continue
                print name ": failed: skip of " test " " why
                skipped--; failed++
            }
            lost = planned - passed - failed - skipped
            if (!planned || lost != 0) {
                print name ": failed: " (planned ? "ran " planned - lost " of " planned " tests" : "ran no test") ", exit status " status
                failed += lost > 0 ? lost : 1
            } else if (status != 0 && !failed) {
                print name ": failed: exit status " status
                failed++
            }
            print "counts", passed + 0, failed + 0, skipped + 0
        }' "$program.log" >"$program.counts"
    grep -v '^counts' "$program.counts"
    grep -q '^counts [0-9]* 0 ' "$program.counts" || sed 's/^/    | /' "$program.log" | tail -n 60
done
# shellcheck disable=SC2046
set -- $(for program in $programs; do grep '^counts' "$program.counts"; done |
    awk '{p += $2; f += $3; s += $4} END {print p + 0, f + 0, s + 0}')
echo "unit: $1 passed, $2 failed, $3 skipped"
[ "$2" = 0 ]
