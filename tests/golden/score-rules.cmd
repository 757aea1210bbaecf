# A model takes its rules along: a new lead is left out or marked as the old ones were.
leadcal fit -q --spec datasets/leads-form.spec.json --penalty ridge --model model.json datasets/leads-form.csv >/dev/null
grep -A 7 '"disqualify"' model.json
leadcal score --model model.json datasets/leads-form.csv >scored.csv
awk -F, '$0 ~ /unconvertible/ { n[$NF]++ } END { for (rule in n) print rule, n[rule] }' scored.csv | LC_ALL=C sort
printf 'company_size,industry,job_level,job_function,source,webinar,demo_request,careers_page,pages_viewed,country,company,is_test,email_domain\n1-10,Legal,Director,Sales,Web,No,No,No,3,France,Sample 7,No,gmail.com\n1-10,Legal,Director,Sales,Web,No,No,No,3,France,Sample 7,No,sample-7.example\n1-10,Legal,Director,Sales,Web,No,No,No,3,France,Sample 7,No,\n1-10,Legal,Director,Sales,Web,No,No,No,3,Chile,Sample 7,No,sample-7.example\n1-10,Legal,Director,Sales,Web,No,No,No,3,France,asdf,No,sample-7.example\n1-10,Legal,Director,Sales,Web,No,No,No,3,,n/a,,mail.rival-one.example\n' >new.csv
leadcal score -q --model model.json new.csv | cut -d, -f10-
# What was found out beforehand stands in a column of the rule's name; where neither is there, it is said.
sed -e '1s/email_domain/free_mail/' -e 's/,gmail.com$/,yes/; s/,sample-7.example$/,no/; s/,mail.rival-one.example$/,no/' new.csv >found.csv
leadcal score -q --model model.json found.csv; echo $?
sed -e '1s/$/,competitor/' -e '2,5s/$/,No/' -e '6,$s/$/,Yes/' found.csv >both.csv
leadcal score -q --model model.json both.csv | cut -d, -f10-14,16-
