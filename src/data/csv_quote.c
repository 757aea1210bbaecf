#include "leadcal/csv.h"

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_gap(char c, struct lc_dialect dialect)
{
    return (c == ' ' || c == '\t') && c != dialect.delimiter;
}

/* Goes from behind an opening quote to behind the closing one. False: the cell swallows lines. */
static bool pass_quoted(struct lc_slice text, struct lc_dialect dialect, size_t *at)
{
    const size_t from = *at;
    size_t lines = 0, i = from;

    while (i < text.n) {
        const char c = text.p[i++];

        lines += is_end(c);
        if (lines > MOST_FIELD_LINES || i - from > MOST_FIELD_BYTES)
            return false;
        if (c != dialect.quote)
            continue;
        if (i < text.n && text.p[i] == dialect.quote) {
            i++;
            continue;
        }
        while (i < text.n && is_gap(text.p[i], dialect))
            i++;
        if (i == text.n || is_end(text.p[i]) || text.p[i] == dialect.delimiter) {
            *at = i;
            return true;
        }
        if (lines)
            return false;
    }
    return false;
}

bool lc_csv_open_quote(struct lc_slice text, struct lc_dialect dialect, size_t *at)
{
    for (size_t i = 0; i < text.n;) {
        while (i < text.n && is_gap(text.p[i], dialect))
            i++;
        if (i < text.n && text.p[i] == dialect.quote) {
            const size_t opened = i++;

            if (!pass_quoted(text, dialect, &i)) {
                *at = opened;
                return true;
            }
        }
        while (i < text.n && text.p[i] != dialect.delimiter && !is_end(text.p[i]))
            i++;
        i++;
    }
    return false;
}

size_t lc_csv_line(struct lc_slice text, size_t at)
{
    size_t line = 1;

    for (size_t i = 0; i < at && i < text.n; i++)
        line += text.p[i] == '\n' ||
                (text.p[i] == '\r' && (i + 1 == text.n || text.p[i + 1] != '\n'));
    return line;
}
