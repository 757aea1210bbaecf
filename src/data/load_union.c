#include "load_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"

#define FEW_ROWS 20 /* up to so many, a column of different texts is an example, not a key */

static bool join_dicts(const struct lc_input *in, size_t s, struct lc_merged *m)
{
    if (!lc_dict_init(&m->dict, &m->arena, &m->arena, true))
        return false;
    for (size_t c = 0; c < in->n_chunks; c++) {
        struct lc_sink *sink = &in->chunk[c].sink[s];

        sink->final = LC_NEW(&m->arena, sink->dict.n, uint32_t);
        sink->count = LC_NEW(&m->arena, sink->dict.n, size_t);
        if (!sink->final || !sink->count)
            return false;
        for (uint32_t e = 0; e < sink->dict.n; e++) {
            sink->final[e] = lc_dict_code(&m->dict, sink->dict.text[e]);
            if (sink->final[e] == LC_NO_CODE)
                return false;
        }
    }
    return true;
}

static bool is_missing(const struct lc_input *in, struct lc_slice s)
{
    return s.n == 0 || lc_slice_eq(s, lc_slice_of(LC_MISSING_TEXT)) ||
           lc_missing_text(in, s) < in->missing.n;
}

/* Fills the levels, in no order yet; true where any spelling means "missing". */
static bool list_levels(const struct lc_input *in, struct lc_merged *m)
{
    bool missing = false;

    for (uint32_t e = 0; e < m->dict.n; e++) {
        const struct lc_slice text = m->dict.text[e];

        if (is_missing(in, text)) {
            m->final[e] = LC_NO_CODE;
            missing = true;
            continue;
        }
        if (m->as[e] != e)
            continue; /* it has the level of the text that stands for it */
        m->level[m->n_levels++] = (struct lc_level){text, LC_NAN, LC_NO_DAY, e};
        m->text_bytes += text.n + 1;
    }
    return missing;
}

static bool all_plain(struct lc_merged *m)
{
    for (size_t i = 0; i < m->n_levels; i++)
        if (!lc_real_parse(m->level[i].text, &m->level[i].number))
            return false;
    return true;
}

/* Numbers that are written for people: with a decimal comma, thousands, a unit. */
static bool all_formatted(struct lc_merged *m, enum lc_decimal said)
{
    struct lc_number_votes v = {0};
    enum lc_decimal decimal;

    for (size_t i = 0; i < m->n_levels && !v.none; i++)
        lc_number_vote(&v, m->level[i].text, 1);
    decimal = lc_number_decimal(&v, said);
    if (decimal == LC_DECIMAL_ANY)
        return false;
    for (size_t i = 0; i < m->n_levels; i++)
        (void)lc_number_parse(m->level[i].text, decimal, &m->level[i].number);
    m->decimal = decimal;
    return true;
}

/* Plain numbers are what they are, unless somebody said that their points part thousands. */
static bool all_numbers(struct lc_merged *m, enum lc_decimal said)
{
    const bool plain = all_plain(m);

    if (plain && said != LC_DECIMAL_COMMA)
        return true;
    if (!all_formatted(m, said))
        return plain;
    if (plain && m->decimal == LC_DECIMAL_POINT)
        m->decimal = LC_DECIMAL_ANY;
    return true;
}

bool lc_is_many(size_t n_levels, size_t n)
{
    return n_levels > LC_MOST_TEXTS || (n > FEW_ROWS && 2 * n_levels > n);
}

static void choose_kind(const struct lc_input *in, const struct lc_wish *wish,
                        struct lc_merged *m)
{
    const bool numbers = all_numbers(m, in->spec->decimal);

    if (m->n_levels == 0)
        m->kind = LC_KIND_EMPTY;
    else if (lc_merged_dates(in, wish, numbers, m))
        m->kind = LC_KIND_DATE;
    else if (numbers)
        m->kind = LC_KIND_NUMBER;
    else if (!wish->keep && !wish->key && lc_is_many(m->n_levels, in->n))
        m->kind = LC_KIND_MANY;
    else
        m->kind = LC_KIND_TEXT;
}

static int by_text(const void *a, const void *b)
{
    return lc_slice_cmp(((const struct lc_level *)a)->text, ((const struct lc_level *)b)->text);
}

static int by_number(const void *a, const void *b)
{
    const struct lc_level *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return by_text(a, b);
}

static int by_day(const void *a, const void *b)
{
    const struct lc_level *x = a, *y = b;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return by_text(a, b);
}

void lc_merge_column(const struct lc_input *in, size_t s, struct lc_merged *m)
{
    bool missing;

    lc_arena_init(&m->arena, in->arena->limit);
    m->missing = LC_NO_CODE;
    m->kind = LC_KIND_MANY;
    for (size_t c = 0; c < in->n_chunks; c++)
        if (in->chunk[c].sink[s].dropped)
            return;
    if (!join_dicts(in, s, m) || !lc_same_texts(&in->wish[in->field[s]], m)) {
        m->refused = true;
        return;
    }
    m->level = LC_NEW(&m->arena, m->dict.n, struct lc_level);
    m->final = LC_NEW(&m->arena, m->dict.n, uint32_t);
    if (!m->level || !m->final) {
        m->refused = true;
        return;
    }
    missing = list_levels(in, m);
    choose_kind(in, &in->wish[in->field[s]], m);
    if (m->kind == LC_KIND_MANY) {
        lc_odd_texts(m);
        return;
    }
    qsort(m->level, m->n_levels, sizeof *m->level,
          m->kind == LC_KIND_NUMBER ? by_number
          : m->kind == LC_KIND_DATE ? by_day
                                    : by_text);
    for (size_t i = 0; i < m->n_levels; i++)
        m->final[m->level[i].spelling] = (uint32_t)i;
    for (uint32_t e = 0; e < m->dict.n; e++)
        if (m->as[e] != e)
            m->final[e] = m->final[m->as[e]];
    if (missing)
        m->missing = (uint32_t)m->n_levels;
}
