/* Which contacts came to a deal, with whom, when, and how it ended. */
#include <math.h>
#include <stdlib.h>

#include "simulate_files_internal.h"

#define DEAL_KIND 3
#define TEAM_KIND 5
#define ID_KIND   6

#define UNCREDITED 3    /* won deals that credit no lead */
#define STRANGERS  0.04 /* share of deals whose primary contact is not in the file */

/* The better the lead, the faster; few take more than a month. */
static struct crm_course draw_win(const struct crm_contact *c, struct lc_random *r)
{
    const double days = exp(2.5 - 0.12 * c->effects + 0.6 * lc_crm_normal(r));
    const int64_t created =
        lc_crm_office(c->handed + (int64_t)(0.35 * days * lc_random_unit(r) * CRM_DAY));

    return (struct crm_course){created,
                               lc_crm_office(c->handed + (int64_t)((days + 1) * CRM_DAY))};
}

/* Stages come one after the other, and end in the last. */
static void enter_stages(struct crm_deal *d, int last_open, struct lc_random *r)
{
    const int64_t end = d->closed < CRM_EXPORT ? d->closed : CRM_EXPORT;
    double at = 0;

    for (int s = CRM_APPOINTMENT; s <= last_open; s++) {
        d->entered[s] = d->created + (int64_t)(at * (double)(end - d->created));
        at += (1 - at) * (0.15 + 0.5 * lc_random_unit(r));
    }
    if (d->stage >= CRM_WON)
        d->entered[d->stage] = d->closed;
}

struct crm_deal *lc_crm_add_deal(struct crm *crm, uint32_t who, enum crm_stage stage,
                                 struct crm_course course)
{
    struct lc_random r = lc_crm_random(crm, DEAL_KIND, crm->n_deals);
    struct crm_deal *d = &crm->deal[crm->n_deals];
    struct crm_contact *c = who == CRM_NONE ? NULL : &crm->contact[who];
    const int last_open = stage == CRM_WON ? CRM_CONTRACT : (int)lc_random_below(&r, CRM_WON);

    if (crm->n_deals == CRM_DEALS)
        return NULL;
    *d = (struct crm_deal){.stage = stage < CRM_WON ? (enum crm_stage)last_open : stage,
                           .created = course.created,
                           .closed = course.closed,
                           .owner = c ? c->owner : (int)lc_random_below(&r, CRM_OWNERS),
                           .reason =
                               stage == CRM_LOST ? (int)lc_random_below(&r, CRM_REASONS) : -1,
                           .source = c ? c->level[CRM_SOURCE] : -1};
    d->amount = lc_random_unit(&r) < (stage == CRM_WON ? 0 : 0.2)
                    ? 0
                    : (uint64_t)exp(8.2 + 0.6 * lc_crm_normal(&r));
    enter_stages(d, last_open, &r);
    if (c) {
        d->who[d->n++] = who;
        if (lc_random_unit(&r) < STRANGERS)
            d->stranger = 20099000000U + lc_random_below(&r, 900000);
    }
    crm->n_deals++;
    return d;
}

/* What a contact's own columns say of its deals. */
static void know(struct crm *crm, uint32_t who, uint32_t deal)
{
    const struct crm_deal *d = &crm->deal[deal];
    struct crm_contact *c = &crm->contact[who];

    c->n_deals++;
    if (!c->first_deal || d->created < c->first_deal)
        c->first_deal = d->created;
    if (c->deal == CRM_NONE)
        c->deal = deal;
    if (d->stage == CRM_WON && c->won == CRM_NONE)
        c->won = deal;
    c->open = c->open || d->stage < CRM_WON;
}

/* Up to two colleagues who were there and have no deal yet join one deal in six. */
static void add_colleagues(struct crm *crm, struct crm_deal *d)
{
    struct lc_random r = lc_crm_random(crm, TEAM_KIND, (uint64_t)(d - crm->deal));
    const uint32_t company = crm->contact[d->who[0]].company;
    const size_t most =
        lc_random_unit(&r) < 0.3 ? 1 + lc_random_below(&r, CRM_TOGETHER - 1) : 0;

    for (uint32_t i = 0; i < CRM_CONTACTS && d->n <= most; i++) {
        const struct crm_contact *c = &crm->contact[i];

        if (i != d->who[0] && c->company == company && c->n_deals == 0 &&
            c->created < d->created)
            d->who[d->n++] = i;
    }
}

bool lc_crm_conclude(struct crm *crm, struct crm_deal *d, bool with_colleagues)
{
    if (!d)
        return false;
    if (with_colleagues)
        add_colleagues(crm, d);
    for (size_t k = 0; k < d->n; k++)
        know(crm, d->who[k], (uint32_t)(d - crm->deal));
    return true;
}

