# A spec as a table does what the same spec as JSON does, whatever a spreadsheet made of it.
cat >spec.json <<'END'
{"leadcal_spec": 1, "outcome": {"column": "stage", "won": ["Closed Won"]},
 "dates": {"entered": "created_date", "closed": "close_date"}, "as_of": "2025-12-31",
 "attributes": [{"column": "source"}, {"column": "pages_viewed", "role": "engagement", "cuts": [2, 9]}]}
END
cat >table <<'END'
what,name,value,use,role,known,cuts,note
column,stage,,outcome,,,,
value,stage,Closed Won,won,,,,
column,created_date,,entered,,,,
column,close_date,,closed,,,,
setting,as_of,'2025-12-31,,,,,
column,source,,attribute,profile,,,
column,pages_viewed,,attribute,engagement,,<= 2 | <= 9,
column,owner,,,,,,
END
leadcal rates -q --spec spec.json --format csv datasets/leads.csv >json.csv
leadcal rates -q --spec table --format csv datasets/leads.csv | cmp - json.csv && wc -l <json.csv
{ printf '\357\273\277'; sed 's/,/;/g; s/attribute/ Attribute /; s/$/;;\r/' table; printf ';;;;;;;;;\r\n'; } >excel
leadcal rates -q --spec excel --format csv datasets/leads.csv | cmp - json.csv
sed "s/'2025-12-31/31.12.2025/" excel >german; leadcal rates -q --spec german datasets/leads.csv; echo $?
sed 's/entered/enterd/' table >slip; leadcal rates -q --spec slip datasets/leads.csv; echo $?
leadcal rates -q --spec datasets/leads.csv datasets/leads.csv; echo $?
