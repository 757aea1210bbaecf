/* Purchases become customers, and opportunities those of a stage: by hand, and by laws. */
#include "leadcal/spec_unit.h"
#include "unit_study.h"

/* k1 buys on 2024-01-10, in June and twice after its anniversary (2025-01-09): a pump again, then a sensor. k2 buys
 * once. k3 has only an open offer. k4 buys on its anniversary and then nothing. */
static const char purchases[] = "id,who,segment,stage,on,what,sum\n"
                                "1,k1,School,Won,2024-06-01,Valve,30\n"
                                "2,k1,Firm,Won,2024-01-10,Pump,100\n"
                                "3,k1,Firm,Won,2025-02-01,Pump,70\n"
                                "4,k1,Firm,Won,2025-03-01,Sensor,900\n"
                                "5,k2,Firm,Won,2024-02-02,Pump,55\n"
                                "6,k3,Firm,Open,2024-02-03,Pump,44\n"
                                "7,k4,Spa,Won,2024-03-01,Pump,20\n"
                                "8,k4,Spa,Won,2025-03-01,Pump;Valve,21\n"
                                "9,,Firm,Won,2024-03-01,Pump,12\n"
                                "10,k2,Firm,Won,,Valve,5\n"
                                "11,k5,Firm,Won,2026-01-31,Pump,5\n";

#define OUTCOME                                                                          \
    ", \"outcome\": {\"column\": \"stage\", \"won\": [\"Won\"], \"open\": [\"Open\"]}, " \
    "\"amount\": \"sum\"}"
#define CUSTOMER                                                                               \
    "{\"leadcal_spec\": 1, \"unit\": {\"of\": \"customer\", \"key\": \"who\", \"purchased\": " \
    "\"on\", \"product\": \"what\", \"roll_up\": [{\"take\": \"count\"}, {\"take\": \"sum\", " \
    "\"column\": \"sum\"}, {\"take\": \"any\", \"column\": \"what\"}]"

static void a_customer_is_as_of_its_anniversary(void **state)
{
    static const char *const who[] = {"k1", "k2", "k4", "k5"};
    static const char *const segment[] = {"School", "Firm", "Spa", "Firm"};
    static const char *const count[] = {"2", "1", "2", "1"};
    static const char *const paid[] = {"130", "55", "41", "5"};
    static const char *const owned[] = {"Pump;Valve", "Pump", "Pump;Valve", "Pump"};
    static const char *const decided[] = {"2025-01-09", "2025-02-01", "2025-03-01",
                                          "2027-01-31"};
    static const char *const further[] = {"yes", "-", "-", "-"};
    static const char *const bought[] = {"2025-02-01", "-", "-", "-"};
    static const char *const since[] = {"222", "365", "0", "365"};
    struct study s;

    (void)state;
    assert_int_equal(take(&s, CUSTOMER "}" OUTCOME, purchases, NULL), LC_OK);
    assert_int_equal(s.table.n, 4);
    assert_cells(&s, "who", who);
    assert_cells(&s, "segment", segment);
    assert_cells(&s, "purchases", count);
    assert_cells(&s, "sum of sum", paid);
    assert_cells(&s, "any what", owned);
    assert_cells(&s, LC_UNIT_DECIDED, decided);
    assert_cells(&s, LC_UNIT_FURTHER, further);
    assert_cells(&s, LC_UNIT_BOUGHT, bought);
    assert_cells(&s, LC_UNIT_SINCE, since);
    assert_string_equal(cell(&s, "sum", 0), "70");
}

static void cross_selling_is_a_product_not_owned(void **state)
{
    struct study s;

    (void)state;
    assert_int_equal(
        take(&s, CUSTOMER ", \"further\": \"other product\"}" OUTCOME, purchases, NULL), LC_OK);
    assert_string_equal(cell(&s, LC_UNIT_BOUGHT, 0), "2025-03-01");
    assert_string_equal(cell(&s, "sum", 0), "900");
}

