# needs: datasets
# German credit in one dimension, points out of fold: what four grades explain. methods 6.7 (other folds, another
# model) has quartiles 220.6, shares 206.7, exact program 237.7.
sed 's/"engagement"/"profile"/' datasets/german-credit.spec.json >one.json
leadcal cuts -q --spec one.json --window none --format csv public/german-credit/germancredit.csv | cut -d, -f1-5,8-9,14-16
