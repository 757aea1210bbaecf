# Answers that cannot be used are asked again, three times; without an answer there is no folder.
{ echo id,day,second_day,stage,visits; for i in $(seq 60); do
    echo "k$i,2024-01-$((i % 28 + 1)),2024-02-$((i % 28 + 1)),$(set -- Won Open Lost; shift $((i % 3)); echo "$1"),$((i * 5 % 7))"; done; } >leads.csv
run() { leadcal recalibrate -q leads.csv -o quarter "$@"; echo $?; }
run </dev/null
printf 'Wonn\nstag=Won\nWon,Opn\n' | run
printf 'Won\nsecnd_day\nvisits\nsecond_day\nvisit\n-id\nvisits,+id\n' | run
printf 'stage=Won, Lost\nday' | run
# What the options say is not asked.
printf '\n' | run --entered day --engagement visits; grep -v '^//' quarter/spec.json
ls quarter | grep spec
leadcal recalibrate --yes leads.csv -o quarter --force 2>&1 >/dev/null | head -n 6
leadcal recalibrate -q - -o stdin <leads.csv; echo $?
leadcal recalibrate -q --yes nowhere.csv -o nothing; echo $?
# Nothing looks like an outcome.
printf 'colour,size\nred,1\nblue,2\nred,1\nblue,1\n' >plain.csv
leadcal recalibrate --yes plain.csv -o plain; echo $?
printf '\n\ncolour\n' | leadcal recalibrate plain.csv -o plain; echo $?
printf 'colour=red\n\n' | leadcal recalibrate -q plain.csv -o plain; echo $?; grep outcome plain/spec.json
# Ctrl-C at a question, and a reader of the notes that goes away, leave nothing behind.
sleep 1.2 | timeout --preserve-status -s INT 0.6 leadcal recalibrate -q leads.csv -o interrupted; echo $?
{ sleep 0.4; leadcal recalibrate --yes leads.csv -o unread 2>&1 >/dev/null; } | true
ls -I public -I datasets
