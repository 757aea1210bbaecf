# One row for each account: for score, and read again as leads it gives the same fit.
d=datasets/units
files="$d/contacts.csv $d/events.csv $d/deals.csv"
leadcal units --spec datasets/accounts.spec.json --output flat.csv $files; echo $?
sed -n '1,3p' flat.csv
wc -l <flat.csv
leadcal fit --quiet --spec datasets/accounts.spec.json --model tuned.json $files >fit.csv
leadcal score --quiet --model tuned.json flat.csv | sed -n '1,3p' | cut -d, -f1,21-
leadcal score --model tuned.json $d/contacts.csv; echo $?
cat >flat.json <<'SPEC'
{"leadcal_spec": 1,
 "outcome": {"column": "deals.stage", "won": ["Closed Won"], "lost": ["Closed Lost"], "open": ["Negotiation"]},
 "dates": {"entered": "created", "handed_over": "handed_over", "closed": "deals.closed"},
 "window_days": 150, "as_of": "2026-03-30",
 "attributes": [{"column": "country"}, {"column": "contacts"}, {"column": "best seniority"}, {"column": "new role"},
  {"column": "any role", "kind": "set"}, {"column": "web.pricing", "role": "engagement"}, {"column": "web.product_page", "role": "engagement"}]}
SPEC
leadcal fit --quiet --spec flat.json flat.csv >again.csv
LC_ALL=C sort fit.csv >a; LC_ALL=C sort again.csv >b; cmp a b && echo 'fit: the same'
# Accounts that nobody was handed over of are scored as of a day.
leadcal units --quiet --spec datasets/accounts.spec.json --undecided 2026-03-31 $files >today.csv
diff flat.csv today.csv | grep -c '^>'
leadcal events --quiet --spec datasets/accounts.spec.json --flat no.csv $files; echo $?
