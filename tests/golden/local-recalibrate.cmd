# Segments in the options or in the spec: local.csv is the table of fit --deviations, global runs beside logistic in every fold, the written spec alone gives the same model.
export LC_ALL=C
leadcal simulate --rows 6000 --seed 3 --segments -o leads.csv
set -- --outcome stage --won 'Closed Won' --entered created_date --closed close_date --by company_size,job_level,source,demo_request,free_email --engagement demo_request
leadcal recalibrate "$@" --local source -o quarter leads.csv 2>err; echo $?
grep -e 'leads of source' -e 'segments\? of source' err
leadcal fit -q "$@" --local source --deviations leads.csv | cmp - quarter/local.csv && echo 'local.csv is fit --deviations'
grep '"local"' quarter/spec.json; grep '^setting,local' quarter/spec.csv | cut -d, -f1-3
leadcal fit -q --spec quarter/spec.json --model again.json leads.csv >again.csv; cmp again.csv quarter/fit.csv && echo 'the spec alone gives the same fit'
leadcal fit -q --spec quarter/spec.csv leads.csv | cmp - again.csv && echo 'and so does the table'
awk -F, '/log_loss/ && ($1 == "logistic" || $1 == "global") {print $1, $2, substr($4, 1, 6)}' quarter/backtest_metrics.csv
leadcal backtest "$@" --local source --rolling quarter leads.csv 2>&1 >/dev/null | grep -e segments
leadcal backtest -q "$@" --local source --comparisons leads.csv | grep -e '^logistic,global' | cut -d, -f1-4
sed -n '/Where segments differ/,/^### Deviations/p' quarter/report.md | head -n 5
grep 'the same without deviations' quarter/report.md | cut -d'|' -f2 | head -n 1
leadcal recalibrate -q "$@" --local source --current quarter/candidate.json -o next --force leads.csv; echo $?
leadcal drift -q --model quarter/candidate.json --baseline leads.csv leads.csv | cut -d, -f2 | grep -v lc_ | sort -u | tr '\n' ' '
