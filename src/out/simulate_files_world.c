/* What is true of the made-up firm's leads. */
#include <stdio.h>

#include "leadcal/num.h"
#include "simulate_files_internal.h"

#define N(levels) (sizeof(levels) / sizeof *(levels))

static const struct crm_level industry[] = {
    {"Computer Software", 18, 18, 0.5},
    {"Financial Services", 12, 12, 0.4},
    {"Hospital & Health Care", 10, 10, 0.1},
    {"Machinery", 12, 12, 0.2},
    {"Retail", 11, 11, -0.2},
    {"Education Management", 8, 8, -0.7},
    {"Marketing and Advertising", 8, 8, 0.0},
    {"Logistics and Supply Chain", 7, 7, 0.1},
    {"Food & Beverages", 6, 6, -0.3},
    {"Non-Profit Organization Management", 8, 8, -0.9},
};

static const struct crm_level country[] = {
    {"Germany", 24, 24, 0.2},        {"Austria", 8, 8, 0.1},
    {"Switzerland", 8, 8, 0.3},      {"France", 12, 12, 0.0},
    {"Netherlands", 9, 9, 0.1},      {"United Kingdom", 13, 13, 0.0},
    {"United States", 14, 14, -0.3}, {"Côte d'Ivoire", 2, 2, -0.8},
    {"Türkiye", 4, 4, -0.4},         {"日本", 6, 6, -0.2},
};

static const struct crm_level title[] = {
    {"Owner or founder", 10, 10, 0.6}, {"Head of department", 20, 20, 0.5},
    {"Manager", 28, 28, 0.1},          {"Specialist", 26, 26, -0.3},
    {"Assistant", 9, 9, -0.8},         {"Student, trainee", 7, 7, -1.6},
};

/* From year to year more come by referral and organic search, and fewer from bought lists. */
static const struct crm_level source[] = {
    {"Organic Search", 21, 26, 0.2},   {"Paid Search", 17, 16, 0.0},
    {"Direct Traffic", 14, 13, 0.1},   {"Referrals", 7, 10, 2.1},
    {"Email Marketing", 13, 12, -0.1}, {"Organic Social", 7, 8, -0.3},
    {"Paid Social", 9, 8, -0.6},       {"Offline Sources", 12, 7, -1.0},
};

const struct crm_rule crm_rule[CRM_FACTORS] = {
    {"Industry", industry, N(industry), 0.07, -0.2},
    {"Country/Region", country, N(country), 0.03, -0.2},
    {"Job Title", title, N(title), 0.10, -0.3},
    {"Original Traffic Source", source, N(source), 0, 0},
};

const struct crm_bands crm_bands[CRM_WITH_EFFECT] = {
    {"Number of Employees", {10, 50, 200, 1000}, {-0.8, -0.2, 0.3, 0.6, 0.4}, 5, -0.3},
    {"Number of Pageviews", {2, 8, 20, 0}, {-0.7, 0.0, 0.5, 0.9, 0}, 4, LC_NAN},
    {"Number of Form Submissions", {0, 1, 2, 0}, {-0.5, 0.1, 0.6, 0.9, 0}, 4, LC_NAN},
    {"Marketing emails clicked", {0, 2, 0, 0}, {-0.2, 0.2, 0.5, 0, 0}, 3, LC_NAN},
};

const char *const lc_crm_owner[CRM_OWNERS] = {"Desk North", "Desk South", "Desk East",
                                              "Desk \"West\", days", "Vertrieb Süd"};

const char *const lc_crm_stage[CRM_STAGES] = {
    "Appointment Scheduled",
    "Qualified To Buy",
    "Presentation Scheduled",
    "Decision Maker Bought-In",
    "Contract Sent",
    "Closed Won",
    "Closed Lost",
};

const char *const lc_crm_reason[CRM_REASONS] = {
    "Price",           "No budget", "No decision", "Went with another, larger firm",
    "Feature missing", "No answer"};

void lc_crm_mail(size_t at, char *to)
{
    static const char *const host[] = {"example.com", "example.org"};

    (void)snprintf(to, CRM_TEXT, "contact%zu@%s", at + 1, host[at % 2]);
}

void lc_crm_initials(size_t at, char *to)
{
    static const char *const odd[] = {"É.", "Ø.", "O'", "Ž."};

    if (at % 11 == 0)
        (void)snprintf(to, CRM_TEXT, "%s", odd[at / 11 % 4]);
    else
        (void)snprintf(to, CRM_TEXT, "%c.", (char)('A' + at * 7 % 26));
}

void lc_crm_company(uint32_t company, char *to)
{
    static const struct {
        const char *before, *after;
    } form[] = {{"Muster ", " GmbH"},        {"Exemple \"", "\", S.A."}, {"Sample, ", " & Søn"},
                {"Example ", " Ltd"},        {"Test-O'Matic ", ""},      {"見本", ""},
                {"Példa \"A, B\" ", " Kft"}, {"Voorbeeld; ", " B.V."}};

    (void)snprintf(to, CRM_TEXT, "%s%u%s", form[company % 8].before, (unsigned)company,
                   form[company % 8].after);
}
