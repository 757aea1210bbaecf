/* Deals that credit no lead with a win: lost, open, too early, second ones, and those of nobody. */
#include <math.h>

#include "simulate_files_internal.h"

#define COME_BACK    14 /* recycled contacts that come back after a lost deal */
#define SECOND_DEALS 9  /* contacts that get a second deal behind a lost one */
#define ORPHANS      4  /* lost deals of contacts that are not in the file */

static struct crm_course draw_loss(const struct crm_contact *c, struct lc_random *r)
{
    const int64_t created =
        lc_crm_office(c->handed + (int64_t)((0.5 + lc_crm_wait(r, 4)) * CRM_DAY));
    const double days = exp(3.5 + 0.7 * lc_crm_normal(r));

    return (struct crm_course){created,
                               lc_crm_office(created + (int64_t)((2 + days) * CRM_DAY))};
}

/* Of the accepted who were not won, some come to a deal that is lost or still open. */
static bool draw_losses(struct crm *crm)
{
    for (uint32_t i = 0; i < CRM_CONTACTS; i++) {
        struct crm_contact *c = &crm->contact[i];
        struct lc_random r = lc_crm_random(crm, CRM_PICK_KIND, c->id + 1);
        struct crm_course course = draw_loss(c, &r);
        const bool stale =
            lc_random_unit(&r) < 0.07; /* nobody closes it, and its day moves on */
        const bool open = stale || course.closed > CRM_EXPORT;

        if (!c->accepted || c->n_deals || course.created > CRM_EXPORT ||
            lc_random_unit(&r) > 0.33)
            continue;
        if (stale)
            course.closed =
                lc_crm_office(CRM_EXPORT + (10 + (int64_t)lc_random_below(&r, 80)) * CRM_DAY);
        lc_crm_accept(c, course.created);
        if (!lc_crm_conclude(
                crm, lc_crm_add_deal(crm, i, open ? CRM_APPOINTMENT : CRM_LOST, course), true))
            return false;
    }
    return true;
}

/* Contacts whose first deal was lost, and who were given back and handed over again: the deal
 * is older than their hand-over. Every third has a deal since. */
static bool draw_returns(struct crm *crm)
{
    size_t n = 0;

    for (uint32_t i = 0; i < CRM_CONTACTS && n < COME_BACK; i++) {
        struct crm_contact *c = &crm->contact[i];
        struct lc_random r = lc_crm_random(crm, CRM_PICK_KIND, c->id + 2);
        const int64_t again =
            lc_crm_office(c->handed + (int64_t)((110 + lc_crm_wait(&r, 60)) * CRM_DAY));
        const struct crm_course course = draw_loss(c, &r);

        if (c->status != CRM_BAD_TIMING || c->n_deals || i % 5 ||
            course.closed > c->handed + 100 * CRM_DAY || again > CRM_EXPORT - 40 * CRM_DAY)
            continue;
        if (!lc_crm_conclude(crm, lc_crm_add_deal(crm, i, CRM_LOST, course), false))
            return false;
        c->handed = again;
        c->touched = lc_crm_office(again + (int64_t)(lc_crm_wait(&r, 1) * CRM_DAY));
        c->status = n % 3 ? CRM_BAD_TIMING : CRM_CONNECTED;
        c->accepted = n % 3 ? 0 : c->touched;
        n++;
    }
    return true;
}

/* A second deal some weeks after a lost one. */
static bool draw_seconds(struct crm *crm)
{
    const size_t before = crm->n_deals;
    size_t n = 0;

    for (size_t k = 0; k < before && n < SECOND_DEALS; k += 7) {
        const struct crm_deal *d = &crm->deal[k];
        const int64_t created = lc_crm_office(d->closed + 20 * CRM_DAY);
        const struct crm_course course = {created, lc_crm_office(created + 45 * CRM_DAY)};

        if (d->stage != CRM_LOST || course.created > CRM_EXPORT)
            continue;
        if (!lc_crm_conclude(
                crm,
                lc_crm_add_deal(crm, d->who[0],
                                course.closed > CRM_EXPORT ? CRM_PRESENTED : CRM_LOST, course),
                false))
            return false;
        n++;
    }
    return true;
}

/* Deals of contacts that are not in the file, and one without any. */
static bool draw_orphans(struct crm *crm)
{
    for (size_t k = 0; k <= ORPHANS; k++) {
        const int64_t created = lc_crm_office(CRM_FIRST + (int64_t)(110 * (k + 1)) * CRM_DAY);
        const struct crm_course course = {created, lc_crm_office(created + 16 * CRM_DAY)};
        struct crm_deal *d = lc_crm_add_deal(crm, CRM_NONE, k ? CRM_LOST : CRM_WON, course);

        if (!lc_crm_conclude(crm, d, false))
            return false;
        d->stranger = k ? 20098000000U + 311 * k : 0;
    }
    return true;
}

/* A contact whose deal was won, and who is handed over again half a year later, or has a second
 * deal won: neither is the first since the hand-over. */
static bool draw_uncredited(struct crm *crm)
{
    bool early = false, later = false;

    for (uint32_t i = 0; i < CRM_CONTACTS && !(early && later); i++) {
        struct crm_contact *c = &crm->contact[i];
        const int64_t begun = lc_crm_office(c->created + 6 * CRM_DAY);
        const struct crm_course before = {begun, lc_crm_office(begun + 15 * CRM_DAY)};
        struct crm_course second;

        if (!early && c->status == CRM_CONNECTED && !c->n_deals &&
            c->created < CRM_FIRST + 300 * CRM_DAY) {
            if (!lc_crm_conclude(crm, lc_crm_add_deal(crm, i, CRM_WON, before), false))
                return false;
            c->handed = lc_crm_office(before.closed + 190 * CRM_DAY);
            c->touched = lc_crm_office(c->handed + CRM_DAY);
            c->accepted = lc_crm_office(c->touched + CRM_DAY);
            early = true;
        } else if (!later && c->won != CRM_NONE &&
                   crm->deal[c->won].closed < CRM_EXPORT - 150 * CRM_DAY &&
                   crm->deal[c->won].who[0] == i) {
            second.created = lc_crm_office(crm->deal[c->won].closed + 90 * CRM_DAY);
            second.closed = lc_crm_office(second.created + 12 * CRM_DAY);
            if (!lc_crm_conclude(crm, lc_crm_add_deal(crm, i, CRM_WON, second), false))
                return false;
            crm->deal[crm->n_deals - 1].renewal = true;
            later = true;
        }
    }
    return early && later;
}

bool lc_crm_draw_others(struct crm *crm)
{
    return draw_uncredited(crm) && draw_losses(crm) && draw_returns(crm) && draw_seconds(crm) &&
           draw_orphans(crm);
}
