#include "test.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/out/simulate_internal.h"
#include "leadcal/free_mail.h"
#include "leadcal/hash.h"
#include "leadcal/junk.h"
#include "leadcal/simulate.h"

#define MOST_FIELDS 32
#define MOST_LEVELS 256
#define FIELD       80

struct text {
    char *bytes;
    size_t n;
};

static struct text simulate(uint64_t rows, uint64_t seed)
{
    struct text text = {NULL, 0};
    struct lc_err err;
    FILE *to = open_memstream(&text.bytes, &text.n);

    assert_non_null(to);
    assert_int_equal(lc_simulate(rows, seed, false, false, to, &err), LC_OK);
    assert_int_equal(fclose(to), 0);
    return text;
}

static struct text truth(void)
{
    struct text text = {NULL, 0};
    struct lc_err err;
    FILE *to = open_memstream(&text.bytes, &text.n);

    assert_non_null(to);
    assert_int_equal(lc_simulate_truth(false, false, to, &err), LC_OK);
    assert_int_equal(fclose(to), 0);
    return text;
}

static void assert_sha256(uint64_t rows, uint64_t seed, const char *want)
{
    char got[LC_SHA256_TEXT];
    const struct text text = simulate(rows, seed);

    lc_sha256_text(text.bytes, text.n, got);
    assert_string_equal(got, want);
    free(text.bytes);
}

/* The sums are those of the files that the generator of the project's benchmarks writes: a
 * program of its own, from which this one was ported. */
static void the_bytes_are_those_of_the_generator_it_was_ported_from(void **state)
{
    (void)state;
    assert_sha256(1000, 1, "8dacd31893b5e4b987ccb52038709e64ea01a93726bdc3dba36e7a3a8879cf80");
    assert_sha256(50000, 7, "5a4b578657a83666882eb6c664186e08bb35e25d3e016879f173327b9be43068");
}

static void a_shorter_file_is_the_beginning_of_a_longer_one(void **state)
{
    const struct text shorter = simulate(777, 31), longer = simulate(9000, 31);

    (void)state;
    assert_true(longer.n > BUFSIZ && shorter.n < longer.n);
    assert_memory_equal(shorter.bytes, longer.bytes, shorter.n);
    free(shorter.bytes);
    free(longer.bytes);
}

static void another_seed_is_another_file(void **state)
{
    const struct text one = simulate(10, 1), two = simulate(10, 2);

    (void)state;
    assert_string_not_equal(one.bytes, two.bytes);
    free(one.bytes);
    free(two.bytes);
}

static void no_rows_are_a_header_of_22_columns(void **state)
{
    const struct text text = simulate(0, 5);
    size_t commas = 0;

    (void)state;
    for (size_t i = 0; i < text.n; i++)
        commas += text.bytes[i] == ',';
    assert_int_equal(commas, 21);
    assert_true(strchr(text.bytes, '\n') == text.bytes + text.n - 1);
    free(text.bytes);
}

/* Splits one line; returns what follows it. The test's own reader of CSV: short and strict. */
static const char *split(const char *p, char field[][FIELD], size_t *n)
{
    *n = 0;
    for (;; p++) {
        const bool quoted = *p == '"';
        size_t length = 0;

        assert_true(*n < MOST_FIELDS);
        for (p += quoted; quoted ? *p != '"' || p[1] == '"' : *p != ',' && *p != '\n'; p++) {
            p += quoted && *p == '"';
            assert_true(length + 1 < FIELD);
            field[*n][length++] = *p;
        }
        p += quoted;
        field[(*n)++][length] = 0;
        if (*p == '\n')
            return p + 1;
        assert_int_equal(*p, ',');
    }
}

struct effect {
    char attribute[FIELD], level[FIELD];
    double coefficient;
};

static size_t read_truth(struct effect *effect)
{
    static char field[MOST_FIELDS][FIELD];
    const struct text text = truth();
    const char *p = text.bytes;
    size_t n = 0, fields;

    p = split(p, field, &fields);
    assert_string_equal(field[2], "coefficient");
    for (; *p; n++) {
        assert_true(n < MOST_LEVELS);
        p = split(p, field, &fields);
        assert_int_equal(fields, 3);
        memcpy(effect[n].attribute, field[0], FIELD);
        memcpy(effect[n].level, field[1], FIELD);
        effect[n].coefficient = strtod(field[2], NULL);
    }
    free(text.bytes);
    return n;
}

