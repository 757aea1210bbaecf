# Whatever is done after the decisions, and whatever is added to it, leaves every column as it was.
spec=datasets/events.spec.json
leadcal events --quiet --spec $spec --flat first.csv datasets/events/leads.csv datasets/events/events.csv >/dev/null; echo $?
{
    cat datasets/events/events.csv
    awk -F, 'NR > 1 && $3 != "" { print $1 ",2026-03-31 17:59,page_view,/pricing"; print $1 "," $3 ":59,unsubscribed," }' datasets/events/leads.csv
} >events-more.csv
leadcal events --spec $spec --flat again.csv datasets/events/leads.csv events-more.csv >/dev/null; echo $?
cmp first.csv again.csv && echo the same
# But an event a minute before its lead was handed over shows.
{ cat datasets/events/events.csv; echo 'L00001,2024-09-19 22:37,page_view,/pricing'; } >events-one.csv
leadcal events --quiet --spec $spec --flat one.csv datasets/events/leads.csv events-one.csv >/dev/null; echo $?
diff first.csv one.csv; true
