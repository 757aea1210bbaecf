/* What is separated, as a table and in words. */
#include <math.h>

#include "fit_internal.h"

#define MOST_CAUSES  3 /* that the notes tell of; the table has all */
#define MOST_CELLS   2 /* combinations of levels that a note names */
#define PER_CENT     100.0
#define LEAST_CHANCE 1e-4 /* smaller ones are not told apart in words */

enum column { CAUSE, TERM, LEADS, WON, OUTCOME, WEIGHT, POINTS, CHANCE, RATE, MORE, COLUMNS };

static const struct lc_heading heading[COLUMNS] = {
    [CAUSE] = {"cause", LC_CELL_COUNT, NULL, false},
    [TERM] = {"term", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [OUTCOME] = {"outcome", LC_CELL_TEXT, NULL, false},
    [WEIGHT] = {"weight", LC_CELL_REAL, "weight held at", false},
    [POINTS] = {"points", LC_CELL_COUNT, NULL, false},
    [CHANCE] = {"chance", LC_CELL_P, "chance of it at the average rate", false},
    [RATE] = {"rate", LC_CELL_RATE, "rate reckoned with", false},
    [MORE] = {"more_leads", LC_CELL_COUNT, "more leads to settle it", false},
};

/* ---- words ---- */

/* What holds the weights in. */
static const char *holder(const struct lc_fit *fit, struct lc_arena *arena)
{
    if (fit->carried)
        return "last quarter's posterior";
    switch (fit->penalty) {
    case LC_PENALTY_LEARNED: return "the learnt prior";
    case LC_PENALTY_RIDGE: return "the ridge penalty";
    case LC_PENALTY_LASSO: return "the lasso penalty";
    case LC_PENALTY_ELASTIC: return "the elastic net's penalty";
    case LC_PENALTY_LOGF: return "the log-F prior";
    case LC_PENALTY_FIRTH: return "Firth's penalty";
    case LC_PENALTY_GAUSSIAN: break;
    }
    return lc_arena_format(arena, "the prior of SD %.3g", fit->prior_sd);
}

/* "all 13 leads were won" */
static const char *outcome_text(const struct lc_fit_told *t, struct lc_arena *arena)
{
    if (t->leads == 1)
        return t->won > 0 ? "the only lead was won" : "the only lead was not won";
    return t->won > 0 ? lc_arena_format(arena, "all %.0f leads were won", t->leads)
                      : lc_arena_format(arena, "none of %.0f leads was won", t->leads);
}

/* "54 %", and no zeros that nobody counts. */
static const char *chance_text(double chance, struct lc_arena *arena)
{
    return chance < LEAST_CHANCE ? "under 0.01 %"
                                 : lc_arena_format(arena, "%.2g %%", PER_CENT * chance);
}

/* What would settle it: leads that are lacking while it may be chance, then an outcome that is. */
static const char *settle_text(const struct lc_fit_told *t, struct lc_arena *arena)
{
    const char *leads = t->more == 1 ? "lead" : "leads",
               *chance = chance_text(t->chance, arena);
    const char *rate = t->by_fit ? "by the fit" : "at the average rate"; /* of several rates */

    if (isnan(t->chance))
        return "rules of so many columns tell chance as easily: bring more leads, or leave "
               "columns out";
    if (!chance)
        return NULL;
    if (t->chance > 1 - LC_SETTLED)
        return lc_arena_format(
            arena,
            "leads that win as often as the average (%.2g %%) would do the same in %s of cases: "
            "%.0f more %s like these would settle it",
            PER_CENT * t->rate, chance, t->more, leads);
    if (!isnan(t->rate))
        rate = lc_arena_format(arena,
                               t->by_fit ? "where the fit expects %.2g %% to win"
                                         : "if %.2g %% win, as of all leads",
                               PER_CENT * t->rate);
    if (!rate)
        return NULL;
    return lc_arena_format(
        arena,
        "at the average rate chance does this in %s of cases; what is open is how far it goes, "
        "until %s: up to %.0f more %s like these, %s",
        chance,
        isnan(t->rate) ? "another outcome shows"
        : t->won == 0  ? "one is won"
                       : "one is not won",
        t->more, leads, rate);
}

/* "size=1-10 and source=Web: all 8 leads were won (+12 points)" for one term of a cause. */
static const char *term_text(const struct lc_fit_told *t, struct lc_arena *arena)
{
    const char *outcome = outcome_text(t, arena), *text;

    if (!outcome)
        return NULL;
    if (t->won > 0 && t->won < t->leads) /* a number takes part, or the cells are not listed */
        return lc_arena_format(arena, "%s: tells all of %.0f leads, %.0f of them won", t->term,
                               t->leads, t->won);
    text = lc_arena_format(arena, "%s: %s", t->term, outcome);
    if (isnan(t->points) || !text)
        return text;
    return lc_arena_format(arena, "%s, held at %+.2f (%+.0f points)", text, t->weight,
                           t->points + 0.0);
}

/* A cause: its first terms, how many more there are, and what would settle it. */
static enum lc_rc note_cause(const struct lc_fit_told *t, size_t n, struct lc_arena *arena,
                             struct lc_frame *frame, struct lc_err *err)
{
    const char *text = term_text(t, arena), *settled = settle_text(t, arena);

    for (size_t c = 1; c < n && c < MOST_CELLS && text; c++) {
        const char *next = term_text(&t[c], arena);

        text = next ? lc_arena_format(arena, "%s; %s", text, next) : NULL;
    }
    if (n > MOST_CELLS && text)
        text = lc_arena_format(arena, "%s; and %zu more combinations", text, n - MOST_CELLS);
    if (!text || !settled)
        return lc_fail_memory(err, "the notes");
    return lc_frame_note(frame, err, "%s%s; %s",
                         t->apart ? "apart from leads told already, " : "", text, settled);
}

/* "3 levels and 1 combination of levels tell" */
static const char *subject_text(const struct lc_fit_separation *s, struct lc_arena *arena)
{
    const char *verb = s->levels + s->combinations == 1 ? "tells" : "tell";
    const char *levels =
        s->levels == 1 ? "1 level" : lc_arena_format(arena, "%zu levels", s->levels);
    const char *combinations =
        s->combinations == 1
            ? "1 combination of levels"
            : lc_arena_format(arena, "%zu combinations of levels", s->combinations);

    if (!levels || !combinations)
        return NULL;
    return lc_arena_format(arena, "%s%s%s %s", s->levels ? levels : "",
                           s->levels && s->combinations ? " and " : "",
                           s->combinations ? combinations : "", verb);
}

/* How many there are, and what holds them. */
static enum lc_rc note_all(const struct lc_fit *fit, struct lc_arena *arena,
                           struct lc_frame *frame, struct lc_err *err)
{
    const char *by = holder(fit, arena), *subject = subject_text(fit->separation, arena);

    if (!by || !subject)
        return lc_fail_memory(err, "the notes");
    return lc_frame_note(
        frame, err,
        "%s won from not won exactly (separation): %.0f of %zu leads; by these "
        "leads alone the points would have no limit, and %s holds them%s",
        subject, fit->separation->leads, fit->n, by,
        fit->separation->kind == LC_SEPARATION_COMPLETE
            ? "; as that is every lead, a column may know the outcome (leadcal audit), or there are "
              "too many levels for so few leads"
            : "");
}

enum lc_rc lc_fit_note_separation(const struct lc_fit *fit, struct lc_arena *arena,
                                  struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_fit_separation *s = fit->separation;
    size_t said = 0;
    enum lc_rc rc = LC_OK;

    if (!s)
        return LC_OK;
    if (s->n && !fit->likelihood)
        rc = note_all(fit, arena, frame, err);
    for (size_t i = 0, n; i < s->n && said < MOST_CAUSES && !rc; i += n, said++) {
        for (n = 1; i + n < s->n && s->told[i + n].cause == s->told[i].cause; n++)
            ;
        rc = note_cause(&s->told[i], n, arena, frame, err);
    }
    if (!rc && s->levels + s->combinations > said)
        rc = lc_frame_note(frame, err,
                           "and %zu more: fit --separation, or separation.csv of recalibrate, "
                           "has them all",
                           s->levels + s->combinations - said);
    if (!rc && s->unsettled)
        rc = lc_frame_note(
            frame, err,
            "combinations of levels were not looked through to the end, since there "
            "are too many levels for it; single levels were");
    return rc;
}

enum lc_rc lc_fit_note_level(const struct lc_fit *fit, size_t j, size_t v,
                             struct lc_arena *arena, const char **note, struct lc_err *err)
{
    const struct lc_fit_separation *s = fit->separation;

    for (size_t i = 0; s && !fit->likelihood && i < s->n; i++) {
        const struct lc_fit_told *t = &s->told[i];

        if (t->attribute != j || t->level != v)
            continue;
        *note = lc_arena_format(arena, "separated: %sInf without a prior, %.0f of %.0f won%s",
                                t->won > 0 ? "+" : "-", t->won, t->leads,
                                t->apart ? ", apart from leads told already" : "");
        return *note ? LC_OK : lc_fail_memory(err, "coefficients");
    }
    return LC_OK;
}

/* ---- the table ---- */

static enum lc_rc add_told(const struct lc_fit_told *t, struct lc_frame *frame,
                           struct lc_err *err)
{
    union lc_value *row = NULL;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[CAUSE].number = (double)t->cause;
    row[TERM].text = t->term;
    row[LEADS].number = t->leads;
    row[WON].number = t->won;
    if (t->won == 0 || t->won == t->leads)
        row[OUTCOME].text = t->won > 0 ? "all won" : "none won";
    row[WEIGHT].number = t->weight;
    row[POINTS].number = t->points + 0.0;
    row[CHANCE].number = t->chance;
    row[RATE].number = t->rate;
    row[MORE].number = t->more;
    return LC_OK;
}

enum lc_rc lc_fit_separation_frame(const struct lc_fit *fit, struct lc_arena *arena,
                                   struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_fit_separation *s = fit->separation;
    struct lc_frame f;
    enum lc_rc rc = LC_OK;

    lc_frame_init(&f, "separation", heading, COLUMNS, arena);
    for (size_t i = 0; i < s->n && !rc; i++)
        rc = add_told(&s->told[i], &f, err);
    if (!rc)
        rc = lc_fit_note_separation(fit, arena, &f, err);
    if (!rc && s->n == 0 && !s->unsettled)
        rc = lc_frame_note(
            &f, err,
            "no level and no combination of levels tells won from not won exactly, "
            "so the leads themselves limit every weight");
    if (!rc)
        *frame = f;
    return rc;
}
