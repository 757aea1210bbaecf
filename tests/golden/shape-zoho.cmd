# Zoho's leads and the deals that they became, by ids that begin with zcrm_.
s=datasets/shapes
leadcal inspect --mapping -o spec.json --format csv $s/zoho-leads.csv $s/zoho-deals.csv
leadcal rates -q --spec spec.json --format csv $s/zoho-leads.csv $s/zoho-deals.csv | cut -d, -f1-5 | head -n 7
# Of two values the other is lost, which is said where it does not say so itself.
leadcal inspect datasets/shapes/zoho-leads.csv 2>&1 >/dev/null | grep '^note: outcome:'
