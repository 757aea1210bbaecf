# Eloqua's contacts: seven digits of a second, and the rating of one model.
s=datasets/shapes
leadcal inspect --mapping -o spec.json --format csv $s/eloqua-contacts.csv
leadcal rates -q --spec spec.json --by Industry --format csv $s/eloqua-contacts.csv | cut -d, -f1-5 | head -n 7
