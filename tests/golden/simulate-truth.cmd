leadcal simulate --rows 0 --seed 5 --truth truth.csv >leads.csv
wc -l <leads.csv
head -n 4 truth.csv
leadcal simulate --rows 0 --seed 5 --truth truth.csv >leads.csv
