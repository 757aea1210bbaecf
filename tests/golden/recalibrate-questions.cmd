# Without a spec at most five questions are asked; an empty answer takes the guess.
awk 'BEGIN {
    print "id,created,mql_date,status,HubSpot Score,visits,first name,close reason,closed,industry"
    split("Bank Media Retail", industry, " ")
    for (i = 0; i < 1200; i++) {
        visits = i * 7 % 10; kind = i % 3 + 1; x = i * 7919 % 1000 / 1000
        won = x < 0.04 + 0.02 * visits + (kind == 1) / 10; lost = !won && x < 0.8
        day = 19700 + int(i / 2)
        status = won ? "Customer" : lost ? "Gone" : "Working"
        printf "k%d,%s,%s,%s,%d,%d,Person %d,%s,%s,%s\n", i, date(day), date(day + 3), status, visits * 9 + i % 10, visits, i % 40,
            won ? "signed" : "", won || lost ? date(day + 5 + i * 31 % 70) : "", industry[kind]
    }
}
function date(n,  y, m, d, l) { # the civil date of a day number, by Fliegel and Van Flandern
    n += 2440588; l = n + 68569; y = int(4 * l / 146097); l -= int((146097 * y + 3) / 4)
    m = int(4000 * (l + 1) / 1461001); l = l - int(1461 * m / 4) + 31; d = int(80 * l / 2447)
    l -= int(2447 * d / 80); n = int(d / 11)
    return sprintf("%04d-%02d-%02d", 100 * (y - 49) + m + n, d + 2 - 12 * n, l)
}' >leads.csv
printf '\n\n\n\n\n' | leadcal recalibrate -q leads.csv -o guessed; echo $?
cat guessed/spec.json
sed -n '/^column/p; /^value/p' guessed/spec.csv
grep '^leadcal recalibrate' guessed/report.md
# The spec gives the same folder again, and so does the table, and so do the guesses unasked.
for by in '--spec guessed/spec.json' '--spec guessed/spec.csv' --yes; do
    leadcal recalibrate -q $by leads.csv -o again --force; echo $?
    for file in guessed/*; do
        case $file in */report.md | */report.html | */spec.json | *.svg) continue ;; esac
        cmp "$file" "again/${file##*/}"
    done
    tail -n +1 again/spec.json | grep -v '^//' >a; grep -v '^//' guessed/spec.json | cmp - a
done
# Other answers.
printf 'Customer, Working\ncreated\nindustry\nnone\n-close reason\n' | leadcal recalibrate -q leads.csv -o told 2>/dev/null; echo $?
cat told/spec.json
printf 'status=Gone\nnone\nvisits,industry\nvisits\n+industry\n+id\n' | leadcal recalibrate -q leads.csv -o other 2>/dev/null; echo $?
cat other/spec.json
