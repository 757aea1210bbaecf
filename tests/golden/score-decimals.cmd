# A model learnt from decimal points says the same of the same leads with decimal commas, and the reverse; score, which reads once, counts the cells that differ.
export LC_ALL=C
awk 'BEGIN {
    print "id,entered,half,size,level,won" >"point.csv"; print "id;entered;half;size;level;won" >"comma.csv"; s = 11
    for (i = 1; i <= 1200; i++) {
        s = (s * 16807) % 2147483647; x = s % 400000; s = (s * 16807) % 2147483647; v = s % 8; s = (s * 16807) % 2147483647
        day = sprintf("2024-%02d-%02d", 1 + int(i / 101), 1 + i % 28)
        won = s % 1000 < 60 + x / 1600 + 20 * v ? "yes" : "no"
        print i "," day "," i % 2 "," int(x / 100) "." sprintf("%02d", x % 100) "," v ".5," won >"point.csv"
        print i ";" day ";" i % 2 ";" int(x / 100) "," sprintf("%02d", x % 100) ";" v ",50;" won >"comma.csv"
    }
}'
o="--outcome won --won yes --window none"
for f in point comma; do leadcal fit -q $o --entered entered --as-of 2024-08-31 --by size,level --model $f.json $f.csv >/dev/null; done
grep -h '"decimal"' point.json comma.json
for m in point comma; do
    for f in point comma; do
        { leadcal value -q $o --amount id --model $m.json $f.csv | cut -d, -f2-
          leadcal fairness -q $o --audit half --model $m.json $f.csv
          leadcal drift -q $o --model $m.json $f.csv
          leadcal backtest -q $o --entered entered --by level --current $m.json --format csv $f.csv | grep current; } >$m.$f
    done
    cmp $m.point $m.comma && grep -c . $m.point
done
cut -d, -f1-3 point.point | sed 3q; grep -c '^current,' point.point
for m in point comma; do for f in point comma; do leadcal score --model $m.json $f.csv | awk 'END {print NR}'; done; done
# Cells that leave it open are read as the model reads them.
for end in .000 000; do awk -F';' -v OFS=';' -v end=$end 'NR > 1 {$4 = 1 + $1 % 300 end} 1' comma.csv >open$end.csv; done
for end in .000 000; do leadcal value -q $o --amount id --model comma.json open$end.csv >of$end; done; cmp of.000 of000 && grep -c . of.000
