leadcal simulate --rows 30000 --seed 5 >/dev/full
