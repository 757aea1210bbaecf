# The table of columns, on a terminal too.
leadcal inspect -q --columns --format table datasets/leads.csv
leadcal inspect -q --columns --format csv datasets/leads.csv >with
leadcal inspect -q --format csv datasets/leads.csv >without
cmp with without && echo 'as before'
