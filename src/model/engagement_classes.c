/* Classes of events: who did it, who was won, and how fast it grows stale. */
#include <math.h>

#include "engagement_internal.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"

enum column {
    FILE_NAME,
    CLASS,
    KIND,
    DECAY,
    EVENTS,
    LEADS,
    WON,
    RATE,
    RATE_LOW,
    RATE_HIGH,
    HALF_LIFE,
    HALF_LIFE_LOW,
    HALF_LIFE_HIGH,
    LOG_ODDS,
    STD_ERROR,
    NOTE,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [FILE_NAME] = {"file", LC_CELL_TEXT, NULL, true},
    [CLASS] = {"class", LC_CELL_TEXT, NULL, false},
    [KIND] = {"kind", LC_CELL_TEXT, NULL, true},
    [DECAY] = {"decay", LC_CELL_TEXT, NULL, false},
    [EVENTS] = {"events", LC_CELL_COUNT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [RATE] = {"close_rate", LC_CELL_RATE, "close rate", false},
    [RATE_LOW] = {"close_rate_low", LC_CELL_RATE, "low", false},
    [RATE_HIGH] = {"close_rate_high", LC_CELL_RATE, "high", false},
    [HALF_LIFE] = {"half_life", LC_CELL_REAL, "half-life, days", false},
    [HALF_LIFE_LOW] = {"half_life_low", LC_CELL_REAL, "low", false},
    [HALF_LIFE_HIGH] = {"half_life_high", LC_CELL_REAL, "high", false},
    [LOG_ODDS] = {"log_odds", LC_CELL_REAL, "log-odds, fresh", false},
    [STD_ERROR] = {"std_error", LC_CELL_REAL, NULL, true},
    [NOTE] = {"note", LC_CELL_TEXT, NULL, false},
};

/* The counted leads that a file knows, and what they did. */
struct work {
    const struct lc_events *events;
    const struct lc_cohort *cohort;
    struct lc_arena *scratch;
    uint32_t *row; /* [n] */
    double *y;     /* [n] */
    size_t n;
    size_t *place;               /* [classes] among those fitted, or n_fitted */
    struct lc_recency_class *of; /* [n_fitted] */
    size_t n_fitted;
    struct lc_recency found;
    const char *why; /* no half-life could be estimated; NULL: they were */
};

static bool find_leads(struct work *w)
{
    w->row = LC_NEW(w->scratch, w->cohort->n + 1, uint32_t);
    w->y = LC_NEW(w->scratch, w->cohort->n + 1, double);
    for (size_t i = 0; w->row && w->y && i < w->cohort->n; i++) {
        if (!w->events->known[w->cohort->row[i]])
            continue;
        w->row[w->n] = w->cohort->row[i];
        w->y[w->n++] = w->cohort->y[i];
    }
    return w->row && w->y;
}

static bool take_classes(struct work *w, const struct lc_spec_events *spec)
{
    const size_t n = w->events->n_classes;

    w->place = LC_NEW(w->scratch, n + 1, size_t);
    w->of = LC_NEW(w->scratch, n + 1, struct lc_recency_class);
    for (size_t c = 0; w->place && w->of && c < n; c++) {
        w->place[c] = SIZE_MAX;
        if (w->events->class[c].kind == LC_EVENT_NEGATIVE)
            continue;
        w->place[c] = w->n_fitted;
        if (!lc_engaged_class(w->events, c,
                              lc_engagement_decay(&w->events->class[c], spec).daily_cap, w->row,
                              w->n, w->scratch, &w->of[w->n_fitted++]))
            return false;
    }
    return w->place && w->of;
}

static enum lc_rc estimate(struct work *w, struct lc_parallel *pool, struct lc_err *err)
{
    const struct lc_recency_data d = {.n = w->n, .m = w->n_fitted, .of = w->of, .y = w->y};

    enum lc_rc rc = w->n_fitted ? lc_recency(&d, pool, w->scratch, &w->found, err) : LC_OK;

