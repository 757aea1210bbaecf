printf 'source,won\nWeb,0\nFair,0\nWeb,0\nFair,0\n' >leads.csv
leadcal recalibrate -q --outcome won --won 1 --lost 0 --open 2 --by source leads.csv -o quarter; echo $?
ls quarter | grep -v svg
