# A table of the textbooks: odds ratio (30 x 40) / (10 x 20) = 6 to the last digit.
{
    echo exposed,won
    for i in $(seq 30); do echo yes,1; done
    for i in $(seq 20); do echo yes,0; done
    for i in $(seq 10); do echo no,1; done
    for i in $(seq 40); do echo no,0; done
} >leads.csv
leadcal fit -q --outcome won --won 1 --penalty none --by exposed --format csv leads.csv
leadcal fit -q --outcome won --won 1 --penalty none --by exposed --reference exposed=yes --format csv leads.csv
leadcal fit -q --outcome won --won 1 --penalty none --by exposed --reference exposed=maybe leads.csv; echo $?
leadcal fit -q --outcome won --won 1 --penalty none --by exposed --numeric exposed leads.csv; echo $?
