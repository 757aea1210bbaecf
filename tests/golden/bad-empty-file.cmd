: >leads.csv
leadcal rates --outcome won --won 1 leads.csv; echo $?
printf '\n\n' >leads.csv
leadcal inspect leads.csv; echo $?
printf 'source,won\n' >leads.csv
leadcal rates --outcome won --won 1 leads.csv; echo $?
leadcal fit --outcome won --won 1 leads.csv; echo $?
