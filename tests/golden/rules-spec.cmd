# Rules of a spec that may not disqualify, each with a sentence; a list of domains beside the spec.
spec() {
    printf '{"leadcal_spec": 1, "outcome": {"column": "stage", "won": ["Closed Won"]}, "window_days": "none", "disqualify": [%s]}\n' "$1" >spec.json
    leadcal rates -q --spec spec.json --by source datasets/leads-form.csv | head -n 2 | cut -d, -f1-4; echo
}
spec '{"rule": "junk", "column": "company", "as_of": "export"}'
spec '{"rule": "test", "column": "is_test", "values": ["Yes"]}'
spec '{"rule": "test", "column": "is_test", "values": ["Yes"], "as_of": "decision"}'
spec '{"rule": "customer", "column": "stage", "values": ["Closed Won"], "as_of": "decision"}'
spec '{"rule": "junk", "name": "source", "column": "company", "effect": "mark"}'
spec '{"rule": "competitor", "column": "email_domain", "file": "rivals.txt"}'
printf '# nobody\n\n' >rivals.txt
spec '{"rule": "competitor", "column": "email_domain", "file": "rivals.txt"}'
printf '# Domains\r\nrival-one.example\r\n\nRIVAL-TWO.example' >rivals.txt
spec '{"rule": "competitor", "column": "email_domain", "file": "rivals.txt"}'
# The same as a table.
printf 'what,name,value,use,role,known\ncolumn,stage,,outcome\nvalue,stage,Closed Won,won\nsetting,window_days,none\nrule,rivals,email_domain,competitor\nrule,rivals,rivals.txt,list file\n' >spec.csv
leadcal rates -q --spec spec.csv --by source datasets/leads-form.csv | head -n 2 | cut -d, -f1-4
