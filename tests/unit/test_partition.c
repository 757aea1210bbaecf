#include "leadcal/partition.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/random.h"
#include "test.h"

static struct lc_arena arena;

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static struct lc_partition split(const struct lc_partition_cells *c,
                                 const struct lc_partition_rules *r)
{
    struct lc_partition part;
    struct lc_err err;

    if (lc_partition(c, r, &arena, &part, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    return part;
}

/* The last cell of every bin but the last, as methods 4.4 counts them. */
static void assert_cuts(const struct lc_partition *part, const size_t *cut, size_t n)
{
    assert_int_equal(part->n_bins, n + 1);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(part->end[i], cut[i]);
}

/* ---- published tables ---- */

/* Counts (not event, event) as cells. */
static struct lc_partition_cells typed(const double (*pair)[2], size_t p)
{
    double *n = LC_NEW(&arena, p, double), *won = LC_NEW(&arena, p, double);

    for (size_t i = 0; i < p; i++) {
        n[i] = pair[i][0] + pair[i][1];
        won[i] = pair[i][1];
    }
    return (struct lc_partition_cells){.p = p, .n = n, .won = won};
}

static const struct lc_partition_rules by_iv = {.objective = LC_PARTITION_IV,
                                                .trend = LC_PARTITION_DOWN};

/* methods B1 (optbinning's README, mean radius) and B5 (its Home Credit income types, sorted by
 * rate): IV of the tables as they are, since a finer table never has less. */
static void published_tables_have_their_information_value(void **state)
{
    static const double radius[][2] = {{3, 115}, {3, 76},  {7, 61}, {10, 39},
                                       {28, 55}, {44, 10}, {117, 1}};
    static const double income[][2] = {
        {143550, 15224}, {66257, 5360}, {20499, 1259}, {52380, 2982}};
    struct lc_partition_cells c = typed(radius, 7);
    struct lc_partition part = split(&c, &by_iv);

    (void)state;
    assert_int_equal(part.n_bins, 7);
    assert_close(part.value, 5.04392547, 1e-8);
    c = typed(income, 4);
    part = split(&c, &by_iv);
    assert_int_equal(part.n_bins, 4);
    assert_close(part.value, 0.05745546, 1e-8);
}

/* methods B2: the pre-bins of optbinning, on which the program equals its CP-SAT solver. */
static void pre_bins_of_optbinning_are_split_as_its_solver_does(void **state)
{
    static const double pair[][2] = {{3, 115}, {3, 76},  {5, 32},  {2, 29}, {10, 39},
                                     {13, 22}, {15, 33}, {44, 10}, {117, 1}};
    static const size_t cut[] = {1, 2, 4, 5, 7, 8};
    const struct lc_partition_cells c = typed(pair, 9);
    const struct lc_partition part = split(&c, &by_iv);

    (void)state;
    assert_cuts(&part, cut, 6);
    assert_close(part.value, 5.043925, 1e-6);
    assert_true(part.runner_up < part.value);
}

/* methods B3: before optbinning's refinement; a bin needs both classes. */
static void bins_without_both_classes_have_no_information_value(void **state)
{
    static const double pair[][2] = {{0, 82},  {3, 33},  {0, 32},  {3, 44},  {5, 32}, {2, 29},
                                     {10, 39}, {13, 22}, {15, 33}, {44, 10}, {28, 1}, {89, 0}};
    static const size_t cut[] = {3, 4, 6, 7, 9, 10};
    const struct lc_partition_cells c = typed(pair, 12);
    struct lc_partition_rules free_order = by_iv;
    struct lc_partition part = split(&c, &by_iv);

    (void)state;
    assert_cuts(&part, cut, 6);
    assert_close(part.value, 5.119040, 1e-6);
    free_order.trend = LC_PARTITION_FREE;
    part = split(&c, &free_order);
    assert_close(part.value, 5.137623, 1e-6);
}

/* The 456 distinct mean radii in rising order: rows, and benign ones among them
 * (tests/reference/partition_cells.py). */
static const char radius_rows[] =
    "1111111111111111111111111111111111111121111211111111131112222111112111111111"
    "2322111121221111112112121111112213111111111322221211312211211221113112112221"
    "1421111232121121111121231112122231111111311312111322122111121112111111112212"
    "1211121112111131212111111111112221111121111121211112111111112211212211111211"
    "1111111131111111122111112111111111111111111111111111111111111111112111121211"
    "1111111111111111111211222111111111121111111111111111111111111111111111111111";
static const char radius_benign[] =
    "1111111111111111111111111111111111111121111211111111131112222111112111111011"
    "2312111121221111112112021111112213111111111322111111312211211221113112112221"
    "1321111122121121110121221111122231111111211311111122121111110012101111112012"
    "1211110111100030212100111111011020111111010120110112010110111101112111000100"
    "1010000000000001100000000101000010010000010000000000000000000010000000000000"
    "0000000000000000000000000000000000000000000000000000000000000000000000000000";

static struct lc_partition_cells radii(void)
{
    const size_t p = sizeof radius_rows - 1;
    double *n = LC_NEW(&arena, p, double), *won = LC_NEW(&arena, p, double);

    for (size_t i = 0; i < p; i++) {
        n[i] = radius_rows[i] - '0';
        won[i] = radius_benign[i] - '0';
    }
    return (struct lc_partition_cells){.p = p, .n = n, .won = won};
}

/* methods B4: 5.185876 with 9 bins, 5.199214 with 13; nine decimals by the Python of
 * tests/reference/partition_cells.py (scikit-learn 1.9.1 for the data, numpy 2.4.6). */
static void every_cut_of_569_rows_beats_optbinnings_pre_bins(void **state)
{
    const struct lc_partition_cells c = radii();
    struct lc_partition_rules r = by_iv;
    struct lc_partition part;

    (void)state;
    r.least_n = 0.05 * 569;
    part = split(&c, &r);
    assert_close(part.value, 5.185875955, 1e-9);
    assert_int_equal(part.n_bins, 9);
    r.least_n = 1;
    part = split(&c, &r);
    assert_close(part.value, 5.199213811, 1e-9);
    assert_int_equal(part.n_bins, 13);
}

/* R's `precip`: inches of rain in 70 cities of the United States, sorted. */
static const double rain[] = {
    7,    7.2,  7.8,  7.8,  11.5, 13,   14,   14.6, 15,   15.2, 16.2, 17.2, 17.4, 20.7,
    22.9, 24.7, 25.9, 29.1, 30.2, 30.2, 30.6, 30.8, 31,   31.4, 31.7, 32.5, 33.4, 34.4,
    35,   35.1, 35.9, 35.9, 36.1, 36.2, 36.2, 37,   37,   37.6, 38.7, 38.8, 38.9, 39,
    39.9, 40.2, 40.2, 40.8, 40.8, 41.8, 42.5, 42.5, 42.6, 42.7, 42.8, 43.1, 43.4, 44.7,
    45.5, 46,   46.4, 48.2, 48.3, 48.5, 49.1, 49.2, 54.5, 54.7, 56.8, 59.2, 59.8, 67};

/* methods B20: classInt's Fisher breaks (half way between two classes) and goodness of variance fit. */
static void natural_breaks_are_those_of_class_int(void **state)
{
    static const struct {
        size_t k;
        double cut[4], fit;
    } want[] = {{3, {25.3, 44.05}, 0.855772778},
                {4, {23.8, 38.15, 51.85}, 0.921679077},
                {5, {21.8, 33.9, 41.3, 51.85}, 0.948512464}};
    double ones[70], mean = 0, all = 0;
    const struct lc_partition_cells c = {.p = 70, .n = ones, .x = rain};

    (void)state;
    for (size_t i = 0; i < 70; i++) {
        ones[i] = 1;
        mean += rain[i] / 70;
    }
    for (size_t i = 0; i < 70; i++)
        all += (rain[i] - mean) * (rain[i] - mean);
    for (size_t w = 0; w < 3; w++) {
        const struct lc_partition_rules r = {.objective = LC_PARTITION_SQUARES,
                                             .most_bins = want[w].k};
        const struct lc_partition part = split(&c, &r);

        assert_int_equal(part.n_bins, want[w].k);
        assert_close(part.value / all, want[w].fit, 1e-9);
        for (size_t b = 0; b + 1 < want[w].k; b++) {
            const size_t end = part.end[b];

            assert_close((rain[end - 1] + rain[end]) / 2, want[w].cut[b], 1e-12);
        }
    }
}

/* ---- every partition of a few cells ---- */

#define CELLS 12

struct drawn {
    double n[CELLS], won[CELLS], x[CELLS];
};

static void draw(struct drawn *d, uint64_t seed)
{
    struct lc_random random = {seed};

    for (size_t i = 0; i < CELLS; i++) {
        d->n[i] = 1 + (double)lc_random_below(&random, 9);
        d->won[i] = (double)lc_random_below(&random, (uint64_t)d->n[i] + 1);
        d->x[i] = (double)i + lc_random_unit(&random);
    }
}

struct bin {
    double n, won, nx, nxx;
};

static struct bin sum(const struct lc_partition_cells *c, size_t from, size_t to)
{
    struct bin b = {0};

    for (size_t i = from; i < to; i++) {
        b.n += c->n[i];
        b.won += c->won[i];
        b.nx += c->x ? c->n[i] * c->x[i] : 0;
        b.nxx += c->x ? c->n[i] * c->x[i] * c->x[i] : 0;
    }
    return b;
}

static double term(double k, double n)
{
    return k > 0 ? k * log(k / n) : 0;
}

/* The objective of one bin, written another way than the program does. */
static double plain_worth(const struct lc_partition_cells *c,
                          const struct lc_partition_rules *r, struct bin b)
{
    const struct bin all = sum(c, 0, c->p);
    const double lost = b.n - b.won, all_lost = all.n - all.won;
    double good, bad;

    switch (r->objective) {
    case LC_PARTITION_DEVIANCE:
        /* of the bin's own rate, less that of everybody's */
        return 2 * (term(b.won, b.n) + term(lost, b.n)) -
               2 * ((b.won > 0 ? b.won * log(all.won / all.n) : 0) +
                    (lost > 0 ? lost * log(all_lost / all.n) : 0));
    case LC_PARTITION_IV:
        good = b.won / all.won;
        bad = lost / all_lost;
        return b.won > 0 && lost > 0 ? (good - bad) * (log(good) - log(bad)) : -HUGE_VAL;
    case LC_PARTITION_SQUARES:
        /* about its mean, less what is left about the bin's own */
        return b.nxx - 2 * b.nx * all.nx / all.n + b.n * all.nx * all.nx / all.n / all.n -
               (b.nxx - b.nx * b.nx / b.n);
    case LC_PARTITION_PROFIT: return fmax(0, b.won * r->value - b.n * r->cost);
    }
    return -HUGE_VAL;
}

static bool follows(enum lc_partition_trend trend, const double *rate, size_t bins)
{
    size_t rises = 0, falls = 0, turns_down = 0, turns_up = 0;

    for (size_t b = 1; b < bins; b++) {
        if (rate[b] == rate[b - 1] && trend != LC_PARTITION_FREE)
            return false;
        rises += rate[b] > rate[b - 1];
        falls += rate[b] < rate[b - 1];
        turns_down += b > 1 && rate[b - 1] > rate[b - 2] && rate[b] < rate[b - 1];
        turns_up += b > 1 && rate[b - 1] < rate[b - 2] && rate[b] > rate[b - 1];
    }
    switch (trend) {
    case LC_PARTITION_FREE: return true;
    case LC_PARTITION_UP: return falls == 0;
    case LC_PARTITION_DOWN: return rises == 0;
    case LC_PARTITION_PEAK: return turns_up == 0;
    case LC_PARTITION_VALLEY: return turns_down == 0;
    }
    return false;
}

struct enumerated {
    double best, second;
    unsigned cuts; /* bit i: a cut behind cell i */
    size_t bins;
};

/* One of the 2^(p - 1) partitions; -HUGE_VAL: outside the rules. */
static double value_of(const struct lc_partition_cells *c, const struct lc_partition_rules *r,
                       unsigned cuts, size_t *bins)
{
    double rate[CELLS], value = 0;
    size_t from = 0;

    *bins = 0;
    for (size_t i = 0; i < c->p; i++) {
        struct bin b;

        if (i + 1 < c->p && !(cuts >> i & 1U))
            continue;
        b = sum(c, from, i + 1);
        if (b.n < r->least_n || b.won < r->least_won || b.n - b.won < r->least_lost)
            return -HUGE_VAL;
        rate[(*bins)++] = b.won / b.n;
        value += plain_worth(c, r, b);
        from = i + 1;
    }
    if ((r->most_bins && *bins > r->most_bins) || !follows(r->trend, rate, *bins))
        return -HUGE_VAL;
    return value - r->per_cut * (double)(*bins - 1);
}

static struct enumerated enumerate(const struct lc_partition_cells *c,
                                   const struct lc_partition_rules *r)
{
    struct enumerated e = {-HUGE_VAL, -HUGE_VAL, 0, 0};

    for (unsigned cuts = 0; cuts < 1U << (c->p - 1); cuts++) {
        size_t bins;
        const double value = value_of(c, r, cuts, &bins);

        if (value > e.best) {
            e.second = e.best;
            e.best = value;
            e.cuts = cuts;
            e.bins = bins;
        } else {
            e.second = fmax(e.second, value);
        }
    }
    return e;
}

/* The program's own cuts, valued by hand. */
static double revalue(const struct lc_partition_cells *c, const struct lc_partition_rules *r,
                      const struct lc_partition *part)
{
    unsigned cuts = 0;
    size_t bins;

    for (size_t b = 0; b + 1 < part->n_bins; b++)
        cuts |= 1U << (part->end[b] - 1);
    return value_of(c, r, cuts, &bins);
}

static void compare(const struct drawn *d, const struct lc_partition_rules *r, size_t *refused)
{
    const struct lc_partition_cells c = {.p = CELLS, .n = d->n, .won = d->won, .x = d->x};
    const struct enumerated e = enumerate(&c, r);
    struct lc_partition part;
    struct lc_err err;

    if (isinf(e.best)) {
        assert_int_equal(lc_partition(&c, r, &arena, &part, &err), LC_EDEGENERATE);
        (*refused)++;
        return;
    }
    part = split(&c, r);
    assert_close(part.value, e.best, 1e-10);
    assert_close(revalue(&c, r, &part), e.best, 1e-10);
    assert_int_equal(part.end[part.n_bins - 1], CELLS);
    if (isinf(e.second))
        assert_true(isnan(part.runner_up));
    else
        assert_close(part.runner_up, e.second, 1e-10);
}

/* 5 trends x 4 objectives x 12 limits, 2,048 partitions each, over some draws of 12 cells. */
static void no_partition_of_twelve_cells_is_better(void **state)
{
    static const double limit[][5] = {{0, 0, 0, 0, 0},   {0, 0, 0, 2, 0}, {0, 0, 0, 3, 0},
                                      {0, 0, 0, 5, 1.7}, {9, 0, 0, 0, 0}, {14, 3, 0, 0, 0},
                                      {0, 4, 4, 0, 0},   {7, 2, 2, 4, 0}, {0, 0, 0, 0, 3.1},
                                      {8, 1, 1, 0, 4.2}, {0, 9, 9, 3, 0}, {0, 200, 0, 0, 0}};
    const size_t draws = getenv("LEADCAL_LONG") ? 200 : 6;
    struct drawn d;
    size_t refused = 0;

    (void)state;
    for (size_t t = 0; t < draws; t++) {
        draw(&d, 2385 + t);
        for (int trend = LC_PARTITION_FREE; trend <= LC_PARTITION_VALLEY; trend++)
            for (int objective = 0; objective <= LC_PARTITION_PROFIT; objective++)
                for (size_t l = 0; l < sizeof limit / sizeof *limit; l++) {
                    const struct lc_partition_rules r = {
                        .objective = (enum lc_partition_objective)objective,
                        .trend = (enum lc_partition_trend)trend,
                        .least_n = limit[l][0],
                        .least_won = limit[l][1],
                        .least_lost = limit[l][2],
                        .most_bins = (size_t)limit[l][3],
                        .per_cut = limit[l][4],
                        .cost = 2.3,
                        .value = 7.1};

                    compare(&d, &r, &refused);
                    lc_arena_release(&arena);
                }
    }
    assert_true(refused >= draws * 20); /* at least the last limit, each time */
}

/* Cells of equal rate, and cells without leads: ties must not be counted twice. */
static void ties_and_empty_cells_are_no_trouble(void **state)
{
    struct drawn d = {.n = {4, 2, 0, 8, 6, 3, 0, 3, 9, 1, 1, 5},
                      .won = {2, 1, 0, 4, 2, 1, 0, 1, 3, 0, 1, 5},
                      .x = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}};
    const struct lc_partition_cells c = {.p = CELLS, .n = d.n, .won = d.won, .x = d.x};

    (void)state;
    for (int trend = LC_PARTITION_FREE; trend <= LC_PARTITION_VALLEY; trend++)
        for (size_t most = 0; most <= 4; most++) {
            /* a bin of no leads is never made: the enumeration is told so by a lead at least */
            const struct lc_partition_rules r = {.trend = (enum lc_partition_trend)trend,
                                                 .least_n = 1,
                                                 .most_bins = most,
                                                 .per_cut = 0.37};
            const struct enumerated e = enumerate(&c, &r);
            struct lc_partition_rules none = r;
            struct lc_partition part = split(&c, &r);

            assert_close(part.value, e.best, 1e-12);
            if (most == 1)
                assert_true(isnan(part.runner_up)); /* one bin can be made in one way */
            else
                assert_close(part.runner_up, e.second, 1e-12);
            none.least_n = 0;
            part = split(&c, &none);
            assert_close(part.value, e.best, 1e-12);
        }
}

/* ---- laws ---- */

#define MANY 60

struct many {
    double n[MANY], won[MANY];
};

static struct lc_partition_cells draw_many(struct many *m, uint64_t seed)
{
    struct lc_random random = {seed};

    for (size_t i = 0; i < MANY; i++) {
        const double p = 0.05 + 0.5 * sin(3.0 * (double)i / MANY) * lc_random_unit(&random);

        m->n[i] = 1 + (double)lc_random_below(&random, 30);
        m->won[i] = 0;
        for (size_t k = 0; k < (size_t)m->n[i]; k++)
            m->won[i] += lc_random_unit(&random) < p;
    }
    return (struct lc_partition_cells){.p = MANY, .n = m->n, .won = m->won};
}

static void a_constraint_never_improves(void **state)
{
    const struct lc_partition_rules base = {.per_cut = 6.5};
    struct many m;

    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        const struct lc_partition_cells c = draw_many(&m, seed);
        struct lc_partition_rules r = base;
        const double free_order = split(&c, &r).value;
        double peak, up, least, three, two;

        r.trend = LC_PARTITION_PEAK;
        peak = split(&c, &r).value;
        r.trend = LC_PARTITION_UP;
        up = split(&c, &r).value;
        r.least_won = 10;
        least = split(&c, &r).value;
        r.most_bins = 3;
        three = split(&c, &r).value;
        r.most_bins = 2;
        two = split(&c, &r).value;
        assert_true(free_order >= peak && peak >= up && up >= least && least >= three &&
                    three >= two);
        lc_arena_release(&arena);
    }
}

