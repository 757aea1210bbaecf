# A column of the same name that brings no rows together is no key, and no row in it is won.
printf 'id,region\n1,North\n2,South\n3,North\n' >leads.csv
printf 'id,value\n8,30\n9,40\n' >deals.csv
leadcal inspect -o spec.json leads.csv deals.csv
cat spec.json