static void the_account_of_purchases_adds_up(void **state)
{
    struct study s;
    const struct lc_unit_account *a = &s.account;

    (void)state;
    assert_int_equal(take(&s, CUSTOMER "}" OUTCOME, purchases, NULL), LC_OK);
    assert_int_equal(a->rows, 11);
    assert_int_equal(a->used, 6);
    assert_int_equal(a->later, 2);
    assert_int_equal(a->undated, 1);
    assert_int_equal(a->other, 1);
    assert_int_equal(a->left_out, 1);
    assert_int_equal(a->used + a->later + a->undated + a->other + a->left_out, a->rows);
}

static void the_cohort_takes_the_reference_day_for_the_decision(void **state)
{
    struct lc_cohort c;
    struct study s;

    (void)state;
    assert_int_equal(take(&s, CUSTOMER "}" OUTCOME, purchases, NULL), LC_OK);
    s.spec.window_days = 30;
    assert_int_equal(lc_cohort_build(&s.table, &s.spec, &arena, &c, &err), LC_OK);
    assert_int_equal(c.as_of, lc_day_of(2026, 1, 31));
    assert_int_equal(c.n, 3); /* k5 is looked at in 2027 */
    assert_int_equal(c.account.after_as_of, 1);
    assert_int_equal(c.n_won, 1); /* after 23 days */
    s.spec.window_days = 22;
    assert_int_equal(lc_cohort_build(&s.table, &s.spec, &arena, &c, &err), LC_OK);
    assert_int_equal(c.n_won, 0);
    assert_int_equal(c.account.won_late, 1);
}

static void a_day_or_a_quarter_may_be_the_reference(void **state)
{
    static const char *const quarter[] = {"2024-04-01", "2024-04-01", "2024-04-01",
                                          "2026-04-01"};
    struct study s;

    (void)state;
    assert_int_equal(
        take(&s, CUSTOMER ", \"reference\": \"quarter\"}" OUTCOME, purchases, NULL), LC_OK);
    assert_cells(&s, LC_UNIT_DECIDED, quarter);
    assert_int_equal(
        take(&s, CUSTOMER ", \"reference\": \"2024-02-15\"}" OUTCOME, purchases, NULL), LC_OK);
    assert_int_equal(s.table.n, 2); /* k1 and k2 were customers by then */
    assert_string_equal(cell(&s, LC_UNIT_BOUGHT, 0), "2024-06-01");
    assert_int_equal(take(&s, CUSTOMER ", \"reference\": 30}" OUTCOME, purchases, NULL), LC_OK);
    assert_string_equal(cell(&s, LC_UNIT_DECIDED, 0), "2024-02-09");
}

/* Visits are of the customer, so each counts once whatever it bought. */
static void events_of_a_customer_count_once(void **state)
{
    static const char spec[] =
        "{\"leadcal_spec\": 1, \"unit\": {\"of\": \"customer\", \"key\": \"who\", "
        "\"purchased\": \"on\"}, \"files\": [{\"name\": \"bought\"}, {\"name\": \"web\", "
        "\"key\": \"who\", \"join\": \"who\", \"events\": {\"time\": \"at\", \"type\": "
        "\"type\"}}]" OUTCOME;
    static const char events[] = "who,at,type\n"
                                 "k1,2023-12-01,pricing page\n"
                                 "k1,2025-01-08,pricing page\n"
                                 "k1,2025-01-10,pricing page\n";
    struct study s;

    (void)state;
    assert_int_equal(take(&s, spec, purchases, events), LC_OK);
    assert_string_equal(cell(&s, "web.pricing_count", 0), "2");
    assert_string_equal(cell(&s, "web.pricing_days", 0), "1");
}

static void what_cannot_be_of_customers_is_refused(void **state)
{
    struct study s;

    (void)state;
    assert_int_equal(
        take(&s, CUSTOMER ", \"reference\": \"2020-01-01\"}" OUTCOME, purchases, NULL),
        LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "nobody had bought anything"));
    assert_int_equal(
        take(&s, CUSTOMER ", \"reference\": \"2026-02-01\"}" OUTCOME, purchases, NULL),
        LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "nobody has bought again"));
    assert_int_equal(take(&s, CUSTOMER ", \"reference\": \"soon\"}" OUTCOME, purchases, NULL),
                     LC_EMISMATCH);
    assert_non_null(strstr(err.text, "\"anniversary\""));
    assert_int_equal(
        take(&s,
             "{\"leadcal_spec\": 1, \"unit\": {\"of\": \"customer\", \"key\": "
             "\"who\", \"purchased\": \"on\", \"further\": \"other product\"}" OUTCOME,
             purchases, NULL),
        LC_EMISMATCH);
    assert_non_null(strstr(err.text, "\"product\""));
}

