# Budget, authority, need and timing are what sales finds out: left out unasked, used where somebody names them.
awk -F, -v OFS=, 'NR == 1 { print "stage,source,Budget confirmed,Purchase timeframe,Entscheider"; next }
    { print (NR % 9 ? "Closed Lost" : "Closed Won"), (NR % 2 ? "Web" : "Fair"), (NR % 5 ? "No" : "Yes"), NR % 4, (NR % 7 ? "Nein" : "Ja") }' datasets/leads-few.csv >leads.csv
leadcal rates --outcome stage --won 'Closed Won' --format csv leads.csv 2>&1 >/dev/null | grep BANT
leadcal inspect leads.csv -o spec.json 2>&1 | grep BANT; grep -c 'BANT' spec.json; grep '"ignore"' spec.json
leadcal audit --outcome stage --won 'Closed Won' --window none --format csv -q leads.csv | cut -d, -f1-6 | head -n 3
leadcal fit -q --outcome stage --won 'Closed Won' --window none --allow 'Budget confirmed' leads.csv | cut -d, -f2,3