static void finer_cells_never_worsen(void **state)
{
    struct many m, coarse;

    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        const struct lc_partition_cells c = draw_many(&m, seed);
        const struct lc_partition_cells half = {
            .p = MANY / 2, .n = coarse.n, .won = coarse.won};

        for (size_t i = 0; i < MANY / 2; i++) {
            coarse.n[i] = m.n[2 * i] + m.n[2 * i + 1];
            coarse.won[i] = m.won[2 * i] + m.won[2 * i + 1];
        }
        for (int trend = LC_PARTITION_FREE; trend <= LC_PARTITION_VALLEY; trend++) {
            const struct lc_partition_rules r = {.trend = (enum lc_partition_trend)trend,
                                                 .least_n = 20,
                                                 .least_won = 3,
                                                 .most_bins = 5,
                                                 .per_cut = 2.5};

            assert_true(split(&c, &r).value >= split(&half, &r).value);
        }
        lc_arena_release(&arena);
    }
}

/* Turning rates over (won for lost) turns up into down; turning the cells over does so, too. */
static void up_and_down_are_mirrors(void **state)
{
    struct many m, turned;

    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        const struct lc_partition_cells c = draw_many(&m, seed);
        const struct lc_partition_cells back = {.p = MANY, .n = turned.n, .won = turned.won};
        struct lc_partition_rules r = {.trend = LC_PARTITION_UP, .most_bins = 4, .least_n = 9};
        struct lc_partition up, down;

        for (size_t i = 0; i < MANY; i++) {
            turned.n[i] = m.n[MANY - 1 - i];
            turned.won[i] = m.won[MANY - 1 - i];
        }
        up = split(&c, &r);
        r.trend = LC_PARTITION_DOWN;
        down = split(&back, &r);
        assert_close(down.value, up.value, 1e-12);
        assert_close(down.runner_up, up.runner_up, 1e-12);
        for (size_t b = 0; b + 1 < up.n_bins; b++)
            assert_int_equal(down.end[b], MANY - up.end[up.n_bins - 2 - b]);
        lc_arena_release(&arena);
    }
}

