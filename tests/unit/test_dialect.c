/* Tests of dialect: headers as the systems write them, by labels, API names and translations. Names are those
 * of the vendors' documentation and of public exporters, not of our tables. */
#include "leadcal/dialect.h"

#include <string.h>

#include "test.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* The header's system and object, and where it has the five dates; NULL: nowhere. */
struct shape {
    const char *system, *object;
    const char *entered, *handed_over, *closed, *outcome;
    const char *name[24];
};

static const struct shape shape[] = {
    {"HubSpot",
     "contacts",
     "Create Date",
     "Became a Marketing Qualified Lead Date",
     "Close Date",
     "Lifecycle Stage",
     {"Record ID", "First Name", "Last Name", "Email", "Lifecycle Stage", "Lead Status",
      "Create Date", "Close Date", "Original Traffic Source",
      "Became a Marketing Qualified Lead Date"}},
    {"HubSpot",
     "contacts",
     "createdate",
     "hs_lifecyclestage_marketingqualifiedlead_date",
     "closedate",
     "lifecyclestage",
     {"hs_object_id", "email", "createdate", "closedate", "lifecyclestage", "hs_lead_status",
      "hs_lifecyclestage_marketingqualifiedlead_date"}},
    {"HubSpot",
     "deals",
     "Create Date",
     NULL,
     "Close Date",
     "Deal Stage",
     {"Record ID", "Deal Name", "Pipeline", "Deal Stage", "Amount", "Close Date", "Create Date",
      "Deal owner", "Associated Contact IDs"}},
    {"HubSpot",
     "contacts",
     "Erstellungsdatum",
     NULL,
     "Abschlussdatum",
     "Lifecycle-Phase",
     {"Datensatz-ID", "Vorname", "Nachname", "E-Mail", "Lifecycle-Phase", "Lead-Status",
      "Erstellungsdatum", "Abschlussdatum", "Ursprüngliche Quelle"}},
    {"HubSpot",
     "deals",
     "Fecha de creación",
     NULL,
     "Fecha de cierre",
     "Etapa del negocio",
     {"ID de registro", "Nombre del negocio", "Etapa del negocio", "Fecha de cierre",
      "Fecha de creación", "Importe"}},
    {"Salesforce",
     "leads",
     "CreatedDate",
     NULL,
     "ConvertedDate",
     "IsConverted",
     {"Id", "IsDeleted", "MasterRecordId", "Company", "Email", "LeadSource", "Status",
      "OwnerId", "IsConverted", "ConvertedDate", "ConvertedOpportunityId", "CreatedDate"}},
    {"Salesforce",
     "leads",
     "Created Date",
     NULL,
     "Converted Date",
     NULL,
     {"Lead Owner", "First Name", "Last Name", "Title", "Company / Account", "Lead Source",
      "Lead Status", "Created Date", "Converted Date"}},
    {"Salesforce",
     "opportunities",
     "CreatedDate",
     NULL,
     "CloseDate",
     "StageName",
     {"Id", "IsDeleted", "AccountId", "Name", "StageName", "Amount", "CloseDate", "IsClosed",
      "IsWon", "CreatedDate"}},
    {"Salesforce",
     "opportunities",
     "Date de création",
     NULL,
     "Date de clôture",
     "Étape",
     {"Propriétaire de l'opportunité", "Nom du compte", "Nom de l'opportunité", "Étape",
      "Montant", "Date de clôture", "Date de création"}},
    {"Dynamics",
     "leads",
     "Created On",
     NULL,
     NULL,
     NULL,
     {"(Do Not Modify) Lead", "(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On",
      "Topic", "First Name", "Company Name", "Lead Source", "Rating", "Status Reason", "Owner",
      "Created On"}},
    {"Dynamics",
     "leads",
     "Erstellt am",
     NULL,
     NULL,
     NULL,
     {"(Nicht ändern) Lead", "(Nicht ändern) Zeilenprüfsumme", "(Nicht ändern) Geändert am",
      "Thema", "Statusgrund", "Erstellt am"}},
    {"Dynamics",
     "opportunities",
     "Created On",
     NULL,
     "Actual Close Date",
     "Status",
     {"(Do Not Modify) Opportunity", "(Do Not Modify) Row Checksum",
      "(Do Not Modify) Modified On", "Status", "Actual Close Date", "Actual Revenue",
      "Created On", "Originating Lead"}},
    {"Marketo",
     "leads",
     "createdAt",
     NULL,
     NULL,
     NULL,
     {"id", "firstName", "lastName", "email", "createdAt", "updatedAt", "leadScore",
      "leadStatus", "leadSource"}},
    {"Eloqua",
     "contacts",
     "Date Created",
     NULL,
     NULL,
     "Integrated Marketing and Sales Funnel Stage",
     {"Eloqua Contact ID", "Email Address", "Email Address Domain", "Company", "Job Role",
      "Date Created", "Rating", "Integrated Marketing and Sales Funnel Stage"}},
    {"Zoho",
     "leads",
     "Created Time",
     NULL,
     NULL,
     NULL,
     {"Record Id", "Lead Owner", "First Name", "Company", "Lead Source", "No. of Employees",
      "Email Opt-out", "Lead Status", "Created Time"}},
    {"Zoho",
     "deals",
     "Created Time",
     NULL,
     "Closing Date",
     "Stage",
     {"Record Id", "Deal Name", "Deal Owner", "Stage", "Amount", "Closing Date",
      "Created Time"}},
    /* What leads did; the fields as each vendor's reference of its bulk export has them. */
    {"Marketo",
     "activities",
     NULL,
     NULL,
     NULL,
     NULL,
     {"marketoGUID", "leadId", "activityDate", "activityTypeId", "campaignId",
      "primaryAttributeValueId", "primaryAttributeValue", "attributes"}},
    {"Eloqua",
     "activities",
     NULL,
     NULL,
     NULL,
     NULL,
     {"ActivityId", "ActivityType", "ActivityDate", "EmailAddress", "ContactId", "IpAddress",
      "VisitorId", "EmailRecipientId", "AssetType", "AssetName", "AssetId", "SubjectLine"}},
    {"Salesforce",
     "campaign-members",
     NULL,
     NULL,
     NULL,
     NULL,
     {"Id", "IsDeleted", "CampaignId", "LeadId", "ContactId", "Status", "HasResponded",
      "CreatedDate", "LastModifiedDate", "SystemModstamp", "FirstRespondedDate", "LeadSource"}},
    {"Salesforce",
     "tasks",
     NULL,
     NULL,
     NULL,
     NULL,
     {"Id", "WhoId", "WhatId", "Subject", "ActivityDate", "Status", "Priority",
      "IsHighPriority", "OwnerId", "AccountId", "CreatedDate", "LastModifiedDate",
      "SystemModstamp", "TaskSubtype", "CompletedDateTime"}},
    {"HubSpot",
     "email-events",
     NULL,
     NULL,
     NULL,
     NULL,
     {"id", "created", "type", "recipient", "portalId", "appId", "appName", "emailCampaignId"}},
    {"GA4",
     "events",
     NULL,
     NULL,
     NULL,
     NULL,
     {"event_date", "event_timestamp", "event_name", "user_id", "user_pseudo_id",
      "page_location", "page_title"}},
    {NULL, NULL, NULL, NULL, NULL, NULL, {"Eingang", "Branche", "Quelle", "Status", "Umsatz"}},
};

