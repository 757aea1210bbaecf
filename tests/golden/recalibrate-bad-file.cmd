# Nothing half-written stays.
printf 'source,won\nWeb,1\nFair,0,0\n' >leads.csv
leadcal recalibrate -q --outcome won --won 1 --by source leads.csv -o quarter; echo $?
ls -I public -I datasets
