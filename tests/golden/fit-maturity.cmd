leadcal fit --maturity lag --spec datasets/leads.spec.json --by source,webinar --model model.json --format csv datasets/leads.csv
grep '"lag"' model.json
leadcal score --model model.json -o scored.csv datasets/leads.csv
leadcal export --model model.json --to c | grep -m 1 lc_probability:
leadcal fit -q --maturity lag --spec datasets/leads.spec.json --by source --penalty none --format csv datasets/leads.csv | head -n 3
# Half a year of history: the window stays, and a note says why.
leadcal fit --maturity lag --spec datasets/leads.spec.json --as-of 2023-06-30 --window 60 --by webinar --model short.json --format csv datasets/leads.csv
grep -c '"lag"' short.json
leadcal fit --maturity soon --spec datasets/leads.spec.json datasets/leads.csv; echo $?
grep -h '"open_leads"' model.json short.json
leadcal fit --maturity lag --prior model.json --spec datasets/leads.spec.json datasets/leads.csv; echo $?
# Firth's information and the others' do not know young leads.
leadcal fit --maturity lag --penalty firth --spec datasets/leads.spec.json datasets/leads.csv; echo $?
