printf 'source,won\nWeb,1\nFair,0,extra\nFair\nWeb,0\n' >leads.csv
leadcal rates --outcome won --won 1 --by source --format csv leads.csv; echo $?
leadcal rates --outcome won --won 1 --by source --format csv --max-bad 1 leads.csv | cut -d, -f1-4
