# Spellings of one value, odd values and empty cells by outcome: seen, proposed, and read as one.
awk -F, -v OFS=, 'NR == 1 {print; next}
    NR % 3 == 0 {sub(/,Healthcare,/, ",Health care,")}
    NR % 7 == 1 {sub(/,Manufacturing,/, ",MANUFACTURING,")}
    NR % 11 == 5 {sub(/,Manufacturing,/, ",Manufacturng,")}
    /,Closed Lost,/ && NR % 4 == 0 {sub(/,Manager,/, ",,")}
    {print}' datasets/leads.csv >dirty.csv
leadcal inspect --format table --width 80 dirty.csv; echo $?
leadcal inspect --format table --width 120 dirty.csv 2>/dev/null | sed -n '/^DIRTY/,/^CARRIES/p'
echo '-- as the spec'
leadcal inspect -q -o spec.json dirty.csv >/dev/null; echo $?
grep -E 'same' spec.json
echo '-- with the spec'
leadcal inspect -q --spec spec.json --format table dirty.csv | sed -n '/^DIRTY/,/^CARRIES/p'
leadcal inspect --spec spec.json dirty.csv 2>&1 >/dev/null | grep standardised
for width in 40 80 120 200; do
    leadcal inspect -q --format table --width $width dirty.csv >screen
    awk -v width=$width 'length($0) > width {print width ": too wide: " $0} END {if (NR > 40) print width ": too long: " NR}' screen
done
