printf 'source,won\nWeb,1\nFair,0\n' >leads.csv
leadcal rates -q --outcome won --won 1 --by source -o rates.csv leads.csv; echo $?
leadcal rates -q --outcome won --won 1 --by source -o rates.csv leads.csv; echo $?
leadcal rates -q --outcome won --won 1 --by source -o rates.csv --force leads.csv; echo $?
leadcal rates -q --outcome won --won 1 --by source -o rates.json leads.csv; head -c 16 rates.json; echo
leadcal rates -q --outcome won --won 1 --by source -o nowhere/rates.csv leads.csv; echo $?
ls -I public -I datasets
