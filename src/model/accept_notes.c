/* What the numbers of acceptance rest on, in words, and whether they rise or fall. */
#include <stdio.h>
#include <string.h>

#include "accept_internal.h"
#include "leadcal/contingency.h"
#include "leadcal/num.h"

#define MOST_LISTED 12   /* values named in a sentence; more are counted */
#define MOST_VALUE  30   /* bytes shown of a value */
#define SIGNIFICANT 0.05 /* below it a trend is called one */
#define LEAST_P     0.0001
#define PER_CENT    100.0
#define HOURS_A_DAY 24

size_t lc_cut_text(const char *text, size_t most)
{
    size_t n = strlen(text);

    if (n <= most)
        return n;
    for (n = most; n && ((unsigned char)text[n] & 0xC0U) == 0x80U;)
        n--;
    return n;
}

const char *lc_as_of_words(int32_t as_of, char to[LC_AS_OF_WORDS])
{
    char day[LC_DAY_TEXT];

    (void)snprintf(to, LC_AS_OF_WORDS, "no dates");
    if (as_of == LC_NO_DAY)
        return to;
    lc_day_text(as_of, day);
    (void)snprintf(to, LC_AS_OF_WORDS, "as of %s", day);
    return to;
}

enum lc_rc lc_note_as_of(const struct lc_spec *spec, int32_t as_of, struct lc_frame *frame,
                         struct lc_err *err)
{
    char text[LC_DAY_TEXT];

    if (as_of == LC_NO_DAY)
        return LC_OK;
    lc_day_text(as_of, text);
    return lc_frame_note(frame, err, "as of %s, %s", text,
                         spec->as_of_day != LC_NO_DAY ? "as given (--as-of)"
                                                      : LC_AS_OF_FOUND " (--as-of)");
}

enum lc_rc lc_accept_notes_unit(const struct lc_accept_work *w, struct lc_frame *frame,
                                struct lc_err *err)
{
    const struct lc_spec *spec = w->spec;
    const struct lc_hand_overs *h = &w->hand;
    enum lc_rc rc = lc_note_as_of(spec, w->leads.as_of, frame, err);

    if (!rc && w->leads.handed_over)
        rc =
            lc_frame_note(frame, err, "handed over are the %zu of %zu leads with a day in '%s'",
                          h->n, w->leads.n, spec->date.handed_over);
    else if (!rc && h->when)
        rc = lc_frame_note(frame, err,
                           "no hand-over date is named, so every lead counts as handed over on "
                           "the day in '%s' (--handed-over)",
                           spec->date.entered);
    else if (!rc)
        rc = lc_frame_note(frame, err,
                           "no dates are named, so every row counts as handed over, in no "
                           "period, and untouched where nothing was decided (--handed-over)");
    if (!rc && h->after_as_of)
        rc = lc_frame_note(frame, err, "%zu handed over after the as-of date do not count",
                           h->after_as_of);
    if (!rc && h->undated && h->when)
        rc = lc_frame_note(frame, err,
                           "%zu without a day are counted under (undated), as older than any "
                           "limit",
                           h->undated);
    return rc;
}

/* "'Working' (12), 'New' (3) and 2 more": the values that decide nothing, with their counts. */
static enum lc_rc list_undecided(const struct lc_accept_table *t, char *to, size_t room,
                                 struct lc_err *err)
{
    const struct lc_accept_work *w = t->w;
    const struct lc_column *c = t->acceptance.column;
    size_t *count = LC_NEW(w->scratch, (size_t)c->n_levels + 1, size_t);
    size_t used = 0, listed = 0, all = 0;

