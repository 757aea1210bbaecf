# A model of what leads did scores the flat file, and says so where it cannot.
spec=datasets/events.spec.json
leadcal fit --quiet --spec $spec --model tuned.json datasets/events/leads.csv datasets/events/events.csv | grep -c '^web'
leadcal events --quiet --spec $spec --flat flat.csv datasets/events/leads.csv datasets/events/events.csv >/dev/null; echo $?
leadcal score --quiet --model tuned.json flat.csv | sed -n '1,3p' | cut -d, -f1-9,33-
leadcal score --quiet --model tuned.json datasets/events/leads.csv; echo $?
leadcal export --model tuned.json --to sql --dialect sqlite | grep -e '-- Column'; echo $?
# Fitted on the flat file the same columns are plain ones, and every export takes them.
leadcal fit --quiet --outcome stage --won 'Closed Won' --lost 'Closed Lost' --open Open --handed-over handed_over --entered created --closed closed \
    --by industry,web.pricing,web.careers --engagement web.pricing,web.careers --model plain.json flat.csv | grep -c '^\("web\|web\)'
leadcal export --model plain.json --to python -o plain.py && echo exported
leadcal events --quiet --spec $spec --flat flat.csv datasets/events/leads.csv datasets/events/events.csv; echo $?
leadcal events --quiet --spec $spec --flat other.csv - datasets/events/events.csv <datasets/events/leads.csv; echo $?
ls *.csv
# Leads that are not handed over yet are scored as of a day.
leadcal events --quiet --spec $spec --undecided 2026-03-31 --flat today.csv datasets/events/leads.csv datasets/events/events.csv >/dev/null; echo $?
leadcal score --quiet --model tuned.json today.csv | awk -F, '$3 == "" && shown++ < 3' | cut -d, -f1-8,33-
diff flat.csv today.csv | awk -F, '/^>/ && $3 != ""' | wc -l
