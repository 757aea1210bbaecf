leadcal funnel; echo $?
leadcal funnel datasets/leads.csv; echo $?
leadcal funnel --period week --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal funnel --outcome stage --won 'Closed Won' --entered created datasets/leads.csv; echo $?
leadcal funnel --outcome stage --won 'Closed Won' --amount industry datasets/leads.csv; echo $?
