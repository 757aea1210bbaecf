# Close rate by stage, and the same counted by awk: followed 120 days from the entry, won within them.
leadcal stages --spec datasets/opportunities.spec.json --format csv datasets/units/opportunities.csv | cut -d, -f1-7,10-12
awk -F, 'function day(s,  y, m, d) { # days of a date, by the civil calendar
    split(s, p, "-"); y = p[1]; m = p[2]; d = p[3]
    if (m < 3) { y--; m += 12 }
    return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * m - 457) / 5) + d }
NR > 1 { if ($4 > last) last = $4; if ($9 > last) last = $9; row[NR] = $0 }
END { for (c = 6; c <= 8; c++) { n = won = 0
    for (i in row) { split(row[i], f, ",")
        if (f[c] != "" && day(last) - day(f[c]) >= 120) { n++; won += f[5] == "Closed Won" && day(f[9]) - day(f[c]) <= 120 } }
    print n, won } }' datasets/units/opportunities.csv
leadcal stages --spec datasets/opportunities.spec.json --format table datasets/units/opportunities.csv
# A model of one stage; the CRM's own header tells the stages of HubSpot.
leadcal rates --spec datasets/opportunities.spec.json --by source --format table datasets/units/opportunities.csv
cat >hubspot.json <<'SPEC'
{"leadcal_spec": 1, "unit": {"of": "opportunity", "stage": "Qualified To Buy"},
 "outcome": {"column": "Deal Stage", "won": ["Closed Won"], "lost": ["Closed Lost"]},
 "dates": {"entered": "Create Date", "closed": "Close Date"}}
SPEC
leadcal stages --quiet --spec hubspot.json --format table datasets/hubspot/deals.csv
