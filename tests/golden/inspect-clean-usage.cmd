printf 'a,b\n1,2\n' >leads.csv
cp leads.csv old.csv
leadcal inspect --clean out.csv leads.csv old.csv; echo $?
leadcal inspect --clean out.csv -o spec.json leads.csv; echo $?
leadcal inspect --clean old.csv leads.csv; echo $?
leadcal inspect --clean - --delimiter '"' leads.csv; echo $?
leadcal inspect --clean - --quote ab leads.csv; echo $?
leadcal inspect --clean - --escape '""' leads.csv; echo $?
leadcal inspect --clean - --encoding klingon leads.csv; echo $?
leadcal inspect --clean - nowhere.csv; echo $?
head -c 20 leads.csv | gzip -c | head -c 25 >cut.csv.gz
leadcal inspect --clean - cut.csv.gz; echo $?
leadcal inspect --clean - --skip-rows 9 leads.csv; echo $?
leadcal inspect --clean - leads.csv >/dev/full; echo $?
