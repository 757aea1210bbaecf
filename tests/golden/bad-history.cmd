# A month of leads cannot be split into past and future: said, with what is missing.
{
    echo created,closed,stage,source
    for i in $(seq 100); do
        day=$(printf '2026-01-%02d' $((i % 28 + 1)))
        if [ $((i % 5)) = 0 ]; then echo "$day,$day,Won,Web"; else echo "$day,,Open,Fair"; fi
    done
    echo 2026-06-30,,Open,Fair
} >leads.csv
leadcal backtest --outcome stage --won Won --entered created --closed closed --window 30 --by source leads.csv
