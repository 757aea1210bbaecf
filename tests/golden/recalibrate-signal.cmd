leadcal simulate --rows 400000 --seed 1 -o leads.csv
timeout --preserve-status -s TERM 0.4 leadcal recalibrate -q --outcome stage --won 'Closed Won' --entered created_date --closed close_date leads.csv -o quarter; echo $?
ls -I public -I datasets
