leadcal maturity; echo $?
leadcal maturity datasets/leads.csv; echo $?
leadcal maturity --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal maturity --outcome stage --won 'Closed Won' --entered created_date datasets/leads.csv; echo $?
leadcal maturity --outcome stage --won 'Closed Won' --entered created_date --closed close_date --by sourse datasets/leads.csv; echo $?
