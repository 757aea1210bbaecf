printf 'colour,size\nred,1\nblue,2\n' >leads.csv
leadcal inspect -o spec.json leads.csv
