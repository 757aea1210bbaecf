# A "same" that cannot be meant is refused with its place and what to do.
printf 'product,n,won\nA,1,Yes\nB,2,No\n' >leads.csv
try() {
    echo "{\"leadcal_spec\": 1, \"outcome\": {\"column\": \"won\", \"won\": \"Yes\"}, \"attributes\": [{\"column\": \"$1\", $2}]}" >spec.json
    leadcal inspect -q --spec spec.json leads.csv >/dev/null; echo $?
}
try product '"same": ["A", "B"]'
try product '"same": {"A": []}'
try product '"same": {"A": ["B"], "B": ["C"]}'
try product '"same": {"A": [""]}'
try product '"same": {"-": ["A"]}'
try n '"same": {"1": ["2"]}'
try n '"cuts": [1], "same": {"1": ["2"]}'
try product '"kind": "set", "same": {"A": ["B"]}'
try product '"sme": {"A": ["B"]}'
try product '"same": {"A": "B"}'
printf 'what,name,value,use\ncolumn,product,,attribute\nvalue,product,B,same as A\nvalue,product,A,same as C\n' >spec.csv
leadcal inspect -q --spec spec.csv leads.csv >/dev/null; echo $?
