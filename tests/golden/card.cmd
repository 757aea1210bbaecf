# An index card, as a model that score and backtest take; its price.
study="--outcome stage --entered created_date --closed close_date --window 180 --as-of 2026-06-26"
leadcal card $study --won 'Closed Won' --attributes 3 --cap 5 -m card.json datasets/leads.csv
leadcal card -q $study --won 'Closed Won' --attributes 3 --cap 5 --price --format table datasets/leads.csv
sed -n 's/^ *"\(method\|per_doubling\)"/\1/p' card.json
leadcal score -q --model card.json datasets/leads.csv | head -3
leadcal backtest -q $study --won 'Closed Won' --current card.json datasets/leads.csv | grep '^current,test' | cut -d, -f1-7
leadcal card -q $study --won 'Closed Won' --by company_size,demo_request --rising demo_request \
    --not-positive 'company_size=201-500' datasets/leads.csv
