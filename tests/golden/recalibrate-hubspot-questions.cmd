# Contacts and deals as a CRM exports them: all five questions, and the guesses are what inspect proposes.
printf '\n\n\n\n\n' | leadcal recalibrate -q datasets/hubspot/contacts.csv datasets/hubspot/deals.csv -o quarter; echo $?
leadcal inspect -q -o spec.json datasets/hubspot/contacts.csv datasets/hubspot/deals.csv >columns.csv
grep -v '^//' spec.json >inspected; grep -v '^//' quarter/spec.json | cmp - inspected
sed -n '/^column,Record ID/p; /^column,Original/p; /^value,Lead Status/p; /^column,First/p' quarter/spec.csv
leadcal recalibrate -q --spec quarter/spec.csv datasets/hubspot/contacts.csv datasets/hubspot/deals.csv -o again; echo $?
for file in fit rates backtest cells columns; do cmp "quarter/$file.csv" "again/$file.csv"; done; cmp quarter/candidate.json again/candidate.json
