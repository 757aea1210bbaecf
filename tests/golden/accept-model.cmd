# The grade by a model is the one that score gives to the same row; the table says as of when.
study='-q --spec datasets/leads.spec.json'
leadcal fit $study --model model.json datasets/leads.csv >/dev/null
leadcal score -q --model model.json -o scored.csv datasets/leads.csv
leadcal accept $study --model model.json --format csv datasets/leads.csv >by-model.csv
leadcal accept $study --grade lc_grade --format csv scored.csv >by-column.csv
cut -d, -f1-13 by-model.csv >one
cut -d, -f1-13 by-column.csv >other
cmp one other && echo same
grep '^grade,A1' by-model.csv
leadcal accept --spec datasets/leads.spec.json --model model.json --format csv datasets/leads.csv 2>&1 >/dev/null | grep grade