/* ---- opportunities ---- */

static const char deals[] = "id,source,in,demo,stage,closed\n"
                            "1,Web,2025-01-01,2025-01-11,Won,2025-01-21\n"
                            "2,Web,2025-01-02,,Lost,2025-01-05\n"
                            "3,Fair,2025-01-03,2025-01-05,Lost,2025-02-05\n"
                            "4,Fair,2025-03-01,2025-03-06,Open,\n";

#define DEALS                                                                         \
    "\"outcome\": {\"column\": \"stage\", \"won\": [\"Won\"], \"lost\": [\"Lost\"], " \
    "\"open\": [\"Open\"]}, \"dates\": {\"entered\": \"in\", \"closed\": \"closed\"}}"

static void an_opportunity_is_decided_when_it_enters_the_stage(void **state)
{
    static const char *const id[] = {"1", "3", "4"};
    static const char *const age[] = {"10", "2", "5"};
    struct lc_cohort c;
    struct study s;

    (void)state;
    assert_int_equal(take(&s,
                          "{\"leadcal_spec\": 1, \"unit\": {\"of\": \"opportunity\", "
                          "\"stage\": \"Demo\", \"stages\": [{\"stage\": \"Demo\", "
                          "\"entered\": \"demo\"}]}, " DEALS,
                          deals, NULL),
                     LC_OK);
    assert_int_equal(s.account.rows, 4);
    assert_int_equal(s.account.used, 3);
    assert_int_equal(s.account.other, 1);
    assert_cells(&s, "id", id);
    assert_cells(&s, "days before Demo", age);
    assert_string_equal(s.spec.date.handed_over, "demo");
    s.spec.window_days = 10;
    assert_int_equal(lc_cohort_build(&s.table, &s.spec, &arena, &c, &err), LC_OK);
    assert_int_equal(c.n, 2);
    assert_int_equal(c.n_won, 1);
    assert_int_equal(c.as_of,
                     lc_day_of(2025, 3, 6)); /* entering a stage is a day of the export */
}

static void a_stage_without_a_column_is_refused(void **state)
{
    struct study s;

    (void)state;
    assert_int_equal(take(&s,
                          "{\"leadcal_spec\": 1, \"unit\": {\"of\": \"opportunity\", "
                          "\"stage\": \"Trial\"}, " DEALS,
                          deals, NULL),
                     LC_EMISMATCH);
    assert_non_null(strstr(err.text, "no column tells when stage 'Trial' was entered"));
    assert_int_equal(take(&s,
                          "{\"leadcal_spec\": 1, \"unit\": {\"of\": \"opportunity\", "
                          "\"stage\": \"Trial\", \"stages\": [{\"stage\": \"Demo\", "
                          "\"entered\": \"demo\"}]}, " DEALS,
                          deals, NULL),
                     LC_EMISMATCH);
    assert_non_null(strstr(err.text, "lacks 'Trial'"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_customer_is_as_of_its_anniversary),
        cmocka_unit_test(cross_selling_is_a_product_not_owned),
        cmocka_unit_test(the_account_of_purchases_adds_up),
        cmocka_unit_test(the_cohort_takes_the_reference_day_for_the_decision),
        cmocka_unit_test(a_day_or_a_quarter_may_be_the_reference),
        cmocka_unit_test(events_of_a_customer_count_once),
        cmocka_unit_test(what_cannot_be_of_customers_is_refused),
        cmocka_unit_test(an_opportunity_is_decided_when_it_enters_the_stage),
        cmocka_unit_test(a_stage_without_a_column_is_refused),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
