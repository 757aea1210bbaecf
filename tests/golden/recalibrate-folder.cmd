printf 'source,won\nWeb,1\nFair,0\nWeb,0\nFair,1\n' >leads.csv
run() { leadcal recalibrate -q --outcome won --won 1 --by source leads.csv "$@"; echo $?; }
run
mkdir quarter
run -o quarter
run -o quarter --force
run -o quarter
run -o quarter/ --force
echo mine >quarter/notes.txt
run -o quarter --force
cat quarter/notes.txt
run -o leads.csv --force
ls -I public -I datasets
