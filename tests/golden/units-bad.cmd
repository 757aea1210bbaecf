# What cannot be a unit is refused where it stands, with what to do.
d=datasets/units
files="$d/contacts.csv $d/events.csv $d/deals.csv"
try() { leadcal "$@" 2>&1; echo $?; }
edit() { sed "$1" datasets/accounts.spec.json >bad.json; }
edit 's/"account_id"/"acount_id"/'; try rates --quiet --spec bad.json $files
edit 's/"of": "account"/"of": "firm"/'; try rates --quiet --spec bad.json $files
edit 's/"take": "any"/"take": "all"/'; try rates --quiet --spec bad.json $files
edit 's/, "order": \[[^]]*\]//'; try rates --quiet --spec bad.json $files
edit 's/"entered": "created", //; s/, "created": "created"//'; try rates --quiet --spec bad.json $files
edit 's/"handed_over": "handed_over", //; s/"entered": "created", //; s/, "created": "created"//'; try rates --quiet --spec bad.json $files
try backtest --quiet --spec datasets/accounts.spec.json --last $d/contacts.csv $files
try units --quiet
try units --quiet $d/contacts.csv
try units --quiet --spec datasets/leads.spec.json datasets/leads.csv
try units --quiet --spec datasets/accounts.spec.json $files absent.csv
try units --quiet --spec datasets/accounts.spec.json absent.csv $d/events.csv $d/deals.csv
echo there >flat.csv
try units --quiet --spec datasets/accounts.spec.json --output flat.csv $files
cat flat.csv
try stages --quiet --spec datasets/accounts.spec.json $files
sed 's/"stage": "Demo", "stages"/"stage": "Pilot", "stages"/' datasets/opportunities.spec.json >bad.json
try stages --quiet --spec bad.json $d/opportunities.csv
try simulate --units a --events b
try simulate --units a --rows 3