/* A limit that does not bind takes another way through the program: the answer is the same. */
static void a_limit_that_does_not_bind_changes_nothing(void **state)
{
    enum { CUTS = 1000 };
    double *n = LC_NEW(&arena, CUTS, double), *won = LC_NEW(&arena, CUTS, double);
    const struct lc_partition_cells c = {.p = CUTS, .n = n, .won = won};
    struct lc_random random = {2385};

    (void)state;
    for (size_t i = 0; i < CUTS; i++) {
        n[i] = 20 + (double)lc_random_below(&random, 60);
        for (size_t k = 0; k < (size_t)n[i]; k++)
            won[i] += lc_random_unit(&random) < 0.08 + 0.2 * sin(3.0 * (double)i / CUTS);
    }
    for (int trend = LC_PARTITION_FREE; trend <= LC_PARTITION_VALLEY; trend++) {
        struct lc_partition_rules r = {
            .trend = (enum lc_partition_trend)trend, .per_cut = log(50000), .least_won = 5};
        const struct lc_partition any = split(&c, &r);
        struct lc_partition most;

        assert_true(any.n_bins >= 2 && any.n_bins <= 12);
        r.most_bins = 12;
        most = split(&c, &r);
        assert_int_equal(most.n_bins, any.n_bins);
        assert_memory_equal(most.end, any.end, any.n_bins * sizeof *any.end);
        assert_close(most.value, any.value, 1e-12);
        assert_close(most.runner_up, any.runner_up, 1e-12);
    }
}

