# The proposal names its files, so their order on the command line does not matter.
{ echo id,source; for i in $(seq 40); do echo "k$i,Web$((i % 2))"; done; } >leads.csv
{ echo id,value; for i in $(seq 3 5 40); do echo "k$i,$i.5"; done; } >deals.csv
leadcal inspect -o spec.json leads.csv deals.csv >columns.csv
sed -n '/"files"/,/outcome/p' spec.json
leadcal rates -q --spec spec.json --format csv leads.csv deals.csv >a.csv
leadcal rates -q --spec spec.json --format csv deals.csv leads.csv >b.csv
cmp a.csv b.csv && wc -l <a.csv
