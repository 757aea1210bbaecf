# A report of leads with 15 characters to an id, and opportunities of the data loader with 18.
s=datasets/shapes
leadcal inspect --mapping -o spec.json --format csv $s/salesforce-report.csv $s/salesforce-opportunities.csv
leadcal rates -q --spec spec.json --format csv $s/salesforce-report.csv $s/salesforce-opportunities.csv | cut -d, -f1-5 | head -n 7
# Where somebody has written the longer ids in capitals, their last three characters say what they were.
awk -F, -v OFS=, 'NR > 1 {$1 = toupper($1)} 1' $s/salesforce-opportunities.csv >salesforce-opportunities.csv
leadcal rates -q --spec spec.json --format csv $s/salesforce-report.csv salesforce-opportunities.csv >capitals.csv
leadcal rates -q --spec spec.json --format csv $s/salesforce-report.csv $s/salesforce-opportunities.csv >plain.csv
cmp capitals.csv plain.csv && echo same rates
