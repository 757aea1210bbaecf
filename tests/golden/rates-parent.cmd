# A country is drawn toward its region, which is looked at, too; a circle and a column that is not there are refused.
{ echo country,region,won
  yes 'Chile,south,1' | head -8; yes 'Chile,south,0' | head -12; yes 'Peru,south,1' | head -1; yes 'Peru,south,0' | head -2
  yes 'Mali,north,1' | head -2; yes 'Mali,north,0' | head -38; yes 'Chad,north,0' | head -3; } >leads.csv
echo '{"leadcal_spec": 1, "outcome": {"column": "won", "won": [1]}, "attributes": [{"column": "country", "parent": "region"}]}' >spec.json
leadcal rates -q --spec spec.json --window none --format csv leads.csv | cut -d, -f1-5,14-16,24-25
leadcal rates -q --spec spec.json --window none --by country --prior-weight 10 --format csv leads.csv | cut -d, -f1-5,14-16,24-25
sed 's/"region"/"regoin"/' spec.json >slip.json
leadcal rates -q --spec slip.json --window none leads.csv; echo $?
sed 's/"parent": "region"/"parent": "country"/' spec.json >circle.json
leadcal rates -q --spec circle.json --window none leads.csv; echo $?
leadcal fit -q --spec spec.json --window none --format csv leads.csv | cut -d, -f1-5
