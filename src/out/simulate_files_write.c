/* The two files in the form of HubSpot's record exports. */
#include <stdio.h>
#include <string.h>

#include "leadcal/date.h"
#include "simulate_files_internal.h"

#define GROWTH_KIND 7

void lc_crm_cell(struct crm_row *row, const char *text)
{
    if (row->n++)
        (void)fputc(',', row->to);
    (void)fputc('"', row->to);
    for (; *text; text++) {
        if (*text == '"')
            (void)fputc('"', row->to);
        (void)fputc(*text, row->to);
    }
    (void)fputc('"', row->to);
}

void lc_crm_end(struct crm_row *row)
{
    (void)fputs("\r\n", row->to);
    row->n = 0;
}

void lc_crm_time(struct crm_row *row, int64_t minute)
{
    char text[LC_DAY_TEXT + 16] = "";

    if (minute) {
        lc_day_text((int32_t)(minute / CRM_DAY), text);
        (void)snprintf(text + strlen(text), 16, " %02d:%02d", (int)(minute % CRM_DAY / 60),
                       (int)(minute % 60));
    }
    lc_crm_cell(row, text);
}

void lc_crm_whole(struct crm_row *row, bool known, uint64_t number)
{
    char text[24] = "";

    if (known)
        (void)snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    lc_crm_cell(row, text);
}

/* ---- contacts ---- */

static const char *const contact_column[] = {
    "Record ID",
    "First Name",
    "Last Name",
    "Email",
    "Company Name",
    "Job Title",
    "Industry",
    "Number of Employees",
    "Country/Region",
    "Contact owner",
    "Lead Status",
    "Lifecycle Stage",
    "Create Date",
    "Last Modified Date",
    "Original Traffic Source",
    "HubSpot Score",
    "Number of Sessions",
    "Number of Pageviews",
    "Number of Form Submissions",
    "Marketing emails opened",
    "Marketing emails clicked",
    "First outreach date",
    "Became a Marketing Qualified Lead Date",
    "Became a Sales Qualified Lead Date",
    "Became an Opportunity Date",
    "Became a Customer Date",
    "Close Date",
    "Days To Close",
    "Number of Associated Deals",
    "Recent Deal Amount",
};

static const char *const status_text[CRM_STATUSES] = {
    "",          "New",         "Attempted to Contact", "Connected", "In Progress",
    "Open Deal", "Unqualified", "Bad Timing",
};

static const char *lifecycle(const struct crm_contact *c, size_t at)
{
    if (c->won != CRM_NONE)
        return "Customer";
    if (c->open)
        return "Opportunity";
    if (c->accepted)
        return "Sales Qualified Lead";
    if (c->handed)
        return "Marketing Qualified Lead";
    return at % 3 ? "Lead" : "Subscriber";
}

static void put_level(struct crm_row *row, enum crm_factor factor, int level)
{
    lc_crm_cell(row, level < 0 ? "" : crm_rule[factor].level[level].name);
}

/* Counters go on counting until the export, for winners and the others alike. */
static void put_counters(struct crm_row *row, const struct crm *crm,
                         const struct crm_contact *c, size_t at)
{
    static const enum crm_counter order[] = {CRM_SESSIONS, CRM_PAGES, CRM_FORMS, CRM_OPENED,
                                             CRM_CLICKED};
    static const double pace[] = {0.1, 0.3, 0.02, 0.4, 0.04}; /* in 100 days */
    struct lc_random r = lc_crm_random(crm, GROWTH_KIND, at);
    const double since = (double)(CRM_EXPORT - c->created) / (100 * (double)CRM_DAY);

    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        lc_crm_whole(row, true,
                     (uint64_t)c->counter[order[k]] +
                         (uint64_t)lc_crm_wait(&r, pace[k] * since));
}

