# A model whose numbers were changed fails its own verification rows.
leadcal fit -q --outcome stage --won 'Closed Won' --window none --by company_size,source,webinar --engagement webinar --model model.json datasets/leads.csv >/dev/null
sed 's/"coefficient": /&1/' model.json >changed.json
cmp -s model.json changed.json && echo "the test changed nothing"
leadcal score --model changed.json datasets/leads.csv >/dev/null 2>err; echo $?
head -c 200 model.json >cut.json
leadcal score --model cut.json datasets/leads.csv >/dev/null 2>err; echo $?
leadcal score --model datasets/leads.csv datasets/leads.csv >/dev/null 2>err; echo $?
leadcal score --model nowhere.json datasets/leads.csv; echo $?
