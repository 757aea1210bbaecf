printf 'source,stage\nWeb,Closed Won\nFair,Closed Lost\nFair,Open\n' >leads.csv
leadcal rates --outcome stage --won 'Closed won' leads.csv; echo $?
leadcal rates --outcome stage --won Sold leads.csv; echo $?
leadcal rates --outcome stage --won 'Closed Won' --lost Lost --open Open leads.csv; echo $?
