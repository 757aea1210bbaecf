#!/bin/sh
# Runs each fuzz target of FOLDER/fuzz for some seconds, as many side by side as there are cores,
# from its seeds and from what earlier runs found: fuzz.sh FOLDER SECONDS. Ends
# `fuzz: N passed, N failed, N skipped`. With a third word, the name of a target, it runs that one.
set -u

b=${1:?usage: fuzz.sh BUILD_FOLDER SECONDS [TARGET]} seconds=${2:?seconds}

# One target; its one line, or the end of what it said, at once: others may be printing, too.
run() {
    found=$b/fuzz/$1.found seeds=tests/fuzz/$1.seeds log=$b/fuzz/$1.log
    [ -d "$seeds" ] || { echo "fuzz: failed: $1 has no seeds in $seeds"; return 1; }
    mkdir -p "$found"
    if "$b/fuzz/$1" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
        -artifact_prefix="$b/fuzz/$1." "$found" "$seeds" >"$log" 2>&1; then
        echo "$1: $(sed -n 's/stat::number_of_executed_units: *//p' "$log") runs"
    else
        printf 'fuzz: failed: %s\n%s\n' "$1" "$(tail -n 30 "$log")"
        return 1
    fi
}

if [ -n "${3-}" ]; then
    run "$3"
    exit
fi
names=$(for source in tests/fuzz/fuzz_*.c; do [ -e "$source" ] && basename "$source" .c; done)
[ -n "$names" ] || { echo 'fuzz: failed: there is no target in tests/fuzz'; exit 1; }
log=$b/fuzz/all.log
echo "$names" | xargs -P "$(nproc)" -I '{}' sh "$0" "$b" "$seconds" '{}' | tee "$log"
all=$(echo "$names" | wc -l) failed=$(grep -c '^fuzz: failed: ' "$log")
passed=$(grep -c '^fuzz_[a-z_]*: [0-9][0-9]* runs$' "$log")
[ $((passed + failed)) = "$all" ] || failed=$((all - passed))
echo "fuzz: $passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
