#include "leadcal/simulate_files.h"

#include <math.h>

#include "leadcal/num.h"
#include "simulate_files_internal.h"

enum lc_rc lc_crm_make(uint64_t seed, uint64_t wins, struct lc_arena *arena, struct crm *crm,
                       struct lc_err *err)
{
    *crm = (struct crm){.contact = LC_NEW(arena, CRM_CONTACTS, struct crm_contact),
                        .deal = LC_NEW(arena, CRM_DEALS, struct crm_deal),
                        .seed = seed,
                        .wins = (size_t)wins};
    if (!crm->contact || !crm->deal)
        return lc_fail_memory(err, "made-up contacts");
    lc_crm_draw_contacts(crm);
    return lc_crm_draw_deals(crm, arena, err);
}

enum lc_rc lc_simulate_files(uint64_t seed, uint64_t wins, FILE *contacts, FILE *deals,
                             struct lc_err *err)
{
    struct lc_arena arena;
    struct crm crm;
    enum lc_rc rc;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    rc = lc_crm_make(seed, wins, &arena, &crm, err);
    if (!rc) {
        lc_crm_put_contacts(&crm, contacts);
        lc_crm_put_deals(&crm, deals);
        if (ferror(contacts) || ferror(deals))
            rc = lc_fail(err, LC_EIO, "the files cannot be written; is the disk full?");
    }
    lc_arena_release(&arena);
    return rc;
}

static void put_line(FILE *to, const char *attribute, const char *level, double coefficient)
{
    char number[LC_REAL_TEXT];

    lc_real_text(round(coefficient * 1e6) / 1e6, number);
    (void)fprintf(to, "%s,%s,%s\n", attribute, level, number);
}

static void put_rule(FILE *to, const struct crm_rule *rule)
{
    char level[CRM_TEXT];

    for (size_t k = 0; k < rule->n_levels; k++) {
        (void)snprintf(level, sizeof level, "\"%s\"", rule->level[k].name);
        put_line(to, rule->column, level, rule->level[k].effect);
    }
    if (rule->missing > 0)
        put_line(to, rule->column, "(missing)", rule->missing_effect);
}

static void put_bands(FILE *to, const struct crm_bands *bands)
{
    for (size_t i = 0; i < bands->n; i++) {
        char low[16] = "-inf", high[16] = "inf", level[40];

        if (i > 0)
            (void)snprintf(low, sizeof low, "%d", bands->cut[i - 1]);
        if (i + 1 < bands->n)
            (void)snprintf(high, sizeof high, "%d", bands->cut[i]);
        (void)snprintf(level, sizeof level, "\"(%s,%s]\"", low, high);
        put_line(to, bands->column, level, bands->effect[i]);
    }
    if (!isnan(bands->missing_effect))
        put_line(to, bands->column, "(missing)", bands->missing_effect);
}

enum lc_rc lc_simulate_files_truth(uint64_t seed, uint64_t wins, FILE *to, struct lc_err *err)
{
    struct lc_arena arena;
    struct crm crm;
    enum lc_rc rc;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    rc = lc_crm_make(seed, wins, &arena, &crm, err);
    if (!rc) {
        (void)fputs("attribute,level,coefficient\n", to);
        put_line(to, "(intercept)", "", crm.intercept);
        for (size_t f = 0; f < CRM_FACTORS; f++)
            put_rule(to, &crm_rule[f]);
        for (size_t b = 0; b < CRM_WITH_EFFECT; b++)
            put_bands(to, &crm_bands[b]);
        if (ferror(to))
            rc = lc_fail(err, LC_EIO, "the coefficients cannot be written; is the disk full?");
    }
    lc_arena_release(&arena);
    return rc;
}
