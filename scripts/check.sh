#!/bin/sh
# Runs the parts named (targets of the Makefile), each even if one before it failed, and ends
# with one line for all: `N passed, N failed, N skipped`. Exit 1 if anything failed.
#
# A part ends with `NAME: N passed, N failed, N skipped`, perhaps more than once, and names what
# it skipped as `skipped: NAME: reason`. A part that prints no such line counts as one check,
# passed if its exit status is 0. A bad status without a counted failure is one failure.
set -u

logs=build/check
mkdir -p "$logs"
all=
for part; do
    echo "== $part"
    began=$(date +%s)
    log=$logs/$part.log
    { ${MAKE:-make} --no-print-directory "$part" 2>&1; echo $? >"$log.status"; } | tee "$log"
    echo "== $part took $(($(date +%s) - began)) s"
    all="$all $log"
done
echo

passed=0 failed=0 skipped=0 bad=
for log in $all; do
    read -r status <"$log.status" || status=1
    # shellcheck disable=SC2046 # three numbers
    set -- $(awk '/^[a-z-]+: [0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$/ {p += $2; f += $4; s += $6; n++}
                  END {print p + 0, f + 0, s + 0, n + 0}' "$log")
    if [ "$status" != 0 ] && [ "$2" = 0 ]; then
        set -- "$1" 1 "$3" "$4"
    elif [ "$4" = 0 ]; then
        set -- 1 0 0 1
    fi
    [ "$2" = 0 ] || bad="$bad $(basename "$log" .log)"
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
done
# shellcheck disable=SC2086 # one log a word
grep -h '^skipped: ' $all | sort -u
[ -z "$bad" ] || echo "failed parts:$bad (what they said: $logs/PART.log)"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
