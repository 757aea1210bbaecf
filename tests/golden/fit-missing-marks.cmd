# Marks of no value are one level with the empty cell, in the fit, in the model, in scoring and in an export; one may be kept.
export LC_ALL=C
awk 'BEGIN {
    split("Oslo,Rom,Select,,N/A,Wien", c, ","); print "id,city,spent,won"; s = 7
    for (i = 1; i <= 600; i++) {
        s = (s * 16807) % 2147483647; k = s % 6 + 1; s = (s * 16807) % 2147483647
        print i "," c[k] "," (i % 9 ? i % 7 : "-") "," (s % 100 < (k == 2 ? 50 : 20) ? "yes" : "no")
    }
}' >leads.csv
study='--outcome won --won yes --window none --by city,spent'
leadcal fit $study --model model.json leads.csv 2>&1 >/dev/null | grep 'no value'
leadcal rates -q $study leads.csv | cut -d, -f1-4
grep -n '"missing": \["' model.json
printf 'city,spent\nSelect,-\n,\nN/A,3\nRom,0\n' >new.csv
leadcal score -q --model model.json new.csv | awk -F, -v OFS=, 'NR > 1 {$3 = sprintf("%.8f", $3)} {print $1, $2, $3, $4}'
leadcal export --model model.json --to python -o scores.py; grep -c 'Select' scores.py
leadcal rates -q $study --keep-values Select,- leads.csv | cut -d, -f1-3 | grep -e Select -e -, -e missing
