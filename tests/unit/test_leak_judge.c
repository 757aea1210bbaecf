#include "planted.h"

#include "leadcal/parallel.h"

#define SEEDS       40
#define AS_OF       17740 /* where a test needs open and young leads */
#define YOUNG_SINCE (AS_OF - 60)

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

/* The finding of a step, which must be there. */
static struct lc_finding found(const struct planted *p, size_t column, enum lc_leak_step step)
{
    const struct lc_finding *f = planted_found(p, column, step);

    if (!f) {
        print_error("%s: nothing by step %s\n", p->column[column].codes.name,
                    lc_leak_step_text(step));
        fail();
        return (struct lc_finding){0};
    }
    return *f;
}

/* Names say nothing here, so that the steps on data are what catches them. */
static void what_knows_the_outcome_is_caught_at_every_seed(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct planted *p = planted_begin(seed, &arena);
        const size_t copy =
            planted_add(p, "field_17", LC_KIND_TEXT, planted_copy, seed + 100, &arena);
        const size_t after =
            planted_add(p, "tier", LC_KIND_TEXT, planted_after_win, seed + 200, &arena);
        const size_t touched =
            planted_add(p, "touched", LC_KIND_DATE, planted_last_activity, seed + 300, &arena);
        const size_t light =
            planted_add(p, "light", LC_KIND_TEXT, planted_status, seed + 400, &arena);

        planted_audit(p, NULL, &arena);
        assert_int_equal(p->choices.of[copy].choice, LC_CHOICE_LEAK);
        assert_int_equal(p->choices.of[after].choice, LC_CHOICE_LEAK);
        assert_int_equal(p->choices.of[light].choice, LC_CHOICE_LEAK);
        assert_int_equal(p->choices.of[touched].choice, LC_CHOICE_LEFT_OUT); /* as every date */
        assert_int_equal(found(p, touched, LC_STEP_DATES).severity, LC_SEVERITY_REJECT);
        assert_int_equal(found(p, after, LC_STEP_FILL).severity, LC_SEVERITY_SUSPECT);
        for (size_t j = INDUSTRY; j <= VISITS; j++)
            assert_int_equal(p->choices.of[j].choice, LC_CHOICE_FIT);
        lc_arena_release(&arena);
        lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    }
}

/* ---- step by step ---- */

static const char *no_idea(const struct planted_lead *lead)
{
    return planted_unit(lead) < 0.4 ? "x" : "y";
}

static const struct {
    const char *name;
    enum lc_kind kind;
    int worst; /* -1: nothing is said */
} names[] = {
    {"Opportunity ID", LC_KIND_TEXT, LC_SEVERITY_SUSPECT},
    {"ConvertedAccountId", LC_KIND_TEXT, LC_SEVERITY_SUSPECT},
    {"Lead_Conversion_Time", LC_KIND_TEXT, LC_SEVERITY_SUSPECT},
    {"First Conversion", LC_KIND_TEXT, -1}, /* a form, in HubSpot */
    {"Closed Lost Reason", LC_KIND_TEXT, LC_SEVERITY_SUSPECT},
    {"ForecastCategoryName", LC_KIND_TEXT, LC_SEVERITY_SUSPECT},
    {"hs_lead_status", LC_KIND_TEXT, LC_SEVERITY_SUSPECT},
    {"Lifecycle Stage", LC_KIND_TEXT, LC_SEVERITY_SUSPECT},
    {"statuscode", LC_KIND_TEXT, LC_SEVERITY_SUSPECT},
    {"Next_Step__c", LC_KIND_TEXT, LC_SEVERITY_SUSPECT},
    {"Nächster Schritt", LC_KIND_TEXT, LC_SEVERITY_SUSPECT},
    {"Verlustgrund", LC_KIND_TEXT, LC_SEVERITY_SUSPECT},
    {"Abschlusswahrscheinlichkeit", LC_KIND_NUMBER, LC_SEVERITY_SUSPECT},
    {"Invoice sent", LC_KIND_TEXT, LC_SEVERITY_SUSPECT},
    {"Onboarding Team", LC_KIND_TEXT, LC_SEVERITY_SUSPECT},
    {"ÄNDERUNG: letzte Änderung", LC_KIND_TEXT, LC_SEVERITY_SUSPECT},
    {"Betrag", LC_KIND_NUMBER, LC_SEVERITY_SUSPECT},
    {"credit.amount", LC_KIND_NUMBER, LC_SEVERITY_NOTE},
    {"Marital Status", LC_KIND_TEXT, LC_SEVERITY_NOTE},
    {"Angebotsart", LC_KIND_TEXT, LC_SEVERITY_NOTE},
    {"Wonderland", LC_KIND_TEXT, -1},
    {"windows_version", LC_KIND_TEXT, -1},
    {"Dealership", LC_KIND_TEXT, -1},
    {"closeness", LC_KIND_TEXT, -1},
    {"Industry", LC_KIND_TEXT, -1},
    {"Stageplay", LC_KIND_TEXT, -1},
    {"last_name_length", LC_KIND_TEXT, -1},
};

