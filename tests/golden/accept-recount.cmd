# needs: python3
# Every row against a recount that shares nothing with leadcal (tests/reference/acceptance.py).
python3 "$LEADCAL_ROOT/tests/reference/acceptance.py" 2025-12-31 datasets/leads.csv created_date \
    accepted_at sales_accepted Yes No source company_size | sed 's/^/row /' >wanted
leadcal accept -q --spec datasets/leads.spec.json --by source,company_size --format csv datasets/leads.csv |
    python3 -c '
import csv, sys
out = csv.writer(sys.stdout, lineterminator="\n")
for r in csv.reader(sys.stdin):
    sys.stdout.write("row ")
    out.writerow([text.lstrip("\x27") for text in r[:6]] + r[7:9])' >got
cmp wanted got && wc -l <got
