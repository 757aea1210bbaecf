# The published weighting: 3 of 150 is 2 %, banking 5 of 50 is 10 %: ratio 5, 5 points.
{ echo industry,won; for i in $(seq 50); do echo "banking,$((i <= 5))"; done; } >leads.csv
leadcal rates --quiet --outcome won --won 1 --by industry --baseline 3/150 --format csv leads.csv
