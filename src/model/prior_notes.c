/* What a fit that began from a prior says of it, in sentences. */
#include <math.h>
#include <stdio.h>

#include "leadcal/date.h"
#include "prior_internal.h"

#define LN_2        0.693147180559945309417232121458176568
#define MOST_NAMED  5   /* levels of a kind that a note names */
#define NAMES_BYTES 400 /* of their names */

/* "source=Web, region=North and 3 more" grows by a name at a time. */
struct names {
    char text[NAMES_BYTES];
    size_t n;
};

static void add_name(struct names *to, const char *column, const char *level)
{
    size_t used = 0;

    while (to->text[used])
        used++;
    if (to->n++ < MOST_NAMED)
        (void)snprintf(to->text + used, sizeof to->text - used, "%s%.30s%s%.30s",
                       used ? ", " : "", column, level ? "=" : "", level ? level : "");
}

static const char *more(const struct names *names, char to[32])
{
    to[0] = '\0';
    if (names->n > MOST_NAMED)
        (void)snprintf(to, 32, " and %zu more", names->n - MOST_NAMED);
    return to;
}

/* The sides of the comparison: what is new, what has no lead, what has gone. */
struct sides {
    struct names fresh, idle, gone, attribute_new, attribute_gone;
};

static void compare_levels(const struct lc_attribute *a, const struct lc_attribute *old,
                           struct sides *s)
{
    for (size_t v = 0; v < a->n_levels; v++) {
        const bool known = lc_prior_level(old, a->level[v]) < old->n_levels;

        if (!known)
            add_name(&s->fresh, a->column, a->level[v]);
        else if (a->n[v] == 0)
            add_name(&s->idle, a->column, a->level[v]);
    }
    for (size_t v = 0; v < old->n_levels; v++)
        if (lc_prior_level(a, old->level[v]) == a->n_levels)
            add_name(&s->gone, a->column, old->level[v]);
}

static void compare_sides(const struct lc_fit *fit, struct sides *s)
{
    const struct lc_prior *prior = fit->carried->from;

    for (size_t j = 0; j < fit->k_attributes; j++) {
        const struct lc_attribute *a = &fit->attribute[j];
        const struct lc_attribute *old = lc_prior_find(prior, a->column);

        if (old)
            compare_levels(a, old, s);
        else
            add_name(&s->attribute_new, a->column, NULL);
    }
    for (size_t j = 0; j < prior->k; j++) {
        bool used = false;

        for (size_t i = 0; i < fit->k_attributes && !used; i++)
            used = lc_prior_find(prior, fit->attribute[i].column) == &prior->attribute[j];
        if (!used)
            add_name(&s->attribute_gone, prior->attribute[j].column, NULL);
    }
}

static enum lc_rc note_drift(const struct lc_fit *fit, struct lc_frame *frame,
                             struct lc_err *err)
{
    const struct lc_carried *c = fit->carried;
    const struct lc_update *u = &c->update;
    const size_t quarters = c->from->n_quarters + 1;
    char as_of[24] = "an earlier quarter", high[32] = "no upper limit";

    if (c->from->as_of != LC_NO_DAY)
        lc_day_text(c->from->as_of, as_of);
    if (isfinite(u->high))
        (void)snprintf(high, sizeof high, "%.2f", u->high);
    return lc_frame_note(
        frame, err,
        "prior: %.100s, as of %s, widened by a drift of SD %.2f log-odds a quarter (%.2f to %s, by the "
        "leads of %zu quarter%s), which is %.1f points; the intercept is this quarter's own; "
        "std. error is the posterior SD, %.1f effective degrees of freedom of %zu come from "
        "this quarter's leads, log-likelihood %.7g",
        c->from->name, as_of, u->q, u->low, high, quarters, quarters == 1 ? "" : "s",
        u->q * LC_POINTS_PER_DOUBLING / LN_2, fit->kernel.effective_df, fit->kernel.k,
        fit->log_likelihood);
}

enum lc_rc lc_prior_notes(const struct lc_fit *fit, struct lc_frame *frame, struct lc_err *err)
{
    struct sides s = {.fresh.n = 0};
    enum lc_rc rc = note_drift(fit, frame, err);
    char rest[32];

    compare_sides(fit, &s);
    if (!rc && s.fresh.n)
        rc = lc_frame_note(frame, err,
                           "new since the prior, so they begin at 0 with SD %.3g: %s%s",
                           fit->prior_sd, s.fresh.text, more(&s.fresh, rest));
    if (!rc && s.idle.n)
        rc = lc_frame_note(frame, err,
                           "no lead this quarter, so they keep what the prior knew: %s%s",
                           s.idle.text, more(&s.idle, rest));
    if (!rc && s.gone.n)
        rc = lc_frame_note(
            frame, err,
            "levels of the prior that are none of this fit, merged or binned in another way, so "
            "their weights are left out: %s%s",
            s.gone.text, more(&s.gone, rest));
    if (!rc && s.attribute_new.n)
        rc =
            lc_frame_note(frame, err,
                          "attributes that the prior does not know, so they begin at 0 with SD "
                          "%.3g: %s%s",
                          fit->prior_sd, s.attribute_new.text, more(&s.attribute_new, rest));
    if (!rc && s.attribute_gone.n)
        rc = lc_frame_note(
            frame, err,
            "attributes of the prior that are none of this fit, so their weights are left out: %s%s",
            s.attribute_gone.text, more(&s.attribute_gone, rest));
    return rc;
}
