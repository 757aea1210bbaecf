#include "test.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "leadcal/model_file.h"
#include "simulated.h"

static struct lc_arena arena;
static struct lc_model model;
static char path[] = "/tmp/leadcal-model-XXXXXX";

/* A model of three attributes, one of them in bins, with a metric that has no interval. */
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
    struct simulated *s;
    struct lc_fit *fit;
    struct lc_err err;
    int fd;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    s = simulate(2385, &arena);
    simulated_cohort(s, &arena);
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
    char *text = NULL;
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

/* What is wrong with a file, the code, and a word of the sentence. */
static void each_wrong_file_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *from, *to;
        enum lc_rc rc;
        const char *says;
    } wrong[] = {
        {"\"leadcal_model\": 1,", "\"leadcal_model\": 2,", LC_EMISMATCH, "form 2"},
        {"\"leadcal_model\": 1,", "", LC_EMISMATCH, "no model file"},
        {"\"leadcal_model\": 1,", "\"leadcal_model\": 1, \"leadcal_model\": 1,", LC_EFORMAT,
         "leadcal_model"},
        {"\"intercept\"", "\"intersept\"", LC_EFORMAT, "'intercept'"},
        {"\"intercept\": ", "\"intercept\": \"x\", \"unused\": ", LC_EFORMAT, "unused"},
        {"\"method\": \"logistic\"", "\"method\": 7", LC_EMISMATCH, "method"},
        {"\"role\": \"profile\"", "\"role\": \"profil\"", LC_EMISMATCH, "'profile'"},
        {"\"per_doubling\": 10", "\"per_doubling\": 20", LC_EMISMATCH, "only 10"},
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
        {"\"points\": -", "\"points\": -9999999", LC_EMISMATCH, "no level has more"},
        {"\"mean\": [", "\"mean\": [0, ", LC_EMISMATCH, "the intercept and the levels are"},
        {"\"sla_hours\": 24", "\"sla_hours\": 1e15", LC_EMISMATCH, "whole number"},
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
        cmocka_unit_test(every_number_comes_back_bit_for_bit),
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
