leadcal-simulate --rows 50 --seed 5 -o long.csv
head -n 21 long.csv | cksum
leadcal simulate --rows 20 --seed 5 | cksum
