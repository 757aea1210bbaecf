leadcal backtest --outcome stage --won 'Closed Won'; echo $?
leadcal backtest --cuts best --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
