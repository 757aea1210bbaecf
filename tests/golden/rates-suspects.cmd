# Without --by every fitting column is shown; suspects are named, with the list that leaves them out.
{
    echo id,source,country,email,accepted_by_sales,won
    for i in $(seq 60); do
        won=$((i % 4 == 0))
        echo "L$i,$([ $((i % 3)) = 0 ] && echo Web || echo Fair),DE,p$i@firm.example,$([ $won = 1 ] && echo yes),$won"
    done
} >leads.csv
leadcal rates --outcome won --won 1 --format csv leads.csv | cut -d, -f1-4
