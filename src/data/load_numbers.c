/* Columns of numbers that are written for people: which sign is decimal, by the votes of the cells. */
#include <string.h>

#include "leadcal/num.h"
#include "load_internal.h"

#define LEAST_SEEN \
    5 /* values with a point of thousands, before a column of numbers is called so */

static struct lc_number_votes votes_of(const struct lc_table_column *c)
{
    struct lc_number_votes v = {0};

    for (uint32_t i = 0; i < c->codes.n_levels && !v.none; i++)
        if (i != c->codes.missing)
            lc_number_vote(&v, lc_slice_of(c->codes.level[i]), c->count[i]);
    return v;
}

static bool all_numbers(const struct lc_number_votes *v)
{
    return v->cells && !v->none;
}

/* Why a column of numbers was read as texts, and what to do: behind the column's name. */
static const char *why_texts(const struct lc_number_votes *v, struct lc_arena *arena)
{
    if (v->point && v->comma)
        return lc_arena_format(
            arena,
            "%zu numbers can only have a decimal point, and %zu only a decimal "
            "comma; write all of them in one way",
            v->point, v->comma);
    if (!lc_number_one_unit(v))
        return lc_arena_format(
            arena,
            "numbers in %s and %s cannot be added up; part them, or write all in one unit",
            lc_number_unit(v->unit), v->other ? lc_number_unit(v->other) : "no unit");
    return lc_arena_format(
        arena,
        "%zu number%s such as 1,234 read%s with thousands and with decimals, "
        "and no cell tells which; say it with --decimal point or --decimal "
        "comma, or \"decimal\" in the spec",
        v->either, v->either == 1 ? "" : "s", v->either == 1 ? "s" : "");
}

enum lc_rc lc_input_numbers(const struct lc_input *in, struct lc_err *err)
{
    for (size_t s = 0; s < in->n_sinks; s++) {
        const struct lc_table_column *c = &in->column[s];
        struct lc_number_votes v;
        const char *why;

        if (!in->wish[in->field[s]].number || c->kind != LC_KIND_TEXT)
            continue;
        v = votes_of(c);
        if (!all_numbers(&v))
            continue;
        why = why_texts(&v, in->arena);
        if (!why)
            return lc_fail_memory(err, "a note");
        return lc_fail(err, LC_EMISMATCH, "%.160s: %.80s: %s", lc_shown(in->path),
                       c->codes.name, why);
    }
    return LC_OK;
}

/* Numbers that are read as they look: which sign was taken for decimal, and by how many cells. */
static enum lc_rc note_formatted(struct lc_rejects *rejects, const struct lc_table_column *c,
                                 struct lc_err *err)
{
    const struct lc_number_votes v = votes_of(c);
    const bool comma = c->decimal == LC_DECIMAL_COMMA;
    const char *unit = lc_number_unit(v.unit);
    const size_t show = comma ? v.comma : v.point;

    if (!show && v.either)
        return lc_reject_note(
            rejects, err,
            "column '%.80s' is read as numbers with a decimal %s, as was said "
            "(--decimal); its cells leave it open%s%s",
            c->codes.name, comma ? "comma" : "point", *unit ? ", in " : "", unit);
    if (!show)
        return lc_reject_note(rejects, err, "column '%.80s' is read as numbers%s%s",
                              c->codes.name, *unit ? ", in " : " with marks of thousands",
                              unit);
    return lc_reject_note(rejects, err,
                          "column '%.80s' is read as numbers with a decimal %s, as %zu cell%s "
                          "show%s%s%s",
                          c->codes.name, comma ? "comma" : "point", show, show == 1 ? "" : "s",
                          show == 1 ? "s" : "", *unit ? ", in " : "", unit);
}

/* Plain numbers whose points, where they have any, all stand before three digits. */
static const char *points_of_thousands(const struct lc_table_column *c)
{
    const char *example = NULL;
    size_t n = 0;

    for (uint32_t v = 0; v < c->codes.n_levels; v++) {
        const char *text = c->codes.level[v];

        if (v == c->codes.missing || !strchr(text, '.'))
            continue;
        if (!lc_number_look(lc_slice_of(text)).differ)
            return NULL;
        example = text;
        n++;
    }
    return n >= LEAST_SEEN ? example : NULL;
}

static enum lc_rc note_plain(struct lc_rejects *rejects, const struct lc_table_column *c,
                             struct lc_err *err)
{
    const char *points = points_of_thousands(c);

    if (!points)
        return LC_OK;
    return lc_reject_note(
        rejects, err,
        "column '%.80s' may have points between thousands: '%.20s' was read as "
        "a number with three decimals; if it is not, say --decimal comma",
        c->codes.name, points);
}

static enum lc_rc note_texts(struct lc_rejects *rejects, const struct lc_table_column *c,
                             struct lc_err *err)
{
    const struct lc_number_votes v = votes_of(c);
    const char *why = all_numbers(&v) ? why_texts(&v, rejects->arena) : NULL;

    if (!all_numbers(&v))
        return LC_OK;
    if (!why)
        return lc_fail_memory(err, "a note");
    return lc_reject_note(rejects, err, "column '%.80s' is read as texts: %s", c->codes.name,
                          why);
}

enum lc_rc lc_note_numbers(struct lc_rejects *rejects, const struct lc_table *table,
                           struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t j = 0; j < table->k && !rc; j++) {
        const struct lc_table_column *c = &table->column[j];

        if (c->kind == LC_KIND_NUMBER)
            rc = c->decimal == LC_DECIMAL_ANY ? note_plain(rejects, c, err)
                                              : note_formatted(rejects, c, err);
        else if (c->kind == LC_KIND_TEXT)
            rc = note_texts(rejects, c, err);
    }
    return rc;
}
