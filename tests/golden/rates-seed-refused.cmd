# Another population than the file's own: a level cannot have more wins than the whole it is in.
{ echo industry,won; for i in $(seq 50); do echo "banking,$((i <= 5))"; done; } >leads.csv
leadcal rates --quiet --outcome won --won 1 --by industry --baseline-same 3/150 leads.csv
