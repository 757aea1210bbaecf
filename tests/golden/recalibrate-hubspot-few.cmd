# 25 wins are too few to test with: the rest is delivered.
leadcal inspect -q -o spec.json datasets/hubspot-few/contacts.csv datasets/hubspot-few/deals.csv >columns.csv
leadcal recalibrate --spec spec.json datasets/hubspot-few/contacts.csv datasets/hubspot-few/deals.csv -o quarter 2>err; echo $?
grep 'won opp\|no backtest' err
leadcal backtest -q --spec spec.json datasets/hubspot-few/contacts.csv datasets/hubspot-few/deals.csv; echo $?
ls quarter | grep -c '\.csv'; grep -c . quarter/rates.csv
sed '/^## 1/,$d' quarter/report.md
