leadcal simulate --rows 3; echo $?
leadcal simulate --seed 3; echo $?
leadcal simulate --rows -1 --seed 3; echo $?
leadcal simulate --rows 1 --seed 3 leads.csv; echo $?
leadcal simulate --rows 3 --seed 1 --wins 20; echo $?
leadcal simulate --files crm --rows 3; echo $?
leadcal simulate --files crm -o one.csv; echo $?
leadcal simulate --files crm --wins 5; echo $?
ls -I public -I datasets
