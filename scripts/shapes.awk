# Small exports in the shapes that CRM systems give them: awk -v shape=NAME -f scripts/made_up.awk -f
# scripts/shapes.awk. One made-up world
# for all: 160 leads from 2025-01-06 on, one every two days; nobody in it is real.

# ---- the world ----
function make_world(    i, good) {
    seed = 20251106
    split("Web,Referral,Trade Show,Partner", source_text, ",")
    split("Machinery,Software,Retail,Logistics,Banking", industry_text, ",")
    for (i = 1; i <= 160; i++) {
        entered[i] = 20094 + 2 * i
        source[i] = source_text[1 + draw(4)]
        industry[i] = industry_text[1 + draw(5)]
        owner[i] = "Desk " (1 + draw(3))
        employees[i] = 5 * (1 + draw(400))
        handed[i] = draw(4) ? entered[i] + draw(6) : ""
        good = (source[i] == "Referral") + (industry[i] == "Software")
        has_deal[i] = handed[i] != "" && draw(100) < 50 + 15 * good
        touched[i] = handed[i] != "" && draw(5) ? handed[i] + draw(4) : ""
        accepted[i] = has_deal[i] ? handed[i] + draw(3) : ""
        score[i] = 20 + draw(50) + 10 * good
        began[i] = has_deal[i] ? handed[i] + draw(8) : ""
        closed[i] = has_deal[i] ? began[i] + 5 + draw(40) : ""
        amount[i] = has_deal[i] ? 500 + 25 * draw(300) : ""
        stage[i] = !has_deal[i] ? "" : closed[i] > 20094 + 320 ? "open" : draw(100) < 30 + 20 * good ? "won" : "lost"
    }
}
function status_of(i) { # what sales has said
    return has_deal[i] ? 1 : handed[i] == "" ? 0 : draw(2) ? 2 : 3
}
function stage_text(i, won, lost, open) {
    return stage[i] == "won" ? won : stage[i] == "lost" ? lost : open
}

function row6(a, b, c, e, f, g) {
    cell(a)
    cell(b)
    cell(c)
    cell(e)
    cell(f)
    cell(g)
}

function guid(kind, i) {return sprintf("%08x-0000-4000-8000-%012x", kind, 7919 * i)}

