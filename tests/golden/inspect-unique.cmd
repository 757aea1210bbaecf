# Rows that share an address are one lead, where the spec says so; as JSON and as a table.
awk 'BEGIN {
    print "email,created,source,stage"
    for (i = 1; i <= 120; i++)
        printf "%s%d@example.com,2025-%02d-%02d,%s,%s\n", i % 5 ? "lead" : "Lead", i % 90, i % 6 + 1, i % 28 + 1, i % 3 ? "Web" : "Fair", i % 4 ? "Lost" : "Won"
}' >leads.csv
printf '%s\n' '{"leadcal_spec": 1, "unique": "email", "outcome": {"column": "stage", "won": ["Won"], "lost": ["Lost"]}, "dates": {"entered": "created"}}' >spec.json
leadcal rates --spec spec.json --window none --by source --format csv leads.csv | cut -d, -f1-4
printf 'what,name,value,use\ncolumn,email,,unique\ncolumn,created,,entered\ncolumn,stage,,outcome\nvalue,stage,Won,won\nvalue,stage,Lost,lost\n' >spec.csv
leadcal rates -q --spec spec.csv --window none --by source --format csv leads.csv | cut -d, -f1-4
leadcal inspect -q --spec spec.json -o again.json leads.csv >columns.csv && grep unique again.json
sed 's/email"/e-mail"/' spec.json >wrong.json
leadcal rates -q --spec wrong.json leads.csv || echo "status $?"
