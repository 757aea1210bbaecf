/* What dates are read with: digits, marks, blanks and words off the front of a text. */
#include <string.h>

#include "date_internal.h"

#define MOST_DIGIT 9 /* digits of a run that still fits an int; longer ones are no date */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool lc_date_is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/* Takes a run of at most `most` digits off the front; 0 where there is none or more of them. */
size_t lc_date_take_digits(struct lc_slice *s, size_t most, int *value)
{
    size_t n = 0;
    int sum = 0;

    while (n < s->n && is_digit(s->p[n])) {
        if (n == most || n == MOST_DIGIT)
            return 0;
        sum = 10 * sum + (s->p[n] - '0');
        n++;
    }
    if (n) {
        s->p += n;
        s->n -= n;
        *value = sum;
    }
    return n;
}

bool lc_date_take(struct lc_slice *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    s->p++;
    s->n--;
    return true;
}

/* A blank, or one that does not break: U+00A0, and U+202F as it stands before AM and PM. */
static bool take_blank(struct lc_slice *s)
{
    const size_t wide = s->n > 1 && s->p[0] == '\xc2' && s->p[1] == '\xa0' ? 2
                        : s->n > 2 && memcmp(s->p, "\xe2\x80\xaf", 3) == 0 ? 3
                                                                           : 0;

    s->p += wide;
    s->n -= wide;
    return wide || lc_date_take(s, ' ');
}

bool lc_date_take_blanks(struct lc_slice *s)
{
    bool any = false;

    while (take_blank(s))
        any = true;
    return any;
}

/* Takes a word off the front where it is `word`, whatever its case, and no letter follows. */
bool lc_date_take_word(struct lc_slice *s, struct lc_slice word)
{
    if (s->n < word.n || !lc_slice_eq_nocase((struct lc_slice){s->p, word.n}, word))
        return false;
    if (s->n > word.n && lc_date_is_letter(s->p[word.n]))
        return false;
    s->p += word.n;
    s->n -= word.n;
    return true;
}
