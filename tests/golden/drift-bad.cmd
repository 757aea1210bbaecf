leadcal fit -q --spec datasets/leads.spec.json --model m.json datasets/leads.csv >/dev/null
leadcal drift -q --model m.json datasets/hubspot/contacts.csv; echo $?
leadcal drift -q --model m.json --baseline datasets/hubspot/contacts.csv datasets/leads.csv; echo $?
leadcal drift -q --model datasets/points.csv datasets/leads.csv; echo $?
leadcal drift -q --model column:pages_viewed datasets/leads.csv; echo $?
leadcal drift -q --model datasets/leads.spec.json datasets/leads.csv; echo $?
head -1 datasets/leads.csv >empty.csv
leadcal drift -q --model m.json empty.csv; echo $?
awk -F, 'NR == 1 {for (i = 1; i <= NF; i++) if ($i == "created_date") at = i; print; next} $at < "2025-01-01"' datasets/leads.csv >old.csv
leadcal drift -q --model m.json --entered created_date old.csv; echo $?
leadcal drift -q --model m.json nowhere.csv; echo $?
leadcal drift -q --model m.json -o out.csv datasets/leads.csv; echo $?
leadcal drift -q --model m.json -o out.csv datasets/leads.csv; echo $?
