for o in '--cuts pinned' '--letter-cuts 3,2,1' '--cuts pinned --letter-cuts 3,4,1' '--cuts pinned --digit-cuts 3,2' \
    '--cuts pinned --digit-cuts 3,2,1,0' '--cuts cost' '--cuts cost --cost 5 --value 4' '--cost 4 --value 5' '--cuts best'; do
    leadcal fit -q --outcome stage --won 'Closed Won' --window none --by industry $o datasets/leads.csv; echo $?
done
leadcal fit -q --outcome stage --won 'Closed Won' --window none --by industry --cuts capacity --model m.json datasets/leads.csv >/dev/null; echo $?
leadcal fit -q --outcome stage --won 'Closed Won' --window none --by industry --cuts capacity --capacity 5 --model m.json datasets/leads.csv >/dev/null; echo $?
leadcal cuts -q datasets/leads.csv; echo $?
ls -I public -I datasets
