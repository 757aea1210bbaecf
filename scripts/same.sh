#!/bin/sh
# Same input, same bytes: same.sh FOLDER runs the programs on a bundled export with one thread and
# with seven, and in other locales and another time zone, and compares everything they write with
# the plain run, standard error included. Ends `same: N passed, N failed, N skipped`.
set -u

b=$(cd "${1:?usage: same.sh BUILD_FOLDER}" && pwd)
top=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0

everything() { # everything FOLDER THREADS: what the programs write, in FOLDER
    mkdir -p "$1" && cd "$1" || exit
    ln -s "$top/datasets" datasets
    spec='--spec datasets/leads.spec.json datasets/leads.csv'
    n=0
    while read -r line; do
        n=$((n + 1))
        echo "$line" >"$n.command"
        eval "leadcal $line --threads $2" >"$n.out" 2>"$n.err"
        echo $? >"$n.status"
    done <<LINES
rates $spec --format csv
rates $spec --format json
rates --outcome stage --won 'Closed Won' --by source,industry datasets/leads.csv --format table
audit $spec --format csv
fit $spec --format csv --model model.json
fit $spec --penalty none --format csv
fit $spec --as-of 2025-06-30 --window 90 --format csv --model last.json
fit $spec --prior last.json --moves --format csv --model next.json
card $spec --attributes 4 --cap 5 --format csv --model card.json
backtest $spec --prior last.json --format csv
backtest $spec --format csv
backtest $spec --metrics --format csv
accept $spec --by source,owner --format csv
accept $spec --model model.json --format json
funnel $spec --amount amount --format csv
maturity $spec --by source --format csv
backtest $spec --young --format csv
drift $spec --model model.json --format csv
drift $spec --model model.json --expected --format json
recalibrate $spec -o study
events --spec datasets/events.spec.json --format csv --flat flat.csv datasets/events/leads.csv datasets/events/events.csv
inspect -o hubspot.json datasets/hubspot/contacts.csv datasets/hubspot/deals.csv
rates --credit share --spec hubspot.json datasets/hubspot/contacts.csv datasets/hubspot/deals.csv
LINES
    echo score >"$((n + 1)).command"
    leadcal score --model model.json datasets/leads.csv >scored.csv 2>scored.err
    echo $? >"$((n + 1)).status"
    rm datasets
}
compare() { # compare NAME
    if diff -r "$work/plain" "$work/$1" >"$work/diff" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "same: failed: $1: $(wc -l <"$work/diff") lines differ"
        head -n 8 "$work/diff" | cut -c 1-160
    fi
}

PATH=$b:$PATH
export PATH
(LC_ALL=C; TZ=UTC; export LC_ALL TZ; everything "$work/plain" 1)
for status in "$work"/plain/*.status; do
    # The plain run itself must work: nothing compared with nothing is the same too.
    if [ "$(cat "$status")" -le 1 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "same: failed: leadcal $(cat "${status%.status}.command") exits $(cat "$status")"
        tail -n 2 "${status%.status}.err" 2>/dev/null
    fi
done
(LC_ALL=C; TZ=UTC; export LC_ALL TZ; everything "$work/seven-threads" 7)
compare seven-threads
for locale in de_DE.UTF-8 tr_TR.UTF-8 ja_JP.UTF-8 ar_EG.UTF-8; do
    if locale -a | grep -qix "$(echo "$locale" | sed 's/UTF-8/utf-\\?8/')"; then
        (LC_ALL=$locale; TZ=Pacific/Kiritimati; export LC_ALL TZ; everything "$work/$locale" 3)
        compare "$locale"
    elif [ "${CI-}" = true ]; then
        failed=$((failed + 1))
        echo "same: failed: the locale $locale is not installed, and CI may not skip it"
    else
        skipped=$((skipped + 1))
        echo "skipped: same/$locale: the locale is not installed"
    fi
done
echo "same: $passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
