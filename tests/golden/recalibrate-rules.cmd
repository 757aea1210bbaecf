# The classes stand in the folder and in the report, as the step program prints them; the spec comes back.
leadcal recalibrate -q --spec datasets/leads-form.spec.json datasets/leads-form.csv -o out
leadcal rates --classes -q --spec datasets/leads-form.spec.json --format csv datasets/leads-form.csv | cmp - out/classes.csv && echo same
grep -n 'unconvertible' out/report.md | cut -d: -f2- | cut -c1-150
leadcal funnel -q --spec datasets/leads-form.spec.json --format csv datasets/leads-form.csv | cut -d, -f1,2,17 | tail -n 2
leadcal recalibrate -q --spec out/spec.csv datasets/leads-form.csv -o again
cmp out/spec.json again/spec.json && cmp out/candidate.json again/candidate.json && echo the same again
leadcal recalibrate -q --spec datasets/leads-form.spec.json datasets/leads-form.csv -o out --force; echo $?
