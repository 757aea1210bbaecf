# Last quarter's levels were merged, this quarter's are not, or otherwise: what holds the same texts goes on, the rest is told.
study="--outcome stage --won Closed\ Won --entered created_date --closed close_date --by source,job_function datasets/leads.csv"
six() { sed -E 's/([0-9]\.[0-9]{6})[0-9]*/\1/g'; }
run() { program=$1; shift; eval leadcal $program "$study" '"$@"'; }
run fit -q --as-of 2025-06-30 --window 90 --merge source,job_function -m merged.json --format csv | cut -d, -f1 | tr '\n' ';'; echo
run fit -q --as-of 2025-06-30 --window 90 --quarter-sd 0.3 -m plain.json --format csv | sed -n 2p | cut -d, -f1-5 | six
told() { sed -nE 's/( in this quarter| of [0-9]+ come from).*//; /^note: (new since|no lead this|levels of the prior|the [0-9]+ entry)/p' err; }
for merge in "--merge source" "--merge source,job_function" ""; do
    echo "now $merge"
    run fit --as-of 2025-12-31 --prior merged.json $merge -m now.json --force --format csv 2>err | tail -1 | cut -d, -f1-5 | six
    told
done
run fit --as-of 2025-12-31 --prior plain.json --merge source --format csv 2>err | tail -1 | cut -d, -f1-5 | six
told
# Entry quarters are fitted without a prior alone: with one the weights themselves drift.
run fit --as-of 2025-12-31 --prior plain.json --quarter-sd 0.3 --format csv 2>err >quarters.csv; told
run fit -q --as-of 2025-12-31 --prior plain.json --format csv | cmp - quarters.csv
# Tested as it is made: the chain of quarters inside the training leads, with merged levels and grades by the outcome.
run backtest -q --as-of 2025-12-31 --prior merged.json --merge source --cuts dp --metrics --format csv | grep -E '^logistic,test,(auc|log_loss|train_won),' | six
grep -liE '(: ?|,)-?(nan|inf(inity)?)([,}]|$)' *.json *.csv || echo 'no NaN in any file'
