# needs: python3
# Every row against a curve that shares nothing with leadcal (tests/reference/maturity.py).
python3 "$LEADCAL_ROOT/tests/reference/maturity.py" 2025-12-31 datasets/leads.csv created_date \
    stage 'Closed Won' 'Closed Lost' close_date webinar >wanted
leadcal maturity -q --spec datasets/leads.spec.json --by webinar --format csv datasets/leads.csv |
    LC_ALL=C awk -F, 'NR == 1 { print $1 "," $2 "," $3 "," $4 "," $5 "," $6 "," $7 }
        NR > 1 { printf "%s,%d,%d,%d,%.6f,%.6f,%.6f\n", $1, $2, $3, $4, $5, $6, $7 }' >got
cmp wanted got && tail -n 1 got
