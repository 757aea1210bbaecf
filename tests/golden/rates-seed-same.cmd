# 500 leads with 10 wins hold banking's 50 with 5: ratio 5 inside one file.
{
    echo industry,won
    for i in $(seq 50); do echo "banking,$((i <= 5))"; done
    for i in $(seq 450); do echo "other,$((i <= 5))"; done
} >leads.csv
leadcal rates --quiet --outcome won --won 1 --by industry --format csv leads.csv
