#!/bin/sh
# The programs from outside: golden.sh FOLDER runs each tests/golden/NAME.cmd, a few lines of
# shell, and compares what comes out with NAME.out, NAME.err and NAME.status (a missing file means
# nothing, or 0). Ends `golden: N passed, N failed, N skipped`.
#
# A test runs in a folder of its own that holds two links: `datasets`, the bundled exports, and
# `public`, the public sets where they are there. leadcal and leadcal-NAME come first in PATH;
# LEADCAL_ROOT is the top of the repository. A line `# needs: datasets` (the public ones) or
# `# needs: TOOL` skips the test where that is absent.
#
# UPDATE=1  rewrites what is expected: read the diff before you commit it
# ONLY      a pattern of names, such as 'rates-*'
# TIMEOUT   seconds a test may take
set -u

b=${1:?usage: golden.sh BUILD_FOLDER}
if [ "${2-}" != --one ]; then
    names=$(for cmd in tests/golden/${ONLY:-*}.cmd; do [ -e "$cmd" ] && basename "$cmd" .cmd; done)
    case $b in
    *san*) # named here, not skipped: the plain build runs them
        for name in $names; do
            if grep -q '^# plain build only' "tests/golden/$name.cmd"; then
                echo "golden: $name is for the plain build only"
                names=$(printf '%s\n' "$names" | grep -vx "$name")
            fi
        done ;;
    esac
    [ -n "$names" ] || { echo "golden: failed: there is no test of that name"; echo "golden: 0 passed, 1 failed, 0 skipped"; exit 1; }
    LEADCAL_ROOT=$PWD
    LEADCAL_DATASETS=$(cd "${LEADCAL_DATASETS:-../shared/datasets}" 2>/dev/null && pwd) || LEADCAL_DATASETS=
    LC_ALL=${GOLDEN_LOCALE:-C.UTF-8}
    PATH=$(cd "$b" && pwd):$PATH
    export LEADCAL_ROOT LEADCAL_DATASETS LC_ALL PATH
    results=$(mktemp)
    trap 'rm -f "$results"' EXIT
    printf '%s\n' "$names" | xargs -P "$(nproc)" -n 1 "$0" "$b" --one >"$results"
    grep -vx 'passed' "$results"
    awk -v tests="$(printf '%s\n' "$names" | wc -l)" '
        $0 == "passed" {p++}
        /^golden: failed: / {f++}
        /^skipped: / {s++}
        END {
            f += tests - p - f - s # one that said nothing did not pass
            printf "golden: %d passed, %d failed, %d skipped\n", p, f, s
            exit (f > 0)
        }' "$results"
    exit
fi

name=$3
expected=$LEADCAL_ROOT/tests/golden/$name
# shellcheck disable=SC2013 # words are what is meant
for need in $(sed -n 's/^# needs: //p' "$expected.cmd"); do
    reason=
    if [ "$need" = datasets ]; then
        [ -n "$LEADCAL_DATASETS" ] || reason="the public data sets are not in ../shared/datasets"
    elif ! command -v "$need" >/dev/null; then
        reason="$need is not installed"
    fi
    [ -n "$reason" ] || continue
    if [ "${CI-}" = true ] && [ "$need" != datasets ]; then
        echo "golden: failed: $name: $reason, and CI may not skip it"
    else
        echo "skipped: golden/$name: $reason"
    fi
    exit 0
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/here" && cd "$work/here" || exit 1
ln -s "$LEADCAL_ROOT/datasets" datasets
[ -z "$LEADCAL_DATASETS" ] || ln -s "$LEADCAL_DATASETS" public
timeout "${TIMEOUT:-300}" sh "$expected.cmd" >"$work/out" 2>"$work/err" </dev/null
echo $? >"$work/status"

if [ "${UPDATE-}" = 1 ]; then
    for kind in out err; do
        if [ -s "$work/$kind" ]; then cp "$work/$kind" "$expected.$kind"; else rm -f "$expected.$kind"; fi
    done
    if [ "$(cat "$work/status")" != 0 ]; then cp "$work/status" "$expected.status"; else rm -f "$expected.status"; fi
fi

said=
for kind in out err status; do
    if [ -e "$expected.$kind" ]; then
        wanted=$expected.$kind
    else
        wanted=$work/wanted
        if [ $kind = status ]; then echo 0 >"$wanted"; else : >"$wanted"; fi
    fi
    cmp -s "$wanted" "$work/$kind" ||
        said="$said$(diff -u --label "$name.$kind expected" --label "$name.$kind" "$wanted" "$work/$kind" | head -n 40)
"
done
if [ -n "$said" ]; then
    printf 'golden: failed: %s\n%s' "$name" "$said"
else
    echo passed
fi
