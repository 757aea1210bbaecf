# Contacts that share deals, deals that came too early, second deals: who is credited, and what is listed.
{
    echo 'Record ID,Create Date,MQL Date,Size'
    for i in $(seq 12); do printf '%d,2025-01-%02d 08:00,2025-02-%02d 09:00,%s\n' $((100 + i)) "$i" "$i" "$([ $((i % 3)) = 0 ] && echo Large || echo Small)"; done
} >contacts.csv
cat >deals.csv <<'CSV'
Record ID,Deal Stage,Create Date,Close Date,Associated Contact IDs
1,Closed Won,2025-02-20 10:00,2025-03-10 10:00,103;101;102
2,Closed Won,2025-02-01 10:00,2025-03-10 10:00,104
3,Closed Lost,2025-02-20 10:00,2025-03-01 10:00,104
4,Closed Won,2025-02-25 10:00,2025-03-12 10:00,105
5,Closed Won,2025-02-26 10:00,2025-03-12 10:00,105
6,Closed Won,2025-02-25 10:00,2025-03-12 10:00,
7,Closed Lost,2025-02-25 10:00,2025-03-12 10:00,106;107
8,Appointment Scheduled,2025-02-25 10:00,2025-09-12 10:00,108
CSV
cat >spec.json <<'JSON'
{"leadcal_spec": 1,
 "files": [{"key": "Record ID"},
           {"name": "deals", "key": "Associated Contact IDs", "join": "Record ID", "list": true, "created": "Create Date"}],
 "outcome": {"column": "deals.Deal Stage", "won": ["Closed Won"], "lost": ["Closed Lost"], "open": ["Appointment Scheduled"]},
 "dates": {"entered": "Create Date", "handed_over": "MQL Date", "closed": "deals.Close Date"}, "window_days": "none"}
JSON
for credit in primary all share; do
    leadcal rates --spec spec.json --by Size --credit $credit --format csv contacts.csv deals.csv 2>err | cut -d, -f1-5,20
    grep 'won opp\|count,\|row' err
done
leadcal rates -q --spec spec.json --by Size --credit share --format json contacts.csv deals.csv | grep -A4 'title\|notes'
leadcal rates -q --spec spec.json --by Size --credit share --denominator closed --format csv contacts.csv deals.csv | cut -d, -f1-4