/* ---- wins ---- */

struct rank {
    double sum;
    uint32_t who;
};

static int by_sum(const void *a, const void *b)
{
    const struct rank *x = a, *y = b;

    if (x->sum < y->sum || x->sum > y->sum)
        return x->sum < y->sum ? 1 : -1;
    return (x->who > y->who) - (x->who < y->who);
}

/* All that were handed over, the ones to be won first. */
static struct rank *rank_leads(const struct crm *crm, struct lc_arena *arena, size_t *n)
{
    struct rank *rank = LC_NEW(arena, CRM_CONTACTS, struct rank);

    *n = 0;
    for (uint32_t i = 0; rank && i < CRM_CONTACTS; i++)
        if (crm->contact[i].handed)
            rank[(*n)++] = (struct rank){crm->contact[i].effects + crm->contact[i].luck, i};
    if (rank && *n)
        qsort(rank, *n, sizeof *rank, by_sum);
    return rank;
}

void lc_crm_accept(struct crm_contact *c, int64_t created)
{
    if (!c->touched || c->touched > created)
        c->touched = c->handed + (created - c->handed) / 2;
    if (!c->accepted || c->accepted > created)
        c->accepted = c->touched + (created - c->touched) / 2;
    c->status = CRM_OPEN_DEAL;
}

/* The best are won, as far as they can be by the day of the export; the others of them are on
 * their way. The intercept is what parts the last of them from the next. */
static enum lc_rc draw_wins(struct crm *crm, struct lc_arena *arena, struct lc_err *err)
{
    const size_t wanted = crm->wins - UNCREDITED;
    size_t n, won = 0;
    const struct rank *rank = rank_leads(crm, arena, &n);

    if (!rank)
        return lc_fail_memory(err, "made-up deals");
    for (size_t i = 0; i < n && won < wanted; i++) {
        struct crm_contact *c = &crm->contact[rank[i].who];
        struct lc_random r = lc_crm_random(crm, CRM_PICK_KIND, c->id);
        const struct crm_course course = draw_win(c, &r);
        const bool in_time = course.closed <= CRM_EXPORT;

        if (c->n_deals || course.created > CRM_EXPORT)
            continue;
        lc_crm_accept(c, course.created);
        if (!lc_crm_conclude(
                crm,
                lc_crm_add_deal(crm, rank[i].who, in_time ? CRM_WON : CRM_CONTRACT, course),
                true))
            break;
        won += in_time;
        crm->intercept = -rank[i].sum;
    }
    if (won < wanted)
        return lc_fail(err, LC_EMISMATCH,
                       "only %zu of %zu leads can be won by the day of the export; ask for "
                       "fewer wins",
                       won, wanted);
    return LC_OK;
}

struct begin {
    int64_t created;
    uint32_t deal;
};

static int by_created(const void *a, const void *b)
{
    const struct begin *x = a, *y = b;

    if (x->created != y->created)
        return x->created < y->created ? -1 : 1;
    return (x->deal > y->deal) - (x->deal < y->deal);
}

/* A CRM numbers its deals as they come, and lists them so. */
static bool number_deals(struct crm *crm, struct lc_arena *arena)
{
    struct begin *begin = LC_NEW(arena, crm->n_deals, struct begin);

    crm->order = LC_NEW(arena, crm->n_deals, uint32_t);
    if (!begin || !crm->order)
        return false;
    for (uint32_t k = 0; k < crm->n_deals; k++)
        begin[k] = (struct begin){crm->deal[k].created, k};
    if (crm->n_deals)
        qsort(begin, crm->n_deals, sizeof *begin, by_created);
    for (uint32_t k = 0; k < crm->n_deals; k++) {
        struct lc_random r = lc_crm_random(crm, ID_KIND, k);

        crm->order[k] = begin[k].deal;
        crm->deal[begin[k].deal].id =
            38400000000U + 7000 * (uint64_t)k + lc_random_below(&r, 6000);
    }
    return true;
}

enum lc_rc lc_crm_draw_deals(struct crm *crm, struct lc_arena *arena, struct lc_err *err)
{
    enum lc_rc rc = draw_wins(crm, arena, err);

    if (rc)
        return rc;
    if (!lc_crm_draw_others(crm))
        return lc_fail(err, LC_EMISMATCH,
                       "these leads have no room for so many deals; take another --seed");
    return number_deals(crm, arena) ? LC_OK : lc_fail_memory(err, "made-up deals");
}
