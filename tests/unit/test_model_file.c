#include "test.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "leadcal/agreement.h"
#include "leadcal/io.h"
#include "leadcal/model_file.h"
#include "simulated.h"

static struct lc_arena arena;
static struct lc_model model;
static char path[] = "/tmp/leadcal-model-XXXXXX";

/* Two quarters' curves, and a comparison over two of them, one without an interval. */
static const double curve[2][LC_DRIFTS] = {{0, 0.0315578735, 0.0627881069, -1.5},
                                           {0, -0.1, -2.385}};
static const struct lc_drift_quarter drift_quarter[] = {{20361, 2385, 97, curve[0]},
                                                        {20453, 1717, 71, curve[1]}};
static const struct lc_champion_quarter champion_quarter[] = {
    {20270, 20360, 41, 0.0385, -0.0125, 0.0895}, {20361, 20452, 37, -0.01, LC_NAN, LC_NAN}};
static const char sha[] = "2385b0d1e7a6c54f3928170695e4d3c2b1a0f9e8d7c6b5a493827160594e3d2c";
static const struct lc_model_prior carried = {"last \"quarter\".json", sha, 0.0717, 0, LC_NAN,
                                              drift_quarter,           2};
static const struct lc_champion compared = {.name = "current.json",
                                            .sha256 = sha,
                                            .gain = 0.0285,
                                            .low = -0.0125,
                                            .high = 0.0695,
                                            .won = 78,
                                            .weeks = 26.0714285714,
                                            .chance = 0.2385,
                                            .slope = LC_NAN,
                                            .quarter = champion_quarter,
                                            .n_quarters = 2};

/* A model of three attributes, one of them in bins, with a metric that has no interval; it began from a
 * prior, and was compared with the one in use. */
static int set_up(void **state)
{
    static const struct lc_fit_options options = {.prior_sd = LC_PRIOR_SD};
    static const struct lc_column_note excluded[] = {{"stage", "the outcome, \"as it is\"\n"}};
    static const struct lc_metric metric[] = {{"logistic", "test", "auc", 0.71, 0.66, 0.76},
                                              {"none", "test", "auc", 0.5, LC_NAN, LC_NAN}};
    static const size_t column[] = {INDUSTRY, STAFF, VISITS};
    static const struct lc_spec_attribute *given[3];
    struct lc_model_recipe recipe = {.column = column,
                                     .excluded = excluded,
                                     .n_excluded = 1,
                                     .metric = metric,
                                     .n_metrics = 2};
    static const struct lc_spec_cell cell[] = {{"A1", "phone", "ring twice", 4}};
    static const struct lc_spec_owner owner[] = {{"sales", "regional \"lead\""}};
    struct simulated *s;
    struct lc_fit *fit;
    struct lc_err err;
    int fd;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    s = simulate(2385, &arena);
    simulated_cohort(s, &arena);
    s->spec.agreement.cell = cell;
    s->spec.agreement.n_cells = 1;
    s->spec.agreement.owner = owner;
    s->spec.agreement.n_owners = 1;
    s->spec.agreement.approved_by = "the board";
    s->spec.agreement.effective_from = lc_day_of(2026, 4, 1);
    given[2] = &s->spec.attribute[0];
    fit = LC_NEW(&arena, 1, struct lc_fit);
    if (lc_fit_leads(&s->table, s->cohort.row, s->cohort.y, s->cohort.n, column, given, 3,
                     &options, NULL, &arena, fit, &err))
        return -1;
    recipe.table = &s->table;
    recipe.spec = &s->spec;
    recipe.cohort = &s->cohort;
    recipe.fit = fit;
    lc_grades_init(&recipe.grades);
    if (lc_model_build(&recipe, &arena, &model, &err))
        return -1;
    model.prior = carried;
    model.champion = compared;
    fd = mkstemp(path);
    return fd < 0 ? -1 : close(fd);
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return unlink(path);
}

/* The model as text; from the heap. */
static char *written(const struct lc_model *m)
{
    /* Static: gcc 12 takes what is found in it for a pointer to a local variable. */
    static char *text;
    struct lc_err err;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);

    assert_non_null(to);
    assert_int_equal(lc_model_write(m, to, &err), LC_OK);
    assert_int_equal(fclose(to), 0);
    return text;
}

