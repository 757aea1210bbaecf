# A column that is not there, the outcome, a leak, a key of 5,000 texts, lists; every segment thin; options that do not go together.
awk 'BEGIN { print "id,campaign,key,size,topics,won"; for (i = 1; i <= 10000; i++) print i ",c" i % 700 ",k" i % 5000 "," i % 3 ",a;b" i % 4 "," (i % 9 == 0 ? "yes" : "no") }' >leads.csv
set -- --outcome won --won yes --window none --by size
for c in campain won key id topics; do leadcal fit -q "$@" --set topics --local $c leads.csv; echo "$? $c"; done
leadcal fit -q "$@" --local campaign --deviations leads.csv | sed -n '1,3p'; leadcal fit "$@" --local campaign leads.csv 2>&1 >/dev/null | grep -e 'segments\? '| cut -c1-240
leadcal fit -q "$@" --local campaign leads.csv >local.csv; leadcal fit -q "$@" leads.csv | cmp - local.csv && echo 'the model of all leads'
leadcal fit -q "$@" --local campaign --penalty none leads.csv; echo $?
leadcal fit -q "$@" --local campaign --local-least 0 leads.csv; echo $?
leadcal fit -q "$@" --deviations leads.csv; echo $?
leadcal backtest -q "$@" --local campaign --maturity lag leads.csv; echo $?
leadcal fit -q "$@" --local campaign --prior last.json leads.csv; echo $?
leadcal simulate --events web --segments; echo $?
printf '{"leadcal_spec": 1, "outcome": {"column": "won", "won": "yes"}, "window_days": "none", "local": {"by": "size", "last": 3}}\n' >spec.json; leadcal fit -q --spec spec.json leads.csv; echo $?
