#!/bin/sh
# Speed as ratios: bench.sh FOLDER times the exact split of 1,000 candidate cuts, then FOLDER/leadcal
# on a million made-up leads in turn with the peers found here (A B A B ..., so that a slow minute
# hits both), and prints medians. `bench.sh peers` installs the peers. ROUNDS=5, ROWS=1000000,
# THREADS=2.
set -eu

if [ "${1-}" = peers ]; then
    scripts/setup.sh bench
    command -v npm >/dev/null || scripts/setup.sh npm
    mkdir -p build/bench
    cd build/bench && npm install --no-audit --no-fund --silent @duckdb/node-api
    exit
fi

b=${1:?usage: bench.sh BUILD_FOLDER|peers}
rounds=${ROUNDS:-5} rows=${ROWS:-1000000} threads=${THREADS:-2}
at=build/bench
leads=$at/leads-$rows.csv
mkdir -p "$at"
[ -s "$leads" ] || "$b/leadcal" simulate --rows "$rows" --seed 1 -o "$leads"
cat "$leads" >/dev/null # into the page cache
by=company_size,industry,country,job_level,job_function,source,campaign,webinar,demo_request
by=$by,free_email,careers_page,sales_accepted,owner

wall() { # wall NAME COMMAND...: appends its seconds to NAME.times
    name=$1
    shift
    began=$(date +%s%N)
    "$@" >"$at/$name.out" 2>"$at/$name.err" || { tail -n 3 "$at/$name.err" >&2; echo "bench: $name failed" >&2; exit 1; }
    echo "$(($(date +%s%N) - began))" | awk '{print $1 / 1e9}' >>"$at/$name.times"
}
said() { # said NAME WORD: the seconds that the program itself reports after WORD
    sed -n "s/^$2 \([0-9.]*\).*/\1/p" "$at/$1.out" "$at/$1.err" | tail -n 1 >>"$at/$1.inside"
}
median() {
    sort -n "$1" | awk '{x[NR] = $1} END {print NR ? (x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2 : "none"}'
}
ratio() { # ratio OURS THEIRS: median of the ratios round by round
    paste "$1" "$2" | awk '{print $2 / $1}' | sort -n |
        awk '{x[NR] = $1} END {printf "%.2f", (x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2}'
}

duckdb='' sklearn=''
command -v node >/dev/null && [ -d $at/node_modules/@duckdb/node-api ] && duckdb=yes
for python in python3 /usr/bin/python3; do # another python3 may stand before Debian's
    "$python" -c 'import sklearn, pandas' 2>/dev/null && sklearn=$python
done
rm -f $at/*.times $at/*.inside
echo "rows $rows, threads $threads, rounds $rounds, load $(cut -d ' ' -f 1-3 /proc/loadavg)"

# One thread, by its time on the processor; a second is what a report may wait for one attribute.
"$b/bench-partition" >$at/partition.csv
awk -F , 'NR > 1 {n++; sum += $5; if ($5 > most) {most = $5; which = $1 ", " $2 ($3 ? ", at most " $3 " bins" : "")}}
    END {printf "partition: 1,000 cuts take %.3f s on average over %d objectives, trends and limits; the longest %.3f s, %.1f times under a second (%s)\n", sum / n, n, most, 1 / most, which}' \
    $at/partition.csv

round=0
while [ $round -le "$rounds" ]; do
    [ $round = 1 ] && rm -f $at/*.times $at/*.inside # round 0 warms up
    wall rates "$b/leadcal" rates --quiet --threads "$threads" --outcome stage --won 'Closed Won' \
        --by "$by" --format csv "$leads"
    [ -z "$duckdb" ] || { wall duckdb node scripts/bench_rates.mjs $at "$leads" "$threads"; said duckdb seconds; }
    round=$((round + 1))
done
echo "rates: leadcal $(median $at/rates.times) s"
if [ -n "$duckdb" ]; then
    echo "rates: DuckDB  $(median $at/duckdb.times) s as a process, $(median $at/duckdb.inside) s inside"
    echo "rates: leadcal is $(ratio $at/rates.times $at/duckdb.times) times as fast (DuckDB inside: $(ratio $at/rates.times $at/duckdb.inside))"
    awk 'NR == FNR {ours[$0]; next}
         {n++; for (line in ours) if (index(line, $0) == 1) {same++; break}}
         END {printf "rates: %d of %d levels have the same leads and wins\n", same, n; exit same != n}' \
        $at/rates.out $at/duckdb.out
else
    echo "rates: DuckDB is not here: make bench-peers installs it"
fi

round=0
while [ $round -le "${FIT_ROUNDS:-3}" ]; do
    [ $round = 1 ] && rm -f $at/fit.times $at/fit.inside $at/sklearn.times $at/sklearn.inside
    wall fit "$b/leadcal" fit --quiet --threads "$threads" --timings --penalty none \
        --spec datasets/simulated.spec.json --format csv "$leads"
    said fit 'timing: fit'
    [ -z "$sklearn" ] || { wall sklearn "$sklearn" scripts/bench_fit.py "$leads" $at/fit.out; said sklearn seconds; }
    round=$((round + 1))
done
echo "fit: leadcal $(median $at/fit.inside) s of $(median $at/fit.times) s"
if [ -n "$sklearn" ]; then
    echo "fit: scikit-learn newton-cg $(median $at/sklearn.inside) s of $(median $at/sklearn.times) s, $(grep parameters $at/sklearn.out)"
    echo "fit: leadcal is $(ratio $at/fit.inside $at/sklearn.inside) times as fast; largest $(grep difference $at/sklearn.out) of a coefficient"
else
    echo "fit: scikit-learn is not here: make bench-peers installs it"
fi

# A hundred thousand leads with 20 attributes, the simulated 14 and six of noise, an SD learnt for each.
wide=$at/wide.csv
[ -s "$wide" ] || "$b/leadcal" simulate --rows 100000 --seed 5 | LC_ALL=C awk '
    {printf "%s", $0}
    NR == 1 {for (i = 1; i <= 6; i++) printf ",noise_%d", i}
    NR > 1 {split("2 3 5 8 12 30", n, " "); for (i = 1; i <= 6; i++) printf ",n%d", int(NR * 7919 * i / 31) % 10007 % n[i]}
    {print ""}' >"$wide"
by=company_size,industry,country,job_level,job_function,source,campaign,webinar,demo_request,free_email
by=$by,careers_page,pages_viewed,email_opens,days_since_last_touch
round=0
while [ $round -le "$rounds" ]; do
    [ $round = 1 ] && rm -f $at/learned.times $at/learned.inside
    wall learned "$b/leadcal" fit --quiet --threads "$threads" --timings --penalty learned --window none \
        --outcome stage --won 'Closed Won' --format csv "$wide" \
        --by "$by,noise_1,noise_2,noise_3,noise_4,noise_5,noise_6"
    said learned 'timing: fit'
    round=$((round + 1))
done
echo "learned: leadcal fits 100,000 leads with 20 attributes in $(median $at/learned.inside) s of $(median $at/learned.times) s"
