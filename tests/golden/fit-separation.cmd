# A source without a win, and a combination that tells where no level does: in words, as a table, as
# JSON, in the model and in the report; maximum likelihood refuses it by name.
{
    echo size,source,won
    for i in $(seq 60); do echo small,Web,0; done
    for i in $(seq 50); do echo "small,Fair,$((i % 5 == 0))"; done
    for i in $(seq 40); do echo "large,Web,$((i % 4 == 0))"; done
    for i in $(seq 8); do echo large,Fair,1; done
    for i in $(seq 9); do echo "$([ $((i % 2)) = 0 ] && echo large || echo small),Partner,0"; done
} >leads.csv
leadcal fit -q --outcome won --won 1 --separation --format csv leads.csv
leadcal fit -q --outcome won --won 1 --separation --format json leads.csv | grep -c 'apart from leads told'
leadcal fit --outcome won --won 1 --model model.json --format csv leads.csv | cut -d, -f1,11
grep separated_leads model.json
leadcal fit -q --outcome won --won 1 --penalty none leads.csv; echo $?
leadcal fit -q --outcome won --won 1 --by source --separation --penalty logf --format csv leads.csv
leadcal fit --outcome won --won 1 --by size --separation --format csv leads.csv 2>&1 | grep 'no level'
leadcal fit -q --outcome won --won 1 --prior none.json --moves --separation leads.csv; echo $?
leadcal recalibrate leads.csv -o quarter --outcome won --won 1 2>said; grep separation said
grep -c . quarter/separation.csv
sed -n '/^\*\*Always won/,/^## /p' quarter/report.md | grep -v '^## '
