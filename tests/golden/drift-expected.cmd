# Learnt from the leads up to 2024, so that some of the later ones are old enough to be compared.
sed -n '1p;/^[^,]*,202[34]-/p' datasets/leads.csv >old.csv
leadcal fit -q --spec datasets/leads.spec.json --model m.json old.csv >/dev/null
leadcal drift -q --spec datasets/leads.spec.json --model m.json --expected --format csv datasets/leads.csv >expected.csv; echo $?
cat expected.csv
leadcal drift --spec datasets/leads.spec.json --model m.json --expected datasets/leads.csv 2>&1 >/dev/null | tail -3
leadcal drift -q --spec datasets/leads.spec.json --model m.json --expected --threads 1 datasets/leads.csv | cmp - expected.csv && echo same
leadcal drift -q --model m.json --entered created_date --expected datasets/leads.csv | grep '(all)'
leadcal drift -q --model datasets/points.csv --baseline old.csv --expected datasets/leads.csv; echo $?
