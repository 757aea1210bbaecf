#include "leadcal/simulate.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "leadcal/random.h"
#include "simulate_internal.h"

#define BUFFER      (1U << 20)
#define LONGEST_ROW 4096 /* 12 padded cells and some numbers are well under it */

static const char header[] =
    "lead_id,created_date,company_size,industry,country,job_level,job_function,source,campaign,"
    "pages_viewed,email_opens,webinar,demo_request,free_email,careers_page,"
    "days_since_last_touch,sales_accepted,accepted_at,stage,close_date,amount,owner";
static const char form_header[] = ",company,email_domain,is_test";

/* One lead before it is written. */
struct lead {
    int level[SIM_ATTRIBUTES]; /* -1: missing */
    int count[SIM_COUNTERS];
    int created, cycle; /* day number; days to the close */
    bool won, open, accepted;
};

/* An exponential time of that mean, whole days (or pages) of it. */
static int draw_count(struct lc_random *random, double mean)
{
    return (int)(-log1p(-lc_random_unit(random)) * mean);
}

static double band_effect(const struct sim_counter *counter, int value)
{
    size_t band = 0;

    while (band + 1 < counter->n_bands && value > counter->cut[band])
        band++;
    return counter->coefficient[band];
}

static void draw_levels(const struct sim_world *world, struct lc_random *random, int *level)
{
    for (size_t a = 0; a < SIM_ATTRIBUTES; a++) {
        const uint64_t bits = lc_random_bits(random);

        level[a] = (double)(bits >> 40) * 0x1p-24 < sim_rule[a].missing
                       ? -1
                       : world->urn[a].ticket[bits % SIM_TICKETS];
    }
    /* Half of the campaigns follow the source, so that the two carry the same evidence. */
    if (level[SIM_CAMPAIGN] >= 0 && (lc_random_bits(random) & 1))
        level[SIM_CAMPAIGN] = level[SIM_SOURCE] * 5 + (int)lc_random_below(random, 5);
}

/* The draws are made in this order and no other: it is what a seed means. */
static void draw_lead(const struct sim_world *world, struct lc_random *random,
                      struct lead *lead)
{
    double log_odds = SIM_INTERCEPT;
    int age;

    draw_levels(world, random, lead->level);
    for (size_t a = 0; a < SIM_OWNER; a++)
        log_odds += lead->level[a] < 0 ? sim_rule[a].missing_coefficient
                                       : world->urn[a].coefficient[lead->level[a]];
    for (size_t i = 0; world->deviation && i < SIM_DEVIATIONS; i++) {
        const struct sim_deviation *d = &world->deviation[i];

        if (lead->level[d->attribute] >= 0)
            log_odds += d->of[lead->level[SIM_SOURCE]][lead->level[d->attribute]];
    }
    lead->count[SIM_PAGES] = draw_count(random, lead->level[SIM_DEMO_REQUEST] > 0 ? 9 : 5);
    lead->count[SIM_OPENS] = draw_count(random, 2.5);
    lead->count[SIM_TOUCH] = draw_count(random, 70);
    lead->created = SIM_FIRST_DAY + (int)lc_random_below(random, SIM_DAYS);
    log_odds += band_effect(&sim_counter[SIM_PAGES], lead->count[SIM_PAGES]) +
                band_effect(&sim_counter[SIM_OPENS], lead->count[SIM_OPENS]) +
                band_effect(&sim_counter[SIM_TOUCH], lead->count[SIM_TOUCH]);

    lead->won = lc_random_unit(random) < 1 / (1 + exp(-log_odds));
    age = SIM_FIRST_DAY + SIM_DAYS - 1 - lead->created;
    lead->cycle = 10 + draw_count(random, 60);
    lead->open = !lead->won && (age < lead->cycle || lc_random_unit(random) < 0.08);
    lead->accepted = lc_random_unit(random) < (lead->won ? 0.97 : 0.30);
}

/* A lead that could not convert is not won, whatever its attributes say. */
static void lose(struct lead *lead)
{
    const int age = SIM_FIRST_DAY + SIM_DAYS - 1 - lead->created;

    if (!lead->won)
        return;
    lead->won = lead->accepted = false;
    lead->open = age < lead->cycle;
}

static char *put_text(char *to, const char *text, size_t n)
{
    memcpy(to, text, n);
    return to + n;
}

static char *put_whole(char *to, uint64_t value)
{
    char digit[20];
    size_t n = 0;

    do
        digit[n++] = (char)('0' + value % 10);
    while (value /= 10);
    while (n)
        *to++ = digit[--n];
    return to;
}

static char *put_two(char *to, uint64_t value)
{
    *to++ = (char)('0' + value / 10);
    *to++ = (char)('0' + value % 10);
    return to;
}

/* YYYY-MM-DD, as lc_day_text writes it, but without a printf for each of millions of dates.
 * Source: Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, civil_from_days. */
