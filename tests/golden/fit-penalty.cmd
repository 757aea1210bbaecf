# SDs learnt for each attribute, and log-F; a beginning of a choice's name is enough.
base='--outcome stage --won Closed\ Won --entered created_date --closed close_date --window 90 --by webinar,job_level,demo_request,careers_page'
run() { eval "leadcal fit $base $* datasets/leads.csv"; }
run --penalty learned --model learned.json --format csv | cut -d, -f1,4-5,8-10
leadcal score -q --model learned.json datasets/leads.csv | tail -n 2 | grep -o '[^,]*,[^,]*,[^,]*$'
grep -o '"prior_sd": [0-9.]\{8\}' learned.json
run --penalty logf -q --format csv | cut -d, -f1,4-5,8-10
for pair in 'gauss gaussian' 'lo logf'; do
    run --penalty "${pair% *}" -q --format csv >short.csv
    run --penalty "${pair#* }" -q --format csv >long.csv
    cmp short.csv long.csv && echo "$pair: same"
done
run --penalty l -q; echo $?
run --penalty learned --prior-sd 0.5 -q; echo $?
run --penalty ridge --quarter-sd 0.3 -q; echo $?
eval "leadcal backtest -q --metrics $base --penalty learned --format csv datasets/leads.csv" | grep -E 'logistic.*(log_loss|auc|slope)'
