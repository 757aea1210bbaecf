#include "leadcal/domain.h"

#include <ctype.h>
#include <string.h>

/* What stands before the country where companies register below it: acme.co.uk, acme.com.br. */
static const char *const shared[] = {"ac",   "asso", "biz", "co",  "com",  "edu", "firm",
                                     "gen",  "go",   "gob", "gov", "gouv", "ind", "inf",
                                     "info", "ltd",  "me",  "mil", "name", "ne",  "net",
                                     "nom",  "or",   "org", "plc", "sch",  "web"};

static bool is_letter(unsigned char c)
{
    return isalnum(c) || c == '-' || c == '_' || c >= 0x80;
}

/* Behind the last of these bytes, or all of it. */
static struct lc_slice behind_last(struct lc_slice s, char mark)
{
    for (size_t i = s.n; i-- > 0;)
        if (s.p[i] == mark)
            return (struct lc_slice){s.p + i + 1, s.n - i - 1};
    return s;
}

static struct lc_slice up_to(struct lc_slice s, const char *marks)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] && strchr(marks, s.p[i]))
            return (struct lc_slice){s.p, i};
    return s;
}

/* Behind "https://" or "//". */
static struct lc_slice behind_scheme(struct lc_slice s)
{
    for (size_t i = 0; i + 1 < s.n; i++) {
        if (s.p[i] == '/' && s.p[i + 1] == '/')
            return (struct lc_slice){s.p + i + 2, s.n - i - 2};
        if (s.p[i] != ':' && !isalpha((unsigned char)s.p[i]))
            break;
    }
    return s;
}

/* Labels that are parted by single dots; how many. 0: it is no domain, or an IP address. */
static size_t count_labels(struct lc_slice s)
{
    size_t labels = 0, length = 0;
    bool letters = false;

    for (size_t i = 0; i <= s.n; i++) {
        if (i < s.n && s.p[i] != '.') {
            if (!is_letter((unsigned char)s.p[i]))
                return 0;
            letters = letters || !isdigit((unsigned char)s.p[i]);
            length++;
            continue;
        }
        if (!length)
            return 0;
        labels++;
        length = 0;
    }
    return letters ? labels : 0;
}

bool lc_domain_of(struct lc_slice text, char room[LC_DOMAIN_TEXT], struct lc_slice *out)
{
    struct lc_slice s = up_to(behind_scheme(lc_slice_trim(text)), "/?#");
    struct lc_slice d;

    s = lc_slice_trim(up_to(behind_last(s, '@'), ":>, "));
    if (s.n && s.p[s.n - 1] == '.')
        s.n--;
    if (s.n >= LC_DOMAIN_TEXT)
        return false;
    for (size_t i = 0; i < s.n; i++)
        room[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] - 'A' + 'a') : s.p[i];
    d = (struct lc_slice){room, s.n};
    if (d.n > 4 && memcmp(d.p, "www.", 4) == 0 &&
        count_labels((struct lc_slice){d.p + 4, d.n - 4}) >= 2)
        d = (struct lc_slice){d.p + 4, d.n - 4};
    if (count_labels(d) < 2)
        return false;
    *out = d;
    return true;
}

/* "co.uk": a country of two letters, and before it what companies share. */
static bool is_shared(struct lc_slice two)
{
    const char *dot = memchr(two.p, '.', two.n);
    const struct lc_slice label = {two.p, (size_t)(dot - two.p)};

    if (two.n - label.n != 3)
        return false;
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        if (lc_slice_eq(label, lc_slice_of(shared[i])))
            return true;
    return false;
}

bool lc_domain_parent(struct lc_slice *domain)
{
    const char *dot = memchr(domain->p, '.', domain->n);
    struct lc_slice rest;
    size_t labels;

    if (!dot)
        return false;
    rest = (struct lc_slice){dot + 1, domain->n - (size_t)(dot + 1 - domain->p)};
    labels = count_labels(rest);
    if (labels < 2 || (labels == 2 && is_shared(rest)))
        return false;
    *domain = rest;
    return true;
}
