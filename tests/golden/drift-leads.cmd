# The model is learnt from the leads old enough for its window; the younger ones are compared with them.
leadcal fit -q --spec datasets/leads.spec.json --model m.json datasets/leads.csv >/dev/null
leadcal drift --spec datasets/leads.spec.json --model m.json datasets/leads.csv >drift.csv; echo $?
head -1 drift.csv
grep '(all)' drift.csv
grep '^attribute,source' drift.csv
