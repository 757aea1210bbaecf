# As the README has it: a first model is copied, and the next candidate goes over it.
recalibrate() { leadcal recalibrate -q --yes "$@" datasets/hubspot/contacts.csv datasets/hubspot/deals.csv; }
recalibrate -o quarter
leadcal promote quarter/candidate.json --over in-use.json --by 'R. Council'; echo $?
ls -d in-use.json current.json changelog.csv 2>/dev/null
cp quarter/candidate.json in-use.json
recalibrate --spec quarter/spec.json --current in-use.json -o next
leadcal promote next/candidate.json --over in-use.json --by 'R. Council' --despite 'the leads are the same, so the gate cannot say yes'; echo $?
cmp next/candidate.json current.json; wc -l <changelog.csv
