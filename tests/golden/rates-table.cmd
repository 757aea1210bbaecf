printf 'source,stage\nWeb,Closed Won\nWeb,Closed Lost\nFair,Open\nFair,Closed Won\n,Closed Lost\n' >leads.csv
leadcal rates --outcome stage --won 'Closed Won' --by source --format table leads.csv