# ---- the shapes ----
function hubspot_contacts_de(i) {
    header("Datensatz-ID|Vorname|Nachname|E-Mail|Unternehmensname|Branche|Lead-Status|Lifecycle-Phase|Erstellungsdatum|Ursprüngliche Quelle|Kontaktinhaber|Wurde Marketing-qualifizierter Lead am|Datum der ersten Kontaktaufnahme|HubSpot-Score")
    for (i = 1; i <= 160; i++) {
        begin_row()
        row6(7000000 + 13 * i, "Lead", i, "lead" i "@example.com", "Muster " i " GmbH", industry[i])
        cell(word("Neu|Verbunden|Nicht qualifiziert|Zurückgestellt", 1 + status_of(i)))
        cell(stage[i] == "won" ? "Kunde" : has_deal[i] ? "Opportunity" : "Lead")
        cell(at(entered[i], " 08:15"))
        cell(source[i])
        cell(owner[i])
        cell(at(handed[i], " 09:30"))
        cell(at(touched[i], " 11:00"))
        cell(score[i])
        end_row()
    }
}
function hubspot_deals_de(i) {
    header("Datensatz-ID|Dealname|Pipeline|Dealphase|Betrag|Abschlussdatum|Erstellungsdatum|Deal-Inhaber|Zugehörige Kontakt-IDs")
    for (i = 1; i <= 160; i++)
        if (has_deal[i]) {
            begin_row()
            row6(9000000 + i, "Muster " i " - Vertrag", "Vertrieb", stage_text(i, "Geschlossen gewonnen", "Geschlossen verloren", "Angebot versendet"), amount[i], at(closed[i], " 16:00"))
            cell(at(began[i], " 10:00"))
            cell(owner[i])
            cell(7000000 + 13 * i)
            end_row()
        }
}
# By API names. renamed: 'closedwon' is where proposals wait, and a numeric id is won.
function hubspot_deals_api(renamed, i) {
    header("hs_object_id|dealname|pipeline|dealstage|amount|closedate|createdate|hubspot_owner_id|hs_analytics_source|hs_v2_date_entered_closedwon|hs_v2_date_entered_closedlost")
    for (i = 1; i <= 160; i++)
        if (has_deal[i]) {
            begin_row()
            row6(9000000 + i, "Muster " i, "default", stage_text(i, renamed ? "51389338" : "closedwon", "closedlost", renamed ? "closedwon" : "contractsent"), stage[i] == "open" ? "" : amount[i], at(closed[i] + (stage[i] == "open" ? 60 : 0), "T16:00:00.000Z"))
            cell(at(began[i], "T10:00:00.000Z"))
            cell("70" substr(owner[i], 6))
            cell(source[i])
            cell(stage[i] == (renamed ? "open" : "won") ? at(closed[i], "T16:00:00.000Z") : "")
            cell(stage[i] == "lost" || i % 20 == 0 ? at(closed[i] - 3 * (stage[i] != "lost"), "T16:00:00.000Z") : "")
            end_row()
        }
}
# A report, exported as "details only": 15 characters, days as in the United States.
function salesforce_report(i) {
    header("Lead ID|Lead Owner|First Name|Last Name|Company / Account|Street|Industry|Lead Source|Lead Status|Created Date|Converted Date|Opportunity ID")
    for (i = 1; i <= 160; i++) {
        begin_row()
        row6(sf_id("00Q", i), owner[i], "Lead", i, "Muster " i " Inc", i % 40 ? "1 Main St" : "1 Main St\nSuite 2")
        cell(industry[i])
        cell(source[i])
        cell(word("Open - Not Contacted|Closed - Converted|Closed - Not Converted|Working - Contacted", 1 + status_of(i)))
        cell(mdy(entered[i]))
        cell(mdy(began[i]))
        cell(has_deal[i] ? sf_id("006", i) : "")
        end_row()
    }
}
# The data loader: 18 characters, quotes only where they must be.
function salesforce_opportunities(i) {
    header("Id|IsDeleted|AccountId|Name|StageName|Amount|CloseDate|IsClosed|IsWon|OwnerId|CreatedDate")
    for (i = 1; i <= 160; i++)
        if (has_deal[i]) {
            begin_row()
            row6(sf_long(sf_id("006", i)), "false", sf_long(sf_id("001", i)), "Muster " i ", Phase 1", stage_text(i, "Closed Won", "Closed Lost", "Prospecting"), amount[i])
            cell(iso(closed[i]))
            cell(stage[i] == "open" ? "false" : "true")
            cell(stage[i] == "won" ? "true" : "false")
            cell(sf_long(sf_id("005", substr(owner[i], 6))))
            cell(at(began[i], "T10:00:00.000Z"))
            end_row()
        }
}
function dynamics_leads(i) {
    printf "\357\273\277"
    header("(Do Not Modify) Lead|(Do Not Modify) Row Checksum|(Do Not Modify) Modified On|Topic|First Name|Last Name|Company Name|Industry|Lead Source|Status|Status Reason|Owner|Created On|Actual Close Date|Actual Revenue")
    for (i = 1; i <= 160; i++) {
        begin_row()
        row6(guid(1, i), "k" guid(9, i) "==", mdy(entered[i] + 30) " 9:00 AM", "Enquiry " i, "Lead", i)
        cell("Muster " i " Ltd")
        cell(industry[i])
        cell(source[i])
        cell(!has_deal[i] ? word("Open|Disqualified", 1 + (handed[i] != "")) : stage_text(i, "Won", "Lost", "Open"))
        cell(word("New|Qualified|Disqualified|Nurture", 1 + status_of(i)))
        cell(owner[i])
        cell(mdy(entered[i]) " 8:15 AM")
        cell(stage[i] == "won" || stage[i] == "lost" ? mdy(closed[i]) : "")
        cell(stage[i] == "won" ? amount[i] : "")
        end_row()
    }
}
function marketo_leads(i) {
    header("id|firstName|lastName|email|company|industry|createdAt|updatedAt|leadSource|leadStatus|leadScore|BehaviorScore|mqlDate|closedWonDate|isCustomer")
    for (i = 1; i <= 160; i++) {
        begin_row()
        row6(300000 + i, "Lead", i, "lead" i "@example.org", "Muster " i, industry[i])
        cell(at(entered[i], "T08:15:00Z"))
        cell(at(entered[i] + 20, "T08:15:00Z"))
        cell(source[i])
        cell(word("New|Qualified|Disqualified|Recycled", 1 + status_of(i)))
        cell(score[i])
        cell(score[i] - 10 - draw(10))
        cell(handed[i] == "" ? "null" : at(handed[i], "T09:30:00Z"))
        cell(stage[i] == "won" ? at(closed[i], "T16:00:00Z") : "null")
        cell(stage[i] == "won" ? "true" : "false")
        end_row()
    }
}
function eloqua_contacts(i) {
    header("Eloqua Contact ID|Email Address|Email Address Domain|First Name|Last Name|Company|Industry|Employees|Lead Source - Original|Integrated Marketing and Sales Funnel Stage|Date Created|Date Modified|Date - MQL|Date - Closed Won|Rating|ProfileScore|EngagementScore")
    for (i = 1; i <= 160; i++) {
        begin_row()
        row6("CELQU" sprintf("%012d", i), "lead" i "@muster" i ".example", "muster" i ".example", "Lead", i, "Muster " i)
        cell(industry[i])
        cell(employees[i])
        cell(source[i])
        cell(stage[i] == "won" ? "Closed Won" : stage[i] == "lost" ? "Closed Lost" : has_deal[i] ? "Opportunity" : "Inquiry")
        cell(at(entered[i], "T18:44:58.9930000Z"))
        cell(at(entered[i] + 20, "T18:44:58.9930000Z"))
        cell(at(handed[i], "T09:30:00.0000000Z"))
        cell(stage[i] == "won" ? at(closed[i], "T16:00:00.1250000Z") : "")
        cell(substr("DCBA", 1 + int((score[i] - 20) / 18), 1) (1 + draw(4)))
        cell(score[i])
        cell(draw(100))
        end_row()
    }
}
function zoho_leads(i) {
    header("Record Id|Lead Owner|Salutation|First Name|Last Name|Company|Industry|Lead Source|Lead Status|Rating|No. of Employees|Email|Email Opt-out|Created Time|Is Converted|Converted Deal.id")
    for (i = 1; i <= 160; i++) {
        begin_row()
        row6("zcrm_35500000" sprintf("%05d", i), owner[i], i % 2 ? "Ms." : "Mr.", "Lead", i, "Muster " i)
        cell(industry[i])
        cell(source[i])
        cell(word("Attempted to Contact|Contacted|Junk Lead|Contact in Future", 1 + status_of(i)))
        cell(word("Active|Market Failed|Shut Down", 1 + draw(3)))
        cell(employees[i])
        cell("lead" i "@example.com")
        cell(i % 9 ? "false" : "true")
        cell(at(entered[i], "T11:04:20+05:30"))
        cell(has_deal[i] ? "true" : "false")
        cell(has_deal[i] ? "zcrm_45500000" sprintf("%05d", i) : "")
        end_row()
    }
}
function zoho_deals(i) {
    header("Record Id|Deal Owner|Deal Name|Account Name.id|Stage|Amount|Closing Date|Created Time|Reason For Loss")
    for (i = 1; i <= 160; i++)
        if (has_deal[i]) {
            begin_row()
            row6("zcrm_45500000" sprintf("%05d", i), owner[i], "Muster " i, "zcrm_55500000" sprintf("%05d", i), stage_text(i, "Closed Won", "Closed Lost", "Negotiation/Review"), amount[i])
            cell(iso(closed[i]))
            cell(at(began[i], "T11:04:20+05:30"))
            cell(stage[i] == "lost" ? "Price" : "")
            end_row()
        }
}
# A sheet kept by hand, saved where the comma is decimal.
function excel_sheet(i) {
    header("Nr.|Name|Firma|Branche|Quelle|Eingang|Übergabe|Erstkontakt|Bearbeiter|Status|Abschlussdatum|Betrag")
    for (i = 1; i <= 160; i++) {
        begin_row()
        row6(i, "Lead " i, "Müster " i " GmbH", industry[i], source[i], dmy(entered[i]))
        cell(dmy(handed[i]))
        cell(dmy(touched[i]))
        cell(owner[i])
        cell(!has_deal[i] ? "Neu" : stage_text(i, "Gewonnen", "Verloren", "In Bearbeitung"))
        cell(stage[i] == "won" || stage[i] == "lost" ? dmy(closed[i]) : "")
        cell(stage[i] == "won" ? amount[i] ",50" : "")
        end_row()
    }
}

BEGIN {
    quoted = shape ~ /^hubspot|^salesforce-report|^eloqua/
    delimiter = shape == "excel-sheet" ? ";" : "," # the reader also meets tabs and bars in its own tests
    line_end = shape ~ /^salesforce|^marketo|^zoho/ ? "\n" : "\r\n"
    make_world()
    if (shape == "hubspot-contacts-de") hubspot_contacts_de()
    else if (shape == "hubspot-deals-de") hubspot_deals_de()
    else if (shape == "hubspot-deals-api") hubspot_deals_api(0)
    else if (shape == "hubspot-deals-renamed") hubspot_deals_api(1)
    else if (shape == "salesforce-report") salesforce_report()
    else if (shape == "salesforce-opportunities") salesforce_opportunities()
    else if (shape == "dynamics-leads") dynamics_leads()
    else if (shape == "marketo-leads") marketo_leads()
    else if (shape == "eloqua-contacts") eloqua_contacts()
    else if (shape == "zoho-leads") zoho_leads()
    else if (shape == "zoho-deals") zoho_deals()
    else if (shape == "excel-sheet") excel_sheet()
    else exit 1
}
