/* Texts that mean "no value": what exports write for it, what was said, and what is only suspected. */
#include <stdio.h>
#include <string.h>

#include "load_internal.h"

#define MOST_NAMED   3  /* columns named in a note */
#define LEAST_OTHERS 10 /* distinct numbers, before a column is one of numbers but for a text */
#define MOST_TEXT    20 /* bytes of a text that is shown */
#define BUFFER       1000 /* bytes of a list of columns; longer ones are cut */

/* What CRM systems and spreadsheets write where a value is missing, as they spell it: pick lists that
 * nobody touched, nulls, marks. Words that may be values (None, NA, Unknown) are not among them. */
static const char *const marks[] = {
    "N/A",        "n/a",          "#N/A",          "N.A.",          "n.a.",      "null",
    "NULL",       "Null",         "(null)",        "#NULL!",        "Select",    "-Select-",
    "--Select--", "Select...",    "Please select", "Please Select", "-",         "--",
    "---",        "\xe2\x80\x93", "\xe2\x80\x94",  "(blank)",       "(not set)", "undefined",
};

/* Somebody counts it as a value: won, lost, accepted, ... */
static bool is_said(const struct lc_spec *spec, const char *text)
{
    const struct lc_texts lists[] = {
        spec->missing,
        spec->keep_values,
        spec->outcome.won,
        spec->outcome.lost,
        spec->outcome.open,
        spec->acceptance.accepted,
        spec->acceptance.rejected,
        spec->acceptance.recycled,
    };

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (lc_texts_have(lists[i], text))
            return true;
    return false;
}

enum lc_rc lc_missing_texts(const struct lc_spec *spec, struct lc_arena *arena,
                            struct lc_texts *to, struct lc_err *err)
{
    const size_t n_marks = sizeof marks / sizeof *marks;
    const char **text = LC_NEW(arena, spec->missing.n + n_marks, const char *);
    size_t n = 0;

    if (!text)
        return lc_fail_memory(err, "the texts that mean no value");
    for (size_t i = 0; i < spec->missing.n; i++) {
        text[n] = lc_arena_text(arena, lc_slice_trim(lc_slice_of(spec->missing.text[i])));
        if (!text[n++])
            return lc_fail_memory(err, "the texts that mean no value");
    }
    for (size_t i = 0; i < n_marks; i++)
        if (!is_said(spec, marks[i]))
            text[n++] = marks[i];
    *to = (struct lc_texts){text, n};
    return LC_OK;
}

size_t lc_missing_text(const struct lc_input *in, struct lc_slice s)
{
    const char first = s.n ? s.p[0] : '\0'; /* settles it for almost all of a million texts */
    size_t i = 0;

    while (i < in->missing.n && (in->missing.text[i][0] != first ||
                                 !lc_slice_eq(s, lc_slice_of(in->missing.text[i]))))
        i++;
    return i;
}

void lc_count_missing(const struct lc_input *in, size_t s)
{
    size_t *marked = in->marked + s * in->missing.n;

    for (size_t c = 0; c < in->n_chunks; c++) {
        const struct lc_sink *sink = &in->chunk[c].sink[s];

        for (uint32_t e = 0; e < sink->dict.n; e++) {
            const size_t which = lc_missing_text(in, sink->dict.text[e]);

            if (which < in->missing.n)
                marked[which] += sink->count[e];
        }
    }
}

/* ---- what is said of it ---- */

/* The cells that hold one of the texts, and the columns that have most of them. */
struct found {
    size_t cells, columns;
    char list[BUFFER];
};

static void find_one(const struct lc_input *in, size_t n, size_t which, struct found *f)
{
    size_t used = 0;

    *f = (struct found){0};
    for (size_t i = 0; i < n; i++)
        for (size_t s = 0; s < in[i].n_sinks; s++) {
            const size_t cells = in[i].marked[s * in[i].missing.n + which];

            f->cells += cells;
            f->columns += cells != 0;
            if (cells && f->columns <= MOST_NAMED && used + 120 < sizeof f->list)
                used += (size_t)snprintf(f->list + used, sizeof f->list - used, "%s%.80s %zu",
                                         used ? ", " : "", in[i].column[s].codes.name, cells);
        }
    if (f->columns > MOST_NAMED)
        (void)snprintf(f->list + used, sizeof f->list - used, ", ...");
}

static enum lc_rc note_found(struct lc_rejects *rejects, const char *text, bool said,
                             const struct found *f, struct lc_err *err)
{
    if (said)
        return lc_reject_note(rejects, err,
                              "'%.40s' is read as no value, as was said: %zu cell%s of %zu "
                              "column%s (%s)",
                              text, f->cells, f->cells == 1 ? "" : "s", f->columns,
                              f->columns == 1 ? "" : "s", f->list);
    return lc_reject_note(
        rejects, err,
        "'%.40s' is read as no value: %zu cell%s of %zu column%s (%s); "
        "--keep-values keeps it as a value, as \"keep_values\" in the spec does",
        text, f->cells, f->cells == 1 ? "" : "s", f->columns, f->columns == 1 ? "" : "s",
        f->list);
}

