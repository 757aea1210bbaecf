# Intent counts for the digit, and is shown apart; it comes back from files as it was.
sed -e 's/"column": "demo_request", "role": "engagement"/"column": "demo_request", "role": "intent"/' datasets/leads.spec.json >intent.json
leadcal recalibrate -q --spec intent.json datasets/leads.csv -o out
leadcal recalibrate -q --spec datasets/leads.spec.json datasets/leads.csv -o plain
grep -A 18 'What each attribute weighs' out/report.md | grep -e intent -e pages_viewed -e webinar; grep 'Intent counts' out/report.md
cmp out/cells.csv plain/cells.csv && cmp out/fit.csv plain/fit.csv && echo the same grades
grep -A 1 '"column": "demo_request"' out/candidate.json; grep demo_request out/spec.json; grep '^column,demo_request' out/spec.csv | cut -d, -f1-5; grep demo_request out/columns.csv | cut -d, -f2,10
leadcal score -q --model out/candidate.json datasets/leads.csv | cksum; leadcal score -q --model plain/candidate.json datasets/leads.csv | cksum