    to[0] = 0;
    if (!count)
        return lc_fail_memory(err, "the notes");
    for (size_t h = 0; h < w->hand.n; h++)
        if (t->fate[h] == LC_UNTOUCHED || t->fate[h] == LC_PENDING)
            count[lc_code_at(c, w->hand.row[h])]++;
    for (uint32_t v = 0; v < c->n_levels; v++) {
        if (!count[v] || v == c->missing || t->acceptance.of_level[v] != LC_UNDECIDED)
            continue;
        all++;
        if (listed == MOST_LISTED || used + MOST_VALUE + 40 > room)
            continue;
        used +=
            (size_t)snprintf(to + used, room - used, "%s'%.*s' (%zu)", used ? ", " : "",
                             (int)lc_cut_text(c->level[v], MOST_VALUE), c->level[v], count[v]);
        listed++;
    }
    if (all > listed)
        (void)snprintf(to + used, room - used, " and %zu more", all - listed);
    return LC_OK;
}

/* "'Yes', 'SAL'" */
static const char *list_texts(struct lc_texts texts, char *to, size_t room)
{
    size_t used = 0;

    (void)snprintf(to, room, "no value");
    for (size_t i = 0; i < texts.n && used + MOST_VALUE + 40 < room; i++)
        used += (size_t)snprintf(to + used, room - used, "%s'%.*s'", used ? ", " : "",
                                 (int)lc_cut_text(texts.text[i], MOST_VALUE), texts.text[i]);
    return to;
}

/* Which column says what. */
static enum lc_rc note_sources(const struct lc_accept_table *t, struct lc_frame *frame,
                               struct lc_err *err)
{
    const struct lc_spec *spec = t->w->spec;
    char accepted[300], rejected[300], recycled[300];
    enum lc_rc rc = LC_OK;

    if (spec->date.accepted)
        rc = lc_frame_note(frame, err, "accepted is a lead with a day in '%s'",
                           spec->date.accepted);
    if (!rc && t->acceptance.column)
        rc = lc_frame_note(frame, err, "in '%s' accepted is %s; rejected is %s; recycled is %s",
                           t->acceptance.column->name,
                           list_texts(spec->acceptance.accepted, accepted, sizeof accepted),
                           list_texts(spec->acceptance.rejected, rejected, sizeof rejected),
                           list_texts(spec->acceptance.recycled, recycled, sizeof recycled));
    else if (!rc)
        rc = lc_frame_note(frame, err,
                           "no column says which leads were rejected or recycled, so those "
                           "counts are empty (\"acceptance\" in a spec)");
    if (!rc && t->acceptance.column && !spec->date.accepted)
        rc = lc_frame_note(
            frame, err,
            "no day of acceptance is named, so a lead that was accepted and later "
            "returned counts as it stands now (--accepted)");
    return rc;
}

/* Hand-overs without a disposition, and the limit they are held against. */
static enum lc_rc note_undecided(const struct lc_accept_table *t, struct lc_frame *frame,
                                 struct lc_err *err)
{
    char values[800] = "";
    enum lc_rc rc = LC_OK;

    if (t->acceptance.column)
        rc = list_undecided(t, values, sizeof values, err);
    if (!rc && *values)
        rc = lc_frame_note(frame, err, "no disposition: %s", values);
    if (!rc && t->accepted_later)
        rc = lc_frame_note(frame, err,
                           "%zu accepted after the as-of date are not accepted as of then",
                           t->accepted_later);
    if (!rc)
        rc = lc_frame_note(
            frame, err,
            "a lead without a disposition is pending until it is as old as the clock of its "
            "cell, else %d days, and untouched from then on",
            LC_ACCEPT_LIMIT_HOURS / HOURS_A_DAY);
    if (!rc && t->touched)
        rc = lc_frame_note(
            frame, err, "%zu of the untouched had a first touch (in '%s'), but no disposition",
            t->touched, t->w->spec->date.first_touch);
    return rc;
}

/* The periods that are over, with their places on the calendar as scores. */
struct course {
    double *accepted, *ripe, *score;
    uint32_t *level;
    size_t k;
};

