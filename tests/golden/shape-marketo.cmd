# Marketo's bulk extract: REST names, and `null` where nothing is. A field of the firm's own says who became a customer.
s=datasets/shapes
leadcal inspect --mapping --missing null -o spec.json --outcome isCustomer --won true --format csv $s/marketo-leads.csv
leadcal rates -q --spec spec.json --format csv $s/marketo-leads.csv | cut -d, -f1-5 | head -n 7
