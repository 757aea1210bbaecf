leadcal simulate --rows 3 --seed 7
leadcal simulate --rows 0 --seed 7 | wc -l
leadcal simulate --rows 50 --seed 7 | head -n 4 | cksum
leadcal simulate --rows 3 --seed 7 | cksum
