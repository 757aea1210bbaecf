printf 'source,stage\nWeb,Closed Won\nWeb,Closed Lost\nFair,Open\n' >leads.csv
leadcal rates --outcome stage --won 'Closed Won' --by source --format json leads.csv
