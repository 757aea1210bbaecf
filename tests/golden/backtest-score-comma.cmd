# A score is the same score with decimal commas, with a per cent sign, and where --decimal says how it reads; what is ignored is no score in use.
make() { awk -F, -v OFS=';' -v sign="$1" -v unit="$2" 'NR == 1 {$1 = $1; print $0, "Lead Score"; next} {$1 = $1; print $0, (NR * 37 % 100) sign (NR % 7) unit}' datasets/leads.csv; }
make . '' >point.csv; make , '' >comma.csv; make , ' %' >percent.csv
score() { leadcal backtest -q --score 'Lead Score' --bands 20,50 --outcome stage --won 'Closed Won' --entered created_date --closed close_date --as-of 2025-12-31 --format csv "$@"; }
score point.csv >point.out; cut -d, -f1-5 point.out | head -n 3
score comma.csv | cmp - point.out && score --decimal comma comma.csv | cmp - point.out && score percent.csv | cmp - point.out && echo 'the same bands'
current() { leadcal backtest -q --current 'column:Lead Score' --outcome stage --won 'Closed Won' --entered created_date --closed close_date --as-of 2025-12-31 --ignore 'Lead Score' --format csv "$1"; }
current point.csv >point.out; current comma.csv | cmp - point.out && grep -c '^current,' point.out
leadcal recalibrate --yes -o guessed comma.csv 2>&1 | grep -o "'Lead Score' is the score in use"; grep -o '"current": "[^"]*"' guessed/spec.json
leadcal recalibrate --yes --ignore 'Lead Score' -o without comma.csv 2>&1 | grep "'Lead Score'.*in use"; ! grep '"current"' without/spec.json
