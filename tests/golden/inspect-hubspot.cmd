# Contacts and deals of HubSpot: what the proposal says, in full.
leadcal inspect -o spec.json --format csv datasets/hubspot/contacts.csv datasets/hubspot/deals.csv | cut -d, -f1-4,10-
cat spec.json
# The order of the files on the command line does not matter afterwards.
leadcal rates -q --spec spec.json --format csv datasets/hubspot/contacts.csv datasets/hubspot/deals.csv >a.csv
leadcal rates -q --spec spec.json --format csv datasets/hubspot/deals.csv datasets/hubspot/contacts.csv >b.csv
cmp a.csv b.csv && head -n 4 a.csv | cut -d, -f1-5
