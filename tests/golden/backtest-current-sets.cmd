# A current model of sets reads the lists of the export: not every lead is without each member.
awk 'BEGIN {print "id,entered,products,won"; s = 3; for (i = 1; i <= 1500; i++) {s = (s * 16807) % 2147483647; crm = s % 2; s = (s * 16807) % 2147483647; erp = s % 3 == 0; s = (s * 16807) % 2147483647
    print i "," sprintf("2024-%02d-%02d", 1 + int(i / 126), 1 + i % 28) "," (crm ? "crm;" : ";") (erp ? "erp" : "shop") "," (s % 100 < 15 + 30 * crm ? "yes" : "no")}}' >sets.csv
o="--outcome won --won yes --window none --entered entered --set products --by products --format csv"
leadcal fit -q $o --as-of 2024-08-31 --model model.json sets.csv >/dev/null
leadcal backtest -q $o --current model.json sets.csv | grep '^current' | cut -d, -f1-5