static void put_file(const char *text)
{
    FILE *to = fopen(path, "wb");

    assert_non_null(to);
    assert_true(fputs(text, to) >= 0);
    assert_int_equal(fclose(to), 0);
}

/* The text with its first `from` replaced by `to`; from the heap. */
static char *changed(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    char *copy;

    assert_non_null(at);
    copy = malloc(strlen(text) + strlen(to) + 1);
    assert_non_null(copy);
    (void)snprintf(copy, strlen(text) + strlen(to) + 1, "%.*s%s%s", (int)(at - text), text, to,
                   at + strlen(from));
    return copy;
}

static void what_was_read_is_written_again_byte_for_byte(void **state)
{
    char *first = written(&model), *second;
    struct lc_model read;
    struct lc_err err;

    (void)state;
    put_file(first);
    assert_int_equal(lc_model_read(path, &arena, &read, &err), LC_OK);
    second = written(&read);
    assert_string_equal(first, second);
    free(first);
    free(second);
}

/* The first level holds two texts; every text finds its level again, and the second file is the first. */
static void the_texts_of_a_merged_level_come_back(void **state)
{
    struct lc_model m = model, read;
    struct lc_card_attribute attribute[3];
    struct lc_attribute_value value[8];
    const struct lc_attribute *old = &model.card.attribute[0].attribute;
    char *first, *second;
    struct lc_err err;

    (void)state;
    memcpy(attribute, model.card.attribute, sizeof attribute);
    m.card.attribute = attribute;
    attribute[0].attribute.value = value;
    for (uint32_t v = 0; v < old->n_levels; v++)
        value[v + (v > 0)] = (struct lc_attribute_value){old->level[v], v};
    value[1] = (struct lc_attribute_value){"Bank, \"new\"", 0};
    attribute[0].attribute.n_values = old->n_levels + 1;
    first = written(&m);
    assert_non_null(strstr(first, "\"values\": [\"Banking\", \"Bank, \\\"new\\\"\"]"));
    put_file(first);
    assert_int_equal(lc_model_read(path, &arena, &read, &err), LC_OK);
    old = &read.card.attribute[0].attribute;
    assert_int_equal(lc_attribute_level(old, lc_slice_of("Bank, \"new\"")), 0);
    assert_int_equal(lc_attribute_level(old, lc_slice_of("Banking")), 0);
    assert_int_equal(lc_attribute_level(old, lc_slice_of(old->level[1])), 1);
    assert_int_equal(lc_attribute_level(old, lc_slice_of("")), old->missing);
    assert_int_equal(lc_attribute_level(old, lc_slice_of("Bank")), old->n_levels);
    assert_null(read.card.attribute[1].attribute.value);
    second = written(&read);
    assert_string_equal(first, second);
    free(first);
    free(second);
}

static void every_number_comes_back_bit_for_bit(void **state)
{
    char *text = written(&model);
    struct lc_model read;
    struct lc_err err;

    (void)state;
    put_file(text);
    free(text);
    assert_int_equal(lc_model_read(path, &arena, &read, &err), LC_OK);
    assert_memory_equal(&read.card.intercept, &model.card.intercept, sizeof(double));
    assert_int_equal(read.k_posterior, model.k_posterior);
    assert_memory_equal(read.posterior_mean, model.posterior_mean,
                        model.k_posterior * sizeof(double));
    assert_memory_equal(read.posterior_cov, model.posterior_cov,
                        model.k_posterior * model.k_posterior * sizeof(double));
    assert_int_equal(read.card.k, model.card.k);
    for (size_t j = 0; j < model.card.k; j++) {
        const struct lc_card_attribute *a = &model.card.attribute[j];
        const struct lc_card_attribute *b = &read.card.attribute[j];

        assert_int_equal(a->attribute.n_levels, b->attribute.n_levels);
        assert_int_equal(a->attribute.missing, b->attribute.missing);
        assert_int_equal(a->attribute.role, b->attribute.role);
        assert_int_equal(a->attribute.n_cuts, b->attribute.n_cuts);
        assert_memory_equal(a->value, b->value, (a->attribute.n_levels + 1) * sizeof(double));
        assert_memory_equal(a->points, b->points, (a->attribute.n_levels + 1) * sizeof(double));
        assert_memory_equal(model.std_error[j], read.std_error[j],
                            a->attribute.n_levels * sizeof(double));
    }
    assert_memory_equal(&read.grades.letter.cut, &model.grades.letter.cut,
                        sizeof model.grades.letter.cut);
    assert_true(isnan(read.metric[1].low));
    assert_string_equal(read.excluded[0].reason, "the outcome, \"as it is\"\n");
    assert_int_equal(read.boundary.as_of, model.boundary.as_of);
    assert_int_equal(read.boundary.window_days, model.boundary.window_days);
}

