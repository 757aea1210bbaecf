# needs: python3
# Every class and rule against a recount that shares nothing with leadcal (tests/reference/classes.py).
python3 "$LEADCAL_ROOT/tests/reference/classes.py" datasets/leads-form.csv 180 >wanted
leadcal rates --classes -q --spec datasets/leads-form.spec.json --window 180 --format csv datasets/leads-form.csv |
    awk -F, 'NR > 1 { print ($2 ? $2 : $1) "," $4 "," $7 }' >got
cmp wanted got && cat got
