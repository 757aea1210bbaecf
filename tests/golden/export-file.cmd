# A file appears whole, replaces nothing unasked, and a full disk is no success.
leadcal fit -q --outcome stage --won 'Closed Won' --window none --by source --model model.json datasets/leads.csv >/dev/null
leadcal export --model absent.json --to python -o scores.py; echo $?
leadcal export --model model.json --to python -o scores.py; echo $?
leadcal export --model model.json --to js -o scores.py; echo $?
leadcal export --model model.json --to js -o scores.py --force; echo $?
leadcal export --model model.json --to js | cmp - scores.py; echo $?
leadcal export --model model.json --to c -o /nowhere/scores.c; echo $?
leadcal export --model model.json --to c >/dev/full; echo $?
ls -I public -I datasets
