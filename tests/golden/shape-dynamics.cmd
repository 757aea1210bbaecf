# Dynamics to Excel: a mark of the encoding, three guard columns, months first, AM and PM.
s=datasets/shapes
leadcal inspect --mapping -o spec.json --format csv $s/dynamics-leads.csv
leadcal rates -q --spec spec.json --format csv $s/dynamics-leads.csv | cut -d, -f1-5 | head -n 7
# The same with the guard columns of a German system.
sed '1s/(Do Not Modify) Lead/(Nicht ändern) Lead/; 1s/(Do Not Modify) Row Checksum/(Nicht ändern) Zeilenprüfsumme/; 1s/(Do Not Modify) Modified On/(Nicht ändern) Geändert am/; 1s/Created On/Erstellt am/; 1s/Actual Close Date/Tatsächliches Abschlussdatum/' $s/dynamics-leads.csv >german.csv
leadcal inspect -q --mapping --format csv german.csv | grep -E '^(entered|closed|outcome)' | cut -d, -f1-4,9
