printf 'source,won\nWeb,1\nFair,0\n' >leads.csv
echo '{"leadcal_spec":1,"outcom":{"column":"won","won":["1"]}}' >spec.json
leadcal rates --spec spec.json leads.csv; echo $?
echo '{"leadcal_spec":1,"outcome":{"column":7,"won":["1"]}}' >spec.json
leadcal rates --spec spec.json leads.csv; echo $?
printf '{"leadcal_spec":1,\n "outcome":{"column":"won" "won":["1"]}}\n' >spec.json
leadcal rates --spec spec.json leads.csv; echo $?
echo '{"leadcal_spec":2,"outcome":{"column":"won","won":["1"]}}' >spec.json
leadcal rates --spec spec.json leads.csv; echo $?
echo '{"leadcal_spec":1,"window_days":90}' >spec.json
leadcal rates --spec spec.json leads.csv; echo $?
leadcal rates --spec nowhere.json leads.csv; echo $?