static bool chart(const struct lc_accept_table *t, struct course *c)
{
    const size_t room = t->period.n_levels;

    *c = (struct course){.accepted = LC_NEW(t->w->scratch, room, double),
                         .ripe = LC_NEW(t->w->scratch, room, double),
                         .score = LC_NEW(t->w->scratch, room, double),
                         .level = LC_NEW(t->w->scratch, room, uint32_t)};
    if (!c->accepted || !c->ripe || !c->score || !c->level)
        return false;
    for (uint32_t v = 0; v < t->period.missing; v++) {
        const struct lc_tally tally =
            lc_tally_of(t, t->order + t->start[v], t->start[v + 1] - t->start[v]);
        const double ripe = tally.handed_over - tally.of[LC_PENDING];

        if (!(ripe > 0) || lc_accept_not_over(t, v))
            continue;
        c->accepted[c->k] = tally.of[LC_ACCEPTED];
        c->ripe[c->k] = ripe;
        c->score[c->k] = v;
        c->level[c->k++] = v;
    }
    return true;
}

static void period_text(const struct lc_accept_table *t, uint32_t level,
                        char to[LC_PERIOD_TEXT])
{
    lc_period_text(t->w->options->period, t->first_period + (int32_t)level, to);
}

static enum lc_rc note_trend(const struct lc_accept_table *t, struct lc_frame *frame,
                             struct lc_err *err)
{
    const char *word = lc_period_word(t->w->options->period);
    char first[LC_PERIOD_TEXT], last[LC_PERIOD_TEXT], p[32];
    const char *says = "no trend is seen";
    struct lc_trend trend;
    struct course c;

    if (!chart(t, &c))
        return lc_fail_memory(err, "the trend");
    if (c.k < 2)
        return lc_frame_note(frame, err, "%s %s is over, so there is no trend to speak of",
                             c.k ? "only one" : "no", word);
    trend = lc_trend(c.accepted, c.ripe, c.score, c.k);
    period_text(t, c.level[0], first);
    period_text(t, c.level[c.k - 1], last);
    if (trend.p < SIGNIFICANT)
        says = trend.z > 0 ? "it rises" : "it falls";
    (void)snprintf(p, sizeof p, trend.p < LEAST_P ? "p < %.4f" : "p = %.2g",
                   trend.p < LEAST_P ? LEAST_P : trend.p);
    if (isnan(trend.p))
        (void)snprintf(p, sizeof p, "no p, since all are alike");
    return lc_frame_note(
        frame, err,
        "acceptance rate %.1f %% in %s (%.0f of %.0f), %.1f %% in %s (%.0f of %.0f); over the "
        "%zu %ss that are over %s (Cochran-Armitage, %s)",
        PER_CENT * c.accepted[0] / c.ripe[0], first, c.accepted[0], c.ripe[0],
        PER_CENT * c.accepted[c.k - 1] / c.ripe[c.k - 1], last, c.accepted[c.k - 1],
        c.ripe[c.k - 1], c.k, word, says, p);
}

/* The last period that somebody was handed over in may go on. */
static enum lc_rc note_not_over(const struct lc_accept_table *t, struct lc_frame *frame,
                                struct lc_err *err)
{
    char last[LC_PERIOD_TEXT];

    if (!lc_accept_not_over(t, t->period.missing - 1))
        return LC_OK;
    period_text(t, t->period.missing - 1, last);
    return lc_frame_note(frame, err, "%s is not over, so its numbers will still change", last);
}

enum lc_rc lc_accept_notes(const struct lc_accept_table *t, struct lc_frame *frame,
                           struct lc_err *err)
{
    enum lc_rc rc = lc_accept_notes_unit(t->w, frame, err);

    if (!rc)
        rc = note_sources(t, frame, err);
    if (!rc)
        rc = note_undecided(t, frame, err);
    if (!rc)
        rc = lc_accept_notes_grade(t->w, frame, err);
    if (!rc && t->has_periods)
        rc = note_trend(t, frame, err);
    if (!rc && t->has_periods)
        rc = note_not_over(t, frame, err);
    return rc;
}
