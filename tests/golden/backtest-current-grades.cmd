leadcal backtest --spec datasets/leads.spec.json --current datasets/points.csv --format csv datasets/leads.csv 2>/dev/null | grep -E '^(model|current)' | cut -d, -f1-10,22,24,25
