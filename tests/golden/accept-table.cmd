# Hand-over, status, grade and first touch: acceptance, then service levels.
cat >leads.csv <<CSV
mql_at,status,accepted_at,grade,owner,first_touch,source
2025-04-02 09:00,SAL,2025-04-03,A1,Kim,2025-04-02 11:30,Web
2025-04-12 10:00,Rejected,,B2,Kim,2025-04-15 10:00,Fair
2025-05-01 08:15,Nurture,2025-05-02,A1,Ana,2025-05-02 08:10,Web
2025-05-20 16:40,Nurture,,D4,Ana,,Fair
2025-06-30 17:05,Working,,B2,Kim,2025-07-01 09:00,Web
2025-07-08 12:00,Working,,A1,Ana,,Web
2025-07-10 08:00,,,A1,Kim,,Web
2025-07-09 08:00,,,,Kim,,Fair
,New,,A1,Kim,,Web
CSV
cat >spec.json <<JSON
{
  "leadcal_spec": 1,
  "dates": {"handed_over": "mql_at", "accepted": "accepted_at", "first_touch": "first_touch"},
  "acceptance": {"column": "status", "accepted": ["SAL"], "rejected": ["Rejected"], "recycled": ["Nurture"], "grade": "grade"},
  "owner": "owner", "source": "source", "as_of": "2025-07-10"
}
JSON
leadcal accept --spec spec.json --format table leads.csv
echo
leadcal accept --spec spec.json --format table --sla --by owner leads.csv
leadcal accept -q --spec spec.json --sla --format csv leads.csv
