# The grades are those of score, and the amounts of a grade those of its rows there.
study='-q --spec datasets/leads.spec.json --amount amount'
leadcal fit $study --model model.json datasets/leads.csv >/dev/null
leadcal value $study --model model.json --format csv datasets/leads.csv
leadcal value $study --model model.json --window none --format csv datasets/leads.csv | grep ',A1,' | cut -d, -f3-5
leadcal score -q --model model.json -o scored.csv datasets/leads.csv
leadcal value $study --window none --by lc_grade --format csv scored.csv | grep ',A1,' | cut -d, -f3-5