static void names_are_read_word_by_word(void **state)
{
    static const double one_two[] = {1, 2};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct planted *p = planted_begin(7, &arena);
        const size_t at = planted_add(p, names[i].name, LC_KIND_TEXT, no_idea, 5, &arena);
        const struct lc_finding *f;

        p->column[at].kind = names[i].kind;
        if (names[i].kind == LC_KIND_NUMBER)
            p->column[at].number = one_two;
        planted_audit(p, NULL, &arena);
        f = planted_found(p, at, LC_STEP_NAME);
        if ((f ? (int)f->severity : -1) != names[i].worst)
            print_error("%s\n", names[i].name);
        assert_int_equal(f ? (int)f->severity : -1, names[i].worst);
        assert_int_equal(planted_worst(p, at), names[i].worst); /* no other step speaks */
        lc_arena_release(&arena);
        lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    }
}

/* A form that began to ask: young leads have it, old ones do not, and nobody's outcome is in it. */
static const char *asked_lately(const struct planted_lead *lead)
{
    return lead->day < 17500 ? "" : no_idea(lead);
}

/* Filled in while a lead is worked: the older, the more; most where it is won. */
static const char *filled_in_time(const struct planted_lead *lead)
{
    const double share = lead->day > YOUNG_SINCE ? 0.1 : lead->won ? 0.95 : 0.75;

    return planted_unit(lead) < share ? "known" : "";
}

static void a_column_filled_in_later_is_told_from_a_new_question(void **state)
{
    struct planted *p = planted_begin(20, &arena);
    const size_t late = planted_add(p, "budget", LC_KIND_TEXT, filled_in_time, 21, &arena);
    const size_t asked = planted_add(p, "use_case", LC_KIND_TEXT, asked_lately, 22, &arena);
    struct lc_finding f;

    (void)state;
    p->s->spec.as_of_day = AS_OF;
    planted_audit(p, NULL, &arena);
    f = found(p, late, LC_STEP_FILL);
    assert_int_equal(f.severity, LC_SEVERITY_SUSPECT);
    assert_non_null(strstr(f.evidence, "of the open leads younger than 60 days"));
    assert_true(f.value > f.threshold);
    assert_int_equal(p->choices.of[asked].choice, LC_CHOICE_FIT);
    assert_null(planted_found(p, asked, LC_STEP_AGE));
}

static const char *first_seen(const struct planted_lead *lead)
{
    return lc_arena_format(lead->arena, "%d",
                           lead->day - (int)lc_random_below(lead->random, 20));
}

static const char *called(const struct planted_lead *lead)
{
    return lc_arena_format(lead->arena, "%d",
                           lead->day + 2 + (int)lc_random_below(lead->random, 9));
}

static const char *invoiced(const struct planted_lead *lead)
{
    return lead->closed > lead->day + 2 ? lc_arena_format(lead->arena, "%d", lead->closed + 14)
                                        : "";
}

static const char *days_idle(const struct planted_lead *lead)
{
    return lc_arena_format(lead->arena, "%d", PLANTED_AS_OF - planted_last_day(lead));
}