static void the_agreement_comes_back_whole(void **state)
{
    char *text = written(&model);
    const struct lc_spec_cell *first;
    struct lc_model read;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_model_parse("m.json", lc_slice_of(text), &arena, &read, &err), LC_OK);
    free(text);
    assert_string_equal(read.agreement.definition,
                        "a lead in a hand-over cell: A1, A2, A3, B1, B2, B3");
    assert_int_equal(read.agreement.hand_over.n, 6);
    assert_int_equal(read.agreement.n_cells, 16);
    first = lc_agreement_cell(&read.agreement, "A1");
    assert_string_equal(first->lane, "phone");
    assert_string_equal(first->action, "ring twice");
    assert_int_equal(first->sla_hours, 4);
    assert_int_equal(read.cell[0].sla_hours, 4);
    assert_string_equal(read.agreement.owner[0].of, "sales");
    assert_string_equal(read.agreement.owner[0].name, "regional \"lead\"");
    assert_string_equal(read.agreement.approved_by, "the board");
    assert_int_equal(read.agreement.effective_from, lc_day_of(2026, 4, 1));
    assert_int_equal(read.agreement.next_review, LC_NO_DAY);
    assert_int_equal(read.by_expected.n, model.by_expected.n);
    assert_string_equal(read.by_expected.text[0], "A1");
    assert_int_equal(read.disagreements.n, model.disagreements.n);
}

static void what_a_model_began_from_and_was_compared_with_comes_back_bit_for_bit(void **state)
{
    char *text = written(&model);
    struct lc_model read;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_model_parse("m.json", lc_slice_of(text), &arena, &read, &err), LC_OK);
    free(text);
    assert_string_equal(read.prior.name, carried.name);
    assert_string_equal(read.prior.sha256, sha);
    assert_close(read.prior.q, 0.0717, 0);
    assert_true(isnan(read.prior.high));
    assert_int_equal(read.prior.n_quarters, 2);
    assert_int_equal(read.prior.quarter[1].as_of, 20453);
    assert_close(read.prior.quarter[1].won, 71, 0);
    for (size_t q = 0; q < 2; q++)
        assert_memory_equal(read.prior.quarter[q].curve, curve[q], sizeof curve[q]);
    assert_string_equal(read.champion.name, compared.name);
    assert_string_equal(read.champion.sha256, sha);
    assert_null(read.champion.why);
    assert_close(read.champion.low, compared.low, 0);
    assert_close(read.champion.weeks, compared.weeks, 0);
    assert_true(isnan(read.champion.slope));
    assert_int_equal(read.champion.n_quarters, 2);
    assert_int_equal(read.champion.quarter[0].last, 20360);
    assert_close(read.champion.quarter[1].gain, -0.01, 0);
    assert_true(isnan(read.champion.quarter[1].high));
}

static void a_model_without_prior_and_champion_says_so(void **state)
{
    struct lc_model alone = model, read;
    struct lc_err err;
    char *text;

    (void)state;
    alone.prior = (struct lc_model_prior){.name = NULL};
    alone.champion = (struct lc_champion){.name = NULL};
    text = written(&alone);
    assert_non_null(strstr(text, "\"prior\": null"));
    assert_non_null(strstr(text, "\"champion\": null"));
    assert_int_equal(lc_model_parse("m.json", lc_slice_of(text), &arena, &read, &err), LC_OK);
    free(text);
    assert_null(read.prior.name);
    assert_null(read.champion.name);
}

