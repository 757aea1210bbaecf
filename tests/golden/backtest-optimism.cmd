# The logistic model on its own leads, and corrected by the bootstrap.
leadcal backtest -q --optimism 20 --metrics --outcome stage --won 'Closed Won' --entered created_date --closed close_date --by company_size,source --format csv datasets/leads.csv | grep ',train,'
leadcal backtest --optimism 2 --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
