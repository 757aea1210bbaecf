#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/export.h"
#include "typed_cards.h"

/* Quotes, a backslash, ends of lines and of comments, a trigraph, accents composed and not, a mark that
 * turns the direction of writing, a separator of lines, a character beyond U+FFFF, a tag, DEL. */
#define HOSTILE                         \
    "a\"b'c\\d\n\r\t*/ -- // <!-- ?"    \
    "?/ %s $1 \xc3\xa9"                 \
    "e\xcc\x81\xe2\x80\xae\xe2\x80\xa8" \
    "\xf0\x9f\xa6\x8a</script>\x7f"

static const struct lc_export every[] = {{"sql", "postgresql", LC_EXPORT_TABLE, false},
                                         {"sql", "sqlite", LC_EXPORT_TABLE, false},
                                         {"python", NULL, NULL, false},
                                         {"js", NULL, NULL, false},
                                         {"c", NULL, NULL, false}};
enum { POSTGRESQL, SQLITE, PYTHON, JS, C, ENGINES };

static const char *level[3];
static double worth[4];
static struct lc_card_attribute attribute[2];

/* A card of one column whose levels a test may set, and another. */
static struct lc_model plain_model(void)
{
    static const char *const other[] = {"yes"};

    level[0] = "first";
    level[1] = "second";
    level[2] = "(missing)";
    worth[0] = 2;
    worth[1] = -1;
    worth[2] = worth[3] = 0;
    attribute[0] = typed_attribute("source", LC_ROLE_PROFILE, level, 3, true, worth, worth);
    attribute[1] = typed_attribute("webinar", LC_ROLE_ENGAGEMENT, other, 1, false, typed_zeros,
                                   typed_zeros);
    return (struct lc_model){
        .card = {.method = "logistic",
                 .intercept = -2.385,
                 .k = 2,
                 .attribute = attribute,
                 .scale = lc_points_standard()},
        .grades = {.letter = {.used = true, .cut = {2, 1, 0}},
                   .digit = {.used = true, .cut = {3, 2, 1}}},
        .boundary = {.outcome = "stage is one of: Won", .as_of = 20440, .window_days = 90}};
}

static enum lc_rc export_to(const struct lc_model *m, const struct lc_export *how, size_t limit,
                            FILE *to, struct lc_err *err)
{
    struct lc_arena scratch;
    enum lc_rc rc;

    lc_arena_init(&scratch, limit);
    rc = lc_export_write(m, how, &scratch, to, err);
    lc_arena_release(&scratch);
    return rc;
}

/* The export as text; from the heap. */
static char *exported(const struct lc_model *m, const struct lc_export *how)
{
    struct lc_err err;
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);

    assert_non_null(to);
    if (export_to(m, how, LC_ARENA_NO_LIMIT, to, &err) != LC_OK)
        fail_msg("%s", err.text);
    assert_int_equal(fclose(to), 0);
    return text;
}

static void assert_has(const struct lc_model *m, size_t engine, const char *wanted)
{
    char *text = exported(m, &every[engine]);

    if (!strstr(text, wanted))
        fail_msg("engine %zu does not write %s", engine, wanted);
    free(text);
}

static void assert_lacks(const struct lc_model *m, size_t engine, const char *unwanted)
{
    char *text = exported(m, &every[engine]);

    if (strstr(text, unwanted))
        fail_msg("engine %zu writes %s", engine, unwanted);
    free(text);
}

static void assert_refused(const struct lc_model *m, const struct lc_export *how, enum lc_rc rc,
                           const char *words)
{
    struct lc_err err;
    FILE *to = tmpfile();

    assert_non_null(to);
    assert_int_equal(export_to(m, how, LC_ARENA_NO_LIMIT, to, &err), rc);
    if (!strstr(err.text, words))
        fail_msg("'%s' does not say '%s'", err.text, words);
    assert_int_equal(fclose(to), 0);
}

static void every_target_of_the_list_is_found_by_its_name(void **state)
{
    const struct lc_export_target *t;
    size_t n = 0;

    (void)state;
    for (; (t = lc_export_target_at(n)) != NULL; n++)
        assert_ptr_equal(lc_export_target_of(t->name), t);
    assert_true(n >= 4);
    assert_null(lc_export_target_of("Python"));
    assert_string_equal(lc_export_target_of("sql")->dialect[1], "sqlite");
    assert_null(lc_export_target_of("js")->dialect);
}

