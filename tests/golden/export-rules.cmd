# Code cannot tell who is unconvertible: it is refused, unless that was done before.
leadcal fit -q --spec datasets/leads-form.spec.json --model model.json datasets/leads-form.csv >/dev/null
leadcal export --model model.json --to python; echo $?
leadcal export --model model.json --to python --rules-apart -o score_lead.py && grep -c free_mail score_lead.py
leadcal fit -q --outcome stage --won 'Closed Won' --window none --by source,free_mail --disqualify free_mail:email_domain --model marks.json datasets/leads-form.csv >/dev/null
leadcal export --model marks.json --to sql --dialect sqlite; echo $?
