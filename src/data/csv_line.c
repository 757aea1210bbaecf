#include "leadcal/csv.h"

bool lc_csv_is_second_half(struct lc_slice text, const struct lc_dialect *dialect, size_t at)
{
    while (at < text.n && (text.p[at] == ' ' || text.p[at] == '\t') &&
           text.p[at] != dialect->delimiter)
        at++;
    return at < text.n && text.p[at] == '\n';
}

size_t lc_csv_line(struct lc_slice text, size_t at)
{
    size_t line = 1;

    for (size_t i = 0; i < at && i < text.n; i++)
        line += text.p[i] == '\n' ||
                (text.p[i] == '\r' && (i + 1 == text.n || text.p[i + 1] != '\n'));
    return line;
}
