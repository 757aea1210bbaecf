/* What the comparisons say, in words: the sentence for a sales leader, the notes and the title. */
#include <math.h>

#include "drift_internal.h"
#include "leadcal/num.h"

bool lc_drift_is_alarm(const struct lc_drift_work *w, size_t i)
{
    return w->adjusted[i] <= LC_DRIFT_ALPHA;
}

/* The level whose share has moved farthest. */
static size_t most_moved(const struct lc_drift_work *w, size_t i)
{
    const struct lc_drift_part *part = &w->part[i];
    double farthest = -1;
    size_t at = 0;

    for (size_t v = 0; v < part->k; v++) {
        const double by = fabs(part->now[v] / w->test[i].m - part->before[v] / w->test[i].n);

        if (by > farthest) {
            farthest = by;
            at = v;
        }
    }
    return at;
}

/* The alarm that chance explains least; an attribute before the score that is made of it. */
static size_t worst(const struct lc_drift_work *w)
{
    size_t at = w->n;

    for (size_t i = 0; i < w->n; i++)
        if (lc_drift_is_alarm(w, i) &&
            (at == w->n || (w->part[i].what[0] == w->part[at].what[0] && w->p[i] < w->p[at])))
            at = i;
    return at;
}

/* What would have been noticed: the move of a level that half of the leads have, at the comparison
 * that sees least. PSI is about 4 d^2 for a move by d. */
static double blind_to(const struct lc_drift_work *w)
{
    double most = 0;

    for (size_t i = 0; i < w->n; i++)
        if (!isnan(w->detectable[i]))
            most = fmax(most, w->detectable[i]);
    return most > 0 ? fmin(sqrt(most) / 2, 1) : LC_NAN;
}

const char *lc_drift_sentence(const struct lc_drift_work *w, const struct lc_drift_found *found)
{
    const char *since = w->before ? "the baseline" : "those the model was learnt from";
    const size_t at = worst(w);
    const double blind = blind_to(w);
    const struct lc_drift_part *part;
    size_t v;

    if (!found->tests)
        return lc_arena_format(w->arena, "nothing could be compared: too few levels or leads");
    if (!found->alarms)
        return isnan(blind)
                   ? lc_arena_format(w->arena,
                                     "no sign of change; the leads look like %s, but they are "
                                     "too few to tell much",
                                     since)
                   : lc_arena_format(
                         w->arena,
                         "no sign of change; in none of %zu comparisons do the leads differ "
                         "from %s by more than chance; a level that half of them have would "
                         "have had to move by about %.0f points in a hundred to be noticed",
                         found->tests, since, 100 * blind);
    part = &w->part[at];
    v = most_moved(w, at);
    return lc_arena_format(
        w->arena,
        "the leads have changed; they differ beyond chance from %s in %zu of %zu comparisons, "
        "most of all in %s (%s was %.1f %% of the leads and is %.1f %%); look at what brought "
        "them, and recalibrate when enough of them are decided",
        since, found->alarms, found->tests, part->name, part->level[v],
        100 * part->before[v] / w->test[at].n, 100 * part->now[v] / w->test[at].m);
}

/* Counters of the export that young leads have had less time to fill. */
static enum lc_rc note_export(const struct lc_drift_work *w, struct lc_frame *f,
                              struct lc_err *err)
{
    const char *listed = "";

    for (size_t j = 0; w->now->by_day && j < w->model->card.k; j++) {
        const struct lc_attribute *a = &w->model->card.attribute[j].attribute;

        if (a->of || (a->as_of != LC_AS_OF_EXPORT &&
                      (a->as_of != LC_AS_OF_UNSAID || a->role != LC_ROLE_ENGAGEMENT)))
            continue;
        listed = lc_arena_format(w->arena, "%s%s%s", listed, *listed ? ", " : "", a->column);
        if (!listed)
            return lc_fail_memory(err, "drift");
    }
    return *listed ? lc_frame_note(f, err,
                                   "counted as of the export, as far as is known: young leads "
                                   "have had less time for %s, whatever the market does",
                                   listed)
                   : LC_OK;
}

enum lc_rc lc_drift_notes(const struct lc_drift_work *w, const struct lc_drift_found *found,
                          struct lc_frame *f, struct lc_err *err)
{
    enum lc_rc rc = lc_frame_note(f, err, "%s", found->sentence);

    if (!rc && w->now->by_day && (w->now->learnt || w->now->undated))
        rc = lc_frame_note(f, err,
                           "left out: %zu leads decided up to the last day that the model has "
                           "learnt from, %zu without a day",
                           w->now->learnt, w->now->undated);
    if (!rc && !w->now->by_day)
        rc = lc_frame_note(f, err,
                           "every lead of the file counts, since no day is known that would "
                           "tell which ones the model has learnt from");
    if (!rc)
        rc = lc_frame_note(f, err,
                           "alarm: chi-square test with p, adjusted over the %zu comparisons "
                           "(Benjamini-Hochberg), at most 0.05; where nothing has changed that "
                           "happens in one quarter of twenty. threshold: what the PSI of equal "
                           "populations passes once in twenty at these sizes; detectable: the "
                           "PSI that a single test at 5 %% finds four times in five",
                           found->tests);
    return rc ? rc : note_export(w, f, err);
}

const char *lc_drift_title(const struct lc_drift_work *w)
{
    char first[LC_DAY_TEXT], last[LC_DAY_TEXT];
    const char *who;

    if (w->before)
        who = lc_arena_format(w->arena, "%zu leads of the baseline", w->before->n);
    else
        who = lc_arena_format(w->arena, "the %.0f that the model was learnt from",
                              w->model->boundary.leads);
    if (!who || !w->now->by_day)
        return who ? lc_arena_format(w->arena, "%zu leads against %s", w->now->n, who) : NULL;
    lc_day_text(w->now->first, first);
    lc_day_text(w->now->last, last);
    return lc_arena_format(w->arena, "%zu leads decided %s to %s against %s", w->now->n, first,
                           last, who);
}
