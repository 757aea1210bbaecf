/* Who came in, what they did, when they were handed over and what sales made of them. */
#include <math.h>

#include "simulate_files_internal.h"

#define COMPANY_KIND 1
#define CONTACT_KIND 2

struct lc_random lc_crm_random(const struct crm *crm, uint64_t kind, uint64_t which)
{
    struct lc_random mix = {(crm->seed + 1) * 0xD1342543DE82EF95U + kind * 0x9E3779B97F4A7C15U +
                            which * 0xA0761D6478BD642FU};

    return (struct lc_random){lc_random_bits(&mix)};
}

/* Source: Box and Muller, Annals of Mathematical Statistics 29 (1958) 610-611. */
double lc_crm_normal(struct lc_random *r)
{
    const double radius = sqrt(-2 * log1p(-lc_random_unit(r)));

    return radius * cos(2 * 3.14159265358979323846 * lc_random_unit(r));
}

double lc_crm_wait(struct lc_random *r, double mean)
{
    return -log1p(-lc_random_unit(r)) * mean;
}

int64_t lc_crm_office(int64_t minute)
{
    const int64_t opens = 480, closes = 1080;

    for (;;) {
        const int64_t day = minute / CRM_DAY, at = minute % CRM_DAY;
        const bool weekend = (day + 3) % 7 >= 5; /* 1970-01-01 was a Thursday */

        if (!weekend && at >= opens && at < closes)
            return minute;
        minute = (at >= closes || weekend ? day + 1 : day) * CRM_DAY + opens + minute % 60;
    }
}

static int draw_level(const struct crm_rule *rule, double when, struct lc_random *r)
{
    double all = 0, at;

    if (lc_random_unit(r) < rule->missing)
        return -1;
    for (size_t k = 0; k < rule->n_levels; k++)
        all += rule->level[k].early + when * (rule->level[k].late - rule->level[k].early);
    at = lc_random_unit(r) * all;
    for (size_t k = 0; k + 1 < rule->n_levels; k++) {
        at -= rule->level[k].early + when * (rule->level[k].late - rule->level[k].early);
        if (at < 0)
            return (int)k;
    }
    return (int)rule->n_levels - 1;
}

static double effect_of_band(const struct crm_bands *b, int number)
{
    size_t band = 0;

    if (number < 0)
        return b->missing_effect;
    while (band + 1 < b->n && number > b->cut[band])
        band++;
    return b->effect[band];
}

/* Colleagues share what is true of their company. */
static void draw_company(const struct crm *crm, struct crm_contact *c)
{
    struct lc_random r = lc_crm_random(crm, COMPANY_KIND, c->company);

    c->level[CRM_INDUSTRY] = draw_level(&crm_rule[CRM_INDUSTRY], 0, &r);
    c->level[CRM_COUNTRY] = draw_level(&crm_rule[CRM_COUNTRY], 0, &r);
    c->counter[CRM_EMPLOYEES] =
        lc_random_unit(&r) < 0.06 ? -1 : 1 + (int)exp(4.2 + 1.6 * lc_crm_normal(&r));
}

static void draw_person(struct crm_contact *c, struct lc_random *r)
{
    const double when = (double)(c->created - CRM_FIRST) / (double)(CRM_EXPORT - CRM_FIRST);
    const double interest = exp(0.5 * lc_crm_normal(r));

    c->level[CRM_TITLE] = draw_level(&crm_rule[CRM_TITLE], when, r);
    c->level[CRM_SOURCE] = draw_level(&crm_rule[CRM_SOURCE], when, r);
    c->counter[CRM_PAGES] = (int)lc_crm_wait(r, 8 * interest);
    c->counter[CRM_SESSIONS] = 1 + (int)(lc_random_unit(r) * 0.5 * c->counter[CRM_PAGES]);
    c->counter[CRM_FORMS] = (int)lc_crm_wait(r, 0.9 * interest);
    c->counter[CRM_OPENED] = (int)lc_crm_wait(r, 5);
    c->counter[CRM_CLICKED] = (int)(lc_random_unit(r) * 0.6 * c->counter[CRM_OPENED]);
}

static void add_effects(struct crm_contact *c)
{
    for (size_t f = 0; f < CRM_FACTORS; f++)
        c->effects += c->level[f] < 0 ? crm_rule[f].missing_effect
                                      : crm_rule[f].level[c->level[f]].effect;
    for (size_t b = 0; b < CRM_WITH_EFFECT; b++)
        c->effects += effect_of_band(&crm_bands[b], c->counter[b]);
}

