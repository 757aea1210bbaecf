leadcal backtest --young --spec datasets/leads.spec.json --format table datasets/leads.csv
leadcal backtest --young -q --spec datasets/leads.spec.json --by source --format csv datasets/leads.csv | tail -n 2
leadcal backtest --young --score pages_viewed --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest --young -q --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest --young -q --spec datasets/leads.spec.json --as-of 2023-06-30 --window 60 datasets/leads.csv; echo $?
