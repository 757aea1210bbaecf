#include "leadcal/compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare_internal.h"
#include "leadcal/num.h"

#define DAYS_A_MONTH 30.4375
#define DAYS_A_WEEK  7.0
#define ALL          0.95               /* of the wins, held by chance */
#define Z90          1.6448536269514722 /* standard normal quantile of 0.95 */

const char *lc_advice_text(enum lc_advice advice)
{
    switch (advice) {
    case LC_ADVICE_ADOPT: return "Adopt";
    case LC_ADVICE_KEEP: return "Keep";
    case LC_ADVICE_NOT_ENOUGH: break;
    }
    return "Not enough evidence";
}

/* Where nearly every lead is taken, every score holds nearly all of the wins, and none is better. */
static bool takes_all(const struct lc_volume *v)
{
    return v->chance > ALL;
}

static enum lc_advice advise(const struct lc_volume *v)
{
    const double bar = v->has_current ? -LC_MARGIN : 0;

    if (takes_all(v))
        return LC_ADVICE_NOT_ENOUGH;
    if (!(v->gain > 0) && v->has_current)
        return LC_ADVICE_KEEP;
    return v->gain > 0 && v->gain_low > bar ? LC_ADVICE_ADOPT : LC_ADVICE_NOT_ENOUGH;
}

/* "3.2 points more of the wins (90 % interval -1.0 to 7.4)" */
static void gain_text(const struct lc_volume *v, char to[96])
{
    const double bar = v->has_current ? -LC_MARGIN : 0;
    /* What is judged by the bar is not to read like the bar. */
    const double apart = fabs(100 * (v->gain_low - bar));
    const int digits = apart < 0.005 ? 3 : apart < 0.05 ? 2 : 1;

    (void)snprintf(to, 96, "%.1f points %s of the wins (90 %% interval %.*f to %.1f)",
                   fabs(100 * v->gain), v->gain < 0 ? "less" : "more", digits,
                   100 * v->gain_low, 100 * v->gain_high);
}

static const char *reason(const struct lc_volume *v, enum lc_advice advice,
                          struct lc_arena *arena)
{
    const char *than = v->has_current ? "the current model" : "chance";
    char gain[96];

    if (takes_all(v))
        return lc_arena_format(
            arena,
            "sales takes nearly every lead that comes (chance holds %.1f %% of "
            "the wins), so no score can hold more",
            100 * v->chance);
    gain_text(v, gain);
    switch (advice) {
    case LC_ADVICE_ADOPT:
        return lc_arena_format(
            arena, "at equal volume the new model holds %s than %s%s", gain, than,
            v->has_current ? "" : "; no current model was named to compare with");
    case LC_ADVICE_KEEP:
        return lc_arena_format(arena, "at equal volume the new model holds %s than %s", gain,
                               than);
    case LC_ADVICE_NOT_ENOUGH: break;
    }
    if (!(v->gain > 0))
        return lc_arena_format(arena, "at equal volume the new model holds %s than %s", gain,
                               than);
    return lc_arena_format(
        arena,
        "at equal volume the new model holds %s than %s: the lower end is below %s, so that may be "
        "luck",
        gain, than, v->has_current ? "-2.0 points, the margin allowed" : "0");
}

/* Wins that the test would need for its lower limit to reach the bar, if the gain stays. */
static double wins_needed(const struct lc_volume *v)
{
    const double sd = (v->gain - v->gain_low) / Z90;
    const double room = v->gain + (v->has_current ? LC_MARGIN : 0);
    const double times = sd * Z90 / room;

    return v->won * times * times;
}

static const char *settling(const struct lc_volume *v, enum lc_advice advice,
                            struct lc_arena *arena)
{
    const double needed = ceil(wins_needed(v)), more = needed - v->won;
    const double months = v->weeks * DAYS_A_WEEK / DAYS_A_MONTH;
    char when[64] = "";

    if (takes_all(v))
        return "a smaller --capacity: the leads a week that sales would take if it had to choose";
    if (advice != LC_ADVICE_NOT_ENOUGH)
        return lc_arena_format(
            arena,
            "nothing is open: %.0f wins in the test are enough for this answer; four times as many "
            "would only halve the interval",
            v->won);
    if (!(v->gain > 0) || !isfinite(more))
        return "no number of wins can be named while the new model holds no more than chance";
    if (isfinite(months) && v->won > 0)
        (void)snprintf(when, sizeof when, ", about %.0f more month%s of leads",
                       ceil(more * months / v->won), more * months / v->won > 1 ? "s" : "");
    return lc_arena_format(
        arena,
        "about %.0f wins in the test instead of %.0f would settle it, if the "
        "gain stays%s",
        needed, v->won, when);
}

/* What there is to say without a test, or without a current model that can be judged. */
static enum lc_rc without_test(const char *why, struct lc_arena *arena, struct lc_comparison *c,
                               struct lc_err *err)
{
    c->advice = LC_ADVICE_NOT_ENOUGH;
    c->why = lc_arena_text(arena, lc_slice_of(why));
    c->settle = "a test on later leads, for which the first sentence says what is missing";
    return c->why ? LC_OK : lc_fail_memory(err, "the comparison");
}

static enum lc_rc judge(const struct lc_backtest *b, const char *no_backtest,
                        const struct lc_current *current, struct lc_arena *arena,
                        struct lc_comparison *c, struct lc_err *err)
{
    if (!b)
        return without_test(no_backtest ? no_backtest : "the new scores were not tested", arena,
                            c, err);
    if (current && b->no_current)
        return without_test(b->no_current, arena, c, err);
    c->advice = advise(&b->volume);
    c->why = reason(&b->volume, c->advice, arena);
    c->settle = settling(&b->volume, c->advice, arena);
    return c->why && c->settle ? LC_OK : lc_fail_memory(err, "the comparison");
}

enum lc_rc lc_compare(const struct lc_backtest *b, const char *no_backtest,
                      const struct lc_model *model, const struct lc_current *current,
                      struct lc_arena *arena, struct lc_comparison *out, struct lc_err *err)
{
    const struct lc_model *old = current ? current->model : NULL;
    struct lc_comparison c = {.why = NULL};
    enum lc_rc rc = judge(b, no_backtest, current, arena, &c, err);

    if (!rc)
        rc = lc_compare_points(model, old, b ? b->current_slope : LC_NAN, arena, &c.changes,
                               err);
    if (!rc)
        *out = c;
    return rc;
}
