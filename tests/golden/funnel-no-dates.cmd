printf 'source,stage\nWeb,Won\nWeb,Lost\nFair,Open\n' >leads.csv
leadcal funnel --outcome stage --won Won --format csv leads.csv
