# needs: datasets
# A Salesforce organisation's campaign members: nobody has responded, so nothing that was done has a day, and no lead is won by being invited.
s=public/salesforce-workshop
leadcal inspect --mapping --format csv $s/Lead.csv $s/CampaignMember.csv 2>err | grep -E '^(outcome|event_)'
grep -E '^note: (events|CampaignMember)' err
leadcal inspect --mapping --format csv $s/Contact.csv $s/CampaignMember.csv 2>&1 | grep -E '^(event_|note: events)'
# Without the day of the response the file is left out, and refused where leads are to be counted: the day of the invitation is another.
cut -d, -f1-6 $s/CampaignMember.csv >members.csv
leadcal inspect --files --format csv $s/Lead.csv members.csv 2>&1 | grep -E '^(note: )?members'  | cut -d, -f1-4
leadcal recalibrate --yes -q -o none $s/Lead.csv members.csv; echo $?
