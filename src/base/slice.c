#include "leadcal/slice.h"

#include <string.h>

struct lc_slice lc_slice_of(const char *text)
{
    return (struct lc_slice){text, strlen(text)};
}

bool lc_slice_eq(struct lc_slice a, struct lc_slice b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int lc_slice_cmp(struct lc_slice a, struct lc_slice b)
{
    const size_t n = a.n < b.n ? a.n : b.n;
    const int order = n ? memcmp(a.p, b.p, n) : 0;

    if (order)
        return order;
    return (a.n > b.n) - (a.n < b.n);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool lc_slice_eq_nocase(struct lc_slice a, struct lc_slice b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct lc_slice lc_slice_trim(struct lc_slice s)
{
    for (;;) {
        if (s.n && is_blank(s.p[0])) {
            s.p++;
            s.n--;
        } else if (s.n > 1 && s.p[0] == '\xc2' && s.p[1] == '\xa0') {
            s.p += 2;
            s.n -= 2;
        } else {
            break;
        }
    }
    for (;;) {
        if (s.n && is_blank(s.p[s.n - 1]))
            s.n--;
        else if (s.n > 1 && s.p[s.n - 2] == '\xc2' && s.p[s.n - 1] == '\xa0')
            s.n -= 2;
        else
            return s;
    }
}

#define MOST_NAME 64 /* letters compared of a name; longer ones differ early or not at all */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t distance(const char *a, size_t na, const char *b, size_t nb)
{
    size_t row[MOST_NAME + 1];

    for (size_t j = 0; j <= nb; j++)
        row[j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t corner = row[0];

        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            const size_t above = row[j];
            const size_t change = corner + (lower(a[i - 1]) != lower(b[j - 1]));

            row[j] = least(least(above, row[j - 1]) + 1, change);
            corner = above;
        }
    }
    return row[nb];
}

const char *lc_nearest(const char *wanted, const char *const *known, size_t n)
{
    const char *best = NULL;
    const size_t nw = least(strlen(wanted), MOST_NAME);
    size_t best_distance = 0;

    for (size_t i = 0; i < n; i++) {
        const size_t nk = least(strlen(known[i]), MOST_NAME);
        const size_t longer = nw > nk ? nw : nk;
        const size_t allowed = longer / 3 ? longer / 3 : 1;
        const size_t d = distance(wanted, nw, known[i], nk);

        if (d <= allowed && d < longer && (!best || d < best_distance)) {
            best = known[i];
            best_distance = d;
        }
    }
    return best;
}
