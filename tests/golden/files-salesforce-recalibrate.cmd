# The whole way from six objects of one org to a model, with leads of one account kept together.
s=datasets/salesforce
files="$s/Lead.csv $s/LeadHistory.csv $s/Opportunity.csv $s/OpportunityHistory.csv $s/Account.csv $s/User.csv"
# shellcheck disable=SC2086 # six names
leadcal inspect -q -o spec.json $files >columns.csv
# shellcheck disable=SC2086
leadcal inspect -q --orphans --format csv --spec spec.json $files
# shellcheck disable=SC2086
leadcal rates -q --spec spec.json --by Account.Industry --format csv $files | cut -d, -f1-5
# shellcheck disable=SC2086
leadcal recalibrate --spec spec.json -o quarter $files 2>&1 | grep -v '^recalibrate'
cut -d, -f1-4 quarter/rates.csv | head -n 12
# The same spec as a table.
# shellcheck disable=SC2086
leadcal rates -q --spec quarter/spec.csv --by Account.Industry --format csv $files | cut -d, -f1-4
# The days of the first loss instead of the last closing.
sed 's/"closed": "Opportunity.CloseDate"/"closed": "OpportunityHistory.first Closed Lost"/' spec.json >first.json
# shellcheck disable=SC2086
leadcal rates --spec first.json --window none --by LeadSource --format csv $files 2>&1 | grep -E 'won without|as of'
