# Deals that name their leads by e-mail, in any case, and by firm alone: rules for several rows, and who is left over.
awk 'BEGIN {
    print "Lead ID,E-mail,Company / Account,Lead Source,Created Date"
    for (i = 1; i <= 60; i++)
        printf "L%d,Lead%d@Example.com,Muster %d,%s,2025-%02d-%02d\n", i, i, int((i + 1) / 2), i % 3 ? "Web" : "Fair", i % 6 + 1, i % 28 + 1
}' >leads.csv
awk 'BEGIN {
    print "Deal,Email,Stage,Created Date"
    for (i = 2; i <= 66; i += 2)
        printf "D%d,lead%d@example.com,%s,2025-%02d-28\n", i, i, i % 4 ? "Closed Won" : "Closed Lost", i % 6 + 1
}' >by_email.csv
leadcal inspect --files --format csv -o email.json leads.csv by_email.csv | cut -d, -f1-4,13,14
grep '"key"' email.json
leadcal rates -q --spec email.json --by 'Lead Source' --window none --format csv leads.csv by_email.csv | cut -d, -f1-4
sed '1s/Email/Account Name/; s/lead\([0-9]*\)@example.com/Muster \1/' by_email.csv >by_firm.csv
leadcal inspect -q -o firm.json leads.csv by_firm.csv >columns.csv
grep '"key"' firm.json
