printf 'source,stage\nWeb,Won\nFair,Lost\n' >leads.csv
leadcal rates --outcome stag --won Won leads.csv; echo $?
leadcal rates --outcome stage --won Won --by sourse leads.csv; echo $?
leadcal rates --outcome stage --won Won --entered created leads.csv; echo $?
leadcal fit --outcome stage --won Won --engagement opens leads.csv; echo $?
