leadcal backtest -q --outcome stage --won 'Closed Won' --entered created_date --closed close_date --by company_size,source,webinar --engagement webinar --format table datasets/leads.csv
