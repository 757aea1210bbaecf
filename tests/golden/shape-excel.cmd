# A sheet that somebody keeps by hand, in German: no system is known, and names are read word by word. Then ids
# that a spreadsheet rounded.
s=datasets/shapes
leadcal inspect --mapping -o spec.json --format csv $s/excel-sheet.csv
leadcal rates -q --spec spec.json --format csv $s/excel-sheet.csv | cut -d, -f1-5 | head -n 7
printf 'Record ID,source,won\n1.23E+17,Web,1\n1.24E+17,Fair,0\n' >leads.csv
printf 'Record ID,stage\n1.23E+17,Closed Won\n' >deals.csv
leadcal inspect --files -f csv leads.csv >files.csv
leadcal inspect leads.csv deals.csv || echo "status $?"
