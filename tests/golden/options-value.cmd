leadcal rates --quiet=yes datasets/leads.csv
leadcal rates datasets/leads.csv --outcome
leadcal rates --prior-weight heavy datasets/leads.csv
leadcal rates --threads 65 datasets/leads.csv
leadcal rates --threads 1.5 datasets/leads.csv
leadcal rates --format xml datasets/leads.csv
leadcal rates --as-of 31/03/2026 datasets/leads.csv
leadcal rates --outcome y --won 1 --window 12.5 datasets/leads.csv
leadcal rates --outcome y --won 1 --delimiter 123456 datasets/leads.csv
leadcal rates --outcome y --won 1 --baseline 3:150 datasets/leads.csv
leadcal rates --outcome y --won 1 --baseline 200/150 datasets/leads.csv
leadcal rates --outcome y --won 1 --baseline 3/150 --baseline-same 3/150 datasets/leads.csv
leadcal fit --outcome y --won 1 --prior-sd 0 datasets/leads.csv
leadcal fit --outcome y --won 1 --reference a=b datasets/leads.csv
leadcal fit --outcome y --won 1 --penalty none --reference ab datasets/leads.csv
leadcal backtest --outcome y --won 1 --shares 10,20,30 datasets/leads.csv
leadcal backtest --outcome y --won 1 --shares 10,20,30,50 datasets/leads.csv
