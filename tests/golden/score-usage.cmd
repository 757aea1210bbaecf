leadcal score datasets/leads.csv; echo $?
leadcal score --model model.json; echo $?
leadcal score --model model.json a.csv b.csv; echo $?
