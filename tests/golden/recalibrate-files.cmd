# Several files without a spec are joined as inspect joins them; one that joins nothing is refused.
awk 'BEGIN {
    print "contact_id,created,source,visits" >"contacts.csv"; print "deal_id,contact_id,stage,closed,amount" >"deals.csv"
    for (i = 1; i <= 900; i++) {
        day = sprintf("%04d-%02d-%02d", 2023 + int(i / 450), i % 450 / 38 + 1, i % 28 + 1)
        print i "," day "," (i % 3 ? "Web" : "Fair") "," i * 7 % 10 >"contacts.csv"
        x = i * 7919 % 1000
        if (x < 700) print 5000 + i "," i "," (x < 150 + i * 7 % 10 * 20 ? "Closed Won" : "Closed Lost") "," day "," 100 + i >"deals.csv"
    }
}' </dev/null
printf 'region,population\nNorth,5\nSouth,7\n' >regions.csv
leadcal recalibrate contacts.csv regions.csv deals.csv -o quarter --yes 2>err; echo $?; tail -n 1 err; ls quarter 2>/dev/null | grep -c .
printf '\n\n\n\n\n' | leadcal recalibrate contacts.csv deals.csv -o quarter 2>err; echo $?
grep -e '^[0-9]\.' -e '^   ' -e 'no key joins' err
grep -v '^//' quarter/spec.json
grep '^file' quarter/spec.csv
grep '^leadcal recalibrate' quarter/report.md
cp quarter/spec.json .
$(grep '^leadcal recalibrate' quarter/report.md | sed 's/ -o quarter/ -q -o again/'); echo $?
for file in quarter/*; do
    case $file in */report.md | */report.html | */spec.json | *.svg) continue ;; esac
    cmp "$file" "again/${file##*/}"
done
grep -v '^//' quarter/spec.json >a; grep -v '^//' again/spec.json | cmp - a
