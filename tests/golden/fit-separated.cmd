# 13 of 13 won: the level keeps its row, the rest is the limit fit; a warning, exit 0.
{
    echo source,won
    for i in $(seq 13); do echo Referral,1; done
    for i in $(seq 20); do echo "Web,$((i % 4 == 0))"; done
    for i in $(seq 20); do echo "Fair,$((i % 5 == 0))"; done
} >leads.csv
leadcal fit --outcome won --won 1 --penalty none --by source --format csv leads.csv
