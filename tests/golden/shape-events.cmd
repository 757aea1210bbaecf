# What leads did, in the shapes of the systems that record it: the same 12291 made-up events under each one's names, with its words
# or numbers for what was done. Each is known by its header, a sheet of nobody's by its shape.
LC_ALL=C
export LC_ALL
shape() { # NAME HEADER: the columns, in awk's words, of lead, day, time, what (1 page_view 2 email_open 3 form 4 unsubscribed 5 other) and about
    awk -F, -v header="$2" "$3"'
    function row() { '"$4"' }
    BEGIN { print header; n["page_view"] = 1; n["email_open"] = 2; n["form"] = 3; n["unsubscribed"] = 4 }
    NR > 1 { day = substr($2, 1, 10); at = substr($2, 12); what = $3 in n ? n[$3] : 5; lead = $1; about = $4; print row() }' datasets/events/events.csv >"$1.csv"
    echo "== $1"
    leadcal inspect --mapping --format csv -o "$1.json" datasets/events/leads.csv "$1.csv" 2>"$1.err" | grep -E '^event_'
    sed -n "s/^note: events: //p" "$1.err"
    leadcal events --quiet --format csv --spec "$1.json" datasets/events/leads.csv "$1.csv" | cut -d, -f2,3,5,6 | tail -n +2
}
word() { echo "function word(list, part) { split(list, part, \"|\"); return part[what] }"; }
shape marketo 'marketoGUID,leadId,activityDate,activityTypeId,campaignId,primaryAttributeValueId,primaryAttributeValue,attributes' "$(word)" \
    'return NR "," lead "," day "T" at ":00Z," word("1|10|2|9|13") ",,," about ","'
shape eloqua 'ActivityId,ActivityType,ActivityDate,EmailAddress,ContactId,AssetType,AssetName,AssetId,Url' "$(word)" \
    'return NR "," word("PageView|EmailOpen|FormSubmit|Unsubscribe|EmailSend") "," day " " at ":00.0,," lead ",Page," about "," NR ","'
shape campaign-members 'Id,CampaignId,LeadId,Status,HasResponded,FirstRespondedDate,CreatedDate,Campaign Name' "$(word)" \
    'return NR ",701," lead "," word("Visited|Opened|Responded|Opted Out|Sent") "," (what < 5 ? "true," day : "false,") "," day "," about'
shape tasks 'Id,WhoId,Subject,ActivityDate,Status,TaskSubtype,CreatedDate' "$(word)" \
    'return NR "," lead ",\"" word("Page visit|Email opened|Form|Unsubscribed|Call") " " about "\"," day ",Completed,Task," day "T" at ":00.000Z"'
shape hubspot 'Record ID,Activity date,Activity type,Subject,Associated Contact IDs,Call outcome' "$(word)" \
    'return NR "," day " " at "," word("Page view|Email open|Form submission|Unsubscribed|Call") "," about "," lead ";X" NR ","'
shape web 'user_id,event_timestamp,event_name,page_location' "$(word)" \
    'return lead "," day " " at "," word("page_view|email_open|form_submit|unsubscribe|file_download") "," about'
# Nobody'"'"'s sheet, in German: by the words of its names and the values of its columns.
shape blatt 'Kunde,Zeitpunkt,Aktion,Seite' "$(word)" \
    'return lead "," day " " at "," word("Seitenview page|open|form|abgemeldet|click") "," about'
# From an export of leads and one of Marketo'"'"'s activities to a report, without a word of explanation.
leadcal recalibrate --yes -o quarter datasets/events/leads.csv marketo.csv 2>err
echo "status $?"
grep -E '^note: (events|Adopt|marketo)' err
cut -d, -f1-3 quarter/rates.csv | grep -c marketo
grep '"marketo.pricing"' quarter/spec.json
leadcal recalibrate --spec quarter/spec.json -q -o again datasets/events/leads.csv marketo.csv && cmp quarter/fit.csv again/fit.csv && echo 'by its spec the same'
# In the wrong order events would be counted as leads.
leadcal recalibrate --yes -q -o swapped datasets/events/events.csv datasets/events/leads.csv; echo $?
leadcal inspect -q datasets/events/events.csv datasets/events/leads.csv; echo $?
