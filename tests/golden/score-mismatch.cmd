# Model and table that do not match: the missing attribute, with the nearest name.
leadcal fit -q --outcome stage --won 'Closed Won' --window none --by company_size,source,webinar --engagement webinar --model model.json datasets/leads.csv >/dev/null
printf 'company_sise,source,webinar\n1-10,Referral,1\n' >export.csv
leadcal score --model model.json export.csv; echo $?
printf 'company_size,source,webinar,lc_points\n1-10,Referral,1,3\n' >export.csv
leadcal score --model model.json export.csv; echo $?
