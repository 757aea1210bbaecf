# Young leads enter each fold's training as they stood on its first day; tests are judged by wins within the window.
study="--spec datasets/leads.spec.json --by source,webinar,company_size"
leadcal backtest --rolling quarter --maturity lag --metrics $study --format csv datasets/leads.csv >lag.csv
leadcal backtest -q --rolling quarter --metrics $study --format csv datasets/leads.csv >window.csv
for file in window.csv lag.csv; do grep -E '^logistic,(all|2024-Q3),(test_won|auc|log_loss|mean_predicted|observed_rate),' $file; done
# What is no logistic model has learnt as before.
for file in window.csv lag.csv; do grep -E '^(ratio|woe|none),' $file | grep -v at_capacity | grep -v over_chance >$file.others; done
cmp window.csv.others lag.csv.others && wc -l <lag.csv.others
# A fold of which the lag is not known yet stays with the window, and says so; the later ones do not.
leadcal backtest --rolling quarter --maturity lag --window 60 --as-of 2024-03-31 $study --format csv datasets/leads.csv 2>err | grep -c '^logistic'
grep -E '^note: (logistic|window)' err
leadcal backtest --young --maturity lag --cuts dp $study --format csv datasets/leads.csv 2>err | grep -E '^(model|logistic,(A|B|C|D|1|2|3|4|.all.),)'
grep '^note: the model' err
leadcal cuts -q --maturity lag --cuts dp $study --format csv datasets/leads.csv | head -4
leadcal fit -q --maturity lag --cuts dp $study -m model.json --format csv datasets/leads.csv | head -2
# No first day, no known end, no new model, no dates.
leadcal backtest --maturity lag --order none $study datasets/leads.csv; echo $?
leadcal backtest --maturity lag --optimism 20 $study datasets/leads.csv; echo $?
leadcal backtest --maturity lag --score pages_viewed $study datasets/leads.csv; echo $?
leadcal backtest -q --maturity lag --outcome stage --won 'Closed Won' --by source datasets/leads.csv; echo $?
leadcal recalibrate -q --maturity lag --outcome stage --won 'Closed Won' --by source -o none datasets/leads.csv; echo $?
test -e none || echo none
