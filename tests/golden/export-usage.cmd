leadcal export --to python; echo $?
leadcal export --model model.json; echo $?
leadcal export --model model.json --to pyton; echo $?
leadcal export --model model.json --to sql; echo $?
leadcal export --model model.json --to sql --dialect oracle; echo $?
leadcal export --model model.json --to js --dialect sqlite; echo $?
leadcal export --model model.json --to c --table leads; echo $?
leadcal export --model model.json --to c datasets/leads.csv; echo $?
