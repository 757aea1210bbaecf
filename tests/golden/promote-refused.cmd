# Compared with nothing, with a column, or no model; and wrong usage.
study="-q --outcome stage --entered created_date --closed close_date --by source"
leadcal fit $study --won 'Closed Won' --window 90 -m alone.json --format csv datasets/leads.csv | head -1
leadcal recalibrate $study --won 'Closed Won' --current column:pages_viewed -o quarter datasets/leads.csv
leadcal promote alone.json --over datasets/points.csv --by me; echo $?
leadcal promote quarter/candidate.json --over datasets/points.csv --by me; echo $?
leadcal promote datasets/points.csv --over alone.json --by me; echo $?
leadcal promote alone.json --over nowhere.json --by me; echo $?
leadcal promote alone.json --over alone.json; echo $?
leadcal promote alone.json --by me; echo $?
leadcal promote --over alone.json --by me; echo $?
leadcal promote alone.json --over alone.json --by me --despite ''; echo $?
