# A segment that is spelt in another way, as the spec says, is the same segment, in the fit and in score.
leadcal simulate --rows 4000 --seed 3 --segments >plain.csv
sed 's/,Web - organic,/,web-organic,/; s/,Webinar,/, webinar ,/' plain.csv >other.csv
cmp -s plain.csv other.csv && echo 'nothing is spelt otherwise'
cat >with.json <<'END'
{"leadcal_spec": 1, "outcome": {"column": "stage", "won": "Closed Won", "lost": "Closed Lost", "open": "Open"},
 "dates": {"entered": "created_date", "closed": "close_date"}, "local": {"by": "source"}, "attributes": [
  {"column": "source", "same": {"Web - organic": ["web-organic"], "Webinar": ["webinar"]}},
  {"column": "job_level"}, {"column": "demo_request", "role": "engagement"}]}
END
leadcal fit -q --spec with.json --model with-plain.model plain.csv >with-plain.csv
leadcal fit -q --spec with.json --model with-other.model other.csv >with-other.csv
cmp with-plain.csv with-other.csv && grep -c '"segment"' with-other.model
export LC_ALL=C
for m in with-plain with-other; do
    leadcal score -q --model $m.model plain.csv | awk -F, '{print $(NF - 7), $(NF - 6), $(NF - 3)}' >$m-1
    leadcal score -q --model $m.model other.csv | awk -F, '{print $(NF - 7), $(NF - 6), $(NF - 3)}' >$m-2
    cmp $m-1 $m-2 && echo "$m: the same scores, $(sort -u $m-1 | wc -l | awk '{print ($1 > 100)}')"
done
