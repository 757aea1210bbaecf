leadcal simulate --rows 30000 --seed 5 | head -n 1 | cut -d , -f 1-3
