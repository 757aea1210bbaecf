# Cross-validation is asked for by name, warned about and called weak.
leadcal backtest --order none --verdicts --spec datasets/leads.spec.json --format csv datasets/leads.csv 2>&1 | grep -E 'warning|mixed|^model|^logistic'
leadcal backtest --order none --rolling month --spec datasets/leads.spec.json datasets/leads.csv; echo $?
leadcal backtest --folds 3 --spec datasets/leads.spec.json datasets/leads.csv; echo $?
leadcal backtest --score pages_viewed --verdicts --spec datasets/leads.spec.json datasets/leads.csv; echo $?
leadcal backtest -q --challenger best --spec datasets/leads.spec.json datasets/leads.csv; echo $?
leadcal backtest -q --rolling quarter --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
