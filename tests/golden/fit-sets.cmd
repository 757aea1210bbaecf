# Lists parted by ';': each member an attribute; the empty set and the empty cell apart; order says nothing; a cap; an export takes them apart.
export LC_ALL=C
awk 'BEGIN {
    n = split("crm,erp,shop,mail,chat", c, ","); print "id,products,size,won" >"leads.csv"; print "id,products,size,won" >"turned.csv"; s = 7
    for (i = 1; i <= 1500; i++) {
        list = back = ""; w = 120
        for (k = 1; k <= n; k++) {
            s = (s * 16807) % 2147483647
            if (s % 100 < 25) { list = list (list == "" ? "" : ";") c[k]; back = " " c[k] (back == "" ? "" : " ; ") back; w += k == 1 ? 250 : k == 4 ? -80 : 0 }
        }
        s = (s * 16807) % 2147483647
        if (s % 100 < 20) { list = back = ""; w = 200 } else if (list == "") list = back = ";"
        s = (s * 16807) % 2147483647; size = s % 3; s = (s * 16807) % 2147483647
        print i "," list "," size "," (s % 1000 < w ? "yes" : "no") >"leads.csv"
        print i "," back "," size "," (s % 1000 < w ? "yes" : "no") >"turned.csv"
    }
}'
printf '{"leadcal_spec": 1, "outcome": {"column": "won", "won": "yes"}, "window_days": "none",\n "attributes": [{"column": "products", "kind": "set", "cap": 8}, {"column": "size", "role": "engagement"}]}\n' >spec.json
leadcal rates --spec spec.json leads.csv 2>err | cut -d, -f1-4; grep sets err
leadcal fit --spec spec.json --penalty learned --model model.json leads.csv 2>err | cut -d, -f2-4; grep -o 'products 0[^;]*; the levels' err
leadcal fit -q --spec spec.json --penalty learned --model turned.json turned.csv >/dev/null
for m in model turned; do sed '/"verification"/,$d; /"sha256"/d; /"name"/d' $m.json >$m.cut; done; cmp model.cut turned.cut && echo 'the same model'
grep -c '"set": "products"' model.json; grep -o '"cap": 8' model.json | head -n 1
printf 'products,size\n,1\n;,1\ncrm,1\nmail; crm,1\n;crm;mail;crm,1\nnever heard of,2\n' >new.csv
leadcal score -q --model model.json new.csv | awk -F, -v OFS=, 'NR > 1 {$3 = sprintf("%.8f", $3)} {print $1, $2, $3, $4, $7, $10}'
leadcal export --model model.json --to python -o lists.py; sed -n 's/^# \(Column .*\)/\1/p' lists.py
leadcal export --model model.json --to sql --dialect sqlite | grep -c "'mail' IN"
leadcal backtest -q --spec spec.json --order none leads.csv | awk -F, '$1 == "logistic" && $3 == "(all)"' | cut -d, -f1-6 | head -n 2
leadcal drift -q --model model.json turned.csv | awk -F, '$3 == "(all)"' | cut -d, -f1-5
leadcal rates -q --outcome won --won yes --window none --set products --by 'products: crm' leads.csv | cut -d, -f1-4
leadcal rates --outcome won --won yes --window none leads.csv 2>&1 >/dev/null | grep "parted by"
leadcal rates -q --outcome won --won yes --window none --set product leads.csv; echo $?
sed 's/"cap": 8/"cuts": [2]/' spec.json >wrong.json; leadcal rates -q --spec wrong.json leads.csv; echo $?
leadcal inspect -q --set products --outcome won --won yes -o proposed.json leads.csv | cut -d, -f2,10 | grep products; grep -c '"kind": "set"' proposed.json
leadcal inspect --outcome won --won yes -o guessed.json leads.csv 2>&1 >/dev/null | grep -e sets -e 'a list'; grep -v "^//" proposed.json >proposed.cut; grep -v "^//" guessed.json | cmp - proposed.cut
leadcal recalibrate -q --yes --set products --outcome won --won yes --window none -o quarter leads.csv; echo $?; grep '"kind"' quarter/spec.json; grep '^column,products' quarter/spec.csv | cut -d, -f1-7
leadcal fit -q --spec quarter/spec.json --model again.json leads.csv >json.csv; leadcal fit -q --spec quarter/spec.csv leads.csv >csv.csv; cmp json.csv csv.csv; cmp json.csv quarter/fit.csv && echo 'the spec alone gives the same fit'
leadcal score -q --model again.json --contributions new.csv | cut -d, -f11,13,15 | head -n 3
