leadcal backtest --outcome stage --won 'Closed Won'; echo $?
leadcal backtest --cuts dp --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