static size_t names_of(const struct shape *s)
{
    size_t k = 0;

    while (k < COUNT(s->name) && s->name[k])
        k++;
    return k;
}

static void assert_column(const struct shape *s, const struct lc_signature *found,
                          enum lc_meaning meaning, const char *want)
{
    const size_t k = names_of(s);
    size_t from = 0;
    const size_t at = lc_dialect_column(found, meaning, s->name, k, &from);

    if (!want) {
        assert_int_equal(at, k);
        return;
    }
    assert_true(at < k);
    assert_string_equal(s->name[at], want);
}

static void each_system_is_known_by_its_header(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(shape); i++) {
        const struct lc_signature s = lc_dialect_find(shape[i].name, names_of(&shape[i]));

        if (!shape[i].system) {
            assert_null(s.system);
            continue;
        }
        assert_non_null(s.system);
        assert_string_equal(s.system, shape[i].system);
        assert_string_equal(s.object, shape[i].object);
        assert_true(s.marks >= 1 && s.known > s.marks);
    }
}

static void dates_and_outcome_are_found_by_the_systems_own_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(shape); i++) {
        const struct lc_signature s = lc_dialect_find(shape[i].name, names_of(&shape[i]));

        assert_column(&shape[i], &s, LC_MEANS_ENTERED, shape[i].entered);
        assert_column(&shape[i], &s, LC_MEANS_HANDED_OVER, shape[i].handed_over);
        assert_column(&shape[i], &s, LC_MEANS_CLOSED, shape[i].closed);
        assert_column(&shape[i], &s, LC_MEANS_OUTCOME, shape[i].outcome);
    }
}