    if (rc != LC_EDEGENERATE)
        return rc;
    w->why =
        lc_arena_text(w->scratch, lc_slice_of(err->text)); /* counts are told all the same */
    return w->why ? LC_OK : lc_fail_memory(err, "events");
}

static void put_half_life(const struct work *w, size_t class, union lc_value *row)
{
    const size_t place = w->place[class];
    const struct lc_recency_one *one = place == SIZE_MAX || w->why ? NULL : &w->found.of[place];

    if (w->why)
        return;
    if (!one) {
        row[NOTE].text = "turns away from buying: no half-life is estimated";
        return;
    }
    row[HALF_LIFE].number = one->half_life;
    row[HALF_LIFE_LOW].number = one->low;
    row[HALF_LIFE_HIGH].number = one->high;
    if (one->std_error > 0) {
        row[LOG_ODDS].number = one->effect;
        row[STD_ERROR].number = one->std_error;
    }
    if (one->kept_prior)
        row[NOTE].text = "the prior's half-life: under 100 wins had such events";
}

static enum lc_rc add_row(const struct work *w, size_t class, const char *file,
                          const struct lc_spec_events *spec, struct lc_frame *frame,
                          struct lc_err *err)
{
    static const char *const kind[] = {[LC_EVENT_CONTENT] = "content",
                                       [LC_EVENT_ACTION] = "action",
                                       [LC_EVENT_NEGATIVE] = "negative",
                                       [LC_EVENT_OURS] = "ours"};
    const struct lc_event_class *of = &w->events->class[class];
    const struct lc_decay decay = lc_engagement_decay(of, spec);
    struct lc_recency_class did;
    char text[LC_DECAY_TEXT];
    double leads = 0, won = 0;
    struct lc_interval limits;
    union lc_value *row;
    enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    lc_decay_text(&decay, text);
    row[FILE_NAME].text = file;
    row[CLASS].text = lc_arena_text(frame->arena, lc_slice_of(of->name));
    row[KIND].text = kind[of->kind];
    row[DECAY].text = lc_arena_text(frame->arena, lc_slice_of(text));
    if (!row[CLASS].text || !row[DECAY].text ||
        !lc_engaged_class(w->events, class, 0, w->row, w->n, w->scratch, &did))
        return lc_fail_memory(err, frame->name);
    for (size_t i = 0; i < w->n; i++) {
        const bool any = did.begin[i + 1] > did.begin[i];

        leads += any;
        won += any ? w->y[i] : 0;
    }
    limits = lc_wilson(won, leads);
    row[EVENTS].number = (double)did.begin[w->n];
    row[LEADS].number = leads;
    row[WON].number = won;
    if (leads > 0) {
        row[RATE].number = won / leads;
        row[RATE_LOW].number = limits.low;
        row[RATE_HIGH].number = limits.high;
    }
    put_half_life(w, class, row);
    return LC_OK;
}

static enum lc_rc add_notes(const struct work *w, const char *file, struct lc_frame *frame,
                            struct lc_err *err)
{
    const struct lc_recency *r = &w->found;
    size_t at = 0;

    if (w->why)
        return lc_frame_note(frame, err, "%.60s: half-lives cannot be told: %s", file, w->why);
    if (!w->events->n_classes)
        return lc_frame_note(frame, err, "%.60s: no event came before a decision", file);
    if (!r->estimated)
        return lc_frame_note(frame, err,
                             "%.60s: no class has %d wins with such events, so half-lives stay "
                             "at %.0f days, which somewhere between 8 and 117 may be right",
                             file, LC_RECENCY_WINS, LC_RECENCY_MEDIAN);
    while (at < w->n_fitted && r->of[at].kept_prior)
        at++;
    if (r->estimated > 1 && !r->tied)
        return lc_frame_note(
            frame, err,
            "%.60s: the half-lives differ (p %.2g): each has its own; put them "
            "in the spec as the \"decay\" of a class, or \"half-life learned\" to tell them anew in "
            "each fold of a backtest",
            file, r->p);
    if (r->estimated > 1)
        return lc_frame_note(
            frame, err,
            "%.60s: the half-lives do not differ by more than chance (p %.2g): "
            "one of %.0f days for all; in the spec \"decay\": \"half-life %.0f\", or \"half-life "
            "learned\" to tell it anew in each fold of a backtest",
            file, r->p, r->of[at].half_life, r->of[at].half_life);
    return lc_frame_note(
        frame, err,
        "%.60s: one class has %d wins with such events; its half-life in the "
        "spec: \"decay\": \"half-life %.0f\", or \"half-life learned\" to tell it "
        "anew in each fold of a backtest",
        file, LC_RECENCY_WINS, r->of[at].half_life);
}

static enum lc_rc add_file(const struct lc_table_file *file, const struct lc_spec_events *spec,
                           struct work *w, struct lc_parallel *pool, struct lc_frame *frame,
                           struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    if (!find_leads(w) || !take_classes(w, spec))
        rc = lc_fail_memory(err, frame->name);
    if (!rc)
        rc = estimate(w, pool, err);
    for (size_t c = 0; c < w->events->n_classes && !rc; c++)
        rc = add_row(w, c, file->name, spec, frame, err);
    return rc ? rc : add_notes(w, file->name, frame, err);
}

enum lc_rc lc_engagement_classes(const struct lc_table *table, const struct lc_spec *spec,
                                 const struct lc_cohort *cohort, struct lc_parallel *pool,
                                 struct lc_arena *arena, struct lc_frame *frame,
                                 struct lc_err *err)
{
    size_t files = 0;
    enum lc_rc rc = LC_OK;

    lc_frame_init(frame, "events", heading, COLUMNS, arena);
    frame->title = lc_cohort_title(cohort, arena);
    for (size_t f = 0; f < table->n_files && !rc; f++) {
        struct lc_arena scratch;
        struct work w = {
            .events = table->file[f].events, .cohort = cohort, .scratch = &scratch};

        if (!w.events)
            continue;
        files++;
        lc_arena_init(&scratch, arena->limit);
        rc = add_file(&table->file[f], spec->file[f].events, &w, pool, frame, err);
        lc_arena_release(&scratch);
    }
    if (!rc && !files)
        rc = lc_fail(
            err, LC_EMISMATCH,
            "no file holds events; give one of \"files\" in the spec the key \"events\"");
    return rc;
}
