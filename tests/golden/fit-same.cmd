# What a spec reads as one value is one level: to a fit, to its model file, to score and to exports.
sed 's/{"column": "industry", "role": "profile"\(.*\)}/{"column": "industry", "role": "profile"\1, "same": {"Healthcare": ["Health care", "HEALTHCARE"], "Real Estate": ["Real-Estate"]}}/' \
    datasets/leads.spec.json >same.json
grep -c '"same"' same.json
awk 'NR % 3 == 0 {sub(/,Healthcare,/, ",Health care,")} NR % 2 {sub(/,Real Estate,/, ",Real-Estate,")} {print}' datasets/leads.csv >dirty.csv
leadcal fit -q --spec datasets/leads.spec.json --model clean.json datasets/leads.csv >clean.csv; echo $?
leadcal fit -q --spec same.json --model same-model.json dirty.csv >same.csv; echo $?
cmp clean.csv same.csv && echo 'the fits are equal'
grep -o '"level": "[HR]ea[A-Za-z ]*", "values": \[[^]]*\]' same-model.json
leadcal score -q --model clean.json datasets/leads.csv | rev | cut -d, -f1-8 | rev >clean-scores.csv
leadcal score -q --model same-model.json dirty.csv | rev | cut -d, -f1-8 | rev >same-scores.csv
cmp clean-scores.csv same-scores.csv && echo 'the scores are equal'
leadcal score --model same-model.json dirty.csv 2>&1 >/dev/null | grep -c 'never met'
for target in python js c; do
    leadcal export --model same-model.json --to $target | grep -c 'Health care'
done
leadcal export --model same-model.json --to sql --dialect sqlite | grep -c 'Health care'
# the prior of a quarter that knew them as two, and of one that knew them as one
leadcal fit -q --spec same.json --prior same-model.json --window 30 dirty.csv | grep -E '=(Health|Real)' | cut -d, -f1-3