enum lc_rc lc_note_missing(struct lc_rejects *rejects, const struct lc_input *in, size_t n,
                           struct lc_texts *used, struct lc_err *err)
{
    const struct lc_texts all = in[0].missing;
    const size_t said = in[0].spec->missing.n;
    const char **text = LC_NEW(rejects->arena, all.n + 1, const char *);
    enum lc_rc rc = LC_OK;
    size_t k = 0;

    if (!text)
        return lc_fail_memory(err, "the texts that mean no value");
    for (size_t i = 0; i < all.n && !rc; i++) {
        struct found f;

        find_one(in, n, i, &f);
        if (i < said || f.cells)
            text[k++] = i < said ? in[0].spec->missing.text[i] : all.text[i];
        if (f.cells)
            rc = note_found(rejects, all.text[i], i < said, &f, err);
    }
    *used = (struct lc_texts){text, k};
    return rc;
}

/* Numbers, or dates, but for one or two texts: that they mean no value is likely, and not known. */
static enum lc_rc note_texts(struct lc_rejects *rejects, const struct lc_table_column *c,
                             const struct lc_odd *odd, struct lc_err *err)
{
    const char *kind = odd->kind == LC_ODD_AMONG_DATES ? "dates" : "numbers";
    const char *first = c->codes.level[odd->level[0]], *last = c->codes.level[odd->level[1]];
    const size_t cells = c->count[odd->level[0]];

    if (odd->n == 1)
        return lc_reject_note(rejects, err,
                              "column '%.80s' holds %s but for '%s' (%zu cell%s), and so is "
                              "read as texts; if that means no value, say --missing '%s'",
                              c->codes.name, kind, first, cells, cells == 1 ? "" : "s", first);
    return lc_reject_note(
        rejects, err,
        "column '%.80s' holds %s but for '%s' (%zu cell%s) and '%s' (%zu), "
        "and so is read as texts; if these mean no value, say --missing '%s,%s'",
        c->codes.name, kind, first, cells, cells == 1 ? "" : "s", last, c->count[odd->level[1]],
        first, last);
}

void lc_odd_texts(struct lc_merged *m)
{
    size_t n = 0, numbers = 0;

    for (size_t i = 0; i < m->n_levels; i++) {
        const struct lc_slice text = m->level[i].text;
        const struct lc_number_look look = lc_number_look(text);

        if (look.point || look.comma)
            numbers++;
        else if (n == LC_MOST_ODD || text.n > MOST_TEXT)
            return;
        else
            m->odd[n++] = text;
    }
    if (n == LC_MOST_ODD && lc_slice_cmp(m->odd[0], m->odd[1]) > 0) {
        const struct lc_slice first = m->odd[1];

        m->odd[1] = m->odd[0]; /* which one came first may hang on how the file was cut */
        m->odd[0] = first;
    }
    m->n_odd = numbers < LEAST_OTHERS ? 0 : n;
}

enum lc_rc lc_note_odd(const struct lc_input *in, size_t s, const struct lc_merged *m,
                       struct lc_err *err)
{
    const char *one = m->n_odd ? lc_arena_text(in->arena, m->odd[0]) : NULL;
    const char *two = m->n_odd > 1 ? lc_arena_text(in->arena, m->odd[1]) : NULL;

    if (!m->n_odd)
        return LC_OK;
    if (!one || (m->n_odd > 1 && !two))
        return lc_fail_memory(err, "a note");
    return lc_reject_note(
        in->rejects, err,
        "column '%.80s' holds numbers but for '%s'%s%s%s, and as texts it has too "
        "many values to be kept; if that means no value, say --missing '%s%s%s'",
        in->name[in->field[s]], one, two ? " and '" : "", two ? two : "", two ? "'" : "", one,
        two ? "," : "", two ? two : "");
}

enum lc_rc lc_suspect_missing(struct lc_rejects *rejects, const struct lc_table *table,
                              struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t j = 0; j < table->k && !rc; j++) {
        const struct lc_table_column *c = &table->column[j];
        const struct lc_odd odd = lc_odd_find(c);
        const size_t cells = odd.n ? c->count[odd.level[0]] : 0;

        if (odd.kind == LC_ODD_AMONG_NUMBERS || odd.kind == LC_ODD_AMONG_DATES)
            rc = note_texts(rejects, c, &odd, err);
        else if (odd.kind)
            rc = lc_reject_note(rejects, err,
                                "column '%.80s' has %s in %zu row%s, far from its other "
                                "values; if that means no value, say --missing %s",
                                c->codes.name, c->codes.level[odd.level[0]], cells,
                                cells == 1 ? "" : "s", c->codes.level[odd.level[0]]);
    }
    return rc;
}
