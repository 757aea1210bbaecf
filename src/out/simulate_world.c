/* The made-up world: levels, their shares and what they do to the log-odds. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "leadcal/random.h"
#include "simulate_internal.h"

#define CAMPAIGNS     60
#define CAMPAIGN_SEED 42 /* the campaigns are the same for every seed of the leads */
#define N(levels)     (sizeof(levels) / sizeof *(levels))

static const struct sim_level company_size[] = {
    {"1-10", 18, -0.9},       {"11-50", 24, -0.4},   {"51-200", 22, 0},
    {"201-500", 14, 0.3},     {"501-1,000", 9, 0.5}, {"1,001-5,000", 7, 0.7},
    {"5,001-10,000", 4, 0.6}, {"10,001+", 2, 0.4},
};

static const struct sim_level industry[] = {
    {"Software & Internet", 16, 0.5},
    {"Banking, Finance & Insurance", 11, 0.35},
    {"Healthcare", 9, 0.2},
    {"Manufacturing", 9, 0.1},
    {"Retail, Wholesale", 8, -0.1},
    {"Education", 7, -0.6},
    {"Professional Services", 6, 0},
    {"Telecommunications", 5, 0.25},
    {"Government", 4, -0.7},
    {"Media, Arts \"& Design\"", 4, -0.2},
    {"Energy, Oil & Gas", 3, 0.15},
    {"Transportation, Logistics", 3, 0.05},
    {"Construction", 3, -0.3},
    {"Non-profit", 3, -0.8},
    {"Real Estate", 2.5, -0.25},
    {"Hospitality, Travel", 2.5, -0.35},
    {"Pharma & Biotech", 1.5, 0.4},
    {"Agriculture", 1.2, -0.4},
    {"Legal", 1, 0.1},
    {"Consumer Goods", 1.3, -0.15},
};

static const struct sim_level country[] = {
    {"United States", 34, 0.2},  {"United Kingdom", 9, 0.15},
    {"Deutschland", 7, 0.1},     {"France", 6, 0},
    {"Canada", 6, 0.15},         {"Australia", 4, 0.1},
    {"India", 6, -0.7},          {"España", 3, -0.1},
    {"Italia", 3, -0.15},        {"Nederland", 2.5, 0.1},
    {"Sverige", 1.6, 0.1},       {"Norge", 1.1, 0.15},
    {"Danmark", 1.1, 0.1},       {"Suomi", 0.9, 0.05},
    {"Österreich", 1, 0.05},     {"Schweiz", 1.2, 0.25},
    {"Polska", 1.3, -0.2},       {"Česko", 0.8, -0.15},
    {"Magyarország", 0.5, -0.3}, {"Portugal", 0.7, -0.2},
    {"Ελλάδα", 0.4, -0.35},      {"Türkiye", 0.8, -0.4},
    {"Israel", 0.8, 0.2},        {"Brasil", 2, -0.35},
    {"México", 1.3, -0.3},       {"Argentina", 0.7, -0.45},
    {"Chile", 0.4, -0.25},       {"Colombia", 0.5, -0.4},
    {"日本", 1.6, -0.05},        {"대한민국", 0.8, -0.1},
    {"中国", 0.9, -0.6},         {"Singapore", 0.8, 0.1},
    {"Indonesia", 0.5, -0.6},    {"Philippines", 0.5, -0.65},
    {"South Africa", 0.6, -0.3}, {"Nigeria", 0.4, -0.9},
    {"Egypt", 0.4, -0.8},        {"Côte d'Ivoire", 0.2, -0.9},
    {"New Zealand", 0.5, 0.1},   {"Korea, Other", 0.1, -0.5},
};

static const struct sim_level job_level[] = {
    {"C-Level", 8, 0.8},
    {"VP", 9, 0.65},
    {"Director", 16, 0.45},
    {"Manager", 28, 0.1},
    {"Individual Contributor", 31, -0.4},
    {"Student/Other", 8, -1.6},
};

static const struct sim_level job_function[] = {
    {"IT", 20, 0.1},         {"Marketing", 19, 0.25},  {"Sales", 14, 0.15},
    {"Operations", 11, 0.1}, {"Finance", 9, 0.2},      {"Engineering, R&D", 9, 0.05},
    {"HR", 6, -0.3},         {"Procurement", 4, -0.1}, {"Legal", 3, -0.2},
    {"Other", 5, -0.5},
};

static const struct sim_level source[] = {
    {"Web - organic", 22, 0.2},
    {"Web - paid search", 15, 0.1},
    {"Email", 13, 0},
    {"Trade show", 9, -0.1},
    {"Referral", 7, 0.9},
    {"Partner", 7, 0.6},
    {"Content syndication", 9, -0.7},
    {"Social, paid", 6, -0.45},
    {"Social, organic", 4, -0.1},
    {"Webinar", 4, 0.2},
    {"Purchased list", 3, -1.4},
    {"Outbound call", 1, -0.3},
};