/* Does a cell have that level? A bin "(1,4]" has the numbers above 1 up to 4. */
static bool has_level(const char *cell, const char *level)
{
    double low, high, x;

    if (strcmp(level, "(missing)") == 0)
        return cell[0] == 0;
    if (level[0] != '(')
        return strcmp(cell, level) == 0;
    assert_int_equal(sscanf(level, "(%lf,%lf]", &low, &high), 2);
    x = strtod(cell, NULL);
    return low < x && x <= high;
}

static double log_odds(char name[][FIELD], char cell[][FIELD], size_t columns,
                       const struct effect *effect, size_t n)
{
    double sum = 0;
    size_t found = 0;

    for (size_t i = 0; i < n; i++) {
        if (effect[i].attribute[0] == '(')
            sum += effect[i].coefficient;
        for (size_t j = 0; j < columns; j++)
            if (strcmp(name[j], effect[i].attribute) == 0 &&
                has_level(cell[j], effect[i].level)) {
                sum += effect[i].coefficient;
                found++;
            }
    }
    assert_int_equal(found, 14); /* each attribute once: 11 with levels, 3 with bins */
    return sum;
}

/* The file read back and the truth read back, both by this test's own reader: the wins that the
 * coefficients predict, as many as there are, within five standard deviations; and the log-odds
 * carry the outcome, not only its mean (the score test's slope is 1). */
static void the_truth_predicts_the_wins(void **state)
{
    static char name[MOST_FIELDS][FIELD], cell[MOST_FIELDS][FIELD];
    static struct effect effect[MOST_LEVELS];
    const size_t n = read_truth(effect);
    const struct text text = simulate(20000, 11);
    double excess = 0, variance = 0, tilt = 0, tilt_variance = 0;
    size_t columns, rows = 0;
    const char *p = split(text.bytes, name, &columns);

    (void)state;
    assert_int_equal(columns, 22);
    assert_string_equal(name[18], "stage");
    for (; *p; rows++) {
        double eta, prob, won;

        p = split(p, cell, &columns);
        assert_int_equal(columns, 22);
        eta = log_odds(name, cell, columns, effect, n);
        prob = 1 / (1 + exp(-eta));
        won = strcmp(cell[18], "Closed Won") == 0;
        excess += won - prob;
        variance += prob * (1 - prob);
        tilt += (won - prob) * eta;
        tilt_variance += prob * (1 - prob) * eta * eta;
        assert_true(won == (cell[20][0] != 0)); /* an amount where it was won, and only there */
    }
    assert_int_equal(rows, 20000);
    assert_true(fabs(excess) < 5 * sqrt(variance));
    assert_true(fabs(tilt) < 5 * sqrt(tilt_variance));
    assert_true(variance > 500); /* enough wins and losses for the above to mean something */
    free(text.bytes);
}

static void the_truth_has_the_intercept_first_and_no_owner(void **state)
{
    const struct text text = truth();

    (void)state;
    assert_memory_equal(text.bytes, "attribute,level,coefficient\n(intercept),,-3.1\n", 46);
    assert_non_null(strstr(text.bytes, "\ncompany_size,\"501-1,000\",0.5\n"));
    assert_non_null(strstr(text.bytes, "\nindustry,\"Media, Arts \"\"& Design\"\"\",-0.2\n"));
    assert_non_null(strstr(text.bytes, "\ncampaign,\"Roadshow \"\"Next\"\" 2023-Q1\",-0.16\n"));
    assert_non_null(strstr(text.bytes, "\ndays_since_last_touch,\"(180,inf]\",-0.9\n"));
    assert_null(strstr(text.bytes, "\nowner"));
    free(text.bytes);
}

enum { STAGE_AT = 18, COMPANY_AT = 22, DOMAIN_AT, TEST_AT, FREE_AT = 13, COUNTRY_AT = 4 };

static bool is_among(const char *text, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], text) == 0)
            return true;
    return false;
}

/* What is known of the forms, counted in the file; and the file without them is the flat one but for the
 * leads that lose. */