/* So is this one, of a leadcal that knew form 2. */
static void a_file_of_form_2_began_from_no_prior(void **state)
{
    struct lc_model read;
    struct lc_slice text;
    struct lc_err err;
    char *again;

    (void)state;
    assert_int_equal(
        lc_read_file("tests/fuzz/fuzz_model_file.seeds/agreed", 1 << 20, &arena, &text, &err),
        LC_OK);
    assert_non_null(strstr(text.p, "\"leadcal_model\": 2,"));
    if (lc_model_parse("m.json", text, &arena, &read, &err))
        fail_msg("%s", err.text);
    assert_null(read.prior.name);
    assert_null(read.champion.name);
    assert_false(read.boundary.open_leads);
    again = written(&read);
    assert_non_null(strstr(again, "\"leadcal_model\": 3,"));
    free(again);
}

/* The seed of the fuzzer is a file that leadcal wrote when it knew form 1 alone. */
static void a_file_of_form_1_is_read_and_gets_the_agreement_that_it_went_by(void **state)
{
    struct lc_model read, again;
    struct lc_slice text;
    struct lc_err err;
    char *first, *second;

    (void)state;
    assert_int_equal(
        lc_read_file("tests/fuzz/fuzz_model_file.seeds/fitted", 1 << 20, &arena, &text, &err),
        LC_OK);
    assert_non_null(strstr(text.p, "\"leadcal_model\": 1,"));
    assert_null(strstr(text.p, "agreement"));
    if (lc_model_parse("m.json", text, &arena, &read, &err))
        fail_msg("%s", err.text);
    assert_int_equal(read.schema, LC_MODEL_SCHEMA);
    assert_int_equal(read.agreement.n_cells, 16);
    assert_string_equal(lc_agreement_cell(&read.agreement, "A1")->lane, "sales now");
    assert_string_equal(read.cell[0].action, "call within 24 hours");
    assert_int_equal(read.agreement.hand_over.n, 6);
    first = written(&read);
    assert_int_equal(lc_model_parse("m.json", lc_slice_of(first), &arena, &again, &err), LC_OK);
    second = written(&again);
    assert_string_equal(first, second);
    free(first);
    free(second);
}

