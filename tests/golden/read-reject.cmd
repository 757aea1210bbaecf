# Rows used, skipped and rejected add up, and each that was turned away is named.
printf 'source,won\nWeb,1\nFair,0,x\n\n"Fair,0\nFair\nWeb,0\nsource,won\nFair,1\n' >leads.csv
leadcal rates --outcome won --won 1 --by source --format csv --reject r.csv leads.csv; echo $?
cat r.csv
leadcal rates --outcome won --won 1 --by source --format csv --max-bad 3 --reject r.csv --force leads.csv | cut -d, -f1-4
cat r.csv
leadcal inspect --files --format csv --max-bad 3 -q leads.csv | cut -d, -f1,3-6
# A row that lacks cells at its end is read where somebody says that it may be.
leadcal rates --outcome won --won 1 --by source --format csv --max-bad 2 --fill-rows -q leads.csv | cut -d, -f1-4
# From a pipe, the list is the same.
leadcal rates -q --outcome won --won 1 --by source --max-bad 3 --reject p.csv - <leads.csv >/dev/null
sed 's/standard input/leads.csv/' p.csv | cmp - r.csv && echo the same
# Of two files too, and once, however often they are read.
cp datasets/hubspot/contacts.csv datasets/hubspot/deals.csv .
echo 1 >>contacts.csv
printf '\n' >>deals.csv
leadcal inspect -q --reject two.csv contacts.csv deals.csv >/dev/null; echo $?
cat two.csv
