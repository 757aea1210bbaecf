# The gate says yes: a simple model in use gives way to one that knows more; then what is refused.
study="-q --outcome stage --entered created_date --closed close_date"
leadcal fit $study --won 'Closed Won' --as-of 2024-06-30 --window 90 --by webinar -m in-use.json --format csv datasets/leads.csv | tail -1
leadcal recalibrate $study --won 'Closed Won' --current in-use.json --by company_size,source,job_level -o quarter datasets/leads.csv; echo $?
leadcal promote quarter/candidate.json --over in-use.json --by 'R. Council'; echo $?
cmp quarter/candidate.json current.json && sed -E 's/[0-9a-f]{64}/../g' changelog.csv
# It stands there already, unless --force; a second promotion is a second line.
leadcal promote quarter/candidate.json --over in-use.json --by 'R. Council'; echo $?
leadcal promote quarter/candidate.json --over in-use.json --by '=cmd' --despite 'not needed' --force; echo $?
cut -c1-30 changelog.csv
# What is in use now is another file than the candidate was compared with.
leadcal promote quarter/candidate.json --over current.json --by 'R. Council' -o elsewhere.json; echo $?
