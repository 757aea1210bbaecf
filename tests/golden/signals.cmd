# Ctrl-C and SIGTERM: the program ends by them, and no unfinished file stays.
timeout --preserve-status -s INT 0.3 leadcal simulate --rows 100000000 --seed 1 -o big.csv; echo $?
timeout --preserve-status -s TERM 0.3 leadcal simulate --rows 100000000 --seed 1 -o big.csv; echo $?
ls -I public -I datasets
