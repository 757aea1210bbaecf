# A made-up org of Salesforce as six files, one object each: awk -v table=NAME -f scripts/made_up.awk -f scripts/salesforce.awk. 380 leads
# come in from 2025-01-12 on; nobody in it is real. `truth` counts what is in it, by the world and not by the files.

# ---- the world ----
function make_companies(c) {
    for (c = 1; c <= 84; c++) {
        company_industry[c] = word("Software|Machinery|Retail|Banking", 1 + draw(4))
        company_size[c] = 10 * (1 + draw(300))
        site[c] = c % 14 ? word("https://www.%/de|www.%|%|http://%:8080/shop?a=b|WWW.%", 1 + draw(5)) : ""
        sub(/%/, domain_of(c), site[c])
        if (site[c] ~ /^WWW/)
            site[c] = toupper(site[c])
    }
}
function domain_of(c) {return "firm" c ".example"}
# The last six companies are entered again, by somebody who did not look.
function is_twin(c) {return c > 84}
function make_lead(i,    good) {
    entered[i] = 20100 + int(1.4 * i)
    firm[i] = 1 + draw(84)
    source[i] = word("Web|Referral|Event", 1 + draw(3))
    mailbox[i] = !draw(5)
    email[i] = "lead" i "@" (mailbox[i] ? word("gmail.com|web.de|Outlook.com", 1 + draw(3)) : (draw(4) ? "" : "mail.") domain_of(firm[i]))
    rep[i] = 1 + draw(8)
    mql[i] = draw(10) < 8 ? entered[i] + draw(9) : ""
    # Some are sent back, and come again.
    again[i] = mql[i] != "" && !draw(8) ? mql[i] + 10 + draw(20) : ""
    good = (company_industry[firm[i]] == "Software") + (source[i] == "Referral")
    company[i] = word("Firm %|FIRM %|Firm % Ltd.|firm%", 1 + draw(4))
    sub(/%/, firm[i], company[i])
    makes_deal[i] = mql[i] != "" && draw(100) < 60 + 15 * good
    if (!makes_deal[i])
        return
    began[i] = mql[i] + draw(4)
    proposed[i] = began[i] + 1 + draw(4)
    closed[i] = proposed[i] + 2 + draw(8)
    reopened[i] = !draw(9)
    closed_last[i] = closed[i] + (reopened[i] ? 6 + draw(6) : 0)
    stage[i] = reopened[i] || draw(100) < 40 + 25 * good ? "Closed Won" : "Closed Lost"
    if (closed_last[i] > 20700)
        stage[i] = "Proposal"
    amount[i] = 1000 + 50 * draw(200)
}
function make_world(i) {
    seed = 20260731
    make_companies()
    for (i = 1; i <= 380; i++)
        make_lead(i)
}

# Leads come from a report, with 15 characters to an id; the rest from the data loader, with 18.
function lead_id(i) {return sf_id("00Q", i)}
function deal_id(i) {return sf_id("006", i)}
function account_id(c) {return sf_id("001", c)}
function user_id(u) {return sf_id("005", u)}
function loader(id) {return id == "" ? "" : sf_long(id)}
function time_of(i) {return sprintf("T%02d:%02d:00.000+0000", 8 + i % 9, (7 * i) % 60)}

