# Contacts become accounts: rates and what became of the contacts; the notes speak of accounts.
d=datasets/units
files="$d/contacts.csv $d/events.csv $d/deals.csv"
leadcal rates --spec datasets/accounts.spec.json --format table $files | sed -n '1,12p;/^new role/,/yes/p'
# An account of one contact is a lead: the same bytes, table by table; with events, and with HubSpot's lists of contacts.
sed 's/"unit".*/"unit": {"of": "account", "key": "contact_id"},/; /{"take"/d; /^  \]},$/d' datasets/accounts.spec.json >one.json
sed '/"unit"/d' one.json >leads.json
leadcal inspect --quiet -o hubspot.json datasets/hubspot/contacts.csv datasets/hubspot/deals.csv >/dev/null
sed 's/"leadcal_spec": 1,/&"unit": {"of": "account", "key": "Record ID"},/' hubspot.json >hubspot-one.json
for program in rates fit funnel maturity; do
    leadcal $program --quiet --spec one.json --output one.csv --force $files
    leadcal $program --quiet --spec leads.json --output leads.csv --force $files
    cmp one.csv leads.csv && echo "$program: the same"
done
for program in rates backtest accept; do
    leadcal $program --quiet --spec hubspot-one.json --output one.csv --force datasets/hubspot/contacts.csv datasets/hubspot/deals.csv
    leadcal $program --quiet --spec hubspot.json --output leads.csv --force datasets/hubspot/contacts.csv datasets/hubspot/deals.csv
    cmp one.csv leads.csv && echo "$program, HubSpot: the same"
done
# The order of rows does not matter.
for file in $files; do
    { sed -n 1p $file; sed 1d $file | LC_ALL=C sort -t, -k3,3 -k1,1r; } >sorted-${file##*/}
done
leadcal rates --quiet --spec datasets/accounts.spec.json --output a.csv $files
leadcal rates --quiet --spec datasets/accounts.spec.json --output b.csv sorted-contacts.csv sorted-events.csv sorted-deals.csv
cmp a.csv b.csv && echo 'sorted: the same'
