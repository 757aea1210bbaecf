#include "leadcal/simulate_events.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/arena.h"
#include "leadcal/date.h"
#include "leadcal/num.h"
#include "leadcal/random.h"

/* Times are minutes since 1970-01-01. */
#define DAY       ((int64_t)1440)
#define FIRST     (19814 * DAY)                    /* 2024-04-01 */
#define EXPORT    (20543 * DAY + 18 * (int64_t)60) /* 2026-03-31 18:00 */
#define NO_TIME   INT64_MIN
#define INTERCEPT (-2.7)
#define MOST_DID  16 /* events of a lead */

/* What there is to do. */
static const struct kind {
    const char *class, *type, *about;
    double share;     /* of what is done before the hand-over */
    double half_life; /* days; 0: it stays */
    double effect;    /* log-odds of a fresh one */
} kinds[] = {
    {"pricing", "page_view", "/pricing", 0.20, 12, 1.1},
    {"product_page", "page_view", "/products/valves", 0.22, 30, 0.2},
    {"technical_brief", "download", "Technical brief: flow control", 0.14, 50, 0.8},
    {"review", "page_view", "/customers/reviews", 0.10, 30, 0.3},
    {"email_open", "email_open", "Newsletter", 0.20, 30, 0},
    {"webinar", "webinar_attended", "Flow control live", 0.06, 30, 0.6},
    {"careers", "page_view", "/careers/open-positions", 0.05, 0, -1.2},
    {"unsubscribe", "unsubscribed", "", 0.03, 0, -1.5},
};
#define N_KINDS (sizeof kinds / sizeof *kinds)

static const struct {
    const char *name;
    double effect;
} industries[] = {{"Chemicals", 0.5}, {"Food and drink", 0}, {"Water", 0.3}, {"Other", -0.6}};
#define N_INDUSTRIES (sizeof industries / sizeof *industries)

struct deed {
    int64_t time;
    uint32_t lead;
    size_t kind;
};

struct lead {
    int64_t created, handed_over, closed; /* NO_TIME: not yet */
    size_t industry;
    const char *stage;
};

struct world {
    struct lc_random random;
    struct lead *lead;
    struct deed *deed;
    size_t n_deeds;
};

static int64_t between(struct world *w, int64_t low, int64_t high)
{
    return low + (int64_t)lc_random_below(&w->random, (uint64_t)(high - low));
}

static size_t pick_kind(struct world *w)
{
    double u = lc_random_unit(&w->random);
    size_t k = 0;

    while (k + 1 < N_KINDS && u >= kinds[k].share)
        u -= kinds[k++].share;
    return k;
}

static void do_one(struct world *w, uint32_t lead, int64_t time, size_t kind)
{
    if (time < EXPORT)
        w->deed[w->n_deeds++] = (struct deed){time, lead, kind};
}

/* What a lead does before it is handed over, and the log-odds that it has of that. */
static double live(struct world *w, uint32_t i)
{
    const struct lead *l = &w->lead[i];
    const int64_t until = l->handed_over == NO_TIME ? EXPORT : l->handed_over;
    double sum = INTERCEPT + industries[l->industry].effect;

    for (size_t n = lc_random_below(&w->random, 9); n > 0; n--) {
        const size_t k = pick_kind(w);
        const int64_t time = between(w, until - 100 * DAY, until);
        const double days = floor((double)until / DAY) - floor((double)time / DAY);

        do_one(w, i, time, k);
        sum +=
            kinds[k].effect * (kinds[k].half_life > 0 ? exp2(-days / kinds[k].half_life) : 1);
    }
    return sum;
}

/* What became of it, and what it did meanwhile. */
static void end(struct world *w, uint32_t i, double log_odds)
{
    struct lead *l = &w->lead[i];
    const bool won = lc_random_unit(&w->random) < 1 / (1 + exp(-log_odds));
    const int64_t closed = l->handed_over + between(w, 4 * DAY, (won ? 80 : 120) * DAY);

    for (size_t n = lc_random_below(&w->random, won ? 7 : 3); n > 0; n--)
        do_one(w, i, between(w, l->handed_over + 1, closed), won ? 0 : pick_kind(w));
    if (closed >= EXPORT)
        return;
    l->closed = closed;
    l->stage = won ? "Closed Won" : "Closed Lost";
}

