leadcal backtest --score pages_viewed --bands 2,5,9,20 --outcome stage --won 'Closed Won' --entered created_date --closed close_date --as-of 2025-12-31 --format csv datasets/leads.csv
