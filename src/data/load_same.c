/* Spellings of one value: where the spec says that two texts are the same, a column has one level. */
#include <string.h>

#include "load_internal.h"

bool lc_same_texts(const struct lc_wish *wish, struct lc_merged *m)
{
    const struct lc_spec_attribute *a = wish->same;
    const uint32_t n = m->dict.n;

    m->as = LC_NEW(&m->arena, (size_t)n + (a ? a->n_same : 0) + 1, uint32_t);
    if (!m->as)
        return false;
    for (uint32_t e = 0; e < n; e++)
        m->as[e] = e;
    for (size_t i = 0; a && i < a->n_same; i++)
        for (size_t j = 0; j < a->same[i].spellings.n; j++) {
            const uint32_t other =
                lc_dict_find(&m->dict, lc_slice_of(a->same[i].spellings.text[j]));
            uint32_t as;

            if (other == LC_NO_CODE)
                continue;
            as = lc_dict_code(&m->dict, lc_slice_of(a->same[i].as));
            if (as == LC_NO_CODE)
                return false;
            m->as[as] = as;
            m->as[other] = as;
        }
    return true;
}

/* The chunks' dictionaries can be listed by now, and not looked up in: their slots are gone. */
static size_t cells_of(const struct lc_input *in, size_t s, const char *text)
{
    const struct lc_slice wanted = lc_slice_of(text);
    size_t cells = 0;

    for (size_t c = 0; c < in->n_chunks; c++) {
        const struct lc_sink *sink = &in->chunk[c].sink[s];

        for (uint32_t e = 0; e < sink->dict.n; e++)
            cells += lc_slice_eq(sink->dict.text[e], wanted) ? sink->count[e] : 0;
    }
    return cells;
}

bool lc_same_column(const struct lc_input *in, size_t s, struct lc_table_column *column)
{
    const struct lc_spec_attribute *a = in->wish[in->field[s]].same;
    struct lc_table_spelling *to;
    size_t n = 0;

    for (size_t i = 0; a && i < a->n_same; i++)
        n += a->same[i].spellings.n;
    if (!n)
        return true;
    to = LC_NEW(in->arena, n, struct lc_table_spelling);
    if (!to)
        return false;
    column->spelling = to;
    column->n_spellings = n;
    for (size_t i = 0; i < a->n_same; i++)
        for (size_t j = 0; j < a->same[i].spellings.n; j++) {
            const char *text = a->same[i].spellings.text[j];

            *to++ = (struct lc_table_spelling){text, a->same[i].as, cells_of(in, s, text)};
        }
    return true;
}

/* A text that means no value cannot stand for one that does. */
static enum lc_rc refuse_missing(const struct lc_input *in, const struct lc_table_column *c,
                                 struct lc_err *err)
{
    for (size_t i = 0; i < c->n_spellings; i++)
        if (lc_missing_text(in, lc_slice_of(c->spelling[i].as)) < in->missing.n)
            return lc_fail(err, LC_EMISMATCH,
                           "column '%.80s': '%.40s' means no value, so that nothing can be the "
                           "same; name its spellings in \"missing\" instead",
                           c->codes.name, c->spelling[i].as);
    return LC_OK;
}

static enum lc_rc note_same(const struct lc_input *in, const struct lc_table_column *c,
                            struct lc_err *err)
{
    size_t cells = 0, spellings = 0, first = c->n_spellings;

    for (size_t i = 0; i < c->n_spellings; i++) {
        cells += c->spelling[i].count;
        spellings += c->spelling[i].count > 0;
        if (c->spelling[i].count && first == c->n_spellings)
            first = i;
    }
    if (!cells)
        return LC_OK;
    return lc_reject_note(in->rejects, err,
                          "column '%.80s' is standardised, as the spec says: %zu other "
                          "spelling%s in %zu cell%s, such as '%.40s' for '%.40s'",
                          c->codes.name, spellings, spellings == 1 ? "" : "s", cells,
                          cells == 1 ? "" : "s", c->spelling[first].text,
                          c->spelling[first].as);
}

enum lc_rc lc_input_same(const struct lc_input *in, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t s = 0; s < in->n_sinks && !rc; s++) {
        const struct lc_table_column *c = &in->column[s];

        if (!c->n_spellings)
            continue;
        if (c->kind == LC_KIND_NUMBER || c->kind == LC_KIND_DATE)
            return lc_fail(err, LC_EMISMATCH,
                           "column '%.80s' holds %s, whose spellings are all known; take "
                           "\"same\" out of its entry in the spec",
                           c->codes.name, c->kind == LC_KIND_DATE ? "dates" : "numbers");
        rc = refuse_missing(in, c, err);
        if (!rc)
            rc = note_same(in, c, err);
    }
    return rc;
}