# ---- the files ----
function leads(i) {
    header("Id|Email|Company|LeadSource|Status|OwnerId|IsConverted|ConvertedOpportunityId|ConvertedAccountId|CreatedDate")
    for (i = 1; i <= 380; i++) {
        begin_row()
        cell(lead_id(i))
        cell(email[i])
        cell(company[i])
        cell(source[i])
        cell(makes_deal[i] ? "Qualified" : mql[i] == "" ? "Open" : "Nurture")
        cell(user_id(rep[i]))
        cell(makes_deal[i] ? "true" : "false")
        cell(makes_deal[i] ? deal_id(i) : "")
        cell(makes_deal[i] ? account_id(firm[i]) : "")
        cell(at(entered[i], time_of(i)))
        end_row()
    }
}
function change(record, field, old, new, day, i) {
    begin_row()
    cell(sf_long(record))
    cell(field)
    cell(old)
    cell(new)
    cell(at(day, time_of(i)))
    end_row()
}
# Changes of a field, newest first, as the org returns them.
function lead_history(i) {
    header("LeadId|Field|OldValue|NewValue|CreatedDate")
    for (i = 380; i >= 1; i--) {
        if (again[i] != "") {
            change(lead_id(i), "Status", "Nurture", "MQL", again[i], i)
            change(lead_id(i), "Status", "MQL", "Nurture", mql[i] + 5, i)
        }
        if (mql[i] != "")
            change(lead_id(i), "Status", "Open", "MQL", mql[i], i)
        if (i % 10 == 0)
            change(lead_id(i), "Owner", "Queue", "Desk " rep[i], entered[i], i)
    }
}
function opportunities(i) {
    header("Id|AccountId|StageName|Amount|CloseDate|CreatedDate|IsWon")
    for (i = 1; i <= 380; i++)
        if (makes_deal[i])
            deal(deal_id(i), firm[i], stage[i], amount[i], closed_last[i], began[i], i)
    # Two that no lead became.
    deal(deal_id(901), 3, "Closed Won", 4000, 20400, 20380, 901)
    deal(deal_id(902), 4, "Closed Lost", 4000, 20410, 20381, 902)
}
function deal(id, c, name, worth, day, start, i) {
    begin_row()
    cell(sf_long(id))
    cell(sf_long(account_id(c)))
    cell(name)
    cell(worth)
    cell(iso(day))
    cell(at(start, time_of(i)))
    cell(name == "Closed Won" ? "true" : "false")
    end_row()
}
function stage_row(i, name, worth, day) {
    if (day > 20700)
        return
    begin_row()
    cell(sf_long(deal_id(i)))
    cell(name)
    cell(worth)
    cell(at(day, time_of(i)))
    end_row()
}
function opportunity_history(i) {
    header("OpportunityId|StageName|Amount|CreatedDate")
    for (i = 1; i <= 380; i++) {
        if (!makes_deal[i])
            continue
        stage_row(i, "Prospecting", amount[i], began[i])
        stage_row(i, "Proposal", amount[i], proposed[i])
        if (i % 3 == 0) # a row for the amount alone
            stage_row(i, "Proposal", amount[i] + 100, proposed[i] + 1)
        if (reopened[i]) {
            stage_row(i, "Closed Lost", amount[i], closed[i])
            stage_row(i, "Proposal", amount[i], closed[i] + 4)
        }
        stage_row(i, reopened[i] ? "Closed Won" : stage[i], amount[i], closed_last[i])
    }
    stage_row(901, "Closed Won", 4000, 20400)
}
function accounts(c,    of) {
    header("Id|Name|Industry|NumberOfEmployees|Website|BillingCountry")
    for (c = 1; c <= 90; c++) {
        of = is_twin(c) ? c - 84 : c
        begin_row()
        cell(sf_long(account_id(c)))
        cell("Firm " of (is_twin(c) ? " again" : ""))
        cell(is_twin(c) ? "Unknown" : company_industry[of])
        cell(company_size[of])
        cell(is_twin(c) ? domain_of(of) : site[of])
        cell(of % 2 ? "Austria" : "Norway")
        end_row()
    }
}
function users(u) {
    header("Id|Username|Alias|Name|Team|IsActive")
    for (u = 1; u <= 9; u++) {
        begin_row()
        cell(sf_long(user_id(u)))
        cell("desk" u "@seller.example")
        cell("d" u)
        cell("Desk " u)
        cell(u % 2 ? "North" : "South")
        cell(u < 9 ? "true" : "false")
        end_row()
    }
}
function truth(i,    n, c) {
    for (i = 1; i <= 380; i++) {
        n["handed over"] += mql[i] != ""
        n["handed over again"] += again[i] != ""
        n["opportunities"] += makes_deal[i]
        n["won"] += stage[i] == "Closed Won"
        n["lost"] += stage[i] == "Closed Lost"
        n["closed and open again"] += reopened[i] && closed[i] + 4 <= 20700
        n["private mailboxes"] += mailbox[i]
        n["leads with a company"] += !mailbox[i] && site[firm[i]] != ""
    }
    print "what,leads"
    c = split("handed over|handed over again|opportunities|won|lost|closed and open again|private mailboxes|leads with a company", name, "|")
    for (i = 1; i <= c; i++)
        print name[i] "," n[name[i]]
}

BEGIN {
    delimiter = ","
    line_end = "\n"
    make_world()
    if (table == "Lead") leads()
    else if (table == "LeadHistory") lead_history()
    else if (table == "Opportunity") opportunities()
    else if (table == "OpportunityHistory") opportunity_history()
    else if (table == "Account") accounts()
    else if (table == "User") users()
    else if (table == "truth") truth()
    else exit 1
}