static int64_t latest(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Some day since the last event; one in forty was touched on the day of the export. */
static int64_t modified(const struct crm *crm, const struct crm_contact *c, size_t at)
{
    struct lc_random r = lc_crm_random(crm, GROWTH_KIND + 1, at);
    int64_t last = latest(latest(c->created, c->handed), latest(c->touched, c->accepted));

    last = latest(last, c->first_deal);
    if (c->won != CRM_NONE)
        last = latest(last, crm->deal[c->won].closed);
    if (at % 40 == 0)
        return CRM_EXPORT - (int64_t)lc_random_below(&r, 300);
    return last +
           (int64_t)(lc_random_unit(&r) * lc_random_unit(&r) * (double)(CRM_EXPORT - last));
}

static void put_person(struct crm_row *row, const struct crm_contact *c, size_t at)
{
    char text[CRM_TEXT];

    lc_crm_whole(row, true, c->id);
    lc_crm_initials(at, text);
    lc_crm_cell(row, text);
    lc_crm_initials(at / 3 + 5, text);
    lc_crm_cell(row, at % 4 ? text : "");
    lc_crm_mail(at, text);
    lc_crm_cell(row, text);
    lc_crm_company(c->company, text);
    lc_crm_cell(row, text);
    put_level(row, CRM_TITLE, c->level[CRM_TITLE]);
    put_level(row, CRM_INDUSTRY, c->level[CRM_INDUSTRY]);
    lc_crm_whole(row, c->counter[CRM_EMPLOYEES] >= 0, (uint64_t)c->counter[CRM_EMPLOYEES]);
    put_level(row, CRM_COUNTRY, c->level[CRM_COUNTRY]);
}

/* What a CRM fills in once there is a deal, and once it is won. */
static void put_knowledge(struct crm_row *row, const struct crm *crm,
                          const struct crm_contact *c)
{
    const struct crm_deal *won = c->won == CRM_NONE ? NULL : &crm->deal[c->won];

    lc_crm_time(row, c->first_deal);
    lc_crm_time(row, won ? won->closed : 0);
    lc_crm_time(row, won ? won->closed : 0);
    lc_crm_whole(row, won != NULL,
                 won ? (uint64_t)(won->closed / CRM_DAY - c->created / CRM_DAY) : 0);
    lc_crm_whole(row, c->n_deals > 0, c->n_deals);
    lc_crm_whole(row, won && won->amount, won ? won->amount : 0);
}

void lc_crm_put_contacts(const struct crm *crm, FILE *to)
{
    struct crm_row row = {to, 0};

    for (size_t j = 0; j < sizeof contact_column / sizeof *contact_column; j++)
        lc_crm_cell(&row, contact_column[j]);
    lc_crm_end(&row);
    for (size_t i = 0; i < CRM_CONTACTS; i++) {
        const struct crm_contact *c = &crm->contact[i];

        put_person(&row, c, i);
        lc_crm_cell(&row, lc_crm_owner[c->owner]);
        lc_crm_cell(&row, status_text[c->status]);
        lc_crm_cell(&row, lifecycle(c, i));
        lc_crm_time(&row, c->created);
        lc_crm_time(&row, modified(crm, c, i));
        put_level(&row, CRM_SOURCE, c->level[CRM_SOURCE]);
        lc_crm_whole(&row, c->score >= 0, (uint64_t)c->score);
        put_counters(&row, crm, c, i);
        lc_crm_time(&row, c->touched);
        lc_crm_time(&row, c->handed);
        lc_crm_time(&row, c->accepted);
        put_knowledge(&row, crm, c);
        lc_crm_end(&row);
    }
}

/* ---- deals ---- */

static const char *const deal_column[] = {
    "Record ID",
    "Deal Name",
    "Pipeline",
    "Deal Stage",
    "Amount",
    "Close Date",
    "Create Date",
    "Deal owner",
    "Deal Type",
    "Closed Lost Reason",
    "Original Traffic Source",
    "Record source",
};

static void put_deal_header(struct crm_row *row)
{
    char text[CRM_TEXT];

    for (size_t j = 0; j < sizeof deal_column / sizeof *deal_column; j++)
        lc_crm_cell(row, deal_column[j]);
    for (size_t s = 0; s < CRM_STAGES; s++) {
        (void)snprintf(text, sizeof text, "Date entered \"%s (Sales Pipeline)\"",
                       lc_crm_stage[s]);
        lc_crm_cell(row, text);
    }
    lc_crm_cell(row, "Associated Contact");
    lc_crm_cell(row, "Associated Contact IDs");
    lc_crm_end(row);
}

/* "A. (mail);B. (mail)" and "123;456". */
static void put_associations(struct crm_row *row, const struct crm *crm,
                             const struct crm_deal *d)
{
    char who[(CRM_TOGETHER + 1) * 2 * CRM_TEXT] = "", ids[(CRM_TOGETHER + 1) * 24] = "";

    if (d->stranger)
        (void)snprintf(ids, sizeof ids, "%llu", (unsigned long long)d->stranger);
    for (size_t k = 0; k < d->n; k++) {
        char name[CRM_TEXT], mail[CRM_TEXT];
        const size_t at = strlen(who), id = strlen(ids);

        lc_crm_initials(d->who[k], name);
        lc_crm_mail(d->who[k], mail);
        (void)snprintf(who + at, sizeof who - at, "%s%s (%s)", at ? ";" : "", name, mail);
        (void)snprintf(ids + id, sizeof ids - id, "%s%llu", id ? ";" : "",
                       (unsigned long long)crm->contact[d->who[k]].id);
    }
    lc_crm_cell(row, who);
    lc_crm_cell(row, ids);
}

static void put_deal(struct crm_row *row, const struct crm *crm, const struct crm_deal *d)
{
    char text[2 * CRM_TEXT] = "Inquiry without a contact";

    if (d->n) {
        lc_crm_company(crm->contact[d->who[0]].company, text);
        (void)snprintf(text + strlen(text), CRM_TEXT, " - %s",
                       d->renewal ? "renewal" : "yearly plan");
    }
    lc_crm_whole(row, true, d->id);
    lc_crm_cell(row, text);
    lc_crm_cell(row, "Sales Pipeline");
    lc_crm_cell(row, lc_crm_stage[d->stage]);
    lc_crm_whole(row, d->amount > 0, d->amount);
    lc_crm_time(row, d->closed);
    lc_crm_time(row, d->created);
    lc_crm_cell(row, lc_crm_owner[d->owner]);
    lc_crm_cell(row, d->renewal ? "Existing Business" : "New Business");
    lc_crm_cell(row, d->reason < 0 ? "" : lc_crm_reason[d->reason]);
    put_level(row, CRM_SOURCE, d->source);
    lc_crm_cell(row, "CRM UI");
    for (size_t s = 0; s < CRM_STAGES; s++)
        lc_crm_time(row, d->entered[s]);
    put_associations(row, crm, d);
    lc_crm_end(row);
}

void lc_crm_put_deals(const struct crm *crm, FILE *to)
{
    struct crm_row row = {to, 0};

    put_deal_header(&row);
    for (size_t k = 0; k < crm->n_deals; k++)
        put_deal(&row, crm, &crm->deal[crm->order[k]]);
}
