# By grade: who was worked, what closed among them, and what a fit of the worked leads alone expects.
leadcal backtest -q --worked --rolling quarter --spec datasets/leads.spec.json --format csv datasets/leads.csv
leadcal backtest --worked --format csv --outcome stage --won 'Closed Won' --entered created_date --closed close_date datasets/leads.csv 2>&1 | grep -A1 'nothing says'
