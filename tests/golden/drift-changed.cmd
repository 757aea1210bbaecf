# From the first young lead on, Podcast takes over from two sources, and managers are left empty.
leadcal fit -q --spec datasets/leads.spec.json --model m.json datasets/leads.csv >/dev/null
sed -E '/^[^,]*,2025-(0[789]|1[012])/{s/,(Web - organic|Email),/,Podcast,/;s/,Manager,/,,/;}' datasets/leads.csv >now.csv
leadcal drift --spec datasets/leads.spec.json --model m.json --format table now.csv