/* The rules of the score in use: size, title, pages and e-mails. They were made by somebody who knew
 * no sources and liked readers: a referral gets 40 to 49, whoever it is, and a student 80 to 89. */
static int draw_score(const struct crm_contact *c, struct lc_random *r)
{
    double points = 47 + 12 * lc_crm_normal(r);
    int score;

    if (lc_random_unit(r) < 0.08)
        return -1;
    if (c->level[CRM_SOURCE] == CRM_REFERRALS)
        return 40 + (int)lc_random_below(r, 10);
    if (c->level[CRM_TITLE] == CRM_STUDENTS)
        return 80 + (int)lc_random_below(r, 10);
    points += 24 * effect_of_band(&crm_bands[CRM_EMPLOYEES], c->counter[CRM_EMPLOYEES]);
    points += 24 * effect_of_band(&crm_bands[CRM_PAGES], c->counter[CRM_PAGES]);
    points += c->level[CRM_TITLE] < 0
                  ? 0
                  : 20 * crm_rule[CRM_TITLE].level[c->level[CRM_TITLE]].effect;
    points += c->counter[CRM_OPENED] < 10 ? c->counter[CRM_OPENED] : 10;
    score = (int)points;
    return score < 0 ? 0 : score > 100 ? 100 : score;
}

/* Seven in ten are handed over, within weeks; a score above 60 helps, as in life. */
static void draw_hand_over(struct crm_contact *c, struct lc_random *r)
{
    const double chance = c->score >= 60 ? 0.85 : 0.63;
    const int64_t at = lc_crm_office(c->created + (int64_t)(lc_crm_wait(r, 5) * CRM_DAY));

    c->status = CRM_UNSAID;
    if (lc_random_unit(r) >= chance || at > CRM_EXPORT)
        return;
    c->handed = at;
    c->status = CRM_NEW;
}

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

/* When sales reached out, and what came of it: the better the lead, the sooner and the more often. */
static void draw_reaction(struct crm_contact *c, struct lc_random *r)
{
    const double hours =
        exp(2.9 - 0.25 * c->effects + 0.9 * lc_crm_normal(r) + (c->owner == 2 ? 0.5 : 0));
    const int64_t touched = lc_crm_office(c->handed + (int64_t)(hours * 60));
    const int64_t answered = lc_crm_office(touched + (int64_t)(lc_crm_wait(r, 1.5) * CRM_DAY));
    const double what = lc_random_unit(r), why = lc_random_unit(r);

    if (!c->handed || lc_random_unit(r) < 0.08 || touched > CRM_EXPORT)
        return; /* nobody ever called */
    c->touched = touched;
    c->status = CRM_ATTEMPTED;
    if (answered > CRM_EXPORT)
        return;
    if (what < logistic(0.2 + 0.7 * c->effects)) {
        c->accepted = answered;
        c->status = why < 0.6 ? CRM_CONNECTED : CRM_IN_PROGRESS;
    } else if (why < 0.85) {
        c->status = why < 0.55 ? CRM_UNQUALIFIED : CRM_BAD_TIMING;
    }
}

void lc_crm_draw_contacts(struct crm *crm)
{
    for (size_t i = 0; i < CRM_CONTACTS; i++) {
        struct lc_random r = lc_crm_random(crm, CONTACT_KIND, i);
        struct crm_contact *c = &crm->contact[i];
        double u;

        *c = (struct crm_contact){.id = 20100000000U + 1000 * i + lc_random_below(&r, 900),
                                  .company = (uint32_t)lc_random_below(&r, CRM_COMPANIES),
                                  .deal = CRM_NONE,
                                  .won = CRM_NONE};
        c->created = CRM_FIRST + (int64_t)(((double)i + lc_random_unit(&r)) / CRM_CONTACTS *
                                           (double)(CRM_EXPORT - CRM_FIRST));
        c->owner = (int)lc_random_below(&r, CRM_OWNERS);
        draw_company(crm, c);
        draw_person(c, &r);
        add_effects(c);
        u = lc_random_unit(&r);
        c->luck = log((u + 0x1p-54) / (1 - u));
        c->score = draw_score(c, &r);
        draw_hand_over(c, &r);
        draw_reaction(c, &r);
    }
}
