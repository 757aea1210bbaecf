# The order each date column is read in; one that can be read in two orders is named.
printf 'created,closed,StageName,Lead-Besitzer,is_won\n01/02/2024,31/03/2024,Open,Secret,1\n03/04/2024,01/04/2024,Lost,Hidden,0\n' >leads.csv
leadcal inspect --format csv leads.csv
leadcal inspect --format csv --date-order mdy leads.csv 2>&1 >/dev/null | grep -c 'dates:.*can be read'
leadcal inspect -q --format csv --date-order dmy leads.csv | cut -d, -f2-3
