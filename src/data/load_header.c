/* The names of the columns of a file: of one row, of several, or made. */
#include <string.h>

#include "load_internal.h"

static bool taken(const char *const *name, size_t n, const char *wanted)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name[i], wanted) == 0)
            return true;
    return false;
}

/* The name of column j: as written, or column_N where it has none, or name_2 where it is taken. */
static enum lc_rc give_name(struct lc_input *in, size_t j, struct lc_slice written, bool header,
                            struct lc_err *err)
{
    const char *plain = written.n ? lc_arena_text(in->arena, written)
                                  : lc_arena_format(in->arena, "column_%zu", j + 1);
    const char *name = plain;
    enum lc_rc rc = LC_OK;

    for (size_t i = 2; name && taken(in->name, j, name); i++)
        name = lc_arena_format(in->arena, "%s_%zu", plain, i);
    if (!name)
        return lc_fail_memory(err, "a header");
    in->written[j] = plain;
    in->name[j] = name;
    if (!written.n && header)
        rc = lc_input_guess(in, err, "column %zu has no name; it is called %s", j + 1, name);
    else if (name != plain)
        rc = lc_input_guess(
            in, err, "column %zu is called '%.100s' like one before it; here it is '%.100s'",
            j + 1, plain, name);
    return rc;
}

/* Room for k columns. */
static enum lc_rc make_columns(struct lc_input *in, size_t k, struct lc_err *err)
{
    in->k = in->about.columns = k;
    in->name = LC_NEW(in->arena, k, const char *);
    in->written = LC_NEW(in->arena, k, const char *);
    in->wish = LC_NEW(&in->scratch, k, struct lc_wish);
    in->field = LC_NEW(&in->scratch, k, size_t);
    if (!in->name || !in->written || !in->wish || !in->field)
        return lc_fail_memory(err, "a header");
    return LC_OK;
}

/* Names of several rows become one: those that say something, with a blank between. */
static enum lc_rc add_part(struct lc_input *in, struct lc_slice *whole, struct lc_slice part,
                           struct lc_err *err)
{
    char *text;

    part = lc_slice_trim(part);
    if (!part.n)
        return LC_OK;
    text = lc_arena_alloc(&in->scratch, whole->n + part.n + 1, 1);
    if (!text)
        return lc_fail_memory(err, "a header");
    if (whole->n) {
        memcpy(text, whole->p, whole->n);
        text[whole->n++] = ' ';
    }
    memcpy(text + whole->n, part.p, part.n);
    *whole = (struct lc_slice){text, whole->n + part.n};
    return LC_OK;
}

/* Names that are cut are none; a stray quote in one is a letter of it. */
static enum lc_rc check_header(struct lc_input *in, const struct lc_csv_record *record,
                               struct lc_err *err)
{
    if (record->fault == LC_CSV_OVER)
        return lc_fail(err, LC_EFORMAT,
                       "%.160s:%zu: the header is over a cap: see --max-cell-bytes, "
                       "--max-row-cells and --max-row-bytes",
                       lc_shown(in->path), in->about.preamble_lines + 1);
    if (record->fault == LC_CSV_QUOTE)
        return lc_input_guess(in, err, "the header's cell %zu has a quote that is out of order",
                              record->fault_field + 1);
    return LC_OK;
}

/* Room for the names of n columns at least. */
static bool widen(struct lc_input *in, struct lc_slice **whole, size_t *k, size_t n)
{
    struct lc_slice *wider;

    if (*whole && n <= *k)
        return true;
    wider = LC_NEW(&in->scratch, n, struct lc_slice);
    if (!wider)
        return false;
    if (*k)
        memcpy(wider, *whole, *k * sizeof *wider);
    *whole = wider;
    *k = n;
    return true;
}

/* The names that `rows` rows give to columns; *whole: [*k], the widest row's. */
static enum lc_rc join_names(struct lc_input *in, struct lc_csv *c, size_t rows,
                             struct lc_slice **whole, size_t *k, struct lc_err *err)
{
    struct lc_csv_record record = {.n = 0};
    enum lc_rc rc = LC_OK;

    *whole = NULL;
    for (size_t r = 0; r < rows && !rc;) {
        rc = lc_csv_next(c, &record, err);
        if (!rc)
            rc = check_header(in, &record, err);
        if (rc || record.n == 0)
            continue;
        if (!widen(in, whole, k, record.n))
            return lc_fail_memory(err, "a header");
        for (size_t j = 0; j < record.n && !rc; j++)
            rc = add_part(in, &(*whole)[j], record.field[j], err);
        r++;
    }
    if (rc == LC_END && *k == 0)
        return lc_fail(err, LC_EFORMAT, "%.160s: has no header", lc_shown(in->path));
    in->body += record.after;
    return rc == LC_END ? LC_OK : rc;
}

enum lc_rc lc_input_header(struct lc_input *in, const struct lc_sniff *s, struct lc_err *err)
{
    const struct lc_slice rest = {in->text.p + s->header, in->text.n - s->header};
    struct lc_dialect careful = in->dialect;
    struct lc_slice *whole = NULL;
    struct lc_csv *c;
    size_t k = 0;
    enum lc_rc rc;

    careful.careful = true;
    c = lc_csv_new(rest, careful);
    if (!c)
        return lc_fail_memory(err, "a header");
    in->body = s->header;
    rc = s->header_rows ? join_names(in, c, s->header_rows, &whole, &k, err) : LC_OK;
    lc_csv_free(c);
    in->header = whole;
    if (!rc)
        rc = make_columns(in, s->header_rows ? k : s->width, err);
    for (size_t j = 0; j < in->k && !rc; j++)
        rc = give_name(in, j, whole ? whole[j] : (struct lc_slice){"", 0}, s->header_rows != 0,
                       err);
    return rc;
}
