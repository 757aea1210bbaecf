# No wins: counts and limits are printed all the same, ratios and points are empty.
printf 'source,stage\nWeb,Lost\nWeb,Open\nFair,Lost\n' >leads.csv
leadcal rates --outcome stage --won Won --lost Lost --open Open --by source --format csv leads.csv