/* The literals are typed from the languages' grammars: PostgreSQL 15, 4.1.2.2; SQLite, "Literal
 * Values" and char(); Python 3.8, 2.4.1; ECMA-262, 12.9.4; C99, 6.4.4.4 and 5.2.1.1. */
static void a_hostile_level_stays_inside_its_literal(void **state)
{
    static const char *const wanted[ENGINES] = {
        "WHEN E'a\"b''c\\\\d\\u000a\\u000d\\u0009*/ -- // <!-- ?"
        "?/ %s $1 \\u00e9e\\u0301\\u202e"
        "\\u2028\\U0001f98a</script>\\u007f' THEN float8 '2.0'",
        "WHEN ('a\"b''c\\d' || char(10, 13, 9) || '*/ -- // <!-- ?"
        "?/ %s $1 \xc3\xa9"
        "e' || "
        "char(769, 8238, 8232) || '\xf0\x9f\xa6\x8a</script>' || char(127)) THEN 2.0",
        "[\"a\\\"b'c\\\\d\\u000a\\u000d\\u0009*/ -- // <!-- ?"
        "?/ %s $1 \\u00e9e\\u0301\\u202e"
        "\\u2028\\U0001f98a</script>\\u007f\", 2, 2]",
        "[\"a\\\"b'c\\\\d\\u000a\\u000d\\u0009*/ -- // \\u003c!-- ?"
        "?/ %s $1 \\u00e9e\\u0301"
        "\\u202e\\u2028\\ud83e\\udd8a\\u003c/script\\u003e\\u007f\", 2, 2]",
        ("{\"a\\\"b'c\\\\d\\012\\015\\011*/ -- // <!-- \\?\\?/ %s $1 \\303\\251e\\314\\201\\342\\200"
         "\\256\\342\\200\\250\\360\\237\\246\\212</script>\\177\", {2, 2}}")};
    struct lc_model m = plain_model();

    (void)state;
    level[0] = HOSTILE;
    for (size_t e = 0; e < ENGINES; e++)
        assert_has(&m, e, wanted[e]);
}

/* Every text of a merged level is looked up, and what a level is called is not. */
static void the_texts_of_a_merged_level_are_all_looked_up(void **state)
{
    static const struct lc_attribute_value value[] = {{"Expo", 0}, {"Fair", 0}, {"Web", 1}};
    struct lc_model m = plain_model();

    (void)state;
    level[0] = "Expo | Fair";
    level[1] = "Web";
    attribute[0].attribute.value = value;
    attribute[0].attribute.n_values = 3;
    for (size_t engine = 0; engine < ENGINES; engine++) {
        assert_has(&m, engine, engine <= SQLITE ? "'Fair'" : "\"Fair\"");
        assert_has(&m, engine, engine <= SQLITE ? "'Expo'" : "\"Expo\"");
        assert_lacks(&m, engine, "Expo | Fair");
    }
}

/* Two members of one set, yes 4 and 1, no 0, unknown -1 and -2. */
static struct lc_model set_model(void)
{
    static const char *const answers[] = {"no", "yes", "(missing)"};
    static const double crm[] = {0, 4, -1, 0}, erp[] = {0, 1, -2, 0};
    struct lc_model m = plain_model();

    attribute[0] =
        typed_attribute("products: crm", LC_ROLE_PROFILE, answers, 3, true, crm, crm);
    attribute[1] =
        typed_attribute("products: it's", LC_ROLE_PROFILE, answers, 3, true, erp, erp);
    for (size_t j = 0; j < 2; j++)
        attribute[j].attribute.set_of = "products";
    attribute[0].attribute.member = "crm";
    attribute[1].attribute.member = "it's";
    return m;
}

static void members_of_a_set_read_its_column(void **state)
{
    const struct lc_model m = set_model();

    (void)state;
    assert_has(&m, PYTHON, "[\"products\", 0, \"crm\", None, [-1, -1], [0, 0], [");
    assert_has(&m, JS, "[\"products\", 0, \"it's\", null, [-2, -2], [0, 0], [");
    assert_has(&m, C, "    \"products\",\n    \"products\",\n    NULL,");
    assert_has(&m, C, "{0, \"it's\", NULL, 0, leadcal_level_1,");
    assert_has(&m, POSTGRESQL, "WHEN 'it''s' = ANY (regexp_split_to_array(");
    assert_has(&m, POSTGRESQL, "THEN float8 '1.0' ELSE float8 '0.0' END END");
    assert_has(&m, SQLITE, "WHEN 'it''s' IN (WITH RECURSIVE");
    for (size_t e = 0; e < ENGINES; e++)
        assert_has(&m, e, "Column products holds lists, parted by semicolons.\n");
    for (size_t e = POSTGRESQL; e <= SQLITE; e++)
        assert_has(&m, e, "lc_check (lc_row, \"products\",\n");
}

