# Quarter by quarter, as it would have been lived: the folds before anything is fitted, means over them, pairs, verdicts.
study="--spec datasets/leads.spec.json --format csv datasets/leads.csv"
leadcal backtest --rolling quarter --metrics $study 2>notes | grep -E '^(model|logistic,.*,(auc|test_won|capture_over_chance))'
grep fold notes
leadcal backtest -q --rolling quarter --folds 2 $study | cut -d, -f1-9 | grep -E '^(model|logistic,.*,(A|\(all\)),)'
leadcal backtest -q --rolling quarter --comparisons $study | grep -E '^(model|logistic,(none|woe),all)'
leadcal backtest --rolling month --folds 6 --verdicts --challenger ratio $study 2>&1 | grep -vE '^note: (as of|outcome|window|[0-9]|left)'
