# Six objects of one org, by guessing alone: leads with 15 characters to an id, the rest with 18; changes of leads and of opportunities,
# accounts by the domain of the address, users by the owner. What was counted is what truth.csv says.
s=datasets/salesforce
leadcal inspect -o spec.json $s/Lead.csv $s/LeadHistory.csv $s/Opportunity.csv $s/OpportunityHistory.csv $s/Account.csv $s/User.csv >columns.csv
sed -n '/^{/,$p' spec.json
sed -n '/^{/,$p' spec.json | cmp - datasets/salesforce.spec.json && echo as bundled
cat $s/truth.csv
# The files in any order, the leads first, are joined alike.
leadcal inspect -q -o turned.json $s/Lead.csv $s/OpportunityHistory.csv $s/User.csv $s/Account.csv $s/Opportunity.csv $s/LeadHistory.csv >turned.csv
for spec in spec turned; do grep '"key"' $spec.json | sed 's/,$//' | LC_ALL=C sort >$spec.files; done
cmp spec.files turned.files && echo joined alike
