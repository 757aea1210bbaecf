/* What was counted before and now, as tests, a table and a sentence. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "drift_internal.h"
#include "leadcal/contingency.h"
#include "leadcal/drift.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"

#define MOST_NOTE 300 /* bytes of a note of one row */

enum column {
    WHAT,
    ATTRIBUTE,
    LEVEL,
    BASELINE_LEADS,
    NEW_LEADS,
    BASELINE_SHARE,
    NEW_SHARE,
    PSI,
    PSI_THRESHOLD,
    CHI2,
    DF,
    P,
    P_ADJUSTED,
    MIN_DETECTABLE,
    ALARM,
    NOTE,
    DIFFERENCE,
    LOW,
    HIGH,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [WHAT] = {"what", LC_CELL_TEXT, NULL, false},
    [ATTRIBUTE] = {"attribute", LC_CELL_TEXT, NULL, false},
    [LEVEL] = {"level", LC_CELL_TEXT, NULL, false},
    [BASELINE_LEADS] = {"baseline_leads", LC_CELL_COUNT, "before", false},
    [NEW_LEADS] = {"new_leads", LC_CELL_COUNT, "now", false},
    [BASELINE_SHARE] = {"baseline_share", LC_CELL_RATE, "share before", false},
    [NEW_SHARE] = {"new_share", LC_CELL_RATE, "share now", false},
    [PSI] = {"psi", LC_CELL_REAL, "PSI", false},
    [PSI_THRESHOLD] = {"psi_threshold", LC_CELL_REAL, "threshold", false},
    [CHI2] = {"chi2", LC_CELL_REAL, NULL, true},
    [DF] = {"df", LC_CELL_COUNT, NULL, true},
    [P] = {"p", LC_CELL_P, NULL, true},
    [P_ADJUSTED] = {"p_adjusted", LC_CELL_P, "p adjusted", false},
    [MIN_DETECTABLE] = {"min_detectable", LC_CELL_REAL, "detectable", false},
    [ALARM] = {"alarm", LC_CELL_TEXT, NULL, false},
    [NOTE] = {"note", LC_CELL_TEXT, NULL, false},
    [DIFFERENCE] = {"difference", LC_CELL_RATE, NULL, true},
    [LOW] = {"low", LC_CELL_RATE, NULL, true},
    [HIGH] = {"high", LC_CELL_RATE, NULL, true},
};

/* ---- tests ---- */

static enum lc_rc count_all(struct lc_drift_work *w, struct lc_err *err)
{
    const size_t k = w->model->card.k;
    size_t scores = 0;
    enum lc_rc rc = LC_OK;

    w->part = LC_NEW(w->arena, k + LC_DRIFT_SCORES, struct lc_drift_part);
    if (!w->part)
        return lc_fail_memory(err, "drift");
    for (size_t j = 0; j < k && !rc;
         j++) /* what a segment does of its own is in no new column */
        if (!w->model->card.attribute[j].attribute.of)
            rc = lc_drift_attribute(w->model, j, w->before, w->now, w->arena, &w->part[w->n++],
                                    err);
    if (!rc)
        rc = lc_drift_scores(w->model, w->before, w->now, w->arena, w->part + w->n, &scores,
                             err);
    w->n += scores;
    return rc;
}

static enum lc_rc test_all(struct lc_drift_work *w, struct lc_err *err)
{
    size_t *scratch = LC_NEW(w->arena, w->n, size_t);
    enum lc_rc rc = LC_OK;

    w->test = LC_NEW(w->arena, w->n, struct lc_drift);
    w->in_rest = LC_NEW(w->arena, w->n, bool *);
    w->p = LC_NEW(w->arena, w->n, double);
    w->adjusted = LC_NEW(w->arena, w->n, double);
    w->detectable = LC_NEW(w->arena, w->n, double);
    if (!scratch || !w->test || !w->in_rest || !w->p || !w->adjusted || !w->detectable)
        return lc_fail_memory(err, "drift");
    for (size_t i = 0; i < w->n && !rc; i++) {
        const struct lc_drift_part *part = &w->part[i];

        w->in_rest[i] = LC_NEW(w->arena, part->k, bool);
        if (!w->in_rest[i])
            return lc_fail_memory(err, "drift");
        rc = lc_drift_test(part->before, part->now, part->k, w->arena, w->in_rest[i],
                           &w->test[i], err);
        w->p[i] = w->test[i].p;
        w->detectable[i] = isnan(w->test[i].chi2)
                               ? LC_NAN
                               : lc_detectable_psi(w->test[i].n, w->test[i].m, w->test[i].df);
    }
    if (!rc)
        lc_benjamini_hochberg(w->p, w->n, scratch, w->adjusted);
    return rc;
}

/* ---- rows ---- */

static void add_words(char note[MOST_NOTE], const char *words)
{
    const size_t used = strlen(note);

    (void)snprintf(note + used, MOST_NOTE - used, "%s%s", used ? "; " : "", words);
}

static const char *level_note(const struct lc_drift_work *w, size_t i, size_t v,
                              const struct lc_interval *difference)
{
    const struct lc_drift_part *part = &w->part[i];
    char note[MOST_NOTE] = "";

    if (v >= part->known && part->before[v] > 0)
        add_words(note, "the model never met it");
    else if (v >= part->known)
        add_words(note, "new: the model never met it");
    if (part->before[v] > 0 && !(part->now[v] > 0))
        add_words(note, "gone: no lead has it now");
    if (v == part->missing && difference->low > 0)
        add_words(note, "empty more often than before");
    if (v == part->missing && difference->high < 0)
        add_words(note, "empty less often than before");
    if (w->in_rest[i][v] && w->test[i].df)
        add_words(note, "few leads: tested in (rest)");
    return lc_arena_text(w->arena, lc_slice_of(note));
}