static void the_order_of_columns_does_not_matter(void **state)
{
    (void)state;
    for (size_t i = 0; i + 1 < COUNT(shape); i++) {
        const size_t k = names_of(&shape[i]);
        const char *turned[COUNT(shape[i].name)];
        struct lc_signature s;

        for (size_t j = 0; j < k; j++)
            turned[j] = shape[i].name[k - 1 - j];
        s = lc_dialect_find(turned, k);
        assert_string_equal(s.system, shape[i].system);
        assert_string_equal(s.object, shape[i].object);
    }
}

static void surer_names_come_first_and_the_next_may_be_asked_for(void **state)
{
    static const char *const name[] = {"leadScore", "BehaviorScore", "id", "createdAt"};
    const struct lc_signature s = lc_dialect_find(name, 4);
    size_t from = 0;

    (void)state;
    assert_int_equal(lc_dialect_column(&s, LC_MEANS_SCORE, name, 4, &from), 0);
    assert_int_equal(lc_dialect_column(&s, LC_MEANS_SCORE, name, 4, &from), 1);
    assert_int_equal(lc_dialect_column(&s, LC_MEANS_SCORE, name, 4, &from), 4);
}

static void one_mark_and_one_name_are_no_signature(void **state)
{
    static const char *const one[] = {"Lifecycle Stage", "email", "colour"};
    static const char *const none[] = {"id", "email", "amount", "stage"};

    (void)state;
    assert_null(lc_dialect_find(one, 3).system);
    assert_null(lc_dialect_find(none, 4).system);
    assert_null(lc_dialect_find(NULL, 0).system);
}

static void two_systems_that_fit_equally_are_no_answer(void **state)
{
    /* A mark of HubSpot's contacts, one of Marketo's leads, and two names that both know. */
    static const char *const name[] = {"Lifecycle Stage", "BehaviorScore", "email",
                                       "Company Name"};
    const struct lc_signature s = lc_dialect_find(name, 4);
    size_t from = 0;

    (void)state;
    assert_null(s.system);
    assert_string_equal(s.rival[0], "HubSpot");
    assert_string_equal(s.rival[1], "Marketo");
    assert_int_equal(lc_dialect_column(&s, LC_MEANS_EMAIL, name, 4, &from), 4);
}

static void a_meaning_may_be_asked_for_whatever_the_system(void **state)
{
    (void)state;
    assert_true(lc_dialect_means("E-Mail-Adresse", LC_MEANS_EMAIL));
    assert_true(lc_dialect_means("emailaddress1", LC_MEANS_EMAIL));
    assert_true(lc_dialect_means("Company / Account", LC_MEANS_COMPANY));
    assert_false(lc_dialect_means("created", LC_MEANS_ENTERED)); /* a word, and no name */
    assert_false(lc_dialect_means("E-Mail-Adresse", LC_MEANS_COMPANY));
}

