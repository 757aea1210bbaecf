# plain build only: 53,000 made-up leads, six backtests
# Log loss out of time, no more than 0.5 % over glmnet's ridge on the same levels: the three numbers are
# those of tests/reference/quality.R (glmnet 4.1-6), by tests/reference/quality.py. docs/quality.md has more.
judge() { # judge NAME GLMNET WORD...
    name=$1 bar=$2
    shift 2
    for penalty in gaussian learned; do
        leadcal backtest -q --metrics -f csv --penalty $penalty "$@" |
            LC_ALL=C awk -F, -v name="$name $penalty" -v bar=$bar '
                $1 == "logistic" && $3 == "log_loss" {print name ": " ($4 <= 1.005 * bar ? "holds" : $4)}'
    done
}
for export in '3000 1 0.27998' '10000 2 0.2702508641' '40000 3 0.26038'; do
    set -- $export
    leadcal simulate --rows "$1" --seed "$2" -o "$1.csv"
    judge "$1 leads" "$3" --outcome stage --won 'Closed Won' --entered created_date --closed close_date \
        --engagement pages_viewed,email_opens,webinar,demo_request "$1.csv"
done
