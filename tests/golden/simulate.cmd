leadcal simulate --rows 3 --seed 5