/* What is wrong with a file, the code, and a word of the sentence. */
static void each_wrong_file_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *from, *to;
        enum lc_rc rc;
        const char *says;
    } wrong[] = {
        {"\"leadcal_model\": 3,", "\"leadcal_model\": 5,", LC_EMISMATCH, "form 5"},
        {"\"leadcal_model\": 3,", "\"leadcal_model\": 2,", LC_EFORMAT, "unknown key 'prior'"},
        {"\"leadcal_model\": 3,", "\"leadcal_model\": 1,", LC_EFORMAT, "'agreement'"},
        {"\"leadcal_model\": 3,", "", LC_EMISMATCH, "no model file"},
        {"\"leadcal_model\": 3,", "\"leadcal_model\": 3, \"leadcal_model\": 3,", LC_EFORMAT,
         "leadcal_model"},
        {"\"grid\": [0, 0.01, ", "\"grid\": [0, 0.02, ", LC_EMISMATCH,
         "another grid of drifts"},
        {"\"log_likelihood\": [", "\"log_likelihood\": [0, ", LC_EMISMATCH,
         "17 numbers where 16"},
        {"\"gain\": 0.0285", "\"gain\": null", LC_EMISMATCH, "needs a gain, or why"},
        {"\"open_leads\": false", "\"open_leads\": 0", LC_EMISMATCH, "open_leads"},
        {"\"hand_over\": [", "\"hand_over\": [\"E1\", ", LC_EMISMATCH, "'E1' is no cell"},
        {"\"lane\": \"phone\"", "\"lane\": 7", LC_EMISMATCH, "agreement.cells[0].lane"},
        {"\"lane\": \"phone\", \"action\": \"ring twice\"",
         "\"lane\": \"phone\", \"action\": \"write\"", LC_EMISMATCH, "another clock or action"},
        {"\"ring twice\", \"sla_hours\": 4", "\"ring twice\", \"sla_hours\": 5", LC_EMISMATCH,
         "another clock or action than the cell A1"},
        {"{\"grade\": \"A2\", \"lane\"", "{\"grade\": \"A1\", \"lane\"", LC_EMISMATCH,
         "agreement.cells[1]"},
        {"{\"of\": \"sales\", \"name\"", "{\"name\"", LC_EMISMATCH, "\"of\" is missing"},
        {"\"effective_from\": \"2026-04-01\"", "\"effective_from\": \"1.4.2026\"", LC_EMISMATCH,
         "a date such as"},
        {"\"by_expected\": [", "\"by_expected\": [\"A\", ", LC_EMISMATCH, "'A' is no cell"},
        {"\"disagreements\": ", "\"disagreements\": [3], \"x\": ", LC_EFORMAT, "'x'"},
        {"{\"grade\": \"A2\", \"leads\"", "{\"grade\": \"A3\", \"leads\"", LC_EMISMATCH,
         "A2 belongs here"},
        {"\"intercept\"", "\"intersept\"", LC_EFORMAT, "'intercept'"},
        {"\"intercept\": ", "\"intercept\": \"x\", \"unused\": ", LC_EFORMAT, "unused"},
        {"\"method\": \"logistic\"", "\"method\": 7", LC_EMISMATCH, "method"},
        {"\"role\": \"profile\"", "\"role\": \"profil\"", LC_EMISMATCH, "'profile'"},
        {"\"per_doubling\": 10", "\"per_doubling\": 0", LC_EMISMATCH, "over 0"},
        {"\"covariance\": [", "\"covariance\": [ [1],", LC_EMISMATCH, "covariance"},
        {"\"shares\": [", "\"shares\": [0.5, ", LC_EMISMATCH, "5 numbers where 4"},
        {"\"points\": ", "\"points\": [], \"points\": ", LC_EFORMAT, "points"},
        {"\"verification\": [", "\"verification\": [ 3, ", LC_EMISMATCH, "verification[0]"},
        {"{", "{ trailing", LC_EFORMAT, ":1:"},
        {"\"missing\": \"average\"", "\"missing\": \"level\"", LC_EMISMATCH,
         "3 bins between 3 cuts"},
        {"\"kind\": \"bins\",\n      \"cuts\": [", "\"kind\": \"bins\",\n      \"cuts\": [-7, ",
         LC_EMISMATCH, "bins between"},
        {"\"kind\": \"bins\",\n      \"cuts\": [",
         "\"kind\": \"bins\",\n      \"cuts\": [1e9, ", LC_EMISMATCH, "do not rise"},
        {"\"column\": \"visits\"", "\"column\": \"industry\"", LC_EMISMATCH,
         "is an attribute already"},
        {"\"n\": ", "\"n\": null, \"x\": ", LC_EFORMAT, "unknown key 'x'"},
        {"\"level\": \"(-inf,", "\"values\": [\"7\"], \"level\": \"(-inf,", LC_EMISMATCH,
         "values in levels that are bins"},
        {"\"level\": \"Banking\",", "\"level\": \"Banking\", \"values\": 3,", LC_EMISMATCH,
         "attributes[0].levels[0].values"},
        {"\"points\": -", "\"points\": -9999999", LC_EMISMATCH, "no level has more"},
        {"\"mean\": [", "\"mean\": [0, ", LC_EMISMATCH, "the intercept and the levels are"},
        {"\"sla_hours\": 48", "\"sla_hours\": 1e15", LC_EMISMATCH, "whole number"},
        {"\"grade\": \"A1\"", "\"grade\": \"A1B\"", LC_EMISMATCH, "a grade such as A1"},
        {"\"window_days\": ", "\"window_days\": 99999", LC_EMISMATCH, "whole number"},
        {"\"as_of\": \"2", "\"as_of\": \"x2", LC_EMISMATCH, "a date such as"},
        {"\"cuts\": [", "\"cuts\": {", LC_EFORMAT, "needs a key"},
    };
    char *text = written(&model);

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char *bad = changed(text, wrong[i].from, wrong[i].to);
        struct lc_model read;
        struct lc_err err = {.text = ""};
        enum lc_rc rc;

        put_file(bad);
        free(bad);
        rc = lc_model_read(path, &arena, &read, &err);
        if (rc != wrong[i].rc || !strstr(err.text, wrong[i].says) || !strstr(err.text, path))
            fail_msg("%s -> %s: code %d, '%s'", wrong[i].from, wrong[i].to, (int)rc, err.text);
    }
    free(text);
}

/* A coefficient changed by hand: the verification rows tell. */
static void a_changed_weight_is_found_by_the_verification_rows(void **state)
{
    char *text = written(&model),
         *bad = changed(text, "\"coefficient\": ", "\"coefficient\": 1");
    struct lc_model read;
    struct lc_err err;

    (void)state;
    put_file(bad);
    assert_int_equal(lc_model_read(path, &arena, &read, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "verification row"));
    free(bad);
    free(text);
}