/* ---- the rest ---- */

static double by_length(const void *context, size_t from, size_t to)
{
    const size_t *asked = context;

    return to - from == *asked ? 1.5 : -HUGE_VAL;
}

static void a_callers_own_worth_takes_the_objectives_place(void **state)
{
    const size_t three = 3, five = 5;
    struct lc_partition_rules r = {.worth = by_length, .context = &three};
    struct many m;
    struct lc_partition_cells c = draw_many(&m, 7);
    struct lc_partition part = split(&c, &r);
    struct lc_err err;

    (void)state;
    assert_int_equal(part.n_bins, 20);
    assert_close(part.value, 30, 1e-12);
    assert_true(isnan(part.runner_up));
    r.context = &five;
    c.p = 59; /* no sum of fives */
    assert_int_equal(lc_partition(&c, &r, &arena, &part, &err), LC_EDEGENERATE);
}

static void one_cell_is_one_bin(void **state)
{
    static const double n[] = {41}, won[] = {7};
    const struct lc_partition_cells c = {.p = 1, .n = n, .won = won};
    const struct lc_partition_rules r = {.trend = LC_PARTITION_PEAK, .least_won = 7};
    const struct lc_partition part = split(&c, &r);

    (void)state;
    assert_int_equal(part.n_bins, 1);
    assert_int_equal(part.end[0], 1);
    assert_close(part.value, 0, 1e-12);
    assert_true(isnan(part.runner_up));
}

