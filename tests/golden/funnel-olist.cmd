# needs: datasets python3
# Two public files, joined; each count against a recount (tests/reference/funnel.py).
mqls=public/olist-funnel/olist_marketing_qualified_leads_dataset.csv
deals=public/olist-funnel/olist_closed_deals_dataset.csv
leadcal funnel --spec datasets/olist.spec.json --format csv $mqls $deals >funnel.csv
as_of=$(cut -d, -f5 $deals | cut -c1-10 | grep ^20 | LC_ALL=C sort | tail -n 1)
python3 "$LEADCAL_ROOT/tests/reference/funnel.py" "$as_of" $mqls first_contact_date $deals mql_id \
    - - - won_date >wanted
cut -d, -f1,2,6-8,11,14,15 funnel.csv >got
cmp wanted got && echo same
cut -d, -f1,2,5,6,10-13 funnel.csv
