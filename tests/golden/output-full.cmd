# A full disk is said, and is no success.
printf 'source,won\nWeb,1\nFair,0\n' >leads.csv
leadcal rates -q --outcome won --won 1 --by source leads.csv >/dev/full; echo $?
leadcal rates -q --outcome won --won 1 --by source --format json leads.csv >/dev/full; echo $?
leadcal rates -q --outcome won --won 1 --by source --format table leads.csv >/dev/full; echo $?
leadcal --help >/dev/full; echo $?
leadcal rates --help >/dev/full; echo $?
leadcal simulate --rows 100 --seed 1 >/dev/full; echo $?
