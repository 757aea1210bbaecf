#include "leadcal/engagement.h"

#include <string.h>

#include "leadcal/date.h"
#include "leadcal/num.h"
#include "small_table.h"
#include "test.h"

static struct lc_arena arena;

/* Four leads: the first did five things, the second one, the third nothing, the fourth is unknown. */
static const struct lc_event_class classes[] = {{"careers", LC_EVENT_NEGATIVE, NULL},
                                                {"pricing", LC_EVENT_CONTENT, NULL},
                                                {"review", LC_EVENT_CONTENT, "tiers 7:1 30:2"}};
static const size_t begin[] = {0, 5, 6, 6, 6};
static const uint16_t of[] = {1, 1, 0, 2, 1, 1};
static const uint32_t age[] = {3, 3, 40, 20, 33, 12};
static const uint8_t known[] = {1, 1, 1, 0};
static const struct lc_events events = {.n = 4,
                                        .class = classes,
                                        .n_classes = 3,
                                        .begin = begin,
                                        .of = of,
                                        .age_days = age,
                                        .known = known};
static const struct lc_spec_events said = {.decay = "half-life 10 cap 1"};

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

static struct lc_table add(struct lc_texts named, bool all, struct lc_texts *note)
{
    static const char *const cell[] = {"a", "b", "c", "d"};
    static struct lc_table_column column[1];
    static struct lc_table_file file[] = {
        {.path = "leads.csv"}, {.path = "web.csv", .name = "web", .events = &events}};
    static const struct lc_spec_file files[] = {{.key = "id"},
                                                {.name = "web", .events = &said}};
    struct lc_spec spec;
    struct lc_table t;
    struct lc_err err;

    lc_spec_init(&spec);
    spec.file = files;
    spec.n_files = 2;
    column[0] = small_column(&arena, "id", LC_KIND_TEXT, cell, 4);
    t = small_table(column, 1, 4);
    t.file = file;
    t.n_files = 2;
    assert_int_equal(lc_engagement_add(&t, &spec, named, all, &arena, note, &err), LC_OK);
    return t;
}

static void assert_cells(const struct lc_table *t, const char *name, const char *const *want)
{
    struct lc_err err;
    size_t at;

    assert_int_equal(lc_table_find(t, name, &at, &err), LC_OK);
    assert_int_equal(t->column[at].kind, LC_KIND_NUMBER);
    assert_int_equal(t->column[at].file, 1);
    for (size_t i = 0; i < t->n; i++) {
        const char *cell = lc_table_cell(&t->column[at], i);
        const uint32_t v = lc_code_at(&t->column[at].codes, i);
        double x;

        if (!want[i]) {
            assert_null(cell);
            continue;
        }
        assert_string_equal(cell, want[i]);
        assert_true(lc_real_parse(lc_slice_of(cell), &x));
        assert_close(t->column[at].number[v], x, 0); /* a number and its text are one thing */
    }
}

/* By hand: two of one day count once; 2^-0.3 + 2^-3.3 = 0.81225 + 0.10153; 2^-1.2 = 0.43528. */
static void worths_are_sums_by_the_decay(void **state)
{
    static const char *const pricing[] = {"0.914", "0.435", "0", NULL};
    static const char *const careers[] = {"1", "0", "0", NULL}; /* it stays */
    static const char *const review[] = {"2", "0", "0", NULL};
    const struct lc_table t = add((struct lc_texts){NULL, 0}, false, NULL);

    (void)state;
    assert_int_equal(t.k, 4);
    assert_cells(&t, "web.pricing", pricing);
    assert_cells(&t, "web.careers", careers);
    assert_cells(&t, "web.review", review);
    assert_string_equal(t.column[2].codes.name, "web.pricing");
    assert_string_equal(t.column[2].computed, "events, half-life 10 cap 1");
    assert_string_equal(t.column[0].codes.name, "id");
    assert_null(t.column[0].computed);
}

static void counts_and_days_come_where_they_are_named(void **state)
{
    static const char *const name[] = {"web.pricing_days", "id"};
    static const char *const days[] = {"3", "12", NULL, NULL};
    static const char *const counts[] = {"3", "1", "0", NULL};
    struct lc_table t = add((struct lc_texts){name, 2}, false, NULL);

    (void)state;
    assert_int_equal(t.k, 5);
    assert_cells(&t, "web.pricing_days", days);
    t = add((struct lc_texts){NULL, 0}, true, NULL);
    assert_int_equal(t.k, 10);
    assert_cells(&t, "web.pricing_count", counts);
}

static void tiers_that_rise_are_told(void **state)
{
    struct lc_texts note;

    (void)state;
    (void)add((struct lc_texts){NULL, 0}, false, &note);
    assert_int_equal(note.n, 1);
    assert_int_equal(
        strncmp(note.text[0], "web.review: an event of up to 30 days is worth 2", 48), 0);
}

static void a_table_without_events_stays_as_it_is(void **state)
{
    static const char *const cell[] = {"a"};
    struct lc_table_column column = small_column(&arena, "id", LC_KIND_TEXT, cell, 1);
    struct lc_table t = small_table(&column, 1, 1);
    struct lc_texts note;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    lc_spec_init(&spec);
    assert_int_equal(
        lc_engagement_add(&t, &spec, (struct lc_texts){NULL, 0}, true, &arena, &note, &err),
        LC_OK);
    assert_int_equal(t.k, 1);
    assert_int_equal(note.n, 0);
}

/* The three known leads count, the second is won: rates by hand, and no half-life of one win. */
static void classes_are_counted_over_the_known_leads(void **state)
{
    static const uint32_t row[] = {0, 1, 2, 3};
    static const uint8_t y[] = {0, 1, 0, 1};
    static const struct lc_spec_file files[] = {{.key = "id"},
                                                {.name = "web", .events = &said}};
    static const struct {
        double events, leads, won;
    } want[] = {{1, 1, 0}, {4, 2, 1}, {1, 1, 0}};
    struct lc_cohort cohort = {.n = 4, .row = row, .y = y, .n_won = 2, .as_of = LC_NO_DAY};
    struct lc_table t = add((struct lc_texts){NULL, 0}, false, NULL);
    struct lc_frame frame;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    lc_spec_init(&spec);
    spec.file = files;
    spec.n_files = 2;
    assert_int_equal(lc_engagement_classes(&t, &spec, &cohort, NULL, &arena, &frame, &err),
                     LC_OK);
    assert_int_equal(frame.n, 3);
    for (size_t c = 0; c < 3; c++) {
        const union lc_value *cell = frame.value + c * frame.k;

        assert_string_equal(cell[lc_frame_column(&frame, "class")].text, classes[c].name);
        assert_close(cell[lc_frame_column(&frame, "events")].number, want[c].events, 0);
        assert_close(cell[lc_frame_column(&frame, "leads")].number, want[c].leads, 0);
        assert_close(cell[lc_frame_column(&frame, "won")].number, want[c].won, 0);
        assert_close(cell[lc_frame_column(&frame, "close_rate")].number,
                     want[c].won / want[c].leads, 0);
    }
    assert_int_equal(frame.n_notes, 1);
    t.n_files = 1;
    assert_int_equal(lc_engagement_classes(&t, &spec, &cohort, NULL, &arena, &frame, &err),
                     LC_EMISMATCH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(worths_are_sums_by_the_decay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(counts_and_days_come_where_they_are_named, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(tiers_that_rise_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(classes_are_counted_over_the_known_leads, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_table_without_events_stays_as_it_is, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
