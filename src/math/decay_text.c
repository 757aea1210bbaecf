/* Decays as text: a family's word, its numbers, and a daily cap. */
#include <stdio.h>
#include <string.h>

#include "leadcal/decay.h"
#include "leadcal/num.h"
#include "leadcal/recency.h"

#define MOST_WORDS (LC_MOST_TIERS + 3) /* the family, its tiers, "cap" and a number */

static const char form[] =
    "write none, half-life 21, half-life learned, linear 0.5 every 30, step 0.2 every 14 floor 0.2, window 30 or "
    "tiers 7:1 14:0.5, with cap 3 behind it where three events of a day are enough";

struct words {
    struct lc_slice word[MOST_WORDS];
    size_t n, at;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Fails where there are more words than any decay has. */
static bool part(struct lc_slice text, struct words *w)
{
    size_t i = 0;

    w->n = w->at = 0;
    while (i < text.n) {
        size_t from;

        while (i < text.n && is_blank(text.p[i]))
            i++;
        from = i;
        while (i < text.n && !is_blank(text.p[i]))
            i++;
        if (i > from && w->n == MOST_WORDS)
            return false;
        if (i > from)
            w->word[w->n++] = (struct lc_slice){text.p + from, i - from};
    }
    return true;
}

/* The next word, if it is this one. */
static bool take(struct words *w, const char *word)
{
    if (w->at == w->n || !lc_slice_eq_nocase(w->word[w->at], lc_slice_of(word)))
        return false;
    w->at++;
    return true;
}

static bool number(struct lc_slice s, double low, double high, double *x)
{
    double read;

    if (!lc_real_parse(s, &read) || !(read >= low && read <= high))
        return false;
    *x = read;
    return true;
}

static bool take_number(struct words *w, double low, double high, double *x)
{
    if (w->at == w->n || !number(w->word[w->at], low, high, x))
        return false;
    w->at++;
    return true;
}

/* A period must have some length: a thousandth of a day is a minute and a half. */
static bool take_days(struct words *w, double *x)
{
    return take_number(w, 0.001, LC_MOST_DAYS, x);
}

static bool take_share(struct words *w, struct lc_decay *d)
{
    return take_number(w, 0, 1, &d->share) && take(w, "every") && take_days(w, &d->every);
}

/* DAYS:WORTH, as many as there are; days rise. */
static bool take_tiers(struct words *w, struct lc_decay *d)
{
    while (w->at < w->n && d->n_tiers < LC_MOST_TIERS) {
        const struct lc_slice word = w->word[w->at];
        const char *colon = memchr(word.p, ':', word.n);
        const size_t days = colon ? (size_t)(colon - word.p) : 0, t = d->n_tiers;

        if (!colon)
            break;
        if (!number((struct lc_slice){word.p, days}, t ? d->until[t - 1] : 0, LC_MOST_DAYS,
                    &d->until[t]) ||
            (t && d->until[t] <= d->until[t - 1]) ||
            !number((struct lc_slice){colon + 1, word.n - days - 1}, 0, 1e9, &d->worth[t]))
            return false;
        d->n_tiers++;
        w->at++;
    }
    return d->n_tiers > 0;
}

static bool take_family(struct words *w, struct lc_decay *d)
{
    static const char *const word[LC_DECAY_FAMILIES] = {"none", "tiers",  "linear",
                                                        "step", "window", "half-life"};

    while (d->family < LC_DECAY_FAMILIES && !take(w, word[d->family]))
        d->family++;
    switch (d->family) {
    case LC_DECAY_NONE: return true;
    case LC_DECAY_TIERS: return take_tiers(w, d);
    case LC_DECAY_LINEAR: return take_share(w, d);
    case LC_DECAY_STEP:
        return take_share(w, d) && (!take(w, "floor") || take_number(w, 0, 1, &d->floor));
    case LC_DECAY_WINDOW: return take_days(w, &d->every);
    case LC_DECAY_HALF_LIFE:
        d->learned = take(w, "learned");
        d->every = LC_RECENCY_MEDIAN;
        return d->learned || take_days(w, &d->every);
    case LC_DECAY_FAMILIES: break;
    }
    return false;
}

enum lc_rc lc_decay_parse(struct lc_slice text, struct lc_decay *out, struct lc_err *err)
{
    struct lc_decay d = {.family = LC_DECAY_NONE};
    struct words w;
    int64_t cap = 0;
    bool good = part(text, &w) && take_family(&w, &d);

    if (good && take(&w, "cap")) {
        good = w.at < w.n && lc_whole_parse(w.word[w.at], 1, LC_MOST_CAP, &cap);
        w.at++;
    }
    if (!good || w.at < w.n)
        return lc_fail(err, LC_EMISMATCH, "'%.*s' is no decay; %s",
                       (int)(text.n < 60 ? text.n : 60), text.p ? text.p : "", form);
    d.daily_cap = (uint32_t)cap;
    *out = d;
    return LC_OK;
}

static size_t put(char *to, size_t used, const char *word, double x)
{
    char text[LC_REAL_TEXT];

    lc_real_text(x, text);
    return used + (size_t)snprintf(to + used, LC_DECAY_TEXT - used, "%s%s", word, text);
}

static size_t put_tiers(char *to, const struct lc_decay *d)
{
    size_t used = (size_t)snprintf(to, LC_DECAY_TEXT, "tiers");

    for (size_t t = 0; t < d->n_tiers; t++) {
        used = put(to, used, " ", d->until[t]);
        used = put(to, used, ":", d->worth[t]);
    }
    return used;
}

void lc_decay_text(const struct lc_decay *d, char *to)
{
    size_t used = 0;

    switch (d->family) {
    case LC_DECAY_TIERS: used = put_tiers(to, d); break;
    case LC_DECAY_LINEAR:
        used = put(to, put(to, 0, "linear ", d->share), " every ", d->every);
        break;
    case LC_DECAY_STEP:
        used = put(to, put(to, 0, "step ", d->share), " every ", d->every);
        used = put(to, used, " floor ", d->floor);
        break;
    case LC_DECAY_WINDOW: used = put(to, 0, "window ", d->every); break;
    case LC_DECAY_HALF_LIFE:
        used = d->learned ? (size_t)snprintf(to, LC_DECAY_TEXT, "half-life learned")
                          : put(to, 0, "half-life ", d->every);
        break;
    case LC_DECAY_NONE:
    case LC_DECAY_FAMILIES: used = (size_t)snprintf(to, LC_DECAY_TEXT, "none"); break;
    }
    if (d->daily_cap)
        (void)put(to, used, " cap ", d->daily_cap);
}
