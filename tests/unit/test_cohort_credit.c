/* Who is credited with an opportunity that several leads share (DEFINITIONS 1). All files here are
 * typed by hand, and so is what must come of them. */
#include "test.h"

#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "leadcal/attribute.h"
#include "leadcal/cohort.h"
#include "leadcal/load.h"
#include "leadcal/random.h"
#include "leadcal/rates.h"
#include "scratch.h"

static struct lc_arena arena;
static struct lc_spec spec;
static struct lc_spec_file files[2];
static struct lc_table table;
static struct lc_cohort cohort;
static struct lc_err err;

static const char *const won[] = {"Won"}, *const lost[] = {"Lost"};

static int begin(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_spec_init(&spec);
    files[0] = (struct lc_spec_file){.key = "id"};
    files[1] = (struct lc_spec_file){
        .name = "deals", .key = "who", .join = "id", .created = "began", .list = true};
    spec.file = files;
    spec.n_files = 2;
    spec.outcome.column = "deals.stage";
    spec.outcome.won = (struct lc_texts){won, 1};
    spec.outcome.lost = (struct lc_texts){lost, 1};
    spec.date.entered = "in";
    spec.date.closed = "deals.closed";
    spec.window_days = LC_WINDOW_NONE;
    return 0;
}

static int end(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static void load(const char *leads, const char *deals)
{
    const struct lc_load_options options = {.quiet = true};
    struct lc_load_account account;
    char path[2][SCRATCH_PATH];
    enum lc_rc rc;

    assert_true(scratch_file(path[0], leads));
    assert_true(scratch_file(path[1], deals));
    rc = lc_load((const char *const[]){path[0], path[1]}, 2, &spec, &options, NULL, &arena,
                 &table, &account, &err);
    (void)unlink(path[0]);
    (void)unlink(path[1]);
    if (rc)
        fail_msg("%s", err.text);
}

static void build(void)
{
    if (lc_cohort_build(&table, &spec, &arena, &cohort, &err))
        fail_msg("%s", err.text);
}

static void credit(const char *leads, const char *deals)
{
    load(leads, deals);
    build();
}

/* One letter for each counted lead: Won, Lost, Open. */
static void assert_states(const char *want)
{
    char got[64] = "";

    assert_true(cohort.n < sizeof got);
    for (size_t i = 0; i < cohort.n; i++)
        got[i] = "OLW"[cohort.state[i]];
    assert_string_equal(got, want);
}

static bool noted(const char *text)
{
    for (size_t i = 0; i < cohort.n_notes; i++)
        if (strstr(cohort.note[i], text))
            return true;
    return false;
}

static void the_primary_contact_is_credited_and_the_others_are_associated(void **state)
{
    (void)state;
    /* Deal 1 is c's, though a came first; deal 2 was lost, and once; e has a deal alone. */
    credit("id,in\na,2025-01-01\nb,2025-01-02\nc,2025-01-09\nd,2025-01-03\ne,2025-01-04\n"
           "f,2025-01-02\n",
           "began,who,stage,closed\n2025-02-01,c;a;b,Won,2025-03-01\n"
           "2025-02-01,d;f,Lost,2025-03-01\n2025-02-02,e,Won,2025-03-02\n");
    assert_states("OOWLWO");
    assert_int_equal(cohort.account.associated, 3);
    assert_int_equal(cohort.n_won, 2);
    assert_null(cohort.credit);
    assert_int_equal(cohort.account.opportunities.won, 2);
    assert_int_equal(cohort.account.opportunities.credited, 2);
    assert_int_equal(cohort.account.opportunities.shared, 1);
    assert_string_equal(cohort.account.opportunities.file, "deals");
    assert_true(noted("won opportunities in 'deals': 2; wins credited: 2; 3 leads are "
                      "associated with one credited to another, and open (--credit)"));
}

static void without_a_primary_contact_the_first_decided_is_credited(void **state)
{
    (void)state;
    /* Deal 1: x, the first of its list, is no lead: c, decided before b. Deal 2: d was handed over
     * when it had begun, so that e is credited. Deal 3: f and g on one day: f, by its key. Deal 4:
     * nobody knows when h was decided, and when i was. */
    spec.date.handed_over = "mql";
    credit("id,in,mql\nb,2025-01-01,2025-01-20\nc,2025-01-05,2025-01-19\n"
           "d,2025-01-01,2025-02-03\ne,2025-01-01,2025-02-02\n"
           "g,2025-01-01,2025-01-08\nf,2025-01-01,2025-01-08\n"
           "h,2025-01-01,\ni,2025-01-01,2025-01-30\n",
           "began,who,stage,closed\n2025-02-01,x;b;c,Won,2025-03-01\n"
           "2025-02-02,d;e,Won,2025-03-01\n2025-02-02,;;y; g;f,Won,2025-03-02\n"
           "2025-02-02,z;h;i,Won,2025-03-02\n");
    assert_states("OWOWOWOW");
    assert_int_equal(cohort.account.associated, 3); /* b, g and h; d has no deal at all */
    assert_int_equal(cohort.account.opportunities.credited, 4);
}

/* The first deal of a primary contact may be another one. */
static void a_deal_is_credited_among_the_leads_whose_first_it_is(void **state)
{
    (void)state;
    credit("id,in\na,2025-01-01\nb,2025-01-02\n",
           "began,who,stage,closed\n2025-02-01,a,Lost,2025-03-01\n"
           "2025-02-09,a;b,Won,2025-03-01\n");
    assert_states("LW");
    assert_int_equal(cohort.account.associated, 0);
    assert_int_equal(cohort.account.opportunities.later, 0);
}

/* As in Salesforce, where leads name the opportunity that they became. */
static void leads_that_name_one_opportunity_follow_the_same_rule(void **state)
{
    (void)state;
    files[1] = (struct lc_spec_file){.name = "deals", .key = "opp", .join = "became"};
    credit("id,became,in\nL1,O1,2025-01-09\nL2,O1,2025-01-08\nL3,,2025-01-01\n"
           "L5,O2,2025-01-08\nL4,O2,2025-01-08\n",
           "opp,stage,closed\nO2,Won,2025-02-01\nO1,Won,2025-02-01\nO3,Won,2025-02-02\n");
    assert_states("OWOOW");
    assert_int_equal(cohort.account.associated, 2);
    assert_int_equal(cohort.account.opportunities.won, 3);
    assert_int_equal(cohort.account.opportunities.no_lead, 1);
    files[0].key = NULL; /* without the leads' own key their other cells part them */
    credit("id,became,in\nL5,O2,2025-01-08\nL4,O2,2025-01-08\n", "opp,stage,closed\nO2,Won,\n");
    assert_states("OW");
}

static const char shared_leads[] = "id,in,size\na,2025-01-01,S\nb,2025-01-02,L\n"
                                   "c,2025-01-09,S\nd,2025-01-03,L\ne,2025-01-04,S\n"
                                   "f,2025-01-04,L\n";
static const char shared_deals[] = "began,who,stage,closed\n"
                                   "2025-02-01,c;a;b,Won,2025-03-01\n"
                                   "2025-02-01,d;e,Lost,2025-03-01\n"
                                   "2025-02-02,f,Won,2025-03-02\n"
                                   "2025-02-02,nobody,Won,2025-03-02\n";

static void all_of_them_may_be_credited_and_the_excess_is_said(void **state)
{
    (void)state;
    spec.credit = LC_CREDIT_ALL;
    credit(shared_leads, shared_deals);
    assert_states("WWWLLW");
    assert_int_equal(cohort.n_won, 4);
    assert_null(cohort.credit);
    assert_int_equal(cohort.account.associated, 0);
    assert_int_equal(cohort.account.opportunities.credited, 4);
    assert_true(
        noted("won opportunities in 'deals': 3; wins credited: 4; 1 has no lead here; 2 "
              "wins are credited more than once (--credit)"));
}

static void a_share_is_counted_but_the_label_is_the_primary_contacts(void **state)
{
    static const double want[] = {1.0 / 3, 1.0 / 3, 1.0 / 3, 0, 0, 1};

    (void)state;
    spec.credit = LC_CREDIT_SHARE;
    credit(shared_leads, shared_deals);
    assert_states("OOWLLW"); /* a loss needs no label, and is lost for both */
    assert_int_equal(cohort.n_won, 2);
    assert_int_equal(cohort.account.associated, 2);
    assert_non_null(cohort.credit);
    for (size_t i = 0; i < 6; i++)
        assert_close(cohort.credit[i], want[i], 1e-15);
    assert_close(lc_cohort_won(&cohort), 2, 1e-15);
    assert_int_equal(cohort.account.opportunities.credited, 2);
    assert_true(noted("1 is won in equal parts by several leads: rates and the funnel count "
                      "the parts, models, AUC and backtest the lead that --credit primary"));
    assert_non_null(strstr(lc_cohort_title(&cohort, &arena), "6 leads, 2 won at any time (2 in "
                                                             "shares); as of 2025-03-02"));
}

static void rates_count_shares(void **state)
{
    /* By hand: S holds a, c, e: 2/3 of a win; L holds b, d, f: 4/3. Baseline 2/6. */
    static const double leads[] = {6, 6, 3, 3}, wins[] = {2, 2, 4.0 / 3, 2.0 / 3};
    static const double ratio[] = {1, 0, 4.0 / 3, 2.0 / 3};
    const struct lc_rates_options options = {0};
    struct lc_attribute a;
    struct lc_frame frame;
    size_t at;

    (void)state;
    spec.credit = LC_CREDIT_SHARE;
    credit(shared_leads, shared_deals);
    assert_int_equal(lc_table_find(&table, "size", &at, &err), LC_OK);
    assert_int_equal(lc_attribute_learn(&table.column[at], NULL, cohort.row, cohort.y, cohort.n,
                                        &arena, &a, &err),
                     LC_OK);
    assert_close(a.won[0], 1, 0); /* f's label */
    assert_int_equal(lc_attribute_credit(&a, &table.column[at], cohort.row, cohort.credit,
                                         cohort.n, &arena, &err),
                     LC_OK);
    assert_int_equal(lc_rates(&cohort, &a, 1, &options, &arena, &frame, &err), LC_OK);
    assert_int_equal(frame.n, 4);
    for (size_t i = 0; i < 4; i++) {
        const union lc_value *row = frame.value + i * frame.k;

        assert_close(row[lc_frame_column(&frame, "leads")].number, leads[i], 0);
        assert_close(row[lc_frame_column(&frame, "won")].number, wins[i], 1e-15);
        assert_close(row[lc_frame_column(&frame, "rate")].number, wins[i] / leads[i], 1e-15);
        if (i != 1) /* the attribute's row has none */
            assert_close(row[lc_frame_column(&frame, "ratio")].number, ratio[i], 1e-14);
        assert_true(i == 1 || isnan(row[lc_frame_column(&frame, "p")].number));
    }
    assert_int_equal(frame.heading[lc_frame_column(&frame, "won")].cell, LC_CELL_REAL);
    assert_non_null(strstr(frame.note[0], "in equal parts (--credit share)"));
}

static void closed_leads_keep_their_shares(void **state)
{
    struct lc_cohort closed;

    (void)state;
    spec.credit = LC_CREDIT_SHARE;
    credit(shared_leads, shared_deals);
    assert_int_equal(lc_cohort_closed(&cohort, &arena, &closed, &err), LC_OK);
    assert_int_equal(closed.n, 6);
    assert_close(lc_cohort_won(&closed), 2, 1e-15);
    spec.credit = LC_CREDIT_PRIMARY;
    build();
    assert_int_equal(lc_cohort_closed(&cohort, &arena, &closed, &err), LC_OK);
    assert_int_equal(closed.n, 3); /* c and f won, d lost; a, b and e are associated */
}

static void a_share_counts_within_the_window_of_its_own_lead(void **state)
{
    (void)state;
    spec.credit = LC_CREDIT_SHARE;
    spec.window_days = 60;
    spec.as_of_day = lc_day_of(2025, 6, 1);
    load("id,in\na,2025-01-01\nb,2025-02-02\nc,2025-01-05\n",
         "began,who,stage,closed\n2025-02-02,b;a,Won,2025-03-15\n"
         "2025-02-03,c,Won,2025-03-01\n");
    build();
    assert_close(cohort.credit[0], 0, 0); /* 73 days */
    assert_close(cohort.credit[1], 0.5, 0);
    assert_close(cohort.credit[2], 1, 0);
    assert_int_equal(cohort.n_won, 2);
    spec.as_of_day = lc_day_of(2025, 4, 1); /* b is younger than 60 days */
    build();
    assert_int_equal(cohort.n, 2);
    assert_close(lc_cohort_won(&cohort), 1, 0);
    spec.window_days = 20;
    spec.as_of_day = lc_day_of(2025, 3, 10); /* the first deal is not closed yet */
    build();
    assert_int_equal(cohort.n, 3);
    assert_close(lc_cohort_won(&cohort), 0, 0);
    assert_int_equal(cohort.account.closed_after_as_of, 2);
    assert_states("OOW");
}

static const char account_leads[] = "id,in\na,2025-01-10\nb,2025-01-11\nc,2025-01-12\n";
/* Won: 1 by a, 2 that came before b and c, 3 that are second deals, 4 of nobody. */
static const char account_deals[] = "began,who,stage,closed\n"
                                    "2025-01-10,a,Won,2025-02-01\n"
                                    "2025-01-05,b,Won,2025-01-06\n"
                                    "2025-01-11,c,Won,2025-01-20\n"
                                    "2025-01-11,b,Lost,2025-01-20\n"
                                    "2025-01-20,a,Won,2025-02-20\n"
                                    "2025-01-21,b;a,Won,2025-02-20\n"
                                    "2025-01-22,b,Won,2025-02-20\n"
                                    "2025-01-22,,Won,2025-02-20\n"
                                    "2025-01-22,x,Won,2025-02-20\n"
                                    "2025-01-22,y;z,Won,2025-02-20\n"
                                    "2025-01-22,;,Won,2025-02-20\n"
                                    "2025-01-22,q,Lost,2025-02-20\n"
                                    "2025-01-01,c,Open,\n";

static void credited_and_listed_add_up_to_the_won_opportunities(void **state)
{
    const struct lc_opportunities *o = &cohort.account.opportunities;

    (void)state;
    credit(account_leads, account_deals);
    assert_states("WLO");
    assert_int_equal(o->won, 10);
    assert_int_equal(o->credited, 1);
    assert_int_equal(o->early, 2);
    assert_int_equal(o->later, 3);
    assert_int_equal(o->no_lead, 4);
    assert_int_equal(o->shared, 0);
    assert_true(
        noted("won opportunities in 'deals': 10; wins credited: 1; 4 have no lead here; "
              "2 began before any of their leads was decided; 3 are not the first of "
              "their leads"));
    assert_false(noted("(--credit)"));
}

static void a_file_of_winners_is_credited_too(void **state)
{
    (void)state;
    spec.outcome.column = NULL;
    spec.outcome.won = spec.outcome.lost = (struct lc_texts){0};
    spec.outcome.won_if_in = "deals";
    credit(shared_leads, shared_deals);
    assert_states("OOWWOW");
    assert_int_equal(cohort.account.opportunities.won, 4);
    assert_int_equal(cohort.account.opportunities.no_lead, 1);
    assert_int_equal(cohort.account.associated, 3);
}

static void an_outcome_of_the_leads_themselves_is_nobody_elses(void **state)
{
    (void)state;
    spec.outcome.column = "status";
    credit("id,in,status\na,2025-01-01,Won\nb,2025-01-02,Won\n",
           "began,who,stage,closed\n2025-02-01,a;b,Won,2025-03-01\n");
    assert_states("WW");
    assert_null(cohort.account.opportunities.file);
    assert_int_equal(cohort.account.opportunities.won, 0);
}

/* ---- laws, over files with many ties ---- */

#define LEADS 80
#define DEALS 70
#define LINE  64

struct files {
    char lead[LEADS][LINE], deal[DEALS][LINE];
};

static void make_up(struct files *f, uint64_t seed)
{
    static const char *const stage[] = {"Won", "Lost", "Open"};
    struct lc_random r = {seed};

    for (unsigned i = 0; i < LEADS; i++)
        (void)snprintf(f->lead[i], LINE, "k%u,2025-01-%02u,s%u", i,
                       1 + (unsigned)lc_random_below(&r, 6), i % 7);
    for (size_t i = 0; i < DEALS; i++) {
        const unsigned a = (unsigned)lc_random_below(&r, 90);
        const unsigned b = (unsigned)lc_random_below(&r, 90);
        const unsigned c = (unsigned)lc_random_below(&r, 90);

        (void)snprintf(f->deal[i], LINE, "2025-01-%02u,k%u;k%u;k%u,%s,2025-03-01",
                       2 + (unsigned)lc_random_below(&r, 9), a, b, c,
                       stage[lc_random_below(&r, 3)]);
    }
}

static void shuffle(char (*line)[LINE], size_t n, struct lc_random *r)
{
    for (size_t i = n; i-- > 1;) {
        const size_t other = lc_random_below(r, i + 1);
        char kept[LINE];

        memcpy(kept, line[i], LINE);
        memcpy(line[i], line[other], LINE);
        memcpy(line[other], kept, LINE);
    }
}

static void credit_files(const struct files *f)
{
    char leads[LEADS * LINE + LINE] = "id,in,size\n";
    char deals[DEALS * LINE + LINE] = "began,who,stage,closed\n";

    for (size_t i = 0; i < LEADS; i++)
        (void)strcat(strcat(leads, f->lead[i]), "\n"); /* NOLINT: sized above */
    for (size_t i = 0; i < DEALS; i++)
        (void)strcat(strcat(deals, f->deal[i]), "\n"); /* NOLINT */
    credit(leads, deals);
}

/* State and share of each lead, in the order of their keys. */
static void by_key(uint8_t *state, double *share)
{
    size_t at;

    assert_int_equal(cohort.n, LEADS);
    assert_int_equal(lc_table_find(&table, "id", &at, &err), LC_OK);
    for (size_t i = 0; i < LEADS; i++) {
        const size_t key = (size_t)atoi(
            table.file[1].lead.level[lc_code_at(&table.file[1].lead, cohort.row[i])] +
            1); /* NOLINT: made above */

        state[key] = cohort.state[i];
        share[key] = cohort.credit ? cohort.credit[i] : cohort.y[i];
    }
}

static void the_order_of_rows_and_of_leads_changes_nothing(void **state)
{
    size_t associated = 0;

    (void)state;
    for (uint64_t seed = 1; seed < 30; seed++) {
        struct lc_random r = {seed + 1000};
        uint8_t was[LEADS], is[LEADS];
        double had[LEADS], has[LEADS];
        struct files f;

        spec.credit = seed % 2 ? LC_CREDIT_PRIMARY : LC_CREDIT_SHARE;
        make_up(&f, seed);
        credit_files(&f);
        associated += cohort.account.associated;
        by_key(was, had);
        shuffle(f.lead, LEADS, &r);
        shuffle(f.deal, DEALS, &r);
        credit_files(&f);
        by_key(is, has);
        assert_memory_equal(was, is, LEADS);
        for (size_t i = 0; i < LEADS; i++)
            assert_close(has[i], had[i], 0);
    }
    assert_true(associated > 100);
}

static void every_won_opportunity_is_credited_once_or_listed(void **state)
{
    const struct lc_opportunities *o = &cohort.account.opportunities;

    (void)state;
    for (uint64_t seed = 40; seed < 60; seed++) {
        struct files f;
        size_t once;

        make_up(&f, seed);
        spec.credit = LC_CREDIT_PRIMARY;
        credit_files(&f);
        once = cohort.n_won;
        assert_int_equal(o->won, once + o->no_lead + o->early + o->later);
        assert_int_equal(o->credited, once);
        spec.credit = LC_CREDIT_SHARE;
        build();
        assert_close(lc_cohort_won(&cohort), (double)once, 1e-12);
        assert_int_equal(cohort.n_won, once);
        spec.credit = LC_CREDIT_ALL;
        build();
        assert_true(cohort.n_won > once);
        assert_int_equal(o->credited, cohort.n_won);
    }
}

static void every_allocation_may_be_refused(void **state)
{
    struct lc_arena files_arena;
    size_t refused = 0;

    (void)state;
    spec.credit = LC_CREDIT_SHARE;
    load(shared_leads, shared_deals);
    files_arena = arena;
    for (size_t limit = 0;; limit += 8) {
        struct lc_cohort c = {.n = 77};
        enum lc_rc rc;

        lc_arena_init(&arena, limit);
        rc = lc_cohort_build(&table, &spec, &arena, &c, &err);
        lc_arena_release(&arena);
        if (!rc)
            break;
        assert_int_equal(rc, LC_ENOMEM);
        assert_int_equal(c.n, 77);
        refused++;
    }
    assert_true(refused > 20);
    arena = files_arena;
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_primary_contact_is_credited_and_the_others_are_associated),
        T(without_a_primary_contact_the_first_decided_is_credited),
        T(a_deal_is_credited_among_the_leads_whose_first_it_is),
        T(leads_that_name_one_opportunity_follow_the_same_rule),
        T(all_of_them_may_be_credited_and_the_excess_is_said),
        T(a_share_is_counted_but_the_label_is_the_primary_contacts),
        T(rates_count_shares),
        T(closed_leads_keep_their_shares),
        T(a_share_counts_within_the_window_of_its_own_lead),
        T(credited_and_listed_add_up_to_the_won_opportunities),
        T(a_file_of_winners_is_credited_too),
        T(an_outcome_of_the_leads_themselves_is_nobody_elses),
        T(the_order_of_rows_and_of_leads_changes_nothing),
        T(every_won_opportunity_is_credited_once_or_listed),
        T(every_allocation_may_be_refused),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
