# The gate says no: nothing is written, what would settle it is said; --despite promotes all the same.
study="-q --outcome stage --entered created_date --closed close_date"
leadcal recalibrate $study --won 'Closed Won' --current datasets/points.csv --by company_size,source -o quarter datasets/leads.csv; echo $?
mkdir desk
leadcal promote quarter/candidate.json --over datasets/points.csv --by 'R. Council' -o desk/current.json; echo $?
ls desk
leadcal promote quarter/candidate.json --over datasets/points.csv --by 'R. Council' --despite 'the old card is nobody'"'"'s, and sales asked' -o desk/current.json; echo $?
sed -E 's/[0-9a-f]{64}/../g' desk/changelog.csv
# A file that is no changelog is left alone, and nothing else is written.
echo notes >desk/changelog.csv
leadcal promote quarter/candidate.json --over datasets/points.csv --by 'R. Council' --despite 'again' --force -o desk/current.json; echo $?
cat desk/changelog.csv; ls desk
