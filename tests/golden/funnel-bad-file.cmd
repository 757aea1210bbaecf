printf 'created,stage\n2025-04-02,Won\nsoon,Lost\n' >leads.csv
leadcal funnel --outcome stage --won Won --entered created leads.csv; echo $?
leadcal funnel --outcome stage --won Won missing.csv; echo $?