/* By turns crm and not it's, 4 + 0, and the other way round, 0 + 1; then the cell of both empty. */
static void a_set_without_verification_rows_gets_lists(void **state)
{
    const struct lc_model m = set_model();

    (void)state;
    assert_has(&m, PYTHON, "    [[\";crm;\", \";crm;\"],\n");
    assert_has(&m, PYTHON, " 54, 88, ");
    assert_has(&m, PYTHON, "    [[\";it's;\", \";it's;\"],\n");
    assert_has(&m, PYTHON, " 51, 50, ");
    assert_has(&m, PYTHON, "    [[\"\", \"\"],\n");
    assert_has(&m, PYTHON, " 47, 0, ");
}

static void what_a_list_cannot_have_is_refused(void **state)
{
    const struct lc_model m = set_model();

    (void)state;
    attribute[1].attribute.member = "";
    assert_refused(&m, &every[JS], LC_EMISMATCH, "a member of a list without a name");
    attribute[1].attribute.member = "\xff";
    assert_refused(&m, &every[C], LC_EFORMAT, "a member of column products holds bytes");
}

static void what_is_made_of_events_is_said(void **state)
{
    struct lc_model m = plain_model();

    (void)state;
    attribute[1].attribute.computed = "events, half-life 30";
    for (size_t e = 0; e < ENGINES; e++)
        assert_has(&m, e,
                   "Column webinar stands in the file that leadcal events --flat writes.\n");
}

static void numbers_written_for_people_are_refused(void **state)
{
    static const double cut[] = {500};
    struct lc_model m = plain_model();

    (void)state;
    attribute[0].attribute.cut = cut;
    attribute[0].attribute.n_cuts = 1;
    attribute[0].attribute.decimal = LC_DECIMAL_COMMA;
    for (size_t e = 0; e < ENGINES; e++)
        assert_refused(&m, &every[e], LC_EMISMATCH, "numbers that are written for people");
}

static void whatever_the_texts_hold_the_code_is_ascii(void **state)
{
    static const char *const missing[] = {HOSTILE};
    static const struct lc_model_cell cell = {.grade = "A1", .action = HOSTILE};
    struct lc_model m = plain_model();

    (void)state;
    level[0] = HOSTILE;
    attribute[0].attribute.column = HOSTILE;
    m.missing = (struct lc_texts){missing, 1};
    m.cell = &cell;
    m.n_cells = 1;
    m.boundary.outcome = HOSTILE;
    m.card.method = HOSTILE;
    for (size_t e = PYTHON; e < ENGINES; e++) {
        char *text = exported(&m, &every[e]);

        for (const char *p = text; *p; p++)
            if (*p != '\n' && (*p < ' ' || *p > '~'))
                fail_msg("engine %zu writes byte %d", e, *p);
        free(text);
    }
}

static void a_text_in_a_comment_cannot_end_it(void **state)
{
    struct lc_model m = plain_model();

    (void)state;
    m.boundary.outcome = "x*/\nDROP";
    for (size_t e = 0; e < ENGINES; e++)
        assert_has(&m, e, "(x{U+002A}/{U+000A}DROP)");
    m.boundary.outcome = "\\ ?\?/ <!-- \xe2\x80\xa8";
    for (size_t e = 0; e < ENGINES; e++)
        assert_has(&m, e, "({U+005C} {U+003F}{U+003F}/ {U+003C}{U+0021}-- {U+2028})");
}

static void names_are_quoted_as_identifiers(void **state)
{
    const struct lc_export how = {"sql", "postgresql", "crm.our \"leads\"", false};
    struct lc_model m = plain_model();
    char *text;

    (void)state;
    attribute[0].attribute.column = "it's \"so\"; --";
    text = exported(&m, &how);
    assert_non_null(strstr(text, "lc_lead.\"it's \"\"so\"\"; --\" AS text)"));
    assert_non_null(strstr(text, "FROM \"crm\".\"our \"\"leads\"\"\" AS lc_lead"));
    free(text);
}

