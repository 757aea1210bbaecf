# One class, nobody old enough, nothing new: with a prior and with the lag there is an answer, or a sentence and status 5.
study="-q --outcome stage --won Won --lost Lost --open Open --entered entered --closed closed --by source,size --as-of 2024-12-31"
# Quarters of 2024: a quarter is won until May, then the given share.
leads() {
    awk -v late="$1" 'BEGIN {
        print "source,size,entered,stage,closed"
        for (i = 0; i < 3000; i++) {
            month = int(i / 250) + 1; wins = month <= 5 ? i % 4 == 0 : late == "all" || (late == "some" && i % 3 == 0)
            printf "%s,%s,2024-%02d-%02d,%s,2024-%02d-%02d\n", i % 5 < 2 ? "Web" : "Fair", i % 7 < 3 ? "big" : "small",
                month, i % 28 + 1, wins ? "Won" : "Lost", month, i % 28 + 1
        }
    }'
}
for late in some none all; do leads $late >$late.csv; done
run() { program=$1; shift; leadcal $program $study "$@" --format csv >out 2>err; echo "$program $*: $?"; sed 's/^/  /' err; }
run fit --window 30 --as-of 2024-06-30 -m last.json some.csv
for late in some none all; do
    run fit --window 30 --prior last.json -m $late.json $late.csv
    test -e $late.json && echo "  a model"
done
run fit --window 30 --prior last.json --as-of 2024-07-02 some.csv
run fit --window 400 --prior last.json some.csv
# Of one quarter all were lost, of another all won: the quarters are taken together with others.
for late in none all; do run backtest --window 30 --prior last.json --rolling quarter --metrics $late.csv; done
# The lag: no win at all, none that is not won, nobody old enough.
for late in none all; do
    awk -F, 'NR == 1 || substr($3, 6, 2) + 0 > 6' $late.csv >half.csv
    run fit --window 30 --maturity lag half.csv
    run backtest --window 30 --maturity lag half.csv
done
run fit --window 400 --maturity lag some.csv
run backtest --window 400 --maturity lag some.csv
run fit --window 30 --maturity lag -m lag.json some.csv
for late in none all; do
    leadcal recalibrate $study --window 30 --prior last.json $late.csv -o $late 2>err; echo "recalibrate $late: $?"; cat err
    awk -F, 'NR == 1 || substr($3, 6, 2) + 0 > 6' $late.csv >half.csv
    leadcal recalibrate $study --window 30 --maturity lag half.csv -o lag_$late 2>err; echo "recalibrate by the lag, $late: $?"; cat err
    test -e $late/candidate.json -o -e lag_$late/candidate.json && echo "a model"
done
grep -rliE '(: ?|,)-?(nan|inf(inity)?)([,}]|$)' --include '*.json' --include '*.csv' . || echo "no NaN in any file"
