leadcal simulate --rows 3; echo $?
leadcal simulate --seed 3; echo $?
leadcal simulate --rows -1 --seed 3; echo $?
leadcal simulate --rows 1 --seed 3 leads.csv; echo $?
