# The same leads with plain numbers and with "1.234,50 €": the same model, the same scores; no export reads the latter.
export LC_ALL=C
awk 'BEGIN {
    print "id,revenue,won" >"plain.csv"; print "id;revenue;won" >"german.csv"; s = 7
    for (i = 1; i <= 600; i++) {
        s = (s * 16807) % 2147483647; r = s % 4000000 / 4 - 50000
        s = (s * 16807) % 2147483647; w = s % 1000 < (r > 400000 ? 400 : 150) ? "yes" : "no"
        t = sprintf("%.2f", r < 0 ? -r : r); cents = substr(t, length(t) - 1); whole = substr(t, 1, length(t) - 3); g = ""
        while (length(whole) > 3) { g = "." substr(whole, length(whole) - 2) g; whole = substr(whole, 1, length(whole) - 3) }
        n = i % 17 == 0 ? "" : sprintf("%.2f", r); m = i % 17 == 0 ? "" : (r < 0 ? "-" : "") whole g "," cents " €"
        print i "," n "," w >"plain.csv"; print i ";" m ";" w >"german.csv"
    }
}'
head -n 3 german.csv
for f in plain german; do
    leadcal fit --outcome won --won yes --window none --by revenue --model $f.json $f.csv 2>$f.err >$f.fit; echo $?
    leadcal score -q --model $f.json -o $f.scored $f.csv
    sed 's/.*[,;]\(no\|yes\)[,;]//; s/;/,/g; s/"//g' $f.scored >$f.columns
done
cmp plain.fit german.fit; cmp plain.columns german.columns && wc -l <german.columns
grep revenue german.err; grep '"decimal"' german.json
leadcal export --model german.json --to python; echo $?
printf 'id,revenue,won\n1,"1,234",yes\n2,"5,678",no\n' >open.csv
leadcal rates --outcome won --won yes --window none --amount revenue open.csv; echo $?
leadcal rates --outcome won --won yes --window none --amount revenue --decimal comma open.csv 2>&1 >/dev/null | grep revenue
