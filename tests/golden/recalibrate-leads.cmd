# Every table is what the step's own program prints, byte for byte.
study="--quiet --outcome stage --entered created_date --closed close_date --engagement pages_viewed,email_opens,webinar,demo_request datasets/leads.csv"
leadcal recalibrate $study --won 'Closed Won' -o quarter; echo $?
for format in csv json; do
    leadcal rates $study --won 'Closed Won' --format $format | cmp - quarter/rates.$format
    leadcal fit $study --won 'Closed Won' --format $format | cmp - quarter/fit.$format
    leadcal backtest $study --won 'Closed Won' --format $format | cmp - quarter/backtest.$format
    leadcal backtest --metrics $study --won 'Closed Won' --format $format | cmp - quarter/backtest_metrics.$format
done
ls quarter | grep -v svg
leadcal score -q --model quarter/candidate.json datasets/leads.csv | wc -l
leadcal fit -q --spec quarter/spec.json --format csv datasets/leads.csv | cmp - quarter/fit.csv
cut -d, -f1-7 quarter/cells.csv
