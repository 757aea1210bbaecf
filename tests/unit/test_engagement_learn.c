/* Half-lives by some leads alone: against math/recency on the same leads, and what may not matter. */
#include <math.h>
#include <string.h>

#include "leadcal/engagement.h"
#include "leadcal/num.h"
#include "leadcal/random.h"
#include "leadcal/recency.h"
#include "small_table.h"
#include "test.h"

#define TRUE_LIFE 12.0

enum { LEADS = 1500, TRAINING = 1100, MOST = 4, CLASSES = 3 };

static struct lc_arena arena;

/* Leads that did 0 to 4 things each, won by what pricing was worth at a half-life of 12 days. */
static struct {
    size_t begin[LEADS + 1];
    uint16_t of[LEADS * MOST];
    uint32_t age[LEADS * MOST];
    uint8_t known[LEADS], y[LEADS];
    uint32_t row[TRAINING];
    uint8_t train_y[TRAINING];
} w;

static const struct lc_event_class classes[CLASSES] = {
    {"careers", LC_EVENT_NEGATIVE, NULL},
    {"pricing", LC_EVENT_CONTENT, NULL},
    {"review", LC_EVENT_CONTENT, "half-life 40"}};

static void draw_world(void)
{
    struct lc_random random = {20261};
    size_t k = 0;

    for (size_t i = 0; i < LEADS; i++) {
        const size_t n = lc_random_below(&random, MOST + 1);
        double x = -2.2;
        uint32_t age = 0;

        for (size_t e = 0; e < n; e++) {
            age += (uint32_t)lc_random_below(&random, 30);
            w.age[k] = age;
            w.of[k] = (uint16_t)lc_random_below(&random, CLASSES);
            x += w.of[k] == 1 ? 2.5 * exp2(-(double)age / TRUE_LIFE) : 0;
            k++;
        }
        w.begin[i + 1] = k;
        w.known[i] = lc_random_below(&random, 20) > 0;
        w.y[i] = lc_random_unit(&random) < 1 / (1 + exp(-x));
    }
    for (size_t i = 0; i < TRAINING; i++) {
        w.row[i] = (uint32_t)(LEADS - 1 - i); /* in an order of their own */
        w.train_y[i] = w.y[w.row[i]];
    }
}

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    draw_world();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

/* The table with its columns, under a decay of the file. */
static struct lc_table table_of(const char *decay, struct lc_spec *spec)
{
    struct lc_events *events = LC_NEW(&arena, 1, struct lc_events);
    struct lc_table_file *file = LC_NEW(&arena, 2, struct lc_table_file);
    struct lc_spec_events *said = LC_NEW(&arena, 1, struct lc_spec_events);
    struct lc_spec_file *files = LC_NEW(&arena, 2, struct lc_spec_file);
    struct lc_table t = {.n = LEADS, .file = file, .n_files = 2};
    struct lc_err err;

    *events = (struct lc_events){.n = LEADS,
                                 .class = classes,
                                 .n_classes = CLASSES,
                                 .begin = w.begin,
                                 .of = w.of,
                                 .age_days = w.age,
                                 .known = w.known};
    file[0].path = "leads.csv";
    file[1] = (struct lc_table_file){.path = "web.csv", .name = "web", .events = events};
    said->decay = decay;
    files[1] = (struct lc_spec_file){.name = "web", .events = said};
    lc_spec_init(spec);
    spec->file = files;
    spec->n_files = 2;
    assert_int_equal(
        lc_engagement_add(&t, spec, (struct lc_texts){NULL, 0}, true, &arena, NULL, &err),
        LC_OK);
    return t;
}

static struct lc_table learn(const struct lc_table *t, const struct lc_spec *spec,
                             const uint8_t *y, const char **said)
{
    struct lc_table out;
    struct lc_err err;

    assert_int_equal(
        lc_engagement_learn(t, spec, w.row, y, TRAINING, NULL, &arena, &out, said, &err),
        LC_OK);
    return out;
}

static const struct lc_table_column *find(const struct lc_table *t, const char *name)
{
    struct lc_err err;
    size_t at;

    assert_int_equal(lc_table_find(t, name, &at, &err), LC_OK);
    return &t->column[at];
}

static double cell(const struct lc_table *t, const char *name, size_t i)
{
    const struct lc_table_column *c = find(t, name);

    return c->number[lc_code_at(&c->codes, i)];
}

