/* From what was measured of a column to what is said of it: steps 2, 4, 5, 6 and 8. */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/propose.h"
#include "leadcal/rate.h"
#include "leak_internal.h"

#define FILL_DIFFERENT 0.30 /* lower limit of the difference in share filled */
#define FILL_AUC       0.75 /* of the empty cells as an attribute of their own */
#define LEAST_YOUNG    20   /* open and young leads without which they are no measure */
#define PURE_RATE      0.9
#define PURE_TIMES     8.0  /* times the base rate */
#define PURE_MOST      0.95 /* so that a level can be pure where one lead in eight is won */
#define AUC_TOO_GOOD   0.90 /* lower DeLong limit of one attribute alone */
#define AUC_REJECT     0.97
#define AGE_ALARM      0.05 /* false alarms over all columns */
#define AGE_VALUE      0.10 /* by which the information value must rise, too */
#define LATER_LOSS     0.10 /* lower limit of the loss of AUC among later leads */

enum lc_rc lc_findings_add(struct lc_findings *to, const struct lc_finding *f,
                           struct lc_err *err, const char *evidence, ...)
{
    const char *text;
    va_list args;

    if (to->n == to->room) {
        const size_t room = to->room ? 2 * to->room : 16;
        struct lc_finding *wider = LC_NEW(to->arena, room, struct lc_finding);

        if (!wider)
            return lc_fail_memory(err, "the leak audit");
        if (to->n)
            memcpy(wider, to->of, to->n * sizeof *wider);
        to->of = wider;
        to->room = room;
    }
    va_start(args, evidence);
    text = lc_arena_vformat(to->arena, evidence, args);
    va_end(args);
    if (!text)
        return lc_fail_memory(err, "the leak audit");
    to->of[to->n] = *f;
    to->of[to->n++].evidence = text;
    return LC_OK;
}

/* ---- fill ---- */

/* "filled for 97 % of the won, 30 % of the rest": the limit nearer to 0 of the difference. */
static double fill_limit(double filled_won, double won, double filled, double n)
{
    const struct lc_interval d = lc_newcombe(filled_won, won, filled, n);

    return d.low > 0 ? d.low : d.high < 0 ? -d.high : 0;
}

static enum lc_rc judge_rest(size_t column, const struct lc_leak_look *l, double limit,
                             struct lc_findings *to, struct lc_err *err)
{
    const double rest = l->n - l->won;
    const double auc =
        0.5 + fabs(l->filled_won / l->won - l->filled_rest / rest) / 2; /* of the empty cells */
    const bool differs = limit > FILL_DIFFERENT;
    const struct lc_finding f = {.column = column,
                                 .severity = LC_SEVERITY_SUSPECT,
                                 .step = LC_STEP_FILL,
                                 .reason = l->filled_won / l->won > l->filled_rest / rest
                                               ? "It is filled in when a lead is won"
                                               : "It is filled in when a lead is not won",
                                 .value = differs ? limit : auc,
                                 .threshold = differs ? FILL_DIFFERENT : FILL_AUC};

    if (!differs && !(auc > FILL_AUC && limit > 0))
        return LC_OK;
    return lc_findings_add(to, &f, err, "filled for %.0f %% of the won, %.0f %% of the rest",
                           100 * l->filled_won / l->won, 100 * l->filled_rest / rest);
}

/* Filled less among young leads says little alone: a form may have changed. It is suspect where the
 * won leads also stand out from the others of their age. */
static enum lc_rc judge_fill(const struct lc_leak_scene *s, size_t column,
                             const struct lc_leak_look *l, struct lc_findings *to,
                             struct lc_err *err)
{
    const double rest = l->n - l->won, young = (double)s->n_young;
    const double limit = fill_limit(l->filled_won, l->won, l->filled_rest, rest);
    const struct lc_interval d = lc_newcombe(l->filled_won, l->won, l->filled_young, young);
    const bool stands_out = l->filled_won / l->won > l->filled_rest / rest && limit > 0;
    const size_t before = to->n;
    const struct lc_finding f = {
        .column = column,
        .severity = stands_out ? LC_SEVERITY_SUSPECT : LC_SEVERITY_NOTE,
        .step = LC_STEP_FILL,
        .reason = stands_out ? "It is filled in while a lead is worked, and "
                               "more where it is won"
                             : "It is filled in later than when the lead is "
                               "young, or is no longer asked for",
        .value = d.low,
        .threshold = FILL_DIFFERENT};
    enum lc_rc rc;

    if (l->won < LC_LEAST_SUPPORT || rest < LC_LEAST_SUPPORT)
        return LC_OK;
    rc = judge_rest(column, l, limit, to, err);
    if (rc || to->n > before || s->n_young < LEAST_YOUNG || !(d.low > FILL_DIFFERENT))
        return rc;
    return lc_findings_add(to, &f, err,
                           "filled for %.0f %% of the won, %.0f %% of the rest, %.0f %% of the "
                           "open leads younger than %d days",
                           100 * l->filled_won / l->won, 100 * l->filled_rest / rest,
                           100 * l->filled_young / young, (int)s->young_days);
}

