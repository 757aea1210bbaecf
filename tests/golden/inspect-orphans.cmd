# Rows that no lead has: what the notes count, row by row; and no address is shown.
leadcal inspect --orphans -f csv datasets/hubspot/contacts.csv datasets/hubspot/deals.csv 2>err | tee orphans.csv | head -n 5
grep 'deals.csv: .* rows' err
cut -d, -f4 orphans.csv | LC_ALL=C sort | uniq -c
printf 'email,when\na@b.example,2025-01-02\nc@d.example,2025-01-03\ne@f.example,2025-01-04\n' >leads.csv
printf 'email,stage\na@b.example,Won\nC@D.example,Lost\nx@y.example,Won\n' >deals.csv
leadcal inspect -q --orphans -f csv leads.csv deals.csv
leadcal inspect -q --orphans -f csv leads.csv
# Of a file of events the rows that nobody has; of the others it is the events program that tells.
printf '{"leadcal_spec":1,"files":[{"name":"leads","key":"id"},{"name":"web","key":"id","events":{"time":"at","type":"what"}}],"dates":{"entered":"day"}}' >web.json
printf 'id,day\n1,2025-03-01\n2,2025-03-02\n' >ids.csv
printf 'id,at,what\n1,2025-02-01,click\n9,2025-02-02,click\n2,2025-04-01,visit\n' >web.csv
leadcal inspect -q --orphans -f csv --spec web.json ids.csv web.csv