static const char *whole_note(const struct lc_drift_work *w, size_t i)
{
    const struct lc_drift *d = &w->test[i];
    char note[MOST_NOTE] = "";
    size_t fresh = 0;

    for (size_t v = w->part[i].known; v < w->part[i].k; v++)
        fresh += w->part[i].now[v] > 0 && !(w->part[i].before[v] > 0);
    if (!d->df)
        add_words(note, "no test: there is one level");
    if (d->exact)
        add_words(note, "few leads: Fisher's exact test of the largest level");
    else if (d->merged)
        (void)snprintf(note, sizeof note, "%zu levels with few leads tested as one, (rest)",
                       d->merged);
    if (fresh) {
        char words[MOST_NOTE / 2];

        (void)snprintf(words, sizeof words, "%zu new value%s", fresh, fresh == 1 ? "" : "s");
        add_words(note, words);
    }
    return lc_arena_text(w->arena, lc_slice_of(note));
}

static enum lc_rc add_whole(const struct lc_drift_work *w, size_t i, struct lc_frame *f,
                            struct lc_err *err)
{
    const struct lc_drift *d = &w->test[i];
    union lc_value *row;
    const enum lc_rc rc = lc_frame_add(f, &row, err);

    if (rc)
        return rc;
    row[WHAT].text = w->part[i].what;
    row[ATTRIBUTE].text = w->part[i].name;
    row[LEVEL].text = "(all)";
    row[BASELINE_LEADS].number = d->n;
    row[NEW_LEADS].number = d->m;
    row[PSI].number = d->psi;
    row[PSI_THRESHOLD].number = d->threshold;
    row[CHI2].number = d->chi2;
    row[DF].number = d->exact || !d->df ? LC_NAN : (double)d->df;
    row[P].number = d->p;
    row[P_ADJUSTED].number = w->adjusted[i];
    row[MIN_DETECTABLE].number = w->detectable[i];
    row[ALARM].text = isnan(d->p) ? "" : lc_drift_is_alarm(w, i) ? "yes" : "no";
    row[NOTE].text = whole_note(w, i);
    return row[NOTE].text ? LC_OK : lc_fail_memory(err, "drift");
}

static enum lc_rc add_level(const struct lc_drift_work *w, size_t i, size_t v,
                            struct lc_frame *f, struct lc_err *err)
{
    const struct lc_drift_part *part = &w->part[i];
    const struct lc_drift *d = &w->test[i];
    const struct lc_interval difference =
        lc_newcombe(part->now[v], d->m, part->before[v], d->n);
    union lc_value *row;
    const enum lc_rc rc = lc_frame_add(f, &row, err);

    if (rc)
        return rc;
    row[WHAT].text = part->what;
    row[ATTRIBUTE].text = part->name;
    row[LEVEL].text = part->level[v];
    row[BASELINE_LEADS].number = part->before[v];
    row[NEW_LEADS].number = part->now[v];
    if (d->n > 0 && d->m > 0) {
        row[BASELINE_SHARE].number = part->before[v] / d->n;
        row[NEW_SHARE].number = part->now[v] / d->m;
        row[DIFFERENCE].number = part->now[v] / d->m - part->before[v] / d->n;
        row[PSI].number = lc_psi_term(part->before[v], part->now[v], d->n, d->m);
    }
    row[LOW].number = difference.low;
    row[HIGH].number = difference.high;
    row[NOTE].text = level_note(w, i, v, &difference);
    return row[NOTE].text ? LC_OK : lc_fail_memory(err, "drift");
}

/* ---- the whole ---- */

static bool has_counts(const struct lc_model *m)
{
    double n = 0;

    for (size_t j = 0; j < m->card.k; j++)
        for (size_t v = 0; v < m->card.attribute[j].attribute.n_levels; v++)
            n += m->card.attribute[j].attribute.n[v];
    return n > 0;
}

static enum lc_rc check(const struct lc_drift_work *w, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    if (!w->before && !has_counts(w->model))
        return lc_fail(err, LC_EMISMATCH,
                       "a points file says what levels are worth, not how many leads had them; "
                       "name an export of that time with --baseline");
    if (w->before)
        rc = lc_drift_columns(w->model, w->before->table, err);
    return rc ? rc : lc_drift_columns(w->model, w->now->table, err);
}

enum lc_rc lc_drift_compare(const struct lc_model *model, const struct lc_drift_leads *before,
                            const struct lc_drift_leads *now, struct lc_arena *arena,
                            struct lc_drift_found *found, struct lc_err *err)
{
    struct lc_drift_work w = {.model = model, .before = before, .now = now, .arena = arena};
    struct lc_drift_found out = {0};
    enum lc_rc rc = check(&w, err);

    if (!rc)
        rc = count_all(&w, err);
    if (!rc)
        rc = test_all(&w, err);
    if (rc)
        return rc;
    lc_frame_init(&out.frame, "drift", heading, COLUMNS, arena);
    for (size_t i = 0; i < w.n && !rc; i++) {
        out.tests += isnan(w.p[i]) ? 0 : 1;
        out.alarms += lc_drift_is_alarm(&w, i) ? 1 : 0;
        rc = add_whole(&w, i, &out.frame, err);
        for (size_t v = 0; v < w.part[i].k && !rc; v++)
            rc = add_level(&w, i, v, &out.frame, err);
    }
    out.frame.title = rc ? NULL : lc_drift_title(&w);
    out.sentence = rc ? NULL : lc_drift_sentence(&w, &out);
    if (!rc && (!out.frame.title || !out.sentence))
        rc = lc_fail_memory(err, "drift");
    if (!rc)
        rc = lc_drift_notes(&w, &out, &out.frame, err);
    if (!rc)
        *found = out;
    return rc;
}
