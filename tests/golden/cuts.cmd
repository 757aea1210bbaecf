# Every method side by side, and the choice in a model file, in a backtest, and where there is too little.
spec='--spec datasets/leads.spec.json --by industry,country,source,webinar,demo_request'
leadcal cuts -q $spec --capacity 8 --cost 40 --value 300 --format table datasets/leads.csv
leadcal cuts -q $spec --cuts pinned --letter-cuts 12,3,-6 --format csv datasets/leads.csv | grep pinned
leadcal fit $spec --cuts dp --model dp.json datasets/leads.csv 2>&1 >/dev/null | grep 'note: grades'
grep -A 3 '"grades"' dp.json | cut -c1-60
leadcal fit $spec --cuts capacity --capacity 8 --model capacity.json datasets/leads.csv 2>&1 >/dev/null | grep 'note: A'
grep -o '"method": "c.*"' capacity.json
leadcal fit -q $spec --cuts pinned --letter-cuts 12,3,-6 --digit-cuts 9,4,0 --model pinned.json datasets/leads.csv >/dev/null
leadcal score -q --model pinned.json datasets/leads.csv | head -3 | cut -d, -f1,20-
leadcal backtest $spec --cuts dp datasets/leads.csv 2>&1 | grep 'logistic: grades'
leadcal fit $spec --cuts f1 --model few.json datasets/leads-few.csv 2>&1 >/dev/null | grep 'note: grades'
grep -o '"method": "s.*"' few.json
