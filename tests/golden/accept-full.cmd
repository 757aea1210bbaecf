leadcal accept -q --spec datasets/leads.spec.json datasets/leads.csv >/dev/full; echo $?
leadcal funnel -q --spec datasets/leads.spec.json datasets/leads.csv >/dev/full; echo $?
