# Years of two digits: the century is said, the order is the column's vote by days above 12 or by the years that it spans; else an option.
printf 'created,closed,stage\n3/14/24,05.03.24,Won\n1/2/23,31.12.23,Lost\n12/30/23,14.07.24,Won\n' >us.csv
leadcal inspect --format csv us.csv 2>&1 | grep -e ',date' -e 'date' | cut -d, -f1-3
leadcal rates --outcome stage --won Won --lost Lost --entered created --closed closed --window none --by created us.csv 2>&1 >/dev/null | grep 'two digits'
printf 'created,stage\n24/03/01,Won\n23/11/30,Lost\n22/07/14,Won\n' >first.csv
leadcal inspect -q --format csv first.csv | cut -d, -f2-3
printf 'created,stage\n03/04/24,Won\n05/06/24,Lost\n' >unsure.csv
leadcal inspect --format csv unsure.csv 2>&1 >/dev/null | grep dates
leadcal rates -q --outcome stage --won Won --entered created --window none unsure.csv; echo $?
leadcal rates --outcome stage --won Won --entered created --window none --date-order ymd unsure.csv 2>&1 >/dev/null | grep 'two digits'
