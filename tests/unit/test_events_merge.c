/* Events of several leads as those of one. */
#include "test.h"

#include <string.h>

#include "leadcal/events.h"

/* Three leads: the first did two things, the second nothing, the third two; the second is not known. */
static const size_t begin_of[] = {0, 2, 2, 4};
static const uint16_t of[] = {1, 0, 0, 2};
static const uint32_t age[] = {3, 8, 1, 8};
static const uint8_t known[] = {1, 0, 1};
static const struct lc_event_class classes[] = {
    {"a", LC_EVENT_ACTION, NULL}, {"b", LC_EVENT_ACTION, NULL}, {"c", LC_EVENT_CONTENT, NULL}};
static const struct lc_events leads = {.n = 3,
                                       .class = classes,
                                       .n_classes = 3,
                                       .begin = begin_of,
                                       .of = of,
                                       .age_days = age,
                                       .known = known,
                                       .last = 130,
                                       .account = {.used = 4}};

static void the_events_of_a_group_stand_by_age_then_class(void **state)
{
    static const size_t group[] = {0, 2, 3};
    static const uint32_t lead[] = {2, 0, 1};
    static const uint32_t want_age[] = {1, 3, 8, 8};
    static const uint16_t want_of[] = {0, 1, 0, 2};
    struct lc_arena arena;
    struct lc_events e;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_true(lc_events_merge(&leads, group, lead, 2, &arena, &e));
    assert_int_equal(e.n, 2);
    assert_int_equal(e.begin[1], 4);
    assert_int_equal(e.begin[2], 4);
    assert_memory_equal(e.age_days, want_age, sizeof want_age);
    assert_memory_equal(e.of, want_of, sizeof want_of);
    assert_int_equal(e.known[0], 1);
    assert_int_equal(e.known[1], 0);
    assert_int_equal(e.last, 130);
    assert_int_equal(e.account.used, 4);
    lc_arena_release(&arena);
}

static void groups_of_one_are_the_same_events(void **state)
{
    static const size_t group[] = {0, 1, 2, 3};
    static const uint32_t lead[] = {0, 1, 2};
    struct lc_arena arena;
    struct lc_events e;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_true(lc_events_merge(&leads, group, lead, 3, &arena, &e));
    assert_memory_equal(e.begin, begin_of, sizeof begin_of);
    assert_memory_equal(e.of, of, sizeof of);
    assert_memory_equal(e.age_days, age, sizeof age);
    assert_memory_equal(e.known, known, sizeof known);
    lc_arena_release(&arena);
}

static void memory_that_is_refused_is_told(void **state)
{
    static const size_t group[] = {0, 1};
    static const uint32_t lead[] = {0};
    struct lc_events e = {.n = 77};
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, 16);
    assert_false(lc_events_merge(&leads, group, lead, 1, &arena, &e));
    assert_int_equal(e.n, 77);
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_events_of_a_group_stand_by_age_then_class),
        cmocka_unit_test(groups_of_one_are_the_same_events),
        cmocka_unit_test(memory_that_is_refused_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
