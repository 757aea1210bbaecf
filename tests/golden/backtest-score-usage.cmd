leadcal backtest --bands 1,2 --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest --score pages_viewed --bands 5,5 --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest --score pages_viewed --current column:x --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest -q --score industry --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest -q --score page_views --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest -q --current none.json --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest -q --current column: --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal backtest --score pages_viewed --allow amount --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