static void dates_are_held_against_the_decision_and_the_close(void **state)
{
    struct planted *p = planted_begin(30, &arena);
    const size_t before = planted_add(p, "seen", LC_KIND_DATE, first_seen, 31, &arena);
    const size_t later = planted_add(p, "called", LC_KIND_DATE, called, 32, &arena);
    const size_t after = planted_add(p, "sent", LC_KIND_DATE, invoiced, 33, &arena);
    const size_t idle = planted_add(p, "idle", LC_KIND_NUMBER, days_idle, 34, &arena);

    (void)state;
    planted_audit(p, NULL, &arena);
    assert_null(planted_found(p, before, LC_STEP_DATES));
    assert_int_equal(found(p, later, LC_STEP_DATES).severity, LC_SEVERITY_SUSPECT);
    assert_close(found(p, later, LC_STEP_DATES).value, 1, 1e-12);
    assert_int_equal(found(p, after, LC_STEP_DATES).severity, LC_SEVERITY_REJECT);
    assert_non_null(strstr(found(p, after, LC_STEP_DATES).evidence, "after the close"));
    assert_int_equal(found(p, idle, LC_STEP_DATES).severity, LC_SEVERITY_SUSPECT);
    assert_int_equal(p->choices.of[idle].choice, LC_CHOICE_LEAK);
    assert_null(planted_found(p, VISITS, LC_STEP_DATES));
}

/* One value stands for won leads alone, a quarter of them; the others tell nothing. */
static const char *pure_level(const struct planted_lead *lead)
{
    return lead->in_time && lead->i % 4 == 0 ? "gold" : no_idea(lead);
}

static void a_value_of_winners_alone_is_named(void **state)
{
    struct planted *p = planted_begin(40, &arena);
    const size_t at = planted_add(p, "program", LC_KIND_TEXT, pure_level, 41, &arena);
    struct lc_finding f;

    (void)state;
    planted_audit(p, NULL, &arena);
    f = found(p, at, LC_STEP_PURITY);
    assert_non_null(strstr(f.evidence, "leads of 'gold' were won"));
    assert_close(f.threshold, 0.95, 1e-15); /* 8 times the base rate would be above 1 */
    assert_true(f.value > 0.95);
    assert_null(planted_found(p, SOURCE, LC_STEP_PURITY));
}

/* Strong, not perfect: an AUC of about 0.87, far more than one attribute adds to three others. */
static const char *strong(const struct planted_lead *lead)
{
    return (planted_unit(lead) < 0.1) != lead->won ? "hot" : "cold";
}

static void a_strong_column_is_held_against_the_others(void **state)
{
    struct planted *p = planted_begin(50, &arena);
    const size_t at = planted_add(p, "heat", LC_KIND_TEXT, strong, 51, &arena);
    struct lc_finding f;

    (void)state;
    planted_audit(p, NULL, &arena);
    f = found(p, at, LC_STEP_AUC);
    assert_int_equal(f.severity, LC_SEVERITY_SUSPECT);
    assert_close(f.threshold, 0.05, 1e-15);
    assert_non_null(strstr(f.evidence, "by the other attributes"));
    assert_null(planted_found(p, VISITS, LC_STEP_AUC));
}

/* Overwritten by the outcome as time goes on: never for the newest, for nine in ten of the oldest. */
static const char *grows(const struct planted_lead *lead)
{
    const double told = 0.9 * (17750 - lead->day) / 750.0;

    return planted_unit(lead) < told ? lead->won ? "x" : "y" : no_idea(lead);
}

/* Tells in the first half of the history alone, and says then what the outcome was. */
static const char *faded(const struct planted_lead *lead)
{
    if (lead->day > 17480)
        return no_idea(lead);
    return planted_unit(lead) < 0.6 ? lead->won ? "x" : "y" : no_idea(lead);
}

static void strength_that_comes_with_age_or_fades_later_is_seen(void **state)
{
    struct planted *p = planted_begin(60, &arena);
    const size_t grown = planted_add(p, "tag", LC_KIND_TEXT, grows, 61, &arena);
    const size_t gone = planted_add(p, "flag", LC_KIND_TEXT, faded, 62, &arena);

    (void)state;
    planted_audit(p, NULL, &arena);
    assert_int_equal(found(p, grown, LC_STEP_AGE).severity, LC_SEVERITY_SUSPECT);
    assert_int_equal(found(p, gone, LC_STEP_LATER).severity, LC_SEVERITY_SUSPECT);
    assert_true(found(p, gone, LC_STEP_LATER).value > 0.1);
    for (size_t j = INDUSTRY; j <= VISITS; j++) {
        assert_null(planted_found(p, j, LC_STEP_AGE));
        assert_null(planted_found(p, j, LC_STEP_LATER));
    }
}

