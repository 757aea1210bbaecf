leadcal value; echo $?
leadcal value datasets/leads.csv; echo $?
leadcal value --cycles --model model.json --spec datasets/leads.spec.json datasets/leads.csv; echo $?
leadcal value -q --spec datasets/leads.spec.json datasets/leads.csv; echo $?
leadcal value -q --cycles --outcome stage --won 'Closed Won' datasets/leads.csv; echo $?
leadcal value -q --amount amount --model datasets/points.csv --spec datasets/leads.spec.json datasets/leads.csv; echo $?