static void make_lead(struct world *w, uint32_t i)
{
    struct lead *l = &w->lead[i];
    double log_odds;

    l->created = between(w, FIRST, EXPORT);
    l->industry = lc_random_below(&w->random, N_INDUSTRIES);
    l->handed_over = l->created + between(w, DAY, 40 * DAY);
    if (l->handed_over >= EXPORT)
        l->handed_over = NO_TIME;
    l->closed = NO_TIME;
    l->stage = "Open";
    log_odds = live(w, i);
    if (l->handed_over != NO_TIME)
        end(w, i, log_odds);
}

static int by_time(const void *a, const void *b)
{
    const struct deed *x = a, *y = b;

    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    if (x->lead != y->lead)
        return x->lead < y->lead ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

static void put_time(int64_t time, FILE *to)
{
    char day[LC_DAY_TEXT];

    if (time == NO_TIME)
        return;
    lc_day_text((int32_t)(time / DAY), day);
    (void)fprintf(to, "%s %02d:%02d", day, (int)(time % DAY / 60), (int)(time % 60));
}

static void put_leads(const struct world *w, FILE *to)
{
    (void)fputs("lead_id,created,handed_over,industry,stage,closed\n", to);
    for (uint32_t i = 0; i < LC_SIMULATED_LEADS; i++) {
        const struct lead *l = &w->lead[i];

        (void)fprintf(to, "L%05u,", (unsigned)i + 1);
        put_time(l->created, to);
        (void)fputc(',', to);
        put_time(l->handed_over, to);
        (void)fprintf(to, ",%s,%s,", industries[l->industry].name, l->stage);
        put_time(l->closed, to);
        (void)fputc('\n', to);
    }
}

static void put_deeds(const struct world *w, FILE *to)
{
    (void)fputs("lead_id,at,type,about\n", to);
    for (size_t e = 0; e < w->n_deeds; e++) {
        const struct deed *d = &w->deed[e];

        (void)fprintf(to, "L%05u,", (unsigned)d->lead + 1);
        put_time(d->time, to);
        (void)fprintf(to, ",%s,%s\n", kinds[d->kind].type, kinds[d->kind].about);
    }
}

static enum lc_rc refused(FILE *to, struct lc_err *err)
{
    if (!ferror(to))
        return LC_OK;
    return lc_fail(err, LC_EIO, "the file cannot be written: %s; is the disk full?",
                   strerror(errno ? errno : EIO));
}

enum lc_rc lc_simulate_events(uint64_t seed, FILE *leads, FILE *events, struct lc_err *err)
{
    struct world w = {.random = {seed}};
    struct lc_arena arena;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    w.lead = LC_NEW(&arena, LC_SIMULATED_LEADS, struct lead);
    w.deed = LC_NEW(&arena, (size_t)LC_SIMULATED_LEADS * MOST_DID, struct deed);
    if (!w.lead || !w.deed)
        rc = lc_fail_memory(err, "made-up leads");
    for (uint32_t i = 0; i < LC_SIMULATED_LEADS && !rc; i++)
        make_lead(&w, i);
    if (!rc) {
        qsort(w.deed, w.n_deeds, sizeof *w.deed, by_time);
        put_leads(&w, leads);
        put_deeds(&w, events);
        rc = refused(leads, err);
    }
    if (!rc)
        rc = refused(events, err);
    lc_arena_release(&arena);
    return rc;
}

enum lc_rc lc_simulate_events_truth(FILE *to, struct lc_err *err)
{
    char number[LC_REAL_TEXT];

    lc_real_text(INTERCEPT, number);
    (void)fprintf(to, "class,half_life,effect\n(intercept),,%s\n", number);
    for (size_t k = 0; k < N_KINDS; k++) {
        lc_real_text(kinds[k].half_life, number);
        (void)fprintf(to, "%s,%s,", kinds[k].class, kinds[k].half_life > 0 ? number : "");
        lc_real_text(kinds[k].effect, number);
        (void)fprintf(to, "%s\n", number);
    }
    for (size_t i = 0; i < N_INDUSTRIES; i++) {
        lc_real_text(industries[i].effect, number);
        (void)fprintf(to, "industry=%s,,%s\n", industries[i].name, number);
    }
    return refused(to, err);
}
