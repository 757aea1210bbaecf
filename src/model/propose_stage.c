/* Is 'closedwon' a won deal? It is the id of a stage, which keeps it when somebody gives the stage
 * another name and another place; so the rows are asked. Decisions: docs/decisions/0151-stage-ids-are-asked.md. */
#include <string.h>

#include "propose_internal.h"

#define LEAST_SAID   0.9 /* of its rows that a label, a flag or a closing day must confirm */
#define LEAST_AMOUNT 0.5 /* of its rows that have an amount, where days alone speak */

static uint32_t id_level(const struct lc_column *c)
{
    for (uint32_t v = 0; v < c->n_levels; v++)
        if (v != c->missing && lc_dialect_same(c->level[v], LC_STAGE_ID_WON))
            return v;
    return LC_NO_CODE;
}

/* The latest day on which anything but a closing happened: a forecast may lie behind it. */
static int32_t latest_day(const struct lc_guess *g)
{
    int32_t latest = LC_NO_DAY;

    for (size_t j = 0; j < g->table->k; j++) {
        const struct lc_table_column *c = &g->table->column[j];

        if (c->kind != LC_KIND_DATE || lc_word_in_name(c->codes.name, LC_MEANS_CLOSED) ||
            lc_system_means(g->table, &g->systems, c, LC_MEANS_CLOSED))
            continue;
        for (uint32_t v = 0; v < c->codes.n_levels; v++)
            if (v != c->codes.missing && c->day[v] > latest)
                latest = c->day[v];
    }
    return latest;
}

/* Rows of the id, and how many of them a column speaks of, and well. */
struct said {
    const char *column;
    size_t known, well;
};

/* Does a row's value speak for a won deal? */
typedef bool (*speaks)(const struct lc_table_column *c, uint32_t v, int32_t as_of);

static bool says_won(const struct lc_table_column *c, uint32_t v, int32_t as_of)
{
    (void)as_of;
    return lc_won_strength(c->codes.level[v]) > 0;
}

static bool is_past(const struct lc_table_column *c, uint32_t v, int32_t as_of)
{
    return c->day[v] <= as_of;
}

static bool is_paid(const struct lc_table_column *c, uint32_t v, int32_t as_of)
{
    (void)as_of;
    return c->number[v] > 0;
}

static struct said ask(const struct lc_guess *g, const struct lc_table_column *stage,
                       const struct lc_table_column *c, int32_t as_of, speaks well)
{
    const uint32_t id = id_level(&stage->codes);
    struct said s = {0};

    if (!c || c == stage)
        return s;
    s.column = c->codes.name;
    for (size_t i = 0; i < g->table->n; i++) {
        const uint32_t v = lc_code_at(&c->codes, i);

        if (lc_code_at(&stage->codes, i) != id || v == c->codes.missing)
            continue;
        s.known++;
        s.well += well(c, v, as_of);
    }
    return s;
}

/* A column of one of the kinds that is not the stage itself. */
static const struct lc_table_column *beside(const struct lc_guess *g,
                                            const struct lc_table_column *stage,
                                            enum lc_meaning meaning, unsigned kinds)
{
    const size_t file = stage->file < g->systems.n ? stage->file : 0;
    const struct lc_table_column *c =
        lc_column_meaning(g->table, &g->systems, file, meaning, kinds);

    return c == stage ? NULL : c;
}

/* A label or a flag that stands beside the id. */
static struct said ask_label(const struct lc_guess *g, const struct lc_table_column *stage)
{
    const struct lc_system *s = &g->systems.of[stage->file < g->systems.n ? stage->file : 0];
    static const enum lc_meaning label[] = {LC_MEANS_IS_WON, LC_MEANS_OUTCOME};

    for (size_t m = 0; m < 2; m++)
        for (size_t from = 0;;) {
            const size_t at = lc_dialect_column(&s->signature, label[m], s->name, s->k, &from);
            const struct lc_table_column *c;

            if (at == s->k)
                break;
            c = &g->table->column[s->column[at]];
            if (c != stage && (c->kind == LC_KIND_TEXT || c->kind == LC_KIND_NUMBER))
                return ask(g, stage, c, LC_NO_DAY, says_won);
        }
    return (struct said){0};
}

static bool most(size_t part, size_t all, double share)
{
    return all && (double)part >= share * (double)all;
}

enum lc_rc lc_stage_judge(struct lc_guess *g, const struct lc_table_column *stage,
                          enum lc_stage_judgement *out, struct lc_err *err)
{
    const uint32_t id = id_level(&stage->codes);
    const int32_t as_of = latest_day(g);
    struct said label, closed, amount;
    char day[LC_DAY_TEXT] = "the latest day";
    bool sure;
    enum lc_rc rc;

    *out = LC_STAGE_NO_ID;
    if (id == LC_NO_CODE)
        return LC_OK;
    label = ask_label(g, stage);
    closed = ask(g, stage, beside(g, stage, LC_MEANS_CLOSED, LC_DATES), as_of, is_past);
    amount = ask(g, stage, beside(g, stage, LC_MEANS_AMOUNT, LC_NUMBERS), as_of, is_paid);
    if (as_of != LC_NO_DAY)
        lc_day_text(as_of, day);
    sure = label.known ? most(label.well, label.known, LEAST_SAID)
                       : most(closed.well, stage->count[id], LEAST_SAID) &&
                             most(amount.well, stage->count[id], LEAST_AMOUNT);
    *out = sure ? LC_STAGE_SURE : LC_STAGE_UNSURE;
    if (label.known)
        rc = lc_notes_add(
            &g->notes, err,
            "outcome: '%s' has the stage id '%s', which a renamed pipeline may give to "
            "another stage: '%s' says won in %zu of its %zu rows%s",
            stage->codes.name, stage->codes.level[id], label.column, label.well, label.known,
            sure ? ", so it is won" : ", so the id is not taken as won");
    else
        rc = lc_notes_add(
            &g->notes, err,
            "outcome: '%s' has the stage id '%s', which a renamed pipeline may give to "
            "another stage: of its %zu rows %zu were closed by %s and %zu have an "
            "amount%s",
            stage->codes.name, stage->codes.level[id], stage->count[id], closed.well, day,
            amount.well, sure ? ", so it is won" : ", so the id is not taken as won");
    if (!rc && !sure)
        rc = lc_notes_add(
            &g->notes, err,
            "outcome: name the ids that mean won, where it is the outcome: --outcome '%s' "
            "--won ID",
            stage->codes.name);
    return rc;
}
