# What recalibrate says of sales is what the step programs print, byte for byte; page one as it stands.
files="datasets/hubspot/contacts.csv datasets/hubspot/deals.csv"
leadcal recalibrate --yes --quiet $files -o quarter; echo $?
study="--quiet --spec quarter/spec.json $files"
for format in csv json; do
    leadcal accept --model quarter/candidate.json --format $format $study | cmp - quarter/accept.$format
    leadcal accept --sla --model quarter/candidate.json --format $format $study | cmp - quarter/accept_sla.$format
    leadcal funnel --format $format $study | cmp - quarter/funnel.$format
    leadcal backtest --rolling auto --workload --format $format $study | cmp - quarter/workload.$format
    leadcal backtest --rolling auto --format $format $study | cmp - quarter/backtest.$format
    leadcal backtest --rolling auto --metrics --format $format $study | cmp - quarter/backtest_metrics.$format
done
cat quarter/workload.csv
head -n 4 quarter/changes.csv
sed '/^## 1/,$d' quarter/report.md