/* ---- purity, AUC ---- */

/* What the pure level is called; values that may name persons are not shown. */
static const char *level_name(const struct lc_leak_scene *s, size_t column,
                              const struct lc_leak_look *l, struct lc_arena *arena)
{
    const struct lc_table_column *c = &s->table->column[column];
    const char *first = c->codes.level[l->pure_first], *last = c->codes.level[l->pure_last];

    if (!lc_may_show(c))
        return "one level";
    if (l->pure_first == c->codes.missing)
        return "the empty cell";
    if (l->pure_first == l->pure_last)
        return lc_arena_format(arena, "'%.60s'", first);
    return lc_arena_format(arena, "%.30s to %.30s", first, last);
}

static enum lc_rc judge_purity(const struct lc_leak_scene *s, size_t column,
                               const struct lc_leak_look *l, struct lc_findings *to,
                               struct lc_err *err)
{
    const double bar = fmax(PURE_RATE, fmin(PURE_MOST, PURE_TIMES * l->won / l->n));
    const struct lc_finding f = {.column = column,
                                 .severity = LC_SEVERITY_SUSPECT,
                                 .step = LC_STEP_PURITY,
                                 .reason = "One of its values stands for leads that were won",
                                 .value = l->pure_low,
                                 .threshold = bar};
    const char *name;

    if (!(l->pure_low > bar))
        return LC_OK;
    name = level_name(s, column, l, to->arena);
    if (!name)
        return lc_fail_memory(err, "the leak audit");
    return lc_findings_add(to, &f, err, "%.0f of %.0f leads of %s were won", l->pure_won,
                           l->pure_n, name);
}

static enum lc_rc judge_auc(size_t column, const struct lc_leak_look *l, struct lc_findings *to,
                            struct lc_err *err)
{
    const bool reject = l->auc.low > AUC_REJECT;
    const struct lc_finding f = {.column = column,
                                 .severity = reject ? LC_SEVERITY_REJECT : LC_SEVERITY_SUSPECT,
                                 .step = LC_STEP_AUC,
                                 .reason = "It alone tells who was won: too good to be true",
                                 .value = l->auc.low,
                                 .threshold = reject ? AUC_REJECT : AUC_TOO_GOOD};

    if (!(l->auc.low > AUC_TOO_GOOD))
        return LC_OK;
    return lc_findings_add(to, &f, err, "it alone tells won from not won (AUC %.2f)",
                           l->auc.auc);
}

/* ---- time ---- */

static enum lc_rc judge_age(size_t column, const struct lc_leak_look *l, size_t tested,
                            struct lc_findings *to, struct lc_err *err)
{
    const struct lc_gradient *g = &l->gradient;
    const bool alarm = g->p * (double)tested < AGE_ALARM;
    const bool grows = g->iv_last - g->iv_first > AGE_VALUE;
    const struct lc_finding f = {.column = column,
                                 .severity = grows ? LC_SEVERITY_SUSPECT : LC_SEVERITY_NOTE,
                                 .step = LC_STEP_AGE,
                                 .reason = "It tells more the older the leads are, as what is "
                                           "filled in later does",
                                 .value = fmin(1, g->p * (double)tested),
                                 .threshold = AGE_ALARM};

    if (isnan(g->z) || !alarm)
        return LC_OK;
    return lc_findings_add(to, &f, err,
                           "information value %.2f among the youngest leads, %.2f among the "
                           "oldest (z %.1f)",
                           g->iv_first, g->iv_last, g->z);
}

static enum lc_rc judge_later(size_t column, const struct lc_leak_look *l,
                              struct lc_findings *to, struct lc_err *err)
{
    const struct lc_finding f = {.column = column,
                                 .severity = LC_SEVERITY_SUSPECT,
                                 .step = LC_STEP_LATER,
                                 .reason = "What it tells does not hold for later leads",
                                 .value = l->lost_low,
                                 .threshold = LATER_LOSS};

    if (!(l->lost_low > LATER_LOSS))
        return LC_OK;
    return lc_findings_add(to, &f, err,
                           "AUC %.2f within the training leads, %.2f among later ones",
                           l->in_time, l->later);
}

enum lc_rc lc_leak_judge(const struct lc_leak_scene *scene, size_t column,
                         const struct lc_leak_look *look, size_t tested, struct lc_findings *to,
                         struct lc_err *err)
{
    enum lc_rc rc = lc_leak_words(scene->table, column, to, err);

    if (rc || !look->done)
        return rc;
    if (look->won > 0 && look->won < look->n)
        rc = judge_fill(scene, column, look, to, err);
    if (!rc)
        rc = lc_leak_judge_dates(column, look, to, err);
    if (!rc && look->levels > 1 && scene->table->column[column].kind != LC_KIND_DATE)
        rc = judge_purity(scene, column, look, to, err);
    if (!rc)
        rc = judge_auc(column, look, to, err);
    if (!rc)
        rc = judge_age(column, look, tested, to, err);
    if (!rc)
        rc = lc_leak_judge_last(scene, column, look, to, err);
    return rc ? rc : judge_later(column, look, to, err);
}
