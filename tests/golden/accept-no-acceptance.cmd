# The sentence says which column would tell; so it does for service levels.
leadcal accept --entered created_date datasets/leads.csv; echo $?
leadcal accept --sla --entered created_date datasets/leads.csv; echo $?
leadcal accept --sla --grade owner --entered created_date datasets/leads.csv; echo $?
