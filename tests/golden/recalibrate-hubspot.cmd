# The proposed spec recalibrates contacts and deals as they stand; of sixteen cells, some are too thin to be judged.
set -e
leadcal inspect -q -o spec.json datasets/hubspot/contacts.csv datasets/hubspot/deals.csv >columns.csv
leadcal recalibrate --spec spec.json datasets/hubspot/contacts.csv datasets/hubspot/deals.csv -o quarter 2>err
grep 'won opp\|window\|count,\|history\|weak' err
grep '^logistic,all,\(train_won\|test_won\|auc\)' quarter/backtest_metrics.csv
awk -F, '$1 == "logistic" && $2 == "all" && $3 ~ /^[A-D][1-4]$/ && $13 == "entered to won" {n++; thin += $4 < 20} END {print n " cells, " thin " with fewer than 20 leads"}' quarter/backtest.csv
LC_ALL=C grep -c "^[a-z]*,all,.*fewer than 20 leads" quarter/backtest.csv
