printf 'created,closed,stage\n2025-04-02,,Won\nsoon,,Lost\n' >leads.csv
leadcal maturity --outcome stage --won Won --entered created --closed closed leads.csv; echo $?
leadcal maturity --outcome stage --won Won missing.csv; echo $?
