printf 'id,won\na1,1\na2,0\n' >leads.csv
leadcal fit --outcome won --won 1 --ignore id leads.csv; echo $?
printf 'created,won\n2026-01-01,1\n2026-01-02,0\n' >leads.csv
leadcal rates --outcome won --won 1 --by created leads.csv; echo $?
