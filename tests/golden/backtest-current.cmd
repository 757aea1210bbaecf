leadcal backtest --spec datasets/leads.spec.json --champion datasets/points.csv --capacity 15 --metrics --format csv datasets/leads.csv | grep -E '^(model|current|none)|capture_over'
