# Page one speaks of the unit, and the spec that is written gives the same tables again.
d=datasets/units
leadcal recalibrate --quiet --yes --spec datasets/accounts.spec.json $d/contacts.csv $d/events.csv $d/deals.csv -o accounts
sed -n '1,20p' accounts/report.md
leadcal recalibrate --quiet --yes --spec accounts/spec.json $d/contacts.csv $d/events.csv $d/deals.csv -o again
leadcal recalibrate --quiet --yes --spec datasets/up-sell.spec.json $d/purchases.csv -o customers
sed -n '1,7p' customers/report.md
leadcal recalibrate --quiet --yes --spec customers/spec.json $d/purchases.csv -o customers-again
for table in rates fit backtest funnel; do
    cmp accounts/$table.csv again/$table.csv && cmp customers/$table.csv customers-again/$table.csv && echo "$table: the same"
done
ls accounts/spec*
grep '"unit"' accounts/candidate.json customers/candidate.json
