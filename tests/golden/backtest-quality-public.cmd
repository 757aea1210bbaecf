# needs: datasets
# As backtest-quality, on public leads; numbers by tests/reference/quality.R, too.
judge() { # judge NAME GLMNET WORD...
    name=$1 bar=$2
    shift 2
    for penalty in gaussian learned; do
        leadcal backtest -q --metrics -f csv --penalty $penalty "$@" |
            LC_ALL=C awk -F, -v name="$name $penalty" -v bar=$bar '
                $1 == "logistic" && $3 == "log_loss" {print name ": " ($4 <= 1.005 * bar ? "holds" : $4)}'
    done
}
judge Olist 0.2980316609 --spec datasets/olist.spec.json public/olist-funnel/olist_marketing_qualified_leads_dataset.csv \
    public/olist-funnel/olist_closed_deals_dataset.csv
judge bank-full 0.64630 --spec datasets/bank-marketing.spec.json public/bank-marketing/bank-full.csv
