# Specs of several files that cannot be, and files that are not what their spec says.
s=datasets/salesforce
try() {
    printf '{"leadcal_spec":1,"files":[{"name":"leads","key":"Id"},%s],"outcome":{"column":"IsConverted","won":"true","lost":"false"}}' "$1" >s.json
    leadcal rates -q --spec s.json --window none $s/Lead.csv "$s/$2" >rates.csv
    echo $?
}
try '{"name":"h","key":"LeadId","history":{"time":"CreatedDate"}}' LeadHistory.csv
try '{"name":"h","key":"LeadId","history":{"time":"CreatedDate","value":"NewValue","field":"Field"}}' LeadHistory.csv
try '{"name":"h","key":"LeadId","history":{"time":"Field","value":"NewValue"}}' LeadHistory.csv
try '{"name":"h","key":"LeadId","history":{"time":"CreatedDate","value":"NewValues"}}' LeadHistory.csv
try '{"name":"h","key":"LeadId","twice":"first","history":{"time":"CreatedDate","value":"NewValue"}}' LeadHistory.csv
try '{"name":"a","key":"Website","join":"Email","by":"domain"}' Account.csv
try '{"name":"a","key":"Website","join":"Email","by":"name"}' Account.csv
try '{"name":"a","key":"Id","join":"b.AccountId"}' Account.csv
try '{"name":"a","key":"Id","join":"a.Name"}' Account.csv
# Which of its two companies a lead has is said, and counted.
printf '{"leadcal_spec":1,"files":[{"name":"leads"},{"name":"a","key":"Website","join":"Email","by":"domain","twice":"first"}],"outcome":{"column":"IsConverted","won":"true","lost":"false"}}' >s.json
leadcal rates --spec s.json --window none --by a.Industry --format csv $s/Lead.csv $s/Account.csv | cut -d, -f1-4
