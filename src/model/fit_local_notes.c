/* What segments do, in words: who deviates, who is too thin, and where they really differ. */
#include <math.h>
#include <stdlib.h>

#include "fit_local_internal.h"
#include "leadcal/num.h"

#define MOST_TOLD  5  /* deviations in words; the table has all */
#define MOST_NAMED 10 /* thin segments by name; the others are counted */

/* "Fair (12 leads, 2 won), Radio (3 leads, 0 won) and 7 more" */
static const char *thin_text(const struct lc_fit_local *l, struct lc_arena *arena)
{
    const size_t thin = l->n_segments - l->n_own;
    const char *text = "";
    size_t named = 0;

    for (size_t s = 0; s < l->n_segments && text && named < MOST_NAMED; s++) {
        const struct lc_fit_segment *one = &l->segment[s];

        if (!one->own)
            text = lc_arena_format(arena, "%s%s%s (%.0f leads, %.0f won)", text,
                                   named++ ? ", " : "", one->name, one->leads, one->won);
    }
    if (text && thin > named)
        text = lc_arena_format(arena, "%s and %zu more", text, thin - named);
    return text;
}

static enum lc_rc note_thin(const struct lc_fit_local *l, struct lc_arena *arena,
                            struct lc_frame *frame, struct lc_err *err)
{
    const size_t thin = l->n_segments - l->n_own;
    const char *text = thin_text(l, arena);

    if (!text)
        return lc_fail_memory(err, "the notes");
    if (!thin)
        return LC_OK;
    return lc_frame_note(frame, err,
                         "%zu %s of %s %s fewer than %.0f wins or %.0f leads not won, so the "
                         "weights of all count there (--local-least): %s",
                         thin, thin == 1 ? "segment" : "segments", l->column,
                         thin == 1 ? "has" : "have", l->rule.least, l->rule.least, text);
}

/* "campaign itself 0.21, source 0.40; industry, size do not differ by more than chance" */
static const char *sds_text(const struct lc_fit *fit, struct lc_arena *arena)
{
    const struct lc_fit_local *l = fit->local;
    const char *wide = "", *none = "";

    if (l->own_sd > 0)
        wide = lc_arena_format(arena, "%s itself %.2f", l->column, l->own_sd);
    for (size_t j = 0; j < fit->k_attributes && wide && none; j++)
        if (l->sd[j] > 0)
            wide = lc_arena_format(arena, "%s%s%s %.2f", wide, *wide ? ", " : "",
                                   fit->attribute[j].column, l->sd[j]);
        else if (j != l->attribute)
            none = lc_arena_format(arena, "%s%s%s", none, *none ? ", " : "",
                                   fit->attribute[j].column);
    if (!wide || !none)
        return NULL;
    return lc_arena_format(arena, "%s%s%s%s", wide, *none ? "; no segment deviates in " : "",
                           none, *none ? " by more than chance" : "");
}

static enum lc_rc note_learned(const struct lc_fit *fit, struct lc_arena *arena,
                               struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_fit_local *l = fit->local;
    const char *sds;

    if (!l->n_own)
        return lc_frame_note(
            frame, err,
            "no segment of %s has %.0f wins and %.0f leads not won, so there are "
            "no deviations, and the model is that of all leads",
            l->column, l->rule.least, l->rule.least);
    if (!lc_fit_is_local(fit))
        return lc_frame_note(
            frame, err,
            "%zu %s of %s with evidence enough %s by no more than chance "
            "(deviations do not raise the log marginal likelihood by %.0f), so the "
            "model is that of all leads",
            l->n_own, l->n_own == 1 ? "segment" : "segments", l->column,
            l->n_own == 1 ? "differs" : "differ", LC_LOCAL_ENTRY);
    sds = sds_text(fit, arena);
    if (!sds)
        return lc_fail_memory(err, "the notes");
    return lc_frame_note(
        frame, err,
        "%zu of %zu segments of %s have deviations of their own, drawn in to the weights of all "
        "by how far segments differ (SD in log-odds: %s); log marginal likelihood %.7g, without "
        "deviations %.7g; a segment that is not among them, or was never seen, gets the weights "
        "of all",
        l->n_own, l->n_segments, l->column, sds, l->marginal, l->global);
}

/* A deviation that may be told. */
struct told {
    const char *segment, *term; /* term NULL: the segment as a whole */
    double value, std_error, leads, won;
    size_t at; /* among all, by which equals are told */
};

