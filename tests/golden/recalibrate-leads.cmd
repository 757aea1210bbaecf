# Every table is what the step's own program prints, byte for byte.
study="--quiet --outcome stage --entered created_date --closed close_date --engagement pages_viewed,email_opens,webinar,demo_request datasets/leads.csv"
leadcal recalibrate $study --won 'Closed Won' -o quarter; echo $?
for format in csv json; do
    leadcal rates $study --won 'Closed Won' --format $format | cmp - quarter/rates.$format
    leadcal audit $study --won 'Closed Won' --format $format | cmp - quarter/audit.$format
    leadcal fit $study --won 'Closed Won' --format $format | cmp - quarter/fit.$format
    leadcal backtest --rolling auto $study --won 'Closed Won' --format $format | cmp - quarter/backtest.$format
    leadcal value --cycles $study --won 'Closed Won' --format $format | cmp - quarter/cycle_split.$format
    leadcal backtest --rolling auto --metrics $study --won 'Closed Won' --format $format | cmp - quarter/backtest_metrics.$format
    for table in comparisons verdicts; do leadcal backtest --rolling auto --$table $study --won 'Closed Won' --format $format | cmp - quarter/$table.$format; done
    leadcal maturity $study --won 'Closed Won' --format $format | cmp - quarter/maturity.$format
    leadcal backtest --young $study --won 'Closed Won' --format $format | cmp - quarter/incidence.$format
done
ls quarter | grep -v svg
leadcal score -q --model quarter/candidate.json datasets/leads.csv | wc -l
leadcal fit -q --spec quarter/spec.json --format csv datasets/leads.csv | cmp - quarter/fit.csv
cut -d, -f1-7 quarter/cells.csv
# The same with young leads in the fits by the lag, and grades by the outcome.
lag="--maturity lag --cuts dp"
leadcal recalibrate $study --won 'Closed Won' $lag -o lag; echo $?
for format in csv json; do
    for table in rates maturity; do leadcal $table $study --won 'Closed Won' --format $format | cmp - lag/$table.$format; done
    leadcal fit $lag $study --won 'Closed Won' --format $format | cmp - lag/fit.$format
    leadcal backtest --rolling auto $lag $study --won 'Closed Won' --format $format | cmp - lag/backtest.$format
    leadcal backtest --rolling auto --metrics $lag $study --won 'Closed Won' --format $format | cmp - lag/backtest_metrics.$format
    for table in comparisons verdicts; do leadcal backtest --rolling auto --$table $lag $study --won 'Closed Won' --format $format | cmp - lag/$table.$format; done
    leadcal backtest --young $lag $study --won 'Closed Won' --format $format | cmp - lag/incidence.$format
done
leadcal fit $lag $study --won 'Closed Won' -m fitted.json --format csv >/dev/null
for file in fitted.json lag/candidate.json; do sed -n '/"boundary": {/,/^  }/p; /"grades": {/,/^  }/p; /"attributes": \[/,/^  \]/p; /"posterior": {/,/^  }/p' $file >${file##*/}.part; done
cmp fitted.json.part candidate.json.part; wc -l <candidate.json.part
grep '"lag"' lag/candidate.json; grep 'Young leads' lag/report.md
grep -liE '(: ?|,)-?(nan|inf(inity)?)([,}]|$)' lag/*.json lag/*.csv || echo 'no NaN in any file'
