# With a model in use: what has changed since it was made, byte for byte what the program says.
sed -n '1p;/^[^,]*,202[34]-/p' datasets/leads.csv >old.csv
leadcal fit -q --spec datasets/leads.spec.json --model old.json old.csv >/dev/null
sed -E '/^[^,]*,2025/s/,(Web - organic|Email),/,Podcast,/' datasets/leads.csv >now.csv
leadcal recalibrate -q --spec datasets/leads.spec.json --current old.json now.csv -o quarter; echo $?
leadcal drift -q --spec quarter/spec.json --model old.json now.csv >drift.csv; echo $?
cmp drift.csv quarter/drift.csv && echo same
leadcal drift -q --spec quarter/spec.json --model old.json --expected now.csv | cmp - quarter/expected.csv && echo same
leadcal drift -q --spec quarter/spec.json --model old.json --format json now.csv | cmp - quarter/drift.json && echo same
sed -n '/^### What has changed/,/^## /p' quarter/report.md
grep -o 'Since the model in use.*' quarter/report.md
# A points file has no counts, and a model of this very export no new leads: the report says so.
leadcal recalibrate -q --spec datasets/leads.spec.json --current datasets/points.csv datasets/leads.csv -o points
ls points | grep -c drift
grep 'is not known: a points' points/report.md
leadcal fit -q --spec datasets/leads.spec.json --window none --model all.json datasets/leads.csv >/dev/null
leadcal recalibrate -q --spec datasets/leads.spec.json --current all.json datasets/leads.csv -o all
grep 'model in use was made' all/report.md
