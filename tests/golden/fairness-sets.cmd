# The model file says which columns are lists: --set, or a spec, need not say it again.
echo 'id,products,half,won' >leads.csv
awk 'BEGIN {s = 3; for (i = 1; i <= 900; i++) {s = (s * 16807) % 2147483647; crm = s % 2; s = (s * 16807) % 2147483647; erp = s % 3 == 0; s = (s * 16807) % 2147483647
    print i "," (crm ? "crm;" : ";") (erp ? "erp" : "shop") "," i % 2 "," (s % 100 < 15 + 30 * crm ? "yes" : "no")}}' >>leads.csv
o="--outcome won --won yes --window none --format csv"
leadcal fit -q $o --set products --by products --model model.json leads.csv >/dev/null; grep -c '"set": "products"' model.json
leadcal fairness -q $o --audit half --model model.json leads.csv >without; echo $?
leadcal fairness -q $o --audit half --model model.json --set products leads.csv | cmp - without && cut -d, -f1-6 without
