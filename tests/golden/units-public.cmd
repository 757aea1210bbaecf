# needs: datasets
# Olist: accounts of one lead are the leads, byte for byte. Its sellers have one deal each, so nobody buys again.
cat >one.json <<'SPEC'
{"leadcal_spec": 1, "files": [{"name": "mql", "match": "*marketing*", "key": "mql_id"}, {"name": "deals", "match": "*closed*", "key": "mql_id"}],
 "unit": {"of": "account", "key": "mql_id"},
 "outcome": {"won_if_in": "deals"}, "dates": {"entered": "first_contact_date", "closed": "deals.won_date"}, "window_days": 90}
SPEC
sed '/"unit"/d' one.json >leads.json
leadcal rates --quiet --spec one.json --by origin -o one.csv public/olist-funnel/olist_*.csv
leadcal rates --quiet --spec leads.json --by origin -o leads.csv public/olist-funnel/olist_*.csv
cmp one.csv leads.csv && sed -n 2p one.csv | cut -d, -f1-4
echo '{"leadcal_spec": 1, "unit": {"of": "customer", "key": "seller_id", "purchased": "won_date"}}' >sellers.json
leadcal rates --quiet --spec sellers.json public/olist-funnel/olist_closed_deals_dataset.csv; echo $?
# The Salesforce demonstration: 12 won opportunities of 9 accounts, 3 of which bought again.
echo '{"leadcal_spec": 1, "unit": {"of": "customer", "key": "AccountId", "purchased": "CloseDate", "reference": 30, "roll_up": [{"take": "count"}]},
 "outcome": {"column": "IsWon", "won": ["1"]}, "window_days": "none"}' >again.json
leadcal rates --spec again.json --by purchases public/salesforce-workshop/Opportunity.csv | cut -d, -f1-4