/* ---- the earlier export ---- */

/* The same leads 200 days before PLANTED_AS_OF: later ones are not there yet, and what closed since is
 * open. `cell` says what the planted column was then. */
static void plant_last(struct planted *p, size_t column, planted_cell *then_of, uint64_t seed)
{
    const int32_t as_of = PLANTED_AS_OF - 200;
    struct lc_table_column *then = LC_NEW(&arena, 4, struct lc_table_column);
    const char **cell[4];
    uint32_t *row = LC_NEW(&arena, SIMULATED_LEADS, uint32_t);
    struct lc_table *table = LC_NEW(&arena, 1, struct lc_table);
    struct lc_table_last *last = LC_NEW(&arena, 1, struct lc_table_last);
    struct lc_random random = {seed};
    size_t n = 0;

    for (size_t j = 0; j < 4; j++)
        cell[j] = LC_NEW(&arena, SIMULATED_LEADS, const char *);
    for (size_t i = 0; i < SIMULATED_LEADS; i++) {
        struct planted_lead lead = planted_lead_of(p, i, &random, &arena);

        row[i] = LC_NO_ROW;
        if (lead.day > as_of)
            continue;
        if (lead.closed > as_of)
            lead = (struct planted_lead){.i = i, .day = lead.day, .random = &random};
        row[i] = (uint32_t)n;
        cell[0][n] = lead.won ? "Closed Won" : lead.lost ? "Lost" : "Open";
        cell[1][n] = p->s->cell[ENTERED][i];
        cell[2][n] = lead.closed ? p->s->cell[CLOSED][i] : "";
        cell[3][n++] = then_of(&lead);
    }
    then[0] = small_column(&arena, "stage", LC_KIND_TEXT, cell[0], n);
    then[1] = small_column(&arena, "entered", LC_KIND_DATE, cell[1], n);
    then[2] = small_column(&arena, "closed", LC_KIND_DATE, cell[2], n);
    then[3] = small_column(&arena, p->column[column].codes.name, LC_KIND_TEXT, cell[3], n);
    *table = small_table(then, 4, n);
    *last = (struct lc_table_last){table, row, n};
    p->table.last = last;
}

/* What a person keyed in once; a tenth was corrected since, whatever became of the lead. */
static const char *keyed(const struct planted_lead *lead)
{
    return lead->i % 3 ? "x" : "y";
}

static const char *corrected(const struct planted_lead *lead)
{
    return planted_unit(lead) < 0.1 ? "z" : keyed(lead);
}

/* An opinion of sales: of leads that are won four in five are overwritten. */
static const char *overwritten(const struct planted_lead *lead)
{
    return lead->won && lead->i % 5 ? "key" : keyed(lead);
}

static void a_field_that_changed_for_the_won_is_rejected(void **state)
{
    struct planted *p = planted_begin(70, &arena);
    size_t at = planted_add(p, "segment", LC_KIND_TEXT, overwritten, 71, &arena);
    struct lc_finding f;

    (void)state;
    plant_last(p, at, keyed, 72);
    planted_audit(p, NULL, &arena);
    f = found(p, at, LC_STEP_SNAPSHOT);
    assert_int_equal(f.severity, LC_SEVERITY_REJECT);
    assert_non_null(strstr(f.evidence, "changed since for"));
    assert_true(f.value > 0.3);

    p = planted_begin(73, &arena);
    at = planted_add(p, "segment", LC_KIND_TEXT, corrected, 74, &arena);
    plant_last(p, at, keyed, 75);
    planted_audit(p, NULL, &arena);
    f = found(p, at, LC_STEP_SNAPSHOT);
    assert_int_equal(f.severity, LC_SEVERITY_NOTE);
    assert_int_equal(p->choices.of[at].choice, LC_CHOICE_FIT);

    p = planted_begin(76, &arena);
    at = planted_add(p, "segment", LC_KIND_TEXT, keyed, 77, &arena);
    plant_last(p, at, keyed, 78);
    planted_audit(p, NULL, &arena);
    assert_null(planted_found(p, at, LC_STEP_SNAPSHOT));
    assert_non_null(strstr(p->choices.note[0], "are in both exports"));
}

