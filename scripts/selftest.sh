#!/bin/sh
# A check that cannot fail is a defect: plants one fault after the other in a copy of the tree and
# sees that the checks find it. Ends `selftest: N passed, N failed, N skipped`.
set -u

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
passed=0 failed=0
verdict() { # verdict OK WHAT
    if [ "$1" = yes ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "selftest: failed: $2"
    fi
}
fresh() {
    rm -rf "$copy/tree"
    mkdir -p "$copy/tree/tests"
    cp -r src include scripts "$copy/tree"
    cp -r tests/unit tests/support "$copy/tree/tests" 2>/dev/null
}
# The copy may be unfinished, so what must appear is the complaint about the planted fault.
layers_find() { # layers_find PATTERN WHAT
    if (cd "$copy/tree" && scripts/layers.sh) >"$copy/said" 2>&1; then
        verdict no "layers.sh passes with $2"
    elif grep -q "$1" "$copy/said"; then
        verdict yes
    else
        verdict no "layers.sh does not name $2"
    fi
}
plant() { # plant FILE LINE
    printf '%s\n' "$2" >>"$copy/tree/$1"
}

fresh; plant src/base/arena.c '#include "leadcal/fit.h"'
layers_find 'base may not include leadcal/fit.h' 'an upward include'
fresh; plant include/leadcal/rate.h '#include "leadcal/table.h"'
layers_find 'math may not include leadcal/table.h' 'a statistic that sees a table'
fresh; plant src/base/num.c '#include <gsl/gsl_math.h>'
layers_find '<gsl/gsl_math.h> has another door' 'a second door'
fresh; plant src/base/num.c '#include <curl/curl.h>'
layers_find 'belongs to no known library' 'a library without a door'
fresh; plant src/base/num.c 'static void bad(char *to) { sprintf(to, "x"); }'
layers_find 'sprintf() is a call' 'a banned call'
fresh; mkdir -p "$copy/tree/tests/unit"; plant include/leadcal/orphan.h '/* orphan.h - nobody tests it.   Layer: base */'
layers_find 'has no tests/unit/test_orphan.c' 'a header without a test'
fresh; plant include/leadcal/nameless.h '/* a header of no room */'
layers_find 'nameless.h: its first line' 'a header that names no room'
fresh; plant src/model/arena.c '/* a second file of that name */'
layers_find 'arena.c: two files' 'two files of one name'

# The runner of unit tests, on programs that are shell scripts speaking TAP.
fresh
mkdir -p "$copy/tree/b/unit" "$copy/tree/tests/unit"
rm -f "$copy"/tree/tests/unit/*
unit_says() { # unit_says SCRIPT WANTED WHAT
    printf '' >"$copy/tree/tests/unit/test_planted.c"
    printf '#!/bin/sh\n%s\n' "$1" >"$copy/tree/b/unit/test_planted"
    chmod +x "$copy/tree/b/unit/test_planted"
    if (cd "$copy/tree" && CI='' RUN='' ONLY='' scripts/unit.sh b) 2>&1 | grep -qx "unit: $2"; then
        verdict yes
    else
        verdict no "unit.sh miscounts $3"
    fi
}
unit_says 'echo 1..1; echo "ok 1 - fine"' '1 passed, 0 failed, 0 skipped' 'a test that passes'
unit_says 'echo 1..2; echo "ok 1 - fine"; kill -11 $$' '1 passed, 1 failed, 0 skipped' 'a crash'
unit_says 'exit 0' '0 passed, 1 failed, 0 skipped' 'a program that says nothing'
unit_says 'echo 1..1; echo "not ok 1 - bad"; exit 1' '0 passed, 1 failed, 0 skipped' 'a test that fails'
unit_says 'echo 1..1; echo "ok 1 - fine"; exit 9' '1 passed, 1 failed, 0 skipped' 'a bad exit status'
unit_says 'echo 1..1; echo "not ok 1 # SKIP mute"' '0 passed, 1 failed, 0 skipped' 'a skip without a reason'
unit_says 'echo 1..1; echo "skipped: told: no data sets"; echo "not ok 1 # SKIP told"' \
    '0 passed, 0 failed, 1 skipped' 'a skip with a reason'

# The runner of golden tests, with a stand-in for leadcal.
fresh
mkdir -p "$copy/tree/b" "$copy/tree/tests/golden" "$copy/tree/datasets"
# shellcheck disable=SC2016 # the stand-in's own arguments
printf '#!/bin/sh\necho "$1"; echo "$2" >&2; exit "$3"\n' >"$copy/tree/b/leadcal"
chmod +x "$copy/tree/b/leadcal"
golden_says() { # golden_says CMD OUT ERR STATUS WANTED WHAT
    if (
        cd "$copy/tree" || exit
        echo "$1" >tests/golden/planted.cmd
        echo "$2" >tests/golden/planted.out
        echo "$3" >tests/golden/planted.err
        echo "$4" >tests/golden/planted.status
        CI='' ONLY='' UPDATE='' scripts/golden.sh b 2>&1 | grep -qx "golden: $5"
    ); then
        verdict yes
    else
        verdict no "golden.sh miscounts $6"
    fi
}
golden_says 'leadcal a b 3' a b 3 '1 passed, 0 failed, 0 skipped' 'a test that passes'
golden_says 'leadcal x b 3' a b 3 '0 passed, 1 failed, 0 skipped' 'another output'
golden_says 'leadcal a x 3' a b 3 '0 passed, 1 failed, 0 skipped' 'another message'
golden_says 'leadcal a b 0' a b 3 '0 passed, 1 failed, 0 skipped' 'another exit status'
golden_says '# needs: no-such-tool' a b 3 '0 passed, 0 failed, 1 skipped' 'an absent tool'

# The runner of fuzz targets, on two that are shell scripts.
fresh
mkdir -p "$copy/tree/b/fuzz" "$copy/tree/tests/fuzz/fuzz_a.seeds" "$copy/tree/tests/fuzz/fuzz_b.seeds"
printf '' >"$copy/tree/tests/fuzz/fuzz_a.c"
printf '' >"$copy/tree/tests/fuzz/fuzz_b.c"
fuzz_says() { # fuzz_says SCRIPT_OF_ONE WANTED WHAT
    printf '#!/bin/sh\necho stat::number_of_executed_units: 12\n' >"$copy/tree/b/fuzz/fuzz_a"
    printf '#!/bin/sh\n%s\n' "$1" >"$copy/tree/b/fuzz/fuzz_b"
    chmod +x "$copy/tree/b/fuzz/fuzz_a" "$copy/tree/b/fuzz/fuzz_b"
    if (cd "$copy/tree" && scripts/fuzz.sh b 1) 2>&1 | grep -qx "fuzz: $2"; then
        verdict yes
    else
        verdict no "fuzz.sh miscounts $3"
    fi
}
fuzz_says 'echo stat::number_of_executed_units: 7' '2 passed, 0 failed, 0 skipped' 'targets that hold'
fuzz_says 'echo stat::number_of_executed_units: 7; exit 77' '1 passed, 1 failed, 0 skipped' 'a law that is broken'
fuzz_says 'exit 0' '1 passed, 1 failed, 0 skipped' 'a target that ran nothing'

# The sample report, with a stand-in for leadcal.
fresh
mkdir -p "$copy/tree/b" "$copy/tree/datasets"
# shellcheck disable=SC2016 # the stand-in's own variables
printf '#!/bin/sh\nmkdir quarter && cd quarter || exit\necho "$SAID" | tee report.md >report.html\necho "Produced by GNUPLOT $DREW patchlevel 4 $SAID" >rates.svg\n' >"$copy/tree/b/leadcal"
chmod +x "$copy/tree/b/leadcal"
(cd "$copy/tree" && SAID=a DREW=5.4 scripts/reports.sh b write)
reports_say() { # reports_say SAID DREW WANTED WHAT
    if (cd "$copy/tree" && SAID=$1 DREW=$2 scripts/reports.sh b check) 2>&1 | grep -qx "reports: $3"; then
        verdict yes
    else
        verdict no "reports.sh miscounts $4"
    fi
}
reports_say a 5.4 '3 passed, 0 failed, 0 skipped' 'the same report'
reports_say b 5.4 '0 passed, 3 failed, 0 skipped' 'another report'
reports_say b 6.0 '0 passed, 1 failed, 2 skipped' 'another gnuplot'
echo 'left over' >"$copy/tree/reports/old.svg"
reports_say a 5.4 '3 passed, 1 failed, 0 skipped' 'a picture that is no longer made'

# The total, on parts that are made up.
total_says() { # total_says SCRIPT WANTED WHAT
    printf '#!/bin/sh\n%s\n' "$1" >"$copy/tree/make"
    chmod +x "$copy/tree/make"
    if (cd "$copy/tree" && MAKE=./make scripts/check.sh part) 2>&1 | tail -n 1 | grep -qx "$2"; then
        verdict yes
    else
        verdict no "check.sh miscounts $3"
    fi
}
total_says 'echo "a: 2 passed, 1 failed, 3 skipped"; exit 1' '2 passed, 1 failed, 3 skipped' 'a part that counts'
total_says 'exit 0' '1 passed, 0 failed, 0 skipped' 'a part that only passes'
total_says 'exit 2' '0 passed, 1 failed, 0 skipped' 'a part that only fails'
total_says 'echo "a: 2 passed, 0 failed, 0 skipped"; exit 2' '2 passed, 1 failed, 0 skipped' 'a part that dies late'

echo "selftest: $passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
