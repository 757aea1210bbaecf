# Last quarter's export as of 2025-06-30, made of that of now, and what leads did: attributes of then, events up to the day before it, outcomes of now.
LC_ALL=C
export LC_ALL
day=2025-06-30 leads=datasets/events/leads.csv events=datasets/events/events.csv
awk -F, -v OFS=, -v day=$day 'NR == 1 || substr($2, 1, 10) <= day {
    if (NR > 1 && ($6 == "" || substr($6, 1, 10) > day)) { $5 = "Open"; $6 = "" }
    print }' $leads >then.csv
fit() { # EVENTS NAME
    leadcal fit --spec datasets/events.spec.json --snapshot then.csv --snapshot-date $day --as-of 2026-03-31 --by industry,web.pricing,web.careers \
        --force --model "$2.json" $leads "$1" >"$2.csv" 2>"$2.err"
}
fit $events now; echo $?
head -n 7 now.err
grep -E '^"?(industry|web.careers)' now.csv | cut -d, -f1,2,3,12,13
# The same leads counted by hand: open on the day, in then.csv; visits of the careers page before it.
awk -F, -v day=$day '
    FILENAME ~ /then/ { was[$1] = $5; next }
    FILENAME ~ /leads/ { open[$1] = was[$1] == "Open" && ($6 == "" || substr($6, 1, 10) > day); next }
    substr($2, 1, 10) < day && $3 != "unsubscribed" && $3 != "email_open" && $4 ~ /careers|jobs/ { n[$1]++ }
    END { for (lead in open) if (open[lead]) all[n[lead] + 0]++
        for (k = 0; k < 4; k++) printf "%d visits: %d leads\n", k, all[k] }' then.csv $leads $events
# Whatever was done on the day or after it, or nothing at all, is the same to the last byte, but for the hash of the file.
awk -F, -v day=$day 'NR == 1 || substr($2, 1, 10) < day' $events >cut.csv
{ cat $events; awk -F, -v day=$day 'NR > 1 { print $1 "," day " 00:00,call,/pricing"; print $1 ",2025-07-02 00:00,dance," }' $leads; } >more.csv
for other in cut more; do
    fit $other.csv again
    cmp now.csv again.csv && diff now.json again.json | grep -E '^[<>]' | sed 's/: .*//'
done
# But what was done the day before shows.
{ cat $events; awk -F, 'NR > 1 { print $1 ",2025-06-29 23:59,page_view,/careers" }' $leads; } >late.csv
fit late.csv before; grep -E '^web.careers' before.csv | wc -l; cmp -s now.csv before.csv || echo another
# Of several files of then, those of events are not asked for.
awk -F, -v OFS=, 'NR == 1 { print "lead_id,size" } NR > 1 { print $1, NR % 3 ? "small" : "large" }' $leads >firms.csv
cat >three.json <<'END'
{"leadcal_spec": 1,
 "files": [{"name": "leads", "match": "[lt]*.csv", "key": "lead_id"}, {"name": "firm", "match": "firms*", "key": "lead_id"},
  {"name": "web", "match": "events*", "key": "lead_id", "events": {"time": "at", "type": "type", "content": "about"}}],
 "outcome": {"column": "stage", "won": "Closed Won", "lost": "Closed Lost", "open": "Open"}, "dates": {"entered": "created", "closed": "closed"}}
END
leadcal fit --quiet --spec three.json --snapshot then.csv --snapshot firms.csv --snapshot-date $day --as-of 2026-03-31 --by firm.size,web.careers $leads $events firms.csv | cut -d, -f1,12,13 | head -n 4
