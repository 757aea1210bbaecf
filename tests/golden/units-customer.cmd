# Customers on the anniversary of their first purchase: who buys again, and who buys another product.
for spec in up-sell cross-sell; do
    leadcal rates --spec datasets/$spec.spec.json --by segment --format table datasets/units/purchases.csv
done
# The first of them counted by awk: day 365 at least 180 days before the last day, a purchase within these.
awk -F, 'function day(s,  y, m, d) {
    split(s, p, "-"); y = p[1]; m = p[2]; d = p[3]
    if (m < 3) { y--; m += 12 }
    return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * m - 457) / 5) + d }
NR > 1 { t = day($4); if (t > last) last = t; if (!($2 in first) || t < first[$2]) first[$2] = t; who[NR] = $2; at[NR] = t }
END { for (i in who) { d = at[i] - first[who[i]] - 365; if (d > 0 && (!(who[i] in next_) || d < next_[who[i]])) next_[who[i]] = d }
    for (w in first) if (last - first[w] - 365 >= 180) { n++; won += w in next_ && next_[w] <= 180 }
    print n, won }' datasets/units/purchases.csv
leadcal fit --quiet --spec datasets/up-sell.spec.json datasets/units/purchases.csv | cut -d, -f1,4 | grep -c 'any product'
# A day for all, as a snapshot has it.
sed 's/"anniversary"/"2025-01-01"/' datasets/up-sell.spec.json >day.json
leadcal rates --spec day.json --by segment --format table datasets/units/purchases.csv
