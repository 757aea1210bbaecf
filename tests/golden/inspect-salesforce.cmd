# Leads name the opportunity that they became; both files have an Id, an owner and an account.
awk 'BEGIN {
    print "Id,Name,Status,LeadSource,OwnerId,IsConverted,ConvertedAccountId,ConvertedOpportunityId,CreatedDate"
    for (i = 1; i <= 90; i++) {
        c = i % 3 == 0
        printf "00Q%03d,P%d,%s,%s,005A%d,%s,%s,%s,2025-%02d-%02dT08:00:00.000Z\n", i, i, c ? "Closed - Converted" : i % 2 ? "Closed - Not Converted" : "Open - Not Contacted", \
            i % 5 ? "Web" : "Referral", i % 4, c ? "1" : "", c ? "001" i % 20 : "", c ? sprintf("006%03d", i < 60 ? i : 60) : "", i % 6 + 1, i % 28 + 1
    }
}' >Lead.csv
awk 'BEGIN {
    print "Id,AccountId,StageName,Amount,CloseDate,OwnerId,CreatedDate"
    for (i = 3; i <= 99; i += 3)
        printf "006%03d,001%d,%s,%d,2025-%02d-25,005A%d,2025-%02d-%02dT10:00:00.000Z\n", i, i % 20, i % 2 ? "Closed Won" : i % 4 ? "Prospecting" : "Closed Lost", 100 * i, i % 6 + 2, i % 4, i % 6 + 1, i % 28 + 1
}' >Opportunity.csv
leadcal inspect -o spec.json Lead.csv Opportunity.csv >columns.csv
cat spec.json
leadcal rates --spec spec.json --by LeadSource --format csv Lead.csv Opportunity.csv | cut -d, -f1-4
