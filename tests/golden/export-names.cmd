# What PostgreSQL and SQLite cannot hold is refused, and the others write it.
long=a_column_whose_name_is_longer_than_the_63_bytes_that_postgresql_takes
printf '%s,Role,role,won\nWeb,a,b,1\nFair,b,a,0\nWeb,a,a,1\nFair,b,b,0\nWeb,b,a,0\n' $long >leads.csv
leadcal fit -q --outcome won --won 1 --window none --by $long --model long.json leads.csv >/dev/null
leadcal fit -q --outcome won --won 1 --window none --by Role,role --model case.json leads.csv >/dev/null
leadcal export --model long.json --to sql --dialect postgresql -o long.sql; echo $?
leadcal export --model case.json --to sql --dialect sqlite -o case.sql; echo $?
leadcal export --model long.json --to sql --dialect sqlite | grep -c $long
leadcal export --model case.json --to sql --dialect postgresql | grep -c 'lc_lead."Role"'
leadcal export --model long.json --to python --table leads -o x.py; echo $?
ls -I public -I datasets
