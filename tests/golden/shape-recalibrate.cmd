# From Zoho's leads and deals to a report, without a word of explanation: 22 wins are too few for a backtest, and the rest is
# delivered.
leadcal recalibrate --yes -o quarter datasets/shapes/zoho-leads.csv datasets/shapes/zoho-deals.csv 2>err
echo "status $?"
grep -E '(system|outcome|dates|no backtest):|training wins' err
head -n 5 quarter/rates.csv | cut -d, -f1-5
grep -c 'Zoho' quarter/spec.json