static void names_that_a_database_cannot_hold_are_refused(void **state)
{
    struct lc_model m = plain_model();
    struct lc_export how = every[POSTGRESQL];
    char name[65];

    (void)state;
    memset(name, 'x', 64);
    name[64] = 0;
    attribute[0].attribute.column = name;
    assert_refused(&m, &every[POSTGRESQL], LC_EMISMATCH,
                   "has 64 bytes, and postgresql takes 63");
    assert_has(&m, SQLITE, name);
    name[63] = 0;
    assert_has(&m, POSTGRESQL, name);
    attribute[0].attribute.column = "Webinar";
    assert_refused(&m, &every[SQLITE], LC_EMISMATCH, "'Webinar' and 'webinar' differ in case");
    assert_has(&m, POSTGRESQL, "lc_lead.\"Webinar\"");
    attribute[0].attribute.column = "LC_points";
    assert_refused(&m, &every[SQLITE], LC_EMISMATCH, "'LC_points' begins with lc_");
    assert_has(&m, PYTHON, "\"LC_points\"");
    attribute[0].attribute.column = "";
    assert_refused(&m, &every[POSTGRESQL], LC_EMISMATCH, "is empty");
    attribute[0].attribute.column = "source";
    how.table = "crm.";
    assert_has(&m, POSTGRESQL, "\"leads\"");
    assert_refused(&m, &how, LC_EMISMATCH, "is empty");
}

/* SQLite takes an expression 1,000 deep, and each change of kind is one || more. */
static void a_text_of_too_many_pieces_is_refused_for_sqlite(void **state)
{
    struct lc_model m = plain_model();
    char many[604];

    (void)state;
    for (size_t i = 0; i < 602; i++)
        many[i] = i % 2 ? '\n' : 'x';
    many[301] = 0; /* the last is an x */
    level[0] = many;
    assert_refused(&m, &every[SQLITE], LC_EMISMATCH, "control characters 300 times");
    many[300] = 0;
    assert_has(&m, SQLITE, "'x' || char(10))");
    many[300] = 'x';
    assert_has(&m, POSTGRESQL, "x\\u000ax");
    memset(many, '\n', 250);
    many[0] = many[250] = 'x';
    many[251] = 0;
    assert_has(&m, SQLITE, " || char(10, 10"); /* 249 of them, in runs of 100 */
    assert_lacks(&m, SQLITE, "10, 10, 10) || 'x') || char");
}

/* C99 5.2.4.1: 4095 characters in a literal, and -Wpedantic minds. */
static void a_text_beyond_a_literal_of_c_becomes_an_array(void **state)
{
    struct lc_model m = plain_model();
    char *text = malloc(4097);

    (void)state;
    assert_non_null(text);
    memset(text, 'x', 4096);
    text[4095] = text[4096] = 0;
    text[0] = '\'';
    level[0] = text;
    assert_lacks(&m, C, "(const char[]){'");
    text[4095] = '"';
    assert_has(&m, C, "{(const char[]){'\\'', 'x', ");
    assert_has(&m, C, "'x', '\"', 0}, {2, 2}}");
    free(text);
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    static const char *const missing[] = {"\xff"}, *const input[] = {"first", "\xc3("};
    static const struct lc_model_check check = {.input = input};
    static const struct lc_model_cell cell = {.grade = "A1", .action = "\xed\xa0\x80"};
    struct lc_model m = plain_model();

    (void)state;
    level[1] = "\xc3";
    assert_refused(&m, &every[JS], LC_EFORMAT, "a level of column source holds bytes");
    level[1] = "second";
    m.missing = (struct lc_texts){missing, 1};
    assert_refused(&m, &every[PYTHON], LC_EFORMAT, "a text that means no value holds bytes");
    m.missing.n = 0;
    m.cell = &cell;
    m.n_cells = 1;
    assert_refused(&m, &every[C], LC_EFORMAT, "the action of A1 holds bytes");
    m.n_cells = 0;
    m.check = &check;
    m.n_checks = 1;
    assert_refused(&m, &every[POSTGRESQL], LC_EFORMAT, "row in column webinar holds bytes");
    m.n_checks = 0;
    attribute[0].attribute.column = "\xe2\x80";
    assert_refused(&m, &every[SQLITE], LC_EFORMAT, "the name of a column holds bytes");
    attribute[0].attribute.column = "source";
    m.boundary.outcome = "\xf8";
    assert_refused(&m, &every[SQLITE], LC_EFORMAT, "the outcome holds bytes");
    m.boundary.outcome = NULL;
    m.card.method = "\x80";
    assert_refused(&m, &every[C], LC_EFORMAT, "the method holds bytes");
}

