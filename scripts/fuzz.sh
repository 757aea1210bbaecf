#!/bin/sh
# Runs each fuzz target of FOLDER/fuzz for some seconds, from its seeds and from what earlier runs
# found: fuzz.sh FOLDER SECONDS. Ends `fuzz: N passed, N failed, N skipped`.
set -u

b=${1:?usage: fuzz.sh BUILD_FOLDER SECONDS} seconds=${2:?seconds}
passed=0 failed=0
for source in tests/fuzz/fuzz_*.c; do
    [ -e "$source" ] || continue
    name=$(basename "$source" .c)
    found=$b/fuzz/$name.found seeds=tests/fuzz/$name.seeds
    mkdir -p "$found"
    [ -d "$seeds" ] || { echo "fuzz: failed: $name has no seeds in $seeds"; failed=$((failed + 1)); continue; }
    if "$b/fuzz/$name" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
        -artifact_prefix="$b/fuzz/$name." "$found" "$seeds" >"$b/fuzz/$name.log" 2>&1; then
        passed=$((passed + 1))
        echo "$name: $(sed -n 's/stat::number_of_executed_units: *//p' "$b/fuzz/$name.log") runs"
    else
        failed=$((failed + 1))
        echo "fuzz: failed: $name"
        tail -n 30 "$b/fuzz/$name.log"
    fi
done
[ $((passed + failed)) -gt 0 ] || { echo "fuzz: failed: there is no target in tests/fuzz"; failed=1; }
echo "fuzz: $passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
