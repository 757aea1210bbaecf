# Values that may name a person are never printed.
{
    echo email,First Name,phone,source,is_won
    for i in $(seq 12); do echo "secret$i@firm.example,Secret$i,555-0$i,Web$((i % 2)),$((i % 3 == 0))"; done
} >leads.csv
leadcal inspect --format csv leads.csv >out 2>err; echo $?
cat out
cat out err | grep -ci secret
