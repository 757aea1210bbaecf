printf 'source,won,source\nWeb,1,a\nFair,0,b\n' >leads.csv
leadcal rates --outcome won --won 1 --by source leads.csv; echo $?
printf 'won,source,won\n1,Web,1\n0,Fair,0\n' >leads.csv
leadcal rates --outcome won --won 1 --by source leads.csv; echo $?
