/* What stands behind the last row of an export: who ran the report, and whose it is. */
#include <string.h>

#include "leadcal/dialect.h"
#include "leadcal/sniff.h"

#define MOST_FOOTER 20 /* lines */
#define LEAST_WIDTH 3  /* cells of a row, for a narrower line behind it to be no row */

enum line { LINE_EMPTY, LINE_NOTE, LINE_FOOTER, LINE_ROW };

/* The beginning of the line that ends before byte `end`, which is behind its line end. */
static size_t begin_of_line(struct lc_slice text, size_t from, size_t end)
{
    size_t i = end;

    if (i > from && text.p[i - 1] == '\n')
        i--;
    if (i > from && text.p[i - 1] == '\r')
        i--;
    while (i > from && text.p[i - 1] != '\n' && text.p[i - 1] != '\r')
        i--;
    return i;
}

/* A quote that does not begin the line may close what was opened lines before. */
static bool may_close(struct lc_slice line, char quote)
{
    const struct lc_slice s = lc_slice_trim(line);

    return quote && s.n && s.p[0] != quote && memchr(s.p, quote, s.n);
}

/* What a line is, read as a record of its own. */
static enum line look(struct lc_slice line, const struct lc_dialect *dialect, size_t k)
{
    struct lc_csv *c = lc_csv_new(line, *dialect);
    struct lc_csv_record record = {.n = 0};
    enum line found = LINE_ROW;
    struct lc_slice cell = {"", 0}; /* the first that is filled */
    size_t filled = 0;
    struct lc_err err;
    enum lc_rc rc;

    if (!c || may_close(line, dialect->quote)) {
        lc_csv_free(c);
        return LINE_ROW;
    }
    rc = lc_csv_next(c, &record, &err);
    for (size_t j = 0; !rc && j < record.n; j++) {
        const struct lc_slice here = lc_slice_trim(record.field[j]);

        if (here.n && filled++ == 0)
            cell = here;
    }
    if (rc == LC_END || (!rc && filled == 0))
        found = LINE_EMPTY;
    else if (!rc && record.after == line.n && record.fault == LC_CSV_SOUND &&
             (2 * record.n <= k || filled == 1))
        found = filled == 1 && lc_dialect_is_footer(cell) ? LINE_FOOTER : LINE_NOTE;
    lc_csv_free(c);
    return found;
}

static size_t last_lines(struct lc_slice text, size_t body, int64_t lines)
{
    size_t at = text.n;

    for (; lines > 0 && at > body; lines--)
        at = begin_of_line(text, body, at);
    return at;
}

size_t lc_sniff_footer(struct lc_slice text, size_t body, const struct lc_dialect *dialect,
                       size_t k, int64_t lines)
{
    const size_t from = text.n - body > LC_FOOTER_BYTES ? text.n - LC_FOOTER_BYTES : body;
    struct lc_dialect careful = *dialect;
    size_t at = text.n, footer = text.n;
    bool noted = false;

    if (lines)
        return last_lines(text, body, lines);
    careful.careful = true;
    if (k < LEAST_WIDTH)
        return text.n;
    for (int i = 0; i < MOST_FOOTER && at > from; i++) {
        const size_t begin = begin_of_line(text, from, at);
        const enum line line = look((struct lc_slice){text.p + begin, at - begin}, &careful, k);

        if (line == LINE_ROW || begin == from)
            break;
        noted = noted || line != LINE_EMPTY;
        if (line == LINE_FOOTER || (noted && line == LINE_EMPTY))
            footer = begin;
        at = begin;
    }
    return footer;
}