static void a_model_without_attributes_is_refused(void **state)
{
    struct lc_model m = plain_model();

    (void)state;
    m.card.k = 0;
    for (size_t e = 0; e < ENGINES; e++)
        assert_refused(&m, &every[e], LC_EMISMATCH, "has no attributes");
}

static void a_card_that_knows_no_probability_says_none(void **state)
{
    const struct lc_model m = typed_points();

    (void)state;
    assert_has(&m, POSTGRESQL, "CAST(NULL AS double precision) AS lc_probability");
    assert_has(&m, SQLITE, "CAST(NULL AS double precision) AS lc_log_odds");
    assert_lacks(&m, SQLITE, "exp(-");
    assert_has(&m, PYTHON, "\nINTERCEPT = None\n");
    assert_has(&m, JS, "const INTERCEPT = null;");
    assert_has(&m, C, "leadcal_intercept = NAN;");
    for (size_t e = 0; e < ENGINES; e++)
        assert_has(&m, e, "It knows no probability: lc_probability is empty.");
}

static void limits_beyond_every_number_are_no_limits(void **state)
{
    const struct lc_model m = typed_points();

    (void)state;
    assert_has(
        &m, POSTGRESQL,
        "\n    least(float8 '0.0' + lc_fit_points + lc_engagement_points, float8 '25.0') AS "
        "lc_points");
    assert_has(&m, PYTHON, "SCALE = [0, -math.inf, 25]");
    assert_has(&m, JS, "SCALE = [0, -Infinity, 25];");
    assert_has(&m, C, "leadcal_least = -HUGE_VAL, leadcal_most = 25;");
}

static void points_are_whole_numbers_where_nothing_has_a_fraction(void **state)
{
    struct lc_model m = plain_model();

    (void)state;
    assert_has(&m, SQLITE, " AS bigint) AS lc_points");
    m.card.scale.most = HUGE_VAL;
    assert_has(&m, SQLITE, " AS bigint) AS lc_points");
    m.card.scale.most = 60.5;
    assert_has(&m, SQLITE, "lc_engagement_points, 1.0), 60.5) AS lc_points");
    m.card.scale = lc_points_standard();
    m.card.scale.average = 0.25;
    assert_lacks(&m, POSTGRESQL, " AS bigint) AS lc_points");
    m.card.scale = lc_points_standard();
    worth[3] = 0.5;
    assert_lacks(&m, POSTGRESQL, " AS bigint) AS lc_points");
}

/* Of typed_points: 10 + 0 - 0.1 = 9.9; 2.5 + 7.5 + 0.2; the fourth row begins again with Banking, and
 * -3 is the empty size; values never seen: 1.25 - 1. The range of profile is -3..30. */
static void a_card_without_verification_rows_gets_rows_of_its_levels(void **state)
{
    const struct lc_model m = typed_points();

    (void)state;
    assert_has(&m, PYTHON,
               "    [[\"Banking\", \"50\", \"0\"],\n"
               "     [None, 9.9, 39, 0, \"\", \"\", None]],\n"
               "    [[\"Retail\", \"500.5\", \"1\"],\n"
               "     [None, 10.2, 39, 75, \"\", \"\", None]],\n"
               "    [[\"\", \"1002\", \"2\"],\n"
               "     [None, 20.3, 70, 100, \"\", \"\", None]],\n"
               "    [[\"Banking\", \"\", \"0\"],\n"
               "     [None, 6.9, 30, 0, \"\", \"\", None]],\n"
               "    [[\"\", \"\", \"\"],\n"
               "     [None, -3, 0, 25, \"\", \"\", None]],\n"
               "    [[\"(never seen)\", \"(never seen)\", \"(never seen)\"],\n"
               "     [None, 0.25, 10, 25, \"\", \"\", None]],\n"
               "]\n");
}

static void verification_rows_of_the_model_are_the_self_test(void **state)
{
    static const char *const first[] = {"first", NULL}, *const second[] = {" second\t", "yes"};
    static const struct lc_model_check check[] = {{.input = first}, {.input = second}};
    struct lc_model m = plain_model();

    (void)state;
    m.check = check;
    m.n_checks = 2;
    /* Points 50 + 2; -1..2 is the range of profile, and that of engagement has no width. The
     * probabilities are bc -l's of 1/(1+e(0.385)) and 1/(1+e(3.385)), 13 digits of them: -2.385 + 2 is
     * not -0.385 to the last bit. */
    assert_has(&m, C, "{{\"first\", NULL, NULL},\n     {0.4049215261338");
    assert_has(&m, C, ", 52, 100, 50, \"A4\", \"nurture\", 0}}");
    assert_has(&m, C, "{{\" second\\011\", \"yes\", NULL},\n     {0.03276755484218");
    assert_has(&m, C, ", 49, 0, 50, \"D4\", \"no contact\", 0}}");
    assert_has(&m, C, "#define LEADCAL_CHECKS 2 ");
}

