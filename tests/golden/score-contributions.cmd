# The columns of a plain run come first, byte for byte; a score column cannot be taken apart.
study='-q --spec datasets/leads.spec.json --by source,demo_request,company_size'
leadcal fit $study --model model.json datasets/leads.csv >/dev/null
leadcal score -q --model model.json --contributions -o parts.csv datasets/leads.csv
leadcal score -q --model model.json -o plain.csv datasets/leads.csv
head -n 6 parts.csv
awk 'NR == FNR {plain[NR] = $0; next} index($0, plain[FNR] ",") != 1 {bad++} END {print FNR, bad + 0}' plain.csv parts.csv
leadcal score --model column:pages_viewed --contributions datasets/leads.csv; echo $?
leadcal score -q --model model.json --contributions parts.csv; echo $?
leadcal score -q --model datasets/points.csv --contributions datasets/leads.csv | head -n 2
