study="--spec datasets/leads.spec.json"
leadcal fairness $study datasets/leads.csv; echo $?
leadcal fairness --model nothing.json; echo $?
leadcal fairness -q $study --model nothing.json --audit owner datasets/leads.csv; echo $?
leadcal fit -q $study --model model.json datasets/leads.csv >/dev/null
leadcal fairness -q $study --model model.json datasets/leads.csv; echo $?
leadcal fairness -q $study --model model.json --audit ownr datasets/leads.csv; echo $?
leadcal fairness -q $study --model model.json --audit created_date datasets/leads.csv; echo $?
leadcal fit -q $study --audit country datasets/leads.csv; echo $?
