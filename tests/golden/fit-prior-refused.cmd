# What can be no prior, and what is left where nothing is new to it.
study="-q --outcome stage --won Closed\ Won --by company_size,source"
dates="--entered created_date --closed close_date --window 90"
fit() { eval leadcal fit "$study" '"$@"'; echo $?; }
fit $dates -m last.json --format csv datasets/leads.csv | tail -1
fit $dates --penalty none -m flat.json --format csv datasets/leads.csv | tail -1
fit --window none -m undated.json --format csv datasets/leads.csv | tail -1
fit $dates --prior last.json datasets/leads.csv
fit $dates --prior flat.json datasets/leads.csv
fit $dates --prior undated.json datasets/leads.csv
fit --prior last.json datasets/leads.csv
fit $dates --prior last.json --penalty none datasets/leads.csv
fit $dates --moves datasets/leads.csv
fit $dates --prior nowhere.json datasets/leads.csv
fit $dates --prior datasets/points.csv datasets/leads.csv