/* ---- laws ---- */

static void same_findings(const struct lc_choices *a, const struct lc_choices *b)
{
    assert_int_equal(a->n_findings, b->n_findings);
    for (size_t i = 0; i < a->n_findings; i++) {
        const struct lc_finding *x = &a->finding[i], *y = &b->finding[i];

        assert_int_equal(x->column, y->column);
        assert_int_equal(x->step, y->step);
        assert_int_equal(x->severity, y->severity);
        assert_string_equal(x->evidence, y->evidence);
        if (!isnan(x->value) || !isnan(y->value))
            assert_close(x->value, y->value, 1e-9);
    }
}

/* Every column's cells from the last lead to the first. */
static void turn_rows(struct planted *p)
{
    for (size_t j = 0; j < p->table.k; j++) {
        const uint32_t *code = p->column[j].codes.code;
        uint32_t *turned = LC_NEW(&arena, SIMULATED_LEADS, uint32_t);

        for (size_t i = 0; i < SIMULATED_LEADS; i++)
            turned[i] = code[SIMULATED_LEADS - 1 - i];
        p->column[j].codes.code = turned;
    }
}

static struct planted *plant_some(struct lc_parallel *pool, bool turned)
{
    struct planted *p = planted_begin(95, &arena);

    (void)planted_add(p, "tier", LC_KIND_TEXT, planted_after_win, 96, &arena);
    (void)planted_add(p, "touched", LC_KIND_DATE, planted_last_activity, 97, &arena);
    (void)planted_add(p, "heat", LC_KIND_TEXT, strong, 98, &arena);
    (void)planted_add(p, "tag", LC_KIND_TEXT, grows, 99, &arena);
    if (turned)
        turn_rows(p);
    planted_audit(p, pool, &arena);
    assert_true(p->choices.n_findings >= 5);
    return p;
}

static void threads_and_the_order_of_rows_change_nothing(void **state)
{
    struct lc_parallel *one = lc_parallel_new(1), *seven = lc_parallel_new(7);
    struct planted *p, *q, *r;

    (void)state;
    assert_non_null(one);
    assert_non_null(seven);
    p = plant_some(one, false);
    q = plant_some(seven, false);
    r = plant_some(NULL, true);
    same_findings(&p->choices, &q->choices);
    same_findings(&p->choices, &r->choices);
    lc_parallel_free(one);
    lc_parallel_free(seven);
}

static void memory_that_is_refused_is_said(void **state)
{
    struct planted *p = planted_begin(85, &arena);
    struct lc_choices choices;
    bool done = false;

    (void)state;
    (void)planted_add(p, "field_17", LC_KIND_TEXT, planted_copy, 86, &arena);
    (void)planted_add(p, "idle", LC_KIND_NUMBER, days_idle, 87, &arena);
    simulated_cohort(p->s, &arena);
    for (size_t limit = 0; !done; limit += 1 + limit / 8) {
        struct lc_arena small;
        struct lc_err err;
        enum lc_rc rc;

        lc_arena_init(&small, limit);
        rc = lc_choose_columns(&p->table, &p->s->spec, &p->s->cohort, NULL, &small, &choices,
                               &err);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
        done = rc == LC_OK;
        lc_arena_release(&small);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_knows_the_outcome_is_caught_at_every_seed),
        TEST(names_are_read_word_by_word),
        TEST(a_column_filled_in_later_is_told_from_a_new_question),
        TEST(dates_are_held_against_the_decision_and_the_close),
        TEST(a_value_of_winners_alone_is_named),
        TEST(a_strong_column_is_held_against_the_others),
        TEST(strength_that_comes_with_age_or_fades_later_is_seen),
        TEST(a_field_that_changed_for_the_won_is_rejected),
        TEST(threads_and_the_order_of_rows_change_nothing),
        TEST(memory_that_is_refused_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
