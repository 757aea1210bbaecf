# Too little for a backtest: the rest is delivered, and the report says so.
{
    echo created,closed,stage,source
    for i in $(seq 100); do
        day=$(printf '2026-01-%02d' $((i % 28 + 1)))
        if [ $((i % 5)) = 0 ]; then echo "$day,$day,Won,Web"; else echo "$day,,Open,$([ $((i % 3)) = 0 ] && echo Web || echo Fair)"; fi
    done
    echo 2026-06-30,,Open,Fair
} >leads.csv
leadcal recalibrate --outcome stage --won Won --entered created --closed closed --window 30 --by source leads.csv -o quarter 2>err; echo $?
grep -i 'no backtest' err
ls quarter | grep -v svg
