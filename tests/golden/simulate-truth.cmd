leadcal simulate --rows 1 --seed 7 --truth truth.csv -o leads.csv
head -n 3 truth.csv; ls -I public -I datasets
leadcal simulate --rows 1 --seed 7 --truth truth.csv -o more.csv; echo $?
ls -I public -I datasets
