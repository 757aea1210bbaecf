# 13 of 13 won: a finite weight, with limits by the profile; a model file, and a number beside it.
{
    echo source,pages,won
    for i in $(seq 13); do echo "Referral,$((i % 5)),1"; done
    for i in $(seq 20); do echo "Web,$((i % 7)),$((i % 4 == 0))"; done
    for i in $(seq 20); do echo "Fair,$((i % 3)),$((i % 5 == 0))"; done
} >leads.csv
leadcal fit --outcome won --won 1 --penalty firth --by source --model model.json --format csv leads.csv
leadcal fit -q --outcome won --won 1 --penalty firth --by source --numeric pages --reference source=Web --format csv leads.csv
leadcal score -q --model model.json leads.csv | cut -d, -f1,3,5,6 | sed -n '1,2p;15p;35p'
leadcal fit -q --outcome won --won 1 --penalty firth --prior-sd 2 leads.csv; echo $?
leadcal fit -q --outcome won --won 1 --reference source=Web leads.csv; echo $?
