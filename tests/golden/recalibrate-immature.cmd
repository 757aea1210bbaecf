# Where no lead is old enough there is no model, and all leads count in what is left: status 5.
study="--quiet --outcome stage --entered created_date --closed close_date --as-of 2023-02-01 datasets/leads.csv"
leadcal recalibrate $study --won 'Closed Won' --window 365 -o quarter; echo $?
ls quarter | grep -v svg | tr '\n' ' '
leadcal rates $study --won 'Closed Won' --window none --format csv | cmp - quarter/rates.csv
sed -n '/^\*\*3/p; /^> /p' quarter/report.md
