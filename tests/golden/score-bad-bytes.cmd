leadcal fit -q --outcome stage --won 'Closed Won' --window none --by company_size,source,webinar --engagement webinar --model model.json datasets/leads.csv >/dev/null
printf 'company_size,source,webinar\n1-10,caf\351,1\n' >export.csv
leadcal score -q --model model.json -o scored.csv export.csv; echo $?
printf 'company_size,source,webinar\n1-10,"open,1\n1-10,x,1\n' >export.csv
leadcal score -q --model model.json -o scored.csv export.csv; echo $?
: >export.csv
leadcal score -q --model model.json -o scored.csv export.csv; echo $?
leadcal score -q --model model.json nowhere.csv; echo $?
ls -I public -I datasets
