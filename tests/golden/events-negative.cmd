# What turns away takes points: by the words of its type or page, without a decay, and in the card of whole points, too.
LC_ALL=C
export LC_ALL
spec=datasets/events.spec.json leads=datasets/events/leads.csv events=datasets/events/events.csv
leadcal fit -q --spec $spec --model tuned.json $leads $events >fit.csv; echo $?
grep -E '^web.(careers|unsubscribe)=[12]' fit.csv | cut -d, -f1,4 | sed 's/,-.*/ takes points/'
leadcal card -q --spec $spec $leads $events | grep -E '^web.(careers|unsubscribe),' | cut -d, -f1-3 | head -n 6
# Two leads of one day that did the same but for an unsubscription a year ago: the one who is gone has fewer points, and is told why.
cat >now.csv <<'END'
lead_id,created,handed_over,industry,stage,closed
A,2026-03-01,2026-03-20,Chemicals,Open,
B,2026-03-01,2026-03-20,Chemicals,Open,
C,2026-03-01,2026-03-20,Chemicals,Closed Won,2026-03-21
END
cat >did.csv <<'END'
lead_id,at,type,about
A,2026-03-10,page_view,/pricing
B,2026-03-10,page_view,/pricing
B,2025-03-10,unsubscribed,
B,2026-03-12,email_sent,Prices
A,2026-03-12,page_view,/en/product-page
B,2026-03-12,page_view,/en/product-page
END
leadcal events -q --spec $spec --window none --model tuned.json --flat flat.csv now.csv did.csv --format csv | cut -d, -f2-6
leadcal score -q --model tuned.json flat.csv | awk -F, 'NR == 1 { for (j = 1; j <= NF; j++) at[$j] = j } NR < 4 { print $1 "," $at["web.unsubscribe"] "," $at["lc_points"] }'
leadcal score -q --model tuned.json flat.csv | sed -n 3p | grep -o 'web.unsubscribe=1 -[0-9]*'
# A cap of 2 a day: twelve clicks of one day and one of another are three, with a half-life of ten days 2 * 0.5 + 0.25.
awk 'BEGIN { print "lead_id,at,type,about"; for (i = 0; i < 12; i++) print "A,2026-03-10 " 10 + i ":00,click,"; print "A,2026-02-28,click," }' >clicks.csv
sed 's/"content": "about"/"content": "about", "decay": "half-life 10 cap 2"/' $spec >cap.json
leadcal events -q --spec cap.json --window none --flat capped.csv now.csv clicks.csv --format csv | cut -d, -f2,4-6
sed -n 2p capped.csv | cut -d, -f7-9
