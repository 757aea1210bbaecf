# needs: datasets
# Two files: joined where mql_id stands in both; a lead with a closed deal is won.
cp public/olist-funnel/olist_marketing_qualified_leads_dataset.csv mqls.csv
cp public/olist-funnel/olist_closed_deals_dataset.csv deals.csv
leadcal inspect -o spec.json --format csv mqls.csv deals.csv | cut -d, -f1-6
leadcal rates -q --spec spec.json --window 90 --format csv mqls.csv deals.csv | head -n 4
