# Specs and files that cannot be: who is to do what.
web="datasets/events/leads.csv datasets/events/events.csv"
spec() { # what stands in the spec's second file
    cat >s.json <<END
{"leadcal_spec": 1, "files": [{"name": "leads", "key": "lead_id"}, {"name": "web", "key": "lead_id", $1}],
 "outcome": {"column": "stage", "won": "Closed Won", "lost": "Closed Lost", "open": "Open"},
 "dates": {"handed_over": "handed_over", "closed": "closed"}}
END
    leadcal events --spec s.json $web; echo $?
}
leadcal events; echo $?
leadcal events --spec datasets/leads.spec.json datasets/leads.csv; echo $?
spec '"events": {"time": "when", "type": "type"}'
spec '"events": {"time": "about", "type": "type"}'
spec '"events": {"time": "at", "type": "type", "decay": "half-life"}'
spec '"events": {"time": "at", "type": "type"}, "created": "at"'
leadcal rates --spec datasets/events.spec.json --won-if-in web $web; echo $?
# Nothing says when leads were decided, and no key fits: said, and nothing counts.
sed 's/"dates".*/"window_days": "none"/' datasets/events.spec.json >undated.json
leadcal events --spec undated.json --format csv $web; echo $?
