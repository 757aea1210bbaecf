# Against a hand-made card of points, the changes are differences of points, the largest first.
leadcal recalibrate --quiet --spec datasets/leads.spec.json --current datasets/points.csv --capacity 8 datasets/leads.csv -o quarter; echo $?
head -n 6 quarter/changes.csv
cat quarter/workload.csv
LC_ALL=C grep '^capture\|^[a-z]*,all,cap' quarter/backtest_metrics.csv
sed '/^## 1/,$d' quarter/report.md | grep -v '^|'
