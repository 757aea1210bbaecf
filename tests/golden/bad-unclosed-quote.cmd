printf 'source,won\nWeb,1\n"Fair,0\nWeb,0\nFair,1\n' >leads.csv
leadcal rates --outcome won --won 1 --by source leads.csv