static void names_are_compared_without_case_blanks_and_quotes(void **state)
{
    (void)state;
    assert_true(lc_dialect_same("CREATE DATE", "Create Date"));
    assert_true(lc_dialect_same("  Create \t Date ", "Create Date"));
    assert_true(lc_dialect_same("Create\xc2\xa0"
                                "Date",
                                "Create Date"));
    assert_true(lc_dialect_same("\"Create Date\"", "Create Date"));
    assert_true(lc_dialect_same("ÉTAPE", "Étape"));
    assert_true(lc_dialect_same("UrsprÜngliche Quelle", "Ursprüngliche Quelle"));
    assert_false(lc_dialect_same("Createdate", "Create Date"));
    assert_false(lc_dialect_same("Create Date 2", "Create Date"));
    assert_false(lc_dialect_same("Etape", "Étape"));
    assert_false(lc_dialect_same("", "id"));
    assert_false(lc_dialect_same("\xc3", "É"));
}

static void stages_stand_in_the_names_of_hubspots_dates(void **state)
{
    struct lc_slice stage, pipeline;

    (void)state;
    assert_true(
        lc_dialect_stage("Date entered \"Closed Won (Sales Pipeline)\"", &stage, &pipeline));
    assert_true(lc_slice_eq(stage, lc_slice_of("Closed Won")));
    assert_true(lc_slice_eq(pipeline, lc_slice_of("Sales Pipeline")));
    assert_true(lc_dialect_stage("Date entered \"Demo (live) (EMEA)\"", &stage, &pipeline));
    assert_true(lc_slice_eq(stage, lc_slice_of("Demo (live)")));
    assert_true(lc_slice_eq(pipeline, lc_slice_of("EMEA")));
    assert_true(lc_dialect_stage("hs_v2_date_entered_51389338", &stage, &pipeline));
    assert_true(lc_slice_eq(stage, lc_slice_of("51389338")));
    assert_int_equal(pipeline.n, 0);
    assert_true(lc_dialect_stage("Fecha de entrada \"Ganado (Ventas)\"", &stage, &pipeline));
    assert_true(lc_slice_eq(stage, lc_slice_of("Ganado")));
    assert_false(lc_dialect_stage("Date entered", &stage, &pipeline));
    assert_false(lc_dialect_stage("Date entered the pipeline", &stage, &pipeline));
    assert_false(lc_dialect_stage("hs_v2_date_entered_", &stage, &pipeline));
    assert_false(lc_dialect_stage("Date entered \"\"", &stage, &pipeline));
}

static void words_are_there_for_names_and_for_values(void **state)
{
    const char *word;
    size_t at = 0, n = 0;
    bool german = false;

    (void)state;
    while ((word = lc_dialect_value_word(LC_MEANS_WON, &at)) != NULL) {
        german = german || strcmp(word, "gewonnen") == 0;
        n++;
    }
    assert_true(german && n >= 5);
    assert_null(lc_dialect_value_word(LC_MEANS_WON, &at));
    at = 0;
    assert_string_equal(lc_dialect_name_word(LC_MEANS_ENTERED, &at), "created");
    at = 0;
    assert_null(lc_dialect_name_word(LC_MEANS_MARK, &at));
    assert_string_equal(lc_meaning_text(LC_MEANS_FIRST_TOUCH), "first_touch");
}

