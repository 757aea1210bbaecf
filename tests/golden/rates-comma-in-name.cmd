# A list splits at commas, unless the whole text is the name of a column.
printf '"size, band",source,won\nsmall,Web,1\nlarge,Web,0\n' >leads.csv
leadcal rates --quiet --outcome won --won 1 --by 'size, band' --format csv leads.csv | cut -d, -f1,2
leadcal rates --quiet --outcome won --won 1 --by 'size, band' --by source --format csv leads.csv | grep -c .