static int by_size(const void *a, const void *b)
{
    const struct told *x = a, *y = b;
    const double p = fabs(x->value), q = fabs(y->value);

    if (p != q)
        return p < q ? 1 : -1;
    return (x->at > y->at) - (x->at < y->at);
}

static void consider(struct told *told, size_t *n, size_t *all, struct told one)
{
    one.at = (*all)++;
    if (lc_deviation_is_certain(lc_deviation_limits(one.value, one.std_error)) &&
        lc_round_away(lc_deviation_points(one.value)) != 0)
        told[(*n)++] = one;
}

/* Those whose limits leave 0 out, largest first; *n of them. */
static struct told *list_told(const struct lc_fit *fit, struct lc_arena *arena, size_t *n)
{
    const struct lc_fit_local *l = fit->local;
    size_t most = l->n_segments, all = 0;
    struct told *told;

    *n = 0;
    for (size_t i = 0; i < l->n_deviations; i++)
        most += fit->attribute[l->deviation[i].attribute].n_levels;
    told = LC_NEW(arena, most + 1, struct told);
    for (size_t s = 0; s < l->n_segments && told; s++) {
        const struct lc_fit_segment *one = &l->segment[s];

        if (one->own && l->attribute == fit->k_attributes)
            consider(told, n, &all,
                     (struct told){one->name, NULL, one->value, one->std_error, one->leads,
                                   one->won, 0});
    }
    for (size_t i = 0; i < l->n_deviations && told; i++) {
        const struct lc_fit_deviation *d = &l->deviation[i];
        const struct lc_attribute *a = &fit->attribute[d->attribute];

        for (size_t v = 0; v < a->n_levels; v++) {
            const char *term = lc_arena_format(arena, "%s=%s", a->column, a->level[v]);

            if (!term)
                return NULL;
            if (d->n[v] > 0)
                consider(told, n, &all,
                         (struct told){l->segment[d->segment].name, term, d->value[v],
                                       d->std_error[v], d->n[v], d->won[v], 0});
        }
    }
    if (told && *n)
        qsort(told, *n, sizeof *told, by_size);
    return told;
}

static enum lc_rc note_told(const struct lc_fit_local *l, const struct told *t,
                            struct lc_frame *frame, struct lc_err *err)
{
    const double points = lc_round_away(lc_deviation_points(t->value));
    const struct lc_range limits = lc_deviation_limits(t->value, t->std_error);
    const char *unit = fabs(points) == 1 ? "point" : "points";
    const char *way = points > 0 ? "more" : "less";

    if (!t->term)
        return lc_frame_note(
            frame, err,
            "leads of %s %s are worth %.0f %s %s than the same leads elsewhere "
            "(interval %+.1f to %+.1f; %.0f leads, %.0f won)",
            l->column, t->segment, fabs(points), unit, way, limits.low, limits.high, t->leads,
            t->won);
    return lc_frame_note(
        frame, err,
        "leads of %s %s: %s is worth %.0f %s %s than elsewhere (interval %+.1f "
        "to %+.1f; %.0f leads, %.0f won)",
        l->column, t->segment, t->term, fabs(points), unit, way, limits.low, limits.high,
        t->leads, t->won);
}

enum lc_rc lc_fit_local_notes(const struct lc_fit *fit, struct lc_arena *arena,
                              struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_fit_local *l = fit->local;
    struct told *told = NULL;
    size_t n = 0;
    enum lc_rc rc = note_learned(fit, arena, frame, err);

    if (!rc)
        rc = note_thin(l, arena, frame, err);
    if (rc || !lc_fit_is_local(fit))
        return rc;
    told = list_told(fit, arena, &n);
    if (!told)
        return lc_fail_memory(err, "the notes");
    if (!n)
        return lc_frame_note(
            frame, err, "no single deviation is certain: the 95 %% interval of each holds 0");
    for (size_t i = 0; i < n && i < MOST_TOLD && !rc; i++)
        rc = note_told(l, &told[i], frame, err);
    if (!rc && n > MOST_TOLD)
        rc = lc_frame_note(frame, err,
                           "%zu more deviations have 95 %% intervals that leave 0 out; the "
                           "table of deviations has all of them",
                           n - MOST_TOLD);
    return rc;
}
