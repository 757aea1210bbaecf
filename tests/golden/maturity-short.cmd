# Half a year of history: nobody can tell yet who will be won in the end.
leadcal maturity --outcome stage --won 'Closed Won' --entered created_date --closed close_date \
    --as-of 2023-06-30 --window 60 --by webinar --format table datasets/leads.csv