static void what_cannot_be_split_is_said(void **state)
{
    static const double n[] = {41, 12}, won[] = {7, 2};
    const struct lc_partition_cells c = {.p = 2, .n = n, .won = won};
    const struct lc_partition_rules r = {.least_won = 10};
    struct lc_partition part;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_partition(&c, &r, &arena, &part, &err), LC_EDEGENERATE);
    assert_string_equal(err.text, "53 leads, 9 won, cannot be split so that each bin has at "
                                  "least 0 leads, 10 won and 0 not won; ask for less of each");
}

static void memory_refused_is_said(void **state)
{
    struct many m;
    const struct lc_partition_cells c = draw_many(&m, 7);
    size_t refused = 0;

    (void)state;
    for (int trend = LC_PARTITION_FREE; trend <= LC_PARTITION_PEAK; trend++)
        for (size_t limit = 0;; limit += 997) {
            const struct lc_partition_rules r = {.trend = (enum lc_partition_trend)trend,
                                                 .most_bins = 3};
            struct lc_partition part = {.n_bins = 0};
            struct lc_arena small;
            struct lc_err err;
            enum lc_rc rc;

            lc_arena_init(&small, limit);
            rc = lc_partition(&c, &r, &small, &part, &err);
            lc_arena_release(&small);
            if (!rc)
                break;
            assert_int_equal(rc, LC_ENOMEM);
            assert_int_equal(part.n_bins, 0);
            refused++;
        }
    assert_true(refused > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(published_tables_have_their_information_value, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(pre_bins_of_optbinning_are_split_as_its_solver_does,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(bins_without_both_classes_have_no_information_value,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_cut_of_569_rows_beats_optbinnings_pre_bins,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(natural_breaks_are_those_of_class_int, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(no_partition_of_twelve_cells_is_better, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(ties_and_empty_cells_are_no_trouble, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_constraint_never_improves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(finer_cells_never_worsen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(up_and_down_are_mirrors, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_limit_that_does_not_bind_changes_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_callers_own_worth_takes_the_objectives_place, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(one_cell_is_one_bin, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_split_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(memory_refused_is_said, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