static const struct sim_level owner[] = {
    {"García, María", 1, 0},  {"Müller, Jörg", 1, 0},
    {"O'Brien, Sean", 1, 0},  {"Smith, Anna", 1, 0},
    {"Dubois, Élodie", 1, 0}, {"Kowalski, Paweł", 1, 0},
    {"Rossi, Luca", 1, 0},    {"Yamada, 太郎", 1, 0},
    {"Chen, Wei", 1, 0},      {"Johnson, Bob \"BJ\"", 1, 0},
    {"Nguyễn, Lan", 1, 0},    {"Patel, Raj", 1, 0},
    {"Silva, João", 1, 0},    {"Hansen, Søren", 1, 0},
    {"Novák, Jiří", 1, 0},    {"Queue", 4, 0},
};

static const struct sim_level webinar[] = {
    {"No", 82, 0},
    {"Yes", 18, 0.55},
};

static const struct sim_level demo_request[] = {
    {"No", 91, 0},
    {"Yes", 9, 1.5},
};

static const struct sim_level free_email[] = {
    {"No", 71, 0},
    {"Yes", 29, -0.8},
};

static const struct sim_level careers_page[] = {
    {"No", 95, 0},
    {"Yes", 5, -1.9},
};

const struct sim_rule sim_rule[SIM_ATTRIBUTES] = {
    {"company_size", company_size, N(company_size), 0.05, -0.3},
    {"industry", industry, N(industry), 0.06, -0.25},
    {"country", country, N(country), 0.02, -0.2},
    {"job_level", job_level, N(job_level), 0.10, -0.35},
    {"job_function", job_function, N(job_function), 0.08, -0.3},
    {"source", source, N(source), 0, 0},
    {"campaign", NULL, CAMPAIGNS, 0.15, -0.05},
    {"webinar", webinar, N(webinar), 0, 0},
    {"demo_request", demo_request, N(demo_request), 0, 0},
    {"free_email", free_email, N(free_email), 0.01, -0.4},
    {"careers_page", careers_page, N(careers_page), 0, 0},
    {"owner", owner, N(owner), 0.03, 0},
};

const struct sim_counter sim_counter[SIM_COUNTERS] = {
    {"pages_viewed", {1, 4, 9, 19}, {0, 0.25, 0.45, 0.7, 0.95}, 5},
    {"email_opens", {0, 2, 7, 0}, {0, 0.15, 0.35, 0.55, 0}, 4},
    {"days_since_last_touch", {7, 30, 90, 180}, {0.6, 0.3, 0, -0.4, -0.9}, 5},
};

/* A name as a CSV cell: quoted where it must be, quotes doubled. */
static size_t put_cell(char *to, const char *name)
{
    const bool quoted = strpbrk(name, ",\"\n") != NULL;
    char *end = to;

    if (quoted)
        *end++ = '"';
    for (; *name; name++) {
        if (*name == '"')
            *end++ = '"';
        *end++ = *name;
    }
    if (quoted)
        *end++ = '"';
    return (size_t)(end - to);
}

/* Gives each level its tickets, the last one what rounding leaves. */
static void deal_tickets(struct sim_urn *urn, const double *share)
{
    const size_t n = urn->n_levels;
    double all = 0, so_far = 0;
    size_t next = 0;

    for (size_t k = 0; k < n; k++)
        all += share[k];
    for (size_t k = 0; k < n; k++) {
        size_t until;

        so_far += share[k];
        until = k == n - 1 ? SIM_TICKETS : (size_t)(so_far / all * SIM_TICKETS + 0.5);
        for (; next < until; next++)
            urn->ticket[next] = (uint8_t)k;
    }
}

static void fill_urn(struct sim_urn *urn, const struct sim_rule *rule)
{
    double share[SIM_LEVELS];

    urn->n_levels = rule->n_levels;
    for (size_t k = 0; k < rule->n_levels; k++) {
        share[k] = rule->level[k].share;
        urn->coefficient[k] = rule->level[k].coefficient;
        urn->length[k] = put_cell(urn->cell[k], rule->level[k].name);
    }
    deal_tickets(urn, share);
}

/* Campaigns have names with years and quarters, and coefficients drawn once and for all. */
static void fill_campaigns(struct sim_urn *urn)
{
    static const char *const kind[] = {
        "Webinar: Scale-up", "eBook download", "Spring sale, EMEA",
        "Roadshow \"Next\"", "Newsletter",     "Retargeting",
    };
    struct lc_random random = {CAMPAIGN_SEED};
    double share[SIM_LEVELS];

    urn->n_levels = CAMPAIGNS;
    for (size_t k = 0; k < CAMPAIGNS; k++) {
        char name[40];

        (void)snprintf(name, sizeof name, "%s %zu-Q%zu", kind[k % 6], 2023 + k / 24,
                       k / 6 % 4 + 1);
        urn->length[k] = put_cell(urn->cell[k], name);
        urn->coefficient[k] = round((lc_random_unit(&random) - 0.5) * 100) / 100;
        share[k] = 1.0 / (double)(1 + k % 15);
    }
    deal_tickets(urn, share);
}

struct sim_world *sim_world_new(struct lc_arena *arena)
{
    struct sim_world *world = LC_NEW(arena, 1, struct sim_world);

    for (size_t a = 0; world && a < SIM_ATTRIBUTES; a++)
        if (sim_rule[a].level)
            fill_urn(&world->urn[a], &sim_rule[a]);
        else
            fill_campaigns(&world->urn[a]);
    return world;
}
