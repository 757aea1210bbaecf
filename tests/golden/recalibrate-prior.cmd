# The second quarter: begun from the first, compared with the card in use; the folder holds what the steps print.
study="--quiet --outcome stage --entered created_date --closed close_date --by company_size,source,webinar --engagement webinar"
leadcal fit $study --won 'Closed Won' --as-of 2025-06-30 --window 90 -m last.json --format csv datasets/leads.csv | tail -1
leadcal recalibrate $study --won 'Closed Won' --prior last.json --current datasets/points.csv -o quarter datasets/leads.csv; echo $?
leadcal fit $study --won 'Closed Won' --prior last.json --moves --format csv datasets/leads.csv | cmp - quarter/moves.csv
leadcal fit $study --won 'Closed Won' --prior last.json --format csv datasets/leads.csv | cmp - quarter/fit.csv
leadcal backtest --rolling auto $study --won 'Closed Won' --prior last.json --current datasets/points.csv --format csv datasets/leads.csv | cmp - quarter/backtest.csv
head -4 quarter/moves.csv
sed -n '/"boundary"/,/^  }/p' quarter/candidate.json
sed -n '/"champion"/,/^  }/p' quarter/candidate.json | sed -E 's/([0-9]\.[0-9]{6})[0-9]+/\1/g; s/"sha256": "[0-9a-f]*"/"sha256": ".."/'
grep -A3 'moved since last quarter' quarter/report.md
# The same leads again: none is new, so there is no model, and the rest is delivered.
leadcal recalibrate $study --won 'Closed Won' --prior quarter/candidate.json -o again datasets/leads.csv; echo $?
ls again | grep -E 'csv|candidate'
