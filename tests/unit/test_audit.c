#include "planted.h"

#include "leadcal/audit.h"

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

static const char *no_idea(const struct planted_lead *lead)
{
    return planted_unit(lead) < 0.4 ? "x" : "y";
}

static const char *invoiced(const struct planted_lead *lead)
{
    return lead->closed > lead->day + 2 ? lc_arena_format(lead->arena, "%d", lead->closed + 14)
                                        : "";
}

static void a_column_that_is_allowed_stays_in_and_is_still_reported(void **state)
{
    static const char *const allowed[] = {"field_17"};
    const char *kept[SIMULATED_COLUMNS + PLANTED_MOST];
    struct planted *p = planted_begin(80, &arena);
    const size_t at = planted_add(p, "field_17", LC_KIND_TEXT, planted_copy, 81, &arena);

    (void)state;
    p->s->spec.allow = (struct lc_texts){allowed, 1};
    planted_audit(p, NULL, &arena);
    assert_int_equal(p->choices.of[at].choice, LC_CHOICE_FIT);
    assert_int_equal(planted_worst(p, at), LC_SEVERITY_SUSPECT);
    assert_int_equal(lc_audit_kept(&p->table, &p->choices, kept), 1);
    assert_string_equal(kept[0], "field_17");
}

static void the_table_has_the_worst_first(void **state)
{
    struct planted *p = planted_begin(90, &arena);
    const size_t note = planted_add(p, "Visa Status", LC_KIND_TEXT, no_idea, 91, &arena);
    const size_t sent = planted_add(p, "sent", LC_KIND_DATE, invoiced, 92, &arena);
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    planted_audit(p, NULL, &arena);
    assert_int_equal(lc_audit_frame(&p->table, &p->choices, &arena, &f, &err), LC_OK);
    assert_int_equal(f.n, p->choices.n_findings);
    assert_string_equal(f.value[0].text, p->column[sent].codes.name);
    assert_string_equal(f.value[1].text, "reject");
    assert_string_equal(f.value[7].text, "yes");
    assert_string_equal(f.value[(f.n - 1) * f.k].text, p->column[note].codes.name);
    assert_string_equal(f.value[(f.n - 1) * f.k + 1].text, "note");
    assert_string_equal(f.value[(f.n - 1) * f.k + 2].text, "name");
    assert_string_equal(f.value[(f.n - 1) * f.k + 7].text, "no");
    assert_true(isnan(f.value[(f.n - 1) * f.k + 5].number)); /* a name has no figure */
}

static void memory_that_is_refused_is_said(void **state)
{
    struct planted *p = planted_begin(93, &arena);
    struct lc_arena none;
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    (void)planted_add(p, "sent", LC_KIND_DATE, invoiced, 94, &arena);
    planted_audit(p, NULL, &arena);
    lc_arena_init(&none, 0);
    assert_int_equal(lc_audit_frame(&p->table, &p->choices, &none, &f, &err), LC_ENOMEM);
    lc_arena_release(&none);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_column_that_is_allowed_stays_in_and_is_still_reported),
        TEST(the_table_has_the_worst_first),
        TEST(memory_that_is_refused_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
