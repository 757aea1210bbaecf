leadcal audit
echo $?
leadcal audit --lasst last.csv now.csv
echo $?