static void forms_are_what_their_truth_says_and_leave_the_rest_as_it_is(void **state)
{
    static char field[MOST_FIELDS][FIELD], plain[MOST_FIELDS][FIELD];
    const size_t rows = 20000;
    const struct text flat = simulate(rows, 77);
    struct text text = {NULL, 0};
    size_t kind[SIM_FORMS] = {0}, lost = 0, junk_won = 0, junk_lost = 0, n;
    const char *p, *q;
    struct lc_err err;
    FILE *to = open_memstream(&text.bytes, &text.n);

    (void)state;
    assert_int_equal(lc_simulate(rows, 77, true, false, to, &err), LC_OK);
    assert_int_equal(fclose(to), 0);
    p = split(text.bytes, field, &n);
    assert_int_equal(n, TEST_AT + 1);
    assert_string_equal(field[DOMAIN_AT], "email_domain");
    q = split(flat.bytes, plain, &n);
    for (size_t i = 0; i < rows; i++) {
        bool is_junk, rival, test, outside, won, was_won;

        p = split(p, field, &n);
        q = split(q, plain, &n);
        is_junk = lc_junk(lc_slice_of(field[COMPANY_AT])) != LC_JUNK_NOT;
        rival = strstr(field[DOMAIN_AT], "rival-") != NULL;
        test = strcmp(field[TEST_AT], "Yes") == 0;
        outside = is_among(field[COUNTRY_AT], sim_outside, SIM_OUTSIDE);
        won = strcmp(field[STAGE_AT], "Closed Won") == 0;
        was_won = strcmp(plain[STAGE_AT], "Closed Won") == 0;

        kind[rival ? SIM_COMPETITOR : is_junk ? SIM_JUNK : test ? SIM_TEST : SIM_GENUINE]++;
        assert_false(won && (!was_won || rival || test || outside));
        assert_true(won == was_won || rival || test || outside || is_junk);
        junk_won += is_junk && !outside && won;
        junk_lost += is_junk && !outside && was_won && !won;
        lost += was_won && !won;
        if (!rival && *field[FREE_AT])
            assert_int_equal(lc_free_mail(lc_slice_of(field[DOMAIN_AT])),
                             strcmp(field[FREE_AT], "Yes") == 0);
        if (won == was_won)
            for (size_t j = 0; j < COMPANY_AT; j++)
                assert_string_equal(field[j], plain[j]);
    }
    for (size_t k = SIM_COMPETITOR; k < SIM_FORMS; k++) { /* within four standard errors */
        const double share = sim_form_share[k], se = sqrt(share * (1 - share) / (double)rows);

        assert_close((double)kind[k] / (double)rows, share, 4 * se);
    }
    assert_true(lost > 0 && junk_won > 0);
    assert_close((double)junk_won / (double)(junk_won + junk_lost), SIM_JUNK_STAYS, 0.15);
    free(text.bytes);
    free(flat.bytes);
}

static void a_full_disk_is_said(void **state)
{
    struct lc_err err;
    FILE *full = fopen("/dev/full", "w");

    (void)state;
    assert_non_null(full);
    assert_int_equal(setvbuf(full, NULL, _IONBF, 0), 0);
    assert_int_equal(lc_simulate(100, 1, false, false, full, &err), LC_EIO);
    assert_non_null(strstr(err.text, "cannot be written"));
    assert_int_equal(lc_simulate_truth(false, false, full, &err), LC_EIO);
    assert_non_null(strstr(err.text, "cannot be written"));
    (void)fclose(full);
}

static void refused_memory_is_no_world(void **state)
{
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, sizeof(struct sim_world) - 1);
    assert_null(sim_world_new(&arena));
    lc_arena_release(&arena);
    lc_arena_init(&arena, sizeof(struct sim_world) + 64);
    assert_non_null(sim_world_new(&arena));
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bytes_are_those_of_the_generator_it_was_ported_from),
        cmocka_unit_test(a_shorter_file_is_the_beginning_of_a_longer_one),
        cmocka_unit_test(another_seed_is_another_file),
        cmocka_unit_test(no_rows_are_a_header_of_22_columns),
        cmocka_unit_test(the_truth_predicts_the_wins),
        cmocka_unit_test(the_truth_has_the_intercept_first_and_no_owner),
        cmocka_unit_test(forms_are_what_their_truth_says_and_leave_the_rest_as_it_is),
        cmocka_unit_test(a_full_disk_is_said),
        cmocka_unit_test(refused_memory_is_no_world),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
