# Ctrl-C and SIGTERM: the program ends by them, and no unfinished file stays.
timeout -s INT 0.3 leadcal simulate --rows 100000000 --seed 1 -o big.csv; echo $?
timeout -s TERM 0.3 leadcal simulate --rows 100000000 --seed 1 -o big.csv; echo $?
ls
