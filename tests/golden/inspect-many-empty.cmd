# Dozens of empty columns, as a CRM exports them, are one sentence.
{
    printf 'source,is_won'; for i in $(seq 43); do printf ',Custom %d' "$i"; done; echo
    for row in $(seq 8); do
        printf 'Web%d,%d' $((row % 3)) $((row % 4 == 0)); for i in $(seq 43); do printf ','; done; echo
    done
} >leads.csv
leadcal inspect --format csv leads.csv | wc -l
