printf 'source,won\nWeb,1\nFair,0\n' >leads.csv
leadcal-rates --quiet --outcome won --won 1 --by source --format csv leads.csv >one
leadcal rates --quiet --outcome won --won 1 --by source --format csv leads.csv >other
cmp one other && echo same
