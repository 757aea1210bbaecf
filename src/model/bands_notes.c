/* What the bands of a score say in words: inversions, the top, how far to believe it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bands_internal.h"
#include "leadcal/contingency.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"

#define MOST_SAID   3    /* inversions in words */
#define CERTAIN     0.05 /* adjusted p under which an inversion is said to be more than chance */
#define LEAST_LEADS 20   /* a band with fewer is compared with none */
#define TOP         0.2 /* of the leads: what is called the top is the nearest band's edge to it */

/* A lower band that closed more often than a higher one. */
struct inversion {
    size_t better, worse; /* places of the higher-scored band and of the lower one */
    double p;             /* adjusted */
};

static double rate(const struct lc_band *b)
{
    return b->won / b->leads;
}

/* All pairs in the wrong order, and their adjusted p; the pairs in order stand in the family, too. */
static enum lc_rc find_inversions(const struct lc_band_list *l, struct lc_arena *scratch,
                                  struct inversion **to, size_t *n, struct lc_err *err)
{
    const size_t room = l->scored * l->scored + 1;
    struct inversion *pair = LC_NEW(scratch, room, struct inversion);
    double *p = LC_NEW(scratch, room, double);
    size_t *order = LC_NEW(scratch, room, size_t), pairs = 0, kept = 0;

    if (!pair || !p || !order)
        return lc_fail_memory(err, "the bands of a score");
    for (size_t i = 0; i < l->scored; i++)
        for (size_t j = i + 1; j < l->scored; j++) {
            const struct lc_band *a = &l->band[i], *b = &l->band[j];

            if (a->leads < LEAST_LEADS || b->leads < LEAST_LEADS || a->low == b->low)
                continue;
            pair[pairs] = (struct inversion){i, j, LC_NAN};
            p[pairs++] = lc_fisher(a->won, a->leads - a->won, b->won, b->leads - b->won);
        }
    lc_benjamini_hochberg(p, pairs, order, p);
    for (size_t k = 0; k < pairs; k++) {
        pair[k].p = p[k];
        if (rate(&l->band[pair[k].worse]) > rate(&l->band[pair[k].better]))
            pair[kept++] = pair[k];
    }
    *to = pair;
    *n = kept;
    return LC_OK;
}

/* The surest inversion whose two bands were not spoken of yet; n: none. Ties: the widest gap. */
static size_t surest(const struct lc_band_list *l, const struct inversion *pair, size_t n,
                     const bool *said)
{
    size_t best = n;

    for (size_t k = 0; k < n; k++) {
        const double gap = rate(&l->band[pair[k].worse]) - rate(&l->band[pair[k].better]);

        if (said[pair[k].better] || said[pair[k].worse])
            continue;
        if (best == n || pair[k].p < pair[best].p ||
            (pair[k].p == pair[best].p &&
             gap > rate(&l->band[pair[best].worse]) - rate(&l->band[pair[best].better])))
            best = k;
    }
    return best;
}

static void say_band(const struct lc_band *b, char to[160])
{
    const struct lc_interval limits = lc_wilson(b->won, b->leads);

    (void)snprintf(to, 160, "%.1f %% (%.1f to %.1f) of %.0f leads", 100 * rate(b),
                   100 * limits.low, 100 * limits.high, b->leads);
}

static enum lc_rc say_inversions(const struct lc_band_list *l, const struct inversion *pair,
                                 size_t n, struct lc_arena *scratch, struct lc_frame *frame,
                                 struct lc_err *err)
{
    bool *said = LC_NEW(scratch, l->n + 1, bool);
    enum lc_rc rc = LC_OK;

    if (!said)
        return lc_fail_memory(err, "the bands of a score");
    if (n == 0)
        return lc_frame_note(frame, err,
                             "no band of at least %d leads closes better than a higher one",
                             LEAST_LEADS);
    for (size_t k = 0; k < MOST_SAID && !rc; k++) {
        const size_t at = surest(l, pair, n, said);
        char worse[160], better[160], sure[80];

        if (at == n || (k > 0 && pair[at].p >= CERTAIN))
            break;
        said[pair[at].better] = said[pair[at].worse] = true;
        say_band(&l->band[pair[at].worse], worse);
        say_band(&l->band[pair[at].better], better);
        if (pair[at].p < CERTAIN)
            (void)snprintf(sure, sizeof sure, "more than chance, adjusted p %.2g", pair[at].p);
        else
            (void)snprintf(sure, sizeof sure, "which chance alone may do, adjusted p %.2g",
                           pair[at].p);
        rc = lc_frame_note(frame, err, "inverted: %s close better than %s: %s against %s; %s",
                           l->band[pair[at].worse].words, l->band[pair[at].better].words, worse,
                           better, sure);
    }
    return rc;
}

/* The bands from the top down to about a fifth of the leads. */
static enum lc_rc say_top(const struct lc_band_list *l, struct lc_frame *frame,
                          struct lc_err *err)
{
    double leads = 0, won = 0, best_leads = 0, best_won = 0;
    size_t best = l->scored;

    for (size_t k = 0; k + 1 < l->scored; k++) {
        leads += l->band[k].leads;
        won += l->band[k].won;
        if (best < l->scored &&
            fabs(leads / l->leads - TOP) >= fabs(best_leads / l->leads - TOP))
            continue;
        best = k;
        best_leads = leads;
        best_won = won;
    }
    if (best == l->scored || l->won == 0)
        return LC_OK;
    return lc_frame_note(
        frame, err, "from the top down to %s: %.1f %% of the leads hold %.1f %% of the wins",
        l->band[best].words, 100 * best_leads / l->leads, 100 * best_won / l->won);
}

enum lc_rc lc_bands_notes(const struct lc_band_list *l, const struct lc_cohort *c,
                          const char *column, struct lc_arena *scratch, struct lc_frame *frame,
                          struct lc_err *err)
{
    struct inversion *pair = NULL;
    size_t n = 0;
    enum lc_rc rc = find_inversions(l, scratch, &pair, &n, err);

    if (!rc)
        rc = say_inversions(l, pair, n, scratch, frame, err);
    if (!rc)
        rc = say_top(l, frame, err);
    if (!rc && l->n > l->scored)
        rc = lc_frame_note(frame, err,
                           "%.0f leads have no score; unknown is not 0, so they stand apart "
                           "and are not ranked",
                           l->band[l->n - 1].leads);
    if (!rc)
        rc =
            lc_frame_note(frame, err,
                          "weak: '%s' stands as of the export, after %s outcomes; a score that "
                          "rose because a deal was won flatters itself",
                          column, c->has_dates ? "some" : "the");
    return rc;
}
