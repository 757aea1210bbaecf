# Ridge, lasso and elastic net: lambda by folds in blocks of time, the best itself, or as given.
base='--outcome stage --won Closed\ Won --entered created_date --closed close_date --window 90 --by webinar,job_level,demo_request,careers_page,free_email'
run() { eval "leadcal fit $base $* --format csv datasets/leads.csv" 2>err | cut -d, -f1,4-5,8-10; grep -vE 'as of|outcome|leads count' err; }
run --penalty ridge | head -n 5
run --penalty ridge --lambda-min | head -n 3
run --penalty lasso --model lasso.json
run --penalty elastic --alpha 0.2 --lambda 0.01 | head -n 5
leadcal score -q --model lasso.json datasets/leads.csv | tail -n 1 | grep -o '[^,]*$'
eval "leadcal backtest -q --metrics $base --penalty lasso --format csv datasets/leads.csv" | grep -E 'logistic.*(log_loss|auc|slope)'
run --penalty learned --lambda 0.1
run --penalty ridge --lambda 0.1 --lambda-min
run --penalty lasso --alpha 0.2
