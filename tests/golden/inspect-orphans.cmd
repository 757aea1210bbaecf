# Rows that no lead has: what the notes count, row by row; and no address is shown.
leadcal inspect --orphans -f csv datasets/hubspot/contacts.csv datasets/hubspot/deals.csv 2>err | tee orphans.csv | head -n 5
grep 'deals.csv: .* rows' err
cut -d, -f4 orphans.csv | LC_ALL=C sort | uniq -c
printf 'email,when\na@b.example,2025-01-02\nc@d.example,2025-01-03\ne@f.example,2025-01-04\n' >leads.csv
printf 'email,stage\na@b.example,Won\nC@D.example,Lost\nx@y.example,Won\n' >deals.csv
leadcal inspect -q --orphans -f csv leads.csv deals.csv
leadcal inspect -q --orphans -f csv leads.csv