static void grades_that_are_never_given_have_finite_cuts(void **state)
{
    const struct lc_model m = typed_extremes(false), margin = typed_extremes(true);

    (void)state;
    assert_has(&m, PYTHON, "CUTS = [[1e+15, 7, 7], [0, -1e+15, -1e+15]]");
    assert_has(&margin, PYTHON, "CUTS = [[1e+15, 7, 7], None]");
    assert_has(&margin, PYTHON, "    [\"B\", \"'\", 6],\n");
    assert_has(
        &m, JS,
        "    [\"B1\", \"say \\\"it's\\\" \\\\ 100 %?\?/\\u000a*/ -- \\u003c/script\\u003e"
        "\\u00e9\", 5],\n");
    assert_has(&m, JS, "    [\"C2\", \"nurture\", null],\n");
}

static void every_allocation_may_be_refused(void **state)
{
    const struct lc_model model[] = {typed_points(), plain_model()};
    struct lc_err err;
    size_t refused = 0;

    (void)state;
    for (size_t i = 0; i < 2; i++)
        for (size_t limit = 0;; limit += 8) {
            FILE *to = fopen("/dev/null", "w");
            enum lc_rc rc;

            assert_non_null(to);
            rc = export_to(&model[i], &every[JS], limit, to, &err);
            assert_int_equal(fclose(to), 0);
            if (rc == LC_OK)
                break;
            assert_int_equal(rc, LC_ENOMEM);
            refused++;
        }
    assert_true(refused > 10);
}

static void a_full_disk_is_said(void **state)
{
    const struct lc_model m = plain_model();

    (void)state;
    for (size_t e = 0; e < ENGINES; e++) {
        FILE *to = fopen("/dev/full", "w");
        struct lc_err err;

        assert_non_null(to);
        assert_int_equal(export_to(&m, &every[e], LC_ARENA_NO_LIMIT, to, &err), LC_EIO);
        assert_non_null(strstr(err.text, "No space left on device"));
        (void)fclose(to);
    }
}

static void the_same_model_gives_the_same_bytes(void **state)
{
    const struct lc_model m = typed_extremes(false);

    (void)state;
    for (size_t e = 0; e < ENGINES; e++) {
        char *once = exported(&m, &every[e]), *again = exported(&m, &every[e]);

        assert_string_equal(once, again);
        free(once);
        free(again);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_target_of_the_list_is_found_by_its_name),
        cmocka_unit_test(a_hostile_level_stays_inside_its_literal),
        cmocka_unit_test(the_texts_of_a_merged_level_are_all_looked_up),
        cmocka_unit_test(members_of_a_set_read_its_column),
        cmocka_unit_test(a_set_without_verification_rows_gets_lists),
        cmocka_unit_test(what_a_list_cannot_have_is_refused),
        cmocka_unit_test(what_is_made_of_events_is_said),
        cmocka_unit_test(numbers_written_for_people_are_refused),
        cmocka_unit_test(whatever_the_texts_hold_the_code_is_ascii),
        cmocka_unit_test(a_text_in_a_comment_cannot_end_it),
        cmocka_unit_test(names_are_quoted_as_identifiers),
        cmocka_unit_test(names_that_a_database_cannot_hold_are_refused),
        cmocka_unit_test(a_text_of_too_many_pieces_is_refused_for_sqlite),
        cmocka_unit_test(a_text_beyond_a_literal_of_c_becomes_an_array),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(a_model_without_attributes_is_refused),
        cmocka_unit_test(a_card_that_knows_no_probability_says_none),
        cmocka_unit_test(limits_beyond_every_number_are_no_limits),
        cmocka_unit_test(points_are_whole_numbers_where_nothing_has_a_fraction),
        cmocka_unit_test(a_card_without_verification_rows_gets_rows_of_its_levels),
        cmocka_unit_test(verification_rows_of_the_model_are_the_self_test),
        cmocka_unit_test(grades_that_are_never_given_have_finite_cuts),
        cmocka_unit_test(every_allocation_may_be_refused),
        cmocka_unit_test(a_full_disk_is_said),
        cmocka_unit_test(the_same_model_gives_the_same_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
