# A column of the same name that brings no rows together is no key, and no row in it is won.
printf 'id,region\n1,North\n2,South\n3,North\n' >leads.csv
printf 'id,value\n8,30\n9,40\n' >deals.csv
leadcal inspect -o spec.json leads.csv deals.csv
cat spec.json
# Numbers are no key by their values alone: a count has them as well. A spec names the key.
printf 'Lead ID,stage\n1,Won\n2,Lost\n3,Won\n' >leads.csv
printf 'lead,extra\n1,Mail\n2,Fair\n3,Web\n' >side.csv
leadcal inspect leads.csv side.csv 2>&1 >/dev/null | grep side.csv
echo '{"leadcal_spec": 1, "files": [{"name": "leads", "key": "Lead ID"}, {"name": "side", "key": "lead"}]}' >files.json
leadcal inspect -q --spec files.json --files leads.csv side.csv | tail -n 1 | cut -d, -f1,4,14,15
