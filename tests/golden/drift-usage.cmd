leadcal drift; echo $?
leadcal drift --model m.json; echo $?
leadcal drift --model m.json --alpha 0.1 datasets/leads.csv; echo $?
leadcal drift --model m.json --window 0 datasets/leads.csv; echo $?