/* Pricing alone, by lc_recency itself; the column by hand. */
static void the_half_life_is_that_of_the_training_leads(void **state)
{
    static size_t begin[TRAINING + 1];
    static uint32_t age[LEADS * MOST];
    static double y[TRAINING];
    const struct lc_recency_class of = {begin, age};
    struct lc_recency_data d = {.m = 1, .of = &of, .y = y};
    struct lc_recency found;
    struct lc_spec spec;
    struct lc_err err;
    const struct lc_table before = table_of("half-life learned", &spec);
    const char *said = NULL, *decay;
    struct lc_table after;
    double life;

    (void)state;
    for (size_t i = 0; i < TRAINING; i++) {
        size_t all = begin[d.n];

        if (!w.known[w.row[i]])
            continue;
        for (size_t k = w.begin[w.row[i]]; k < w.begin[w.row[i] + 1]; k++)
            if (w.of[k] == 1)
                age[all++] = w.age[k];
        y[d.n++] = w.train_y[i];
        begin[d.n] = all;
    }
    assert_int_equal(lc_recency(&d, NULL, &arena, &found, &err), LC_OK);
    assert_false(found.of[0].kept_prior);
    assert_true(found.of[0].low < TRUE_LIFE && found.of[0].high > TRUE_LIFE);
    life = floor(10 * found.of[0].half_life + 0.5) / 10;

    after = learn(&before, &spec, w.train_y, &said);
    decay = lc_arena_format(&arena, "events, half-life %.1f", life);
    assert_string_equal(find(&after, "web.pricing")->computed, decay);
    assert_string_equal(said, lc_arena_format(&arena, "web.pricing %.1f days (%.0f to %.0f)",
                                              life, found.of[0].low, found.of[0].high));
    for (size_t i = 0; i < LEADS; i++) {
        double sum = 0;

        for (size_t k = w.begin[i]; k < w.begin[i + 1]; k++)
            sum += w.of[k] == 1 ? exp2(-(double)w.age[k] / life) : 0;
        if (w.known[i])
            assert_close(cell(&after, "web.pricing", i), floor(1000 * sum + 0.5) / 1000, 1e-12);
        else
            assert_true(isnan(cell(&after, "web.pricing", i)));
    }
}

/* The decay of a class of its own, what turns away, counts and days stay; and the table that was given. */
static void other_columns_stay_as_they_are(void **state)
{
    static const char *const kept[] = {"web.review", "web.careers", "web.pricing_count",
                                       "web.pricing_days"};
    struct lc_spec spec;
    const struct lc_table before = table_of("half-life learned", &spec);
    const char *said = NULL;
    const struct lc_table after = learn(&before, &spec, w.train_y, &said);

    (void)state;
    assert_int_equal(after.k, before.k);
    for (size_t j = 0; j < sizeof kept / sizeof *kept; j++) {
        assert_string_equal(find(&after, kept[j])->computed, find(&before, kept[j])->computed);
        assert_ptr_equal(find(&after, kept[j])->codes.code, find(&before, kept[j])->codes.code);
    }
    assert_string_equal(find(&before, "web.pricing")->computed, "events, half-life learned");
    assert_ptr_not_equal(after.column, before.column);
}

static void stated_decays_are_not_learnt(void **state)
{
    struct lc_spec spec;
    const struct lc_table before = table_of("half-life 25", &spec);
    const char *said = "nothing yet";
    const struct lc_table after = learn(&before, &spec, w.train_y, &said);

    (void)state;
    assert_null(said);
    assert_ptr_equal(after.column, before.column);
}

/* What the leads of the test were in the end, and what they did, is nothing that training knows. */
static void the_leads_of_the_test_change_nothing(void **state)
{
    struct lc_spec spec;
    struct lc_table table = table_of("half-life learned", &spec);
    const char *first = NULL, *again = NULL;
    struct lc_table a = learn(&table, &spec, w.train_y, &first), b;

    (void)state;
    for (size_t i = 0; i < LEADS - TRAINING; i++) { /* the rows that are in no training */
        w.y[i] = !w.y[i];
        for (size_t k = w.begin[i]; k < w.begin[i + 1]; k++)
            w.age[k] = 200;
    }
    table = table_of("half-life learned", &spec);
    b = learn(&table, &spec, w.train_y, &again);
    assert_string_equal(first, again);
    for (size_t i = 0; i < TRAINING; i++)
        if (w.known[w.row[i]])
            assert_true(cell(&a, "web.pricing", w.row[i]) <=
                            cell(&b, "web.pricing", w.row[i]) &&
                        cell(&a, "web.pricing", w.row[i]) >= cell(&b, "web.pricing", w.row[i]));
    draw_world();
}

/* Fewer than 100 wins, or none at all: the usual half-life, and it is said. */
static void leads_that_cannot_tell_leave_the_usual_one(void **state)
{
    static uint8_t few[TRAINING];
    struct lc_spec spec;
    const struct lc_table before = table_of("half-life learned cap 2", &spec);
    const char *said = NULL;
    struct lc_table after = learn(&before, &spec, few, &said);

    (void)state;
    assert_string_equal(find(&after, "web.pricing")->computed, "events, half-life 30 cap 2");
    assert_string_equal(said, "web: the usual 30 days, since the leads cannot tell");
    for (size_t i = 0; i < TRAINING; i += 40)
        few[i] = 1;
    after = learn(&before, &spec, few, &said);
    assert_string_equal(find(&after, "web.pricing")->computed, "events, half-life 30 cap 2");
    assert_string_equal(said, "web: the usual 30 days for 1 class of under 100 wins");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_half_life_is_that_of_the_training_leads, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(other_columns_stay_as_they_are, set_up, tear_down),
        cmocka_unit_test_setup_teardown(stated_decays_are_not_learnt, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_leads_of_the_test_change_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(leads_that_cannot_tell_leave_the_usual_one, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
