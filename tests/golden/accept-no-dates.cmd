cat >spec.json <<JSON
{"leadcal_spec": 1, "acceptance": {"column": "status", "accepted": "Yes"}, "source": "source"}
JSON
printf 'source,status\nWeb,Yes\nWeb,No\nFair,\n' >leads.csv
leadcal accept --spec spec.json --format csv leads.csv
