# Half-lives that the leads tell: by all of them in fit, by each fold's training leads in a backtest.
LC_ALL=C
export LC_ALL
sed 's/"content": "about"/"content": "about", "decay": "half-life learned"/' datasets/events.spec.json >learned.json
web="datasets/events/leads.csv datasets/events/events.csv"
leadcal fit --spec learned.json --model tuned.json $web 2>err | cut -d, -f1 | grep -c web; grep half-li err
grep -o '"computed": .*' tuned.json | sort | uniq -c | sed 's/^ *//'
# Two made-up years side by side: twice the wins, so that the later folds can tell.
for s in 1 2; do
    leadcal simulate --events w$s --seed $s
    for file in leads events; do { [ $s = 2 ] || sed -n 1p w$s/$file.csv; sed "1d;s/^L/S$s/" w$s/$file.csv; } >>$file-all.csv; done
done
sed 's/"content": "about"/"content": "about", "classes": [{"name": "pricing", "decay": "half-life learned cap 3"}]/' datasets/events.spec.json >pricing.json
leadcal backtest --rolling quarter --spec pricing.json --metrics leads-all.csv events-all.csv 2>err >first.csv; grep 'half-li' err; grep '^logistic,all,auc,' first.csv
# Whatever became of the leads of 2025-Q4 in the end, and whatever they did: what earlier folds have learnt and said is the same.
awk -F, -v OFS=, '$3 >= "2025-10-01" { $5 = $5 == "Closed Won" ? "Closed Lost" : $5 } { print }' leads-all.csv >leads.csv
{ cat events-all.csv; awk -F, '$3 >= "2025-10-01" { print $1 ",2025-09-01 08:00,page_view,/pricing" }' leads-all.csv; } >events.csv
leadcal backtest --rolling quarter --spec pricing.json --metrics leads.csv events.csv 2>other >other.csv
for fold in 2025-Q1 2025-Q2 2025-Q3; do
    for file in first other; do grep "^[a-z]*,$fold," $file.csv | grep -v current >$file.$fold; done
    wc -l <first.$fold
    cmp first.$fold other.$fold && grep "half-lives, fold $fold" err >a; grep "half-lives, fold $fold" other | cmp a - && echo "$fold the same"
done
cmp -s first.csv other.csv || echo 'the last is another'
# One, two and seven threads say the same.
for threads in 1 7; do leadcal backtest -q --threads $threads --rolling quarter --spec pricing.json --metrics leads-all.csv events-all.csv | cmp first.csv - && echo "$threads threads"; done
# The file to score: by the half-lives of the model, and with its columns though nobody looked at careers now.
grep -v careers datasets/events/events.csv >later.csv
leadcal events -q --spec learned.json --model tuned.json --flat flat.csv datasets/events/leads.csv later.csv --format csv | cut -d, -f2,4,5 | sed -n '2,4p'
leadcal score -q --model tuned.json flat.csv | wc -l
leadcal events -q --spec learned.json --flat other.csv --force datasets/events/leads.csv later.csv >other.out
leadcal score -q --model tuned.json other.csv; echo $?
# Last quarter's points stand for worths by its own half-lives.
leadcal fit -q --spec learned.json --prior tuned.json $web; echo $?
leadcal events -q --spec learned.json --model none.json $web; echo $?
sed 's/"web.pricing"/"site.pricing"/' tuned.json >site.json
leadcal events -q --spec learned.json --model site.json $web; echo $?