/* Each key in turn is given another name. */
static void no_key_can_be_left_out(void **state)
{
    char *text = written(&model);
    size_t keys = 0;

    (void)state;
    for (char *p = strstr(text, "\": "); p; p = strstr(p + 1, "\": ")) {
        const char before = p[-1];
        struct lc_arena small;
        struct lc_model read;
        struct lc_err err;

        p[-1] = '~';
        lc_arena_init(&small, LC_ARENA_NO_LIMIT);
        if (lc_model_parse("m.json", lc_slice_of(text), &small, &read, &err) == LC_OK)
            fail_msg("a key that ends in %c may be misspelt: %.40s", before, p);
        lc_arena_release(&small);
        p[-1] = before;
        keys++;
    }
    assert_true(keys > 150);
    free(text);
}

static void a_cut_off_file_is_refused_wherever_it_ends(void **state)
{
    char *text = written(&model);

    (void)state;
    for (size_t n = strlen(text) - 2; n > 0; n -= n > 97 ? 97 : n) {
        struct lc_arena small;
        struct lc_model read;
        struct lc_err err;

        lc_arena_init(&small, LC_ARENA_NO_LIMIT);
        assert_int_equal(
            lc_model_parse("m.json", (struct lc_slice){text, n}, &small, &read, &err),
            LC_EFORMAT);
        lc_arena_release(&small);
    }
    free(text);
}

static void points_for_values_never_seen_have_no_form_in_the_file(void **state)
{
    const size_t n = model.card.attribute[0].attribute.n_levels;
    struct lc_card_attribute one = model.card.attribute[0];
    double *points = calloc(n + 1, sizeof *points);
    FILE *to = tmpfile();
    struct lc_model bad = model;
    struct lc_err err;

    (void)state;
    assert_non_null(to);
    assert_non_null(points);
    points[n] = 1;
    one.points = points;
    bad.card.attribute = &one;
    bad.card.k = 1;
    assert_int_equal(lc_model_write(&bad, to, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "values never seen"));
    (void)fclose(to);
    free(points);
}

static void a_full_disk_is_an_error(void **state)
{
    FILE *full = fopen("/dev/full", "wb");
    struct lc_err err;

    (void)state;
    if (!full) {
        print_message("skipped: %s: /dev/full is not there\n", __func__);
        skip();
    }
    assert_int_equal(lc_model_write(&model, full, &err), LC_EIO);
    (void)fclose(full);
}

static void an_infinite_number_never_enters_a_file(void **state)
{
    struct lc_model bad = model;
    struct lc_err err;
    FILE *to = tmpfile();

    (void)state;
    assert_non_null(to);
    bad.card.intercept = HUGE_VAL;
    assert_int_equal(lc_model_write(&bad, to, &err), LC_EDEGENERATE);
    (void)fclose(to);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    char *text = written(&model);
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    put_file(text);
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 1024, refused++) {
        struct lc_arena small;
        struct lc_model read;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_model_read(path, &small, &read, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_read_is_written_again_byte_for_byte),
        cmocka_unit_test(the_texts_of_a_merged_level_come_back),
        cmocka_unit_test(every_number_comes_back_bit_for_bit),
        cmocka_unit_test(the_agreement_comes_back_whole),
        cmocka_unit_test(what_a_model_began_from_and_was_compared_with_comes_back_bit_for_bit),
        cmocka_unit_test(a_model_without_prior_and_champion_says_so),
        cmocka_unit_test(a_file_of_form_2_began_from_no_prior),
        cmocka_unit_test(a_file_of_form_1_is_read_and_gets_the_agreement_that_it_went_by),
        cmocka_unit_test(each_wrong_file_is_refused_with_its_place),
        cmocka_unit_test(a_changed_weight_is_found_by_the_verification_rows),
        cmocka_unit_test(no_key_can_be_left_out),
        cmocka_unit_test(a_cut_off_file_is_refused_wherever_it_ends),
        cmocka_unit_test(points_for_values_never_seen_have_no_form_in_the_file),
        cmocka_unit_test(a_full_disk_is_an_error),
        cmocka_unit_test(an_infinite_number_never_enters_a_file),
        cmocka_unit_test(every_way_to_run_out_of_memory_is_survived),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
