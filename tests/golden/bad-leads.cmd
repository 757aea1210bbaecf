# Leads that cannot answer: each program says so in a sentence, or answers; none breaks, none writes a NaN.
# alike: every lead has the same values. undated: no cell holds a day.
spec='--spec datasets/leads.spec.json'
leads=datasets/leads-few.csv
leadcal fit -q $spec --model m.json datasets/leads.csv >/dev/null
: >empty.csv
sed 1q $leads >header.csv
sed -n '1p;3p' $leads >one.csv
grep -v 'Closed Won' $leads >no-win.csv
{ sed 1q $leads; grep 'Closed Won' $leads; } >all-won.csv
{ sed 1q $leads; grep ',Open,' $leads; } >all-open.csv
{ cat no-win.csv; grep 'Closed Won' $leads | sed 2q; } >two-wins.csv
sed '1!s/20[0-9][0-9]-[0-9][0-9]-[0-9][0-9][T0-9: ]*//g' $leads >undated.csv
{
    sed 1q $leads
    for i in $(seq 200); do
        stage='Closed Lost'
        [ $((i % 9)) = 0 ] && stage='Closed Won'
        echo "L$i,2023-0$((i % 9 + 1))-01,1-10,Health,Norge,Director,Sales,Email,x,1,4,No,No,No,No,9,No,,$stage,2023-0$((i % 9 + 1))-20,,A"
    done
} >alike.csv
for program in 'fit --penalty learned' backtest 'backtest --young' 'backtest --order none' card 'drift --model m.json' \
    'fairness --model m.json --audit owner' 'value --amount amount --model m.json' 'audit --last datasets/leads.csv' maturity; do
    for file in empty header one no-win all-won all-open two-wins undated alike; do
        leadcal $program $spec --format csv $file.csv >out 2>err
        status=$?
        LC_ALL=C grep -iE '(^|,)[-+]?(nan|inf)(,|$)' out
        echo "$program, $file: $status$(sed -n '/^note: /!s/^/ /p' err)"
    done
done
for file in empty header one no-win all-won all-open two-wins undated alike; do
    leadcal recalibrate -q $spec $file.csv -o $file 2>err
    status=$?
    LC_ALL=C grep -riE '(^|,|": *|\| *)[-+]?(nan|inf)(,| *\||}|$)' --include='*.csv' --include='*.json' --include='*.md' $file 2>/dev/null
    echo "recalibrate, $file: $status$(sed -n 's/^> \*\*1\.\*\*//p' $file/report.md 2>/dev/null)$(sed 's/^/ /' err)"
done
# Files that are no model, in the place of the candidate and of the one in use.
sed 3q m.json >cut.json
echo '{}' >other.json
for file in empty.csv cut.json other.json m.json nowhere.json datasets/points.csv; do
    leadcal promote $file --over m.json --by me >out 2>err
    echo "promote, $file: $? $(cat err)"
    leadcal promote m.json --over $file --by me >out 2>err
    echo "promote, over $file: $? $(cat err)"
done
ls current.json changelog.csv 2>/dev/null || echo 'nothing was put in use'