static char *put_day(char *to, int day)
{
    const unsigned z = (unsigned)day + 719468, era = z / 146097, doe = z % 146097;
    const unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    const unsigned month = mp < 10 ? mp + 3 : mp - 9;

    to = put_whole(to, yoe + era * 400 + (month <= 2));
    *to++ = '-';
    to = put_two(to, month);
    *to++ = '-';
    return put_two(to, doy - (153 * mp + 2) / 5 + 1);
}

/* A comma and the level's cell. All SIM_CELL bytes are copied: a fixed width needs no loop. */
static char *put_level(char *to, const struct sim_urn *urn, int level)
{
    *to++ = ',';
    if (level >= 0) {
        memcpy(to, urn->cell[level], SIM_CELL);
        to += urn->length[level];
    }
    return to;
}

/* "Yes,2024-03-05 14:07:33" or "No,". */
static char *put_acceptance(char *to, const struct lead *lead, struct lc_random *random)
{
    if (!lead->accepted)
        return put_text(to, "No,", 3);
    to = put_text(to, "Yes,", 4);
    to = put_day(to, lead->created + 1 + (int)lc_random_below(random, 9));
    *to++ = ' ';
    to = put_two(to, 8 + lc_random_below(random, 11));
    *to++ = ':';
    to = put_two(to, lc_random_below(random, 60));
    *to++ = ':';
    return put_two(to, lc_random_below(random, 60));
}

/* stage,close_date,amount */
static char *put_outcome(char *to, const struct lead *lead, struct lc_random *random)
{
    const char *stage = lead->won ? "Closed Won" : lead->open ? "Open" : "Closed Lost";

    to = put_text(to, stage, strlen(stage));
    *to++ = ',';
    if (!lead->open)
        to = put_day(to, lead->created + lead->cycle);
    *to++ = ',';
    if (!lead->won)
        return to;
    to = put_whole(to, 500 + lc_random_below(random, 90000));
    *to++ = '.';
    return put_two(to, lc_random_below(random, 100));
}

static char *put_id(char *to, uint64_t id)
{
    static const char digit[] =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    to = put_text(to, "00Q5g00000", 10);
    for (int i = 0; i < 8; i++, id /= 62)
        *to++ = digit[id % 62];
    return to;
}

static char *put_row(char *to, const struct sim_world *world, uint64_t row, uint64_t seed,
                     bool forms)
{
    struct lc_random random = {(seed + 1) * 0xD1342543DE82EF95U + row * 0xA0761D6478BD642FU};
    struct sim_form form = {.kind = SIM_GENUINE};
    struct lead lead;

    draw_lead(world, &random, &lead);
    if (forms)
        sim_form_draw(world, lead.level, row, seed, &form);
    if (form.loses)
        lose(&lead);
    to = put_id(to, row * 0x9E3779B1U + seed);
    *to++ = ',';
    to = put_day(to, lead.created);
    for (size_t a = 0; a <= SIM_CAMPAIGN; a++)
        to = put_level(to, &world->urn[a], lead.level[a]);
    *to++ = ',';
    to = put_whole(to, (uint64_t)lead.count[SIM_PAGES]);
    *to++ = ',';
    to = put_whole(to, (uint64_t)lead.count[SIM_OPENS]);
    for (size_t a = SIM_WEBINAR; a <= SIM_CAREERS_PAGE; a++)
        to = put_level(to, &world->urn[a], lead.level[a]);
    *to++ = ',';
    to = put_whole(to, (uint64_t)lead.count[SIM_TOUCH]);
    *to++ = ',';
    to = put_acceptance(to, &lead, &random);
    *to++ = ',';
    to = put_outcome(to, &lead, &random);
    to = put_level(to, &world->urn[SIM_OWNER], lead.level[SIM_OWNER]);
    if (forms)
        to = sim_form_put(to, &form);
    *to++ = '\n';
    return to;
}

static enum lc_rc write_out(const char *bytes, size_t n, FILE *to, struct lc_err *err)
{
    if (fwrite(bytes, 1, n, to) != n)
        return lc_fail(err, LC_EIO, "the leads cannot be written; is the disk full?");
    return LC_OK;
}

enum lc_rc lc_simulate(uint64_t rows, uint64_t seed, bool forms, bool segments, FILE *to,
                       struct lc_err *err)
{
    struct sim_world *world;
    struct lc_arena arena;
    char *buffer, *end;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    world = sim_world_new(&arena);
    buffer = LC_NEW(&arena, BUFFER + LONGEST_ROW, char);
    if (!world || !buffer || (segments && !sim_segments(world, &arena))) {
        rc = lc_fail_memory(err, "made-up leads");
        goto out;
    }
    end = put_text(buffer, header, sizeof header - 1);
    if (forms)
        end = put_text(end, form_header, sizeof form_header - 1);
    *end++ = '\n';
    for (uint64_t row = 0; row < rows && rc == LC_OK; row++) {
        end = put_row(end, world, row, seed, forms);
        if (end - buffer < BUFFER)
            continue;
        rc = write_out(buffer, (size_t)(end - buffer), to, err);
        end = buffer;
    }
    if (rc == LC_OK)
        rc = write_out(buffer, (size_t)(end - buffer), to, err);
out:
    lc_arena_release(&arena);
    return rc;
}
