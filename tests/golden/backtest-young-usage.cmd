leadcal backtest --young --rolling quarter --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest --young --order none --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest --young --challenger ratio --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest --young --comparisons --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest --young --verdicts --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest --young --worked --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest --young --optimism 200 --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest --young --metrics --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest --young --workload --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