static void lines_behind_a_report_are_known(void **state)
{
    static const char *const footer[] = {"Grand Totals (160 records)",
                                         "Copyright (c) 2000-2025 salesforce.com, inc.",
                                         "CONFIDENTIAL INFORMATION - DO NOT DISTRIBUTE",
                                         " Gesamtsummen", "Generated By: Lead 17"};
    static const char *const other[] = {"", "Grand Hotel", "Copyrighted Ltd", "Muster 12 GmbH",
                                        "Total"};

    (void)state;
    for (size_t i = 0; i < COUNT(footer); i++)
        assert_true(lc_dialect_is_footer(lc_slice_of(footer[i])));
    for (size_t i = 0; i < COUNT(other); i++)
        assert_false(lc_dialect_is_footer(lc_slice_of(other[i])));
}

static void files_beside_the_deals_are_known_by_their_headers(void **state)
{
    static const char *const accounts[] = {"Id", "Name", "Industry", "Website",
                                           "BillingCountry"};
    static const char *const users[] = {"Id", "Username", "Name", "Email", "UserRoleId"};
    static const char *const companies[] = {"Record ID", "Company name", "Company Domain Name"};
    struct lc_signature s = lc_dialect_find(accounts, COUNT(accounts));
    size_t from = 0;

    (void)state;
    assert_string_equal(s.object, "accounts");
    assert_int_equal(lc_dialect_column(&s, LC_MEANS_WEBSITE, accounts, COUNT(accounts), &from),
                     3);
    assert_string_equal(lc_dialect_find(users, COUNT(users)).object, "users");
    s = lc_dialect_find(companies, COUNT(companies));
    assert_string_equal(s.system, "HubSpot");
    assert_string_equal(s.object, "companies");
}

static void files_of_changes_are_known_by_their_headers(void **state)
{
    static const char *const stages[] = {"Id", "OpportunityId", "StageName", "CreatedDate"};
    static const char *const fields[] = {"Edit Date", "Old Value", "New Value", "Field / Event",
                                         "Lead ID"};
    static const char *const property[] = {"contactId", "property", "value", "sourceType",
                                           "timestamp"};
    static const char *const deals[] = {"Opportunity ID", "Stage", "Created Date", "Amount"};
    struct lc_change_columns c;
    size_t at = 0;

    (void)state;
    assert_true(lc_dialect_changes(stages, COUNT(stages), &c));
    assert_int_equal(c.record, 1);
    assert_int_equal(c.value, 2);
    assert_int_equal(c.changed, 3);
    assert_int_equal(c.field, COUNT(stages)); /* each row is a change of the stage */
    assert_null(lc_dialect_stage_field(c.table, &at));
    assert_true(lc_dialect_changes(fields, COUNT(fields), &c));
    assert_int_equal(c.record, 4);
    assert_int_equal(c.value, 2);
    assert_int_equal(c.changed, 0);
    assert_int_equal(c.field, 3);
    at = 0;
    assert_string_equal(lc_dialect_stage_field(c.table, &at), "StageName");
    assert_true(lc_dialect_changes(property, COUNT(property), &c));
    assert_int_equal(c.field, 1);
    assert_false(lc_dialect_changes(fields, 4, &c)); /* of no record */
    assert_false(lc_dialect_changes(deals, COUNT(deals), &c));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_system_is_known_by_its_header),
        cmocka_unit_test(dates_and_outcome_are_found_by_the_systems_own_names),
        cmocka_unit_test(the_order_of_columns_does_not_matter),
        cmocka_unit_test(surer_names_come_first_and_the_next_may_be_asked_for),
        cmocka_unit_test(one_mark_and_one_name_are_no_signature),
        cmocka_unit_test(two_systems_that_fit_equally_are_no_answer),
        cmocka_unit_test(a_meaning_may_be_asked_for_whatever_the_system),
        cmocka_unit_test(names_are_compared_without_case_blanks_and_quotes),
        cmocka_unit_test(stages_stand_in_the_names_of_hubspots_dates),
        cmocka_unit_test(lines_behind_a_report_are_known),
        cmocka_unit_test(words_are_there_for_names_and_for_values),
        cmocka_unit_test(files_beside_the_deals_are_known_by_their_headers),
        cmocka_unit_test(files_of_changes_are_known_by_their_headers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
