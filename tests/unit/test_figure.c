#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "leadcal/figure.h"
#include "leadcal/io.h"
#include "leadcal/num.h"

static struct lc_arena arena;
static char folder[] = "/tmp/leadcal-figure-XXXXXX";
static char *old_path;

/* ---- frames as the steps make them ---- */

#define TEXT(name)                      \
    {                                   \
        name, LC_CELL_TEXT, NULL, false \
    }
#define NUMBER(name)                    \
    {                                   \
        name, LC_CELL_REAL, NULL, false \
    }

static const struct lc_heading rates_heading[] = {
    TEXT("attribute"), TEXT("level"),      NUMBER("leads"),    NUMBER("won"),
    NUMBER("rate"),    NUMBER("rate_low"), NUMBER("rate_high")};
static const struct lc_heading grades_heading[] = {TEXT("model"),
                                                   TEXT("grade"),
                                                   NUMBER("leads"),
                                                   NUMBER("close_rate"),
                                                   NUMBER("close_rate_low"),
                                                   NUMBER("close_rate_high"),
                                                   TEXT("clock"),
                                                   NUMBER("cycle_median_days"),
                                                   NUMBER("cycle_median_low"),
                                                   NUMBER("cycle_median_high"),
                                                   NUMBER("expected_rate")};
static const struct lc_heading bins_heading[] = {
    TEXT("model"), NUMBER("predicted"), NUMBER("observed"), NUMBER("low"), NUMBER("high")};
static const struct lc_heading gains_heading[] = {TEXT("model"), NUMBER("fraction"),
                                                  NUMBER("capture")};

#define FRAME(f, name, heading) \
    lc_frame_init(&(f), name, heading, sizeof(heading) / sizeof(heading)[0], &arena)

static union lc_value *add(struct lc_frame *f)
{
    union lc_value *row = NULL;
    struct lc_err err;

    assert_int_equal(lc_frame_add(f, &row, &err), LC_OK);
    return row;
}

/* Half width about two standard errors: near enough for a picture. */
static void add_rate(struct lc_frame *f, const char *attribute, const char *level, double leads,
                     double won)
{
    union lc_value *row = add(f);
    const double rate = won / leads, half = 2 * sqrt(rate * (1 - rate) / leads);

    row[0].text = attribute;
    row[1].text = level;
    row[2].number = leads;
    row[3].number = won;
    row[4].number = rate;
    row[5].number = fmax(rate - half, 0);
    row[6].number = fmin(rate + half, 1);
}

static const char *const hostile[] = {
    "\"; set output 'marker'; \"",
    "`touch marker`",
    "$(touch marker)",
    "</svg><script>alert(1)</script>",
    "two\nlines\tand a tab\r",
    "%s%n%d 100 %",
    "back\\slash \\n {/Symbol a}_b^c @x",
    "\xe5\xa4\xa7\xe9\x98\xaa\xe5\xb8\x82\xe3\x81\xae\xe8\xa6"
    "\x8b\xe8\xbe\xbc\xe3\x81\xbf\xe5\xae\xa2\xe6\xa7\x98\xe3"
    "\x81\xa8\xe3\x81\x9d\xe3\x81\xae\xe6\x8b\x85\xe5\xbd\x93"
    "\xe8\x80\x85\xe3\x81\xae\xe9\x95\xb7\xe3\x81\x84\xe5\x90"
    "\x8d\xe5\x89\x8d",
    "# a comment & <b>bold</b>",
    "a level whose name goes on and on, past the end of its place",
    "broken \xff\xc3 bytes \x1b[31m",
    "NaN",
    ""};

static void make_rates(struct lc_frame *f)
{
    FRAME(*f, "rates", rates_heading);
    f->title = "8000 leads, 640 won within 90 days; as of 2024-06-30";
    add_rate(f, "(all)", "(all)", 8000, 640);
    add_rate(f, "'; quit; '", "(all)", 8000, 640);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        add_rate(f, "'; quit; '", hostile[i], 100 + 90 * (double)i, 8 + 3.0 * (double)i);
    add_rate(f, "days_since_last_touch", "(all)", 8000, 640);
    for (size_t i = 0; i < 12; i++)
        add_rate(f, "days_since_last_touch", i % 2 ? "14 .. 30" : "0 .. 13",
                 40 + 30 * (double)i, (double)i);
}

static void add_grade(struct lc_frame *f, const char *model, const char *grade, double leads,
                      double rate, const char *clock, double days)
{
    union lc_value *row = add(f);
    const double half = 2 * sqrt(rate * (1 - rate) / leads);

    row[0].text = model;
    row[1].text = grade;
    row[2].number = leads;
    row[3].number = rate;
    row[4].number = fmax(rate - half, 0);
    row[5].number = fmin(rate + half, 1);
    row[6].text = clock;
    row[7].number = days;
    row[8].number = days - 4;
    row[9].number = days > 40 ? LC_NAN : days + 6;
    row[10].number = rate * 1.1;
}

static void make_grades(struct lc_frame *f, bool two_clocks)
{
    static const char *const name[] = {"A1", "A2", "A3", "A4", "B1", "B2", "B3",   "B4", "C1",
                                       "C2", "C3", "C4", "D1", "D2", "D3", "D4",   "A",  "B",
                                       "C",  "D",  "1",  "2",  "3",  "4",  "(all)"};

    FRAME(*f, "backtest", grades_heading);
    f->title = "trained on 5200 leads with 410 wins, tested on 2000 later ones with 160; 8000 "
               "leads, 640 won within 90 days; as of 2024-06-30";
    add_grade(f, "ratio", "A", 200, 0.9, "entered to won", 12);
    for (size_t i = 0; i < 25; i++) {
        const double leads = i == 2 || i == 12 ? 9 : 60 + 40.0 * (double)(i % 5);
        const double rate = i < 16 ? 0.24 - 0.012 * (double)i : 0.22 - 0.05 * (double)(i % 4);

        add_grade(f, "logistic", name[i], leads, rate, "entered to won",
                  i == 19 ? LC_NAN : 30 + 4.0 * (double)(i % 4));
        if (two_clocks)
            add_grade(f, "logistic", name[i], leads, rate, "opportunity created to won",
                      i == 19 ? LC_NAN : 18 + 3.0 * (double)(i % 4));
    }
}

static void make_bins(struct lc_frame *f)
{
    FRAME(*f, "calibration", bins_heading);
    f->title = "trained on 5200 leads with 410 wins, tested on 2000 later ones with 160";
    for (size_t i = 0; i < 10; i++) {
        union lc_value *row = add(f);
        const double p = 0.02 + 0.018 * (double)i, seen = p * (i % 2 ? 1.15 : 0.9);

        row[0].text = "logistic";
        row[1].number = p;
        row[2].number = seen;
        row[3].number = seen * 0.6;
        row[4].number = seen * 1.5 + 0.01;
    }
}

static void make_gains(struct lc_frame *f)
{
    static const char *const model[] = {"ratio", "logistic", "profile"};

    FRAME(*f, "lift", gains_heading);
    f->title = "trained on 5200 leads with 410 wins, tested on 2000 later ones with 160";
    for (size_t m = 0; m < 3; m++)
        for (size_t i = 1; i <= 20; i++) {
            union lc_value *row = add(f);

            row[0].text = model[m];
            row[1].number = (double)i / 20;
            row[2].number = pow((double)i / 20, m == 1 ? 0.45 : 0.65);
        }
}

/* ---- what is asked of every picture ---- */

static bool can_draw(const char *test)
{
    const char *path = getenv("PATH");
    char copy[4096], *at = copy, *next;

    (void)snprintf(copy, sizeof copy, "%s", path ? path : "");
    for (; at; at = next) {
        char program[4200];

        next = strchr(at, ':');
        if (next)
            *next++ = '\0';
        (void)snprintf(program, sizeof program, "%s/gnuplot", at);
        if (access(program, X_OK) == 0)
            return true;
    }
    print_message("skipped: %s: gnuplot is not installed\n", test);
    return false;
}

#define NEED_GNUPLOT()           \
    do {                         \
        if (!can_draw(__func__)) \
            skip();              \
    } while (0)

static char *in_folder(const char *name)
{
    char *path = lc_arena_format(&arena, "%s/%s", folder, name);

    assert_non_null(path);
    return path;
}

static size_t files_in(const char *where)
{
    DIR *all = opendir(where);
    size_t n = 0;

    assert_non_null(all);
    for (struct dirent *one = readdir(all); one; one = readdir(all))
        n += one->d_name[0] != '.';
    (void)closedir(all);
    return n;
}

static const char *draw(enum lc_figure figure, const struct lc_frame *f, const char *name)
{
    const char *end = "</svg>";
    struct lc_slice svg;
    struct lc_err err;
    bool drawn = false;
    char *path = in_folder(name);

    assert_int_equal(lc_figure_draw(figure, f, path, true, &drawn, &err), LC_OK);
    assert_true(drawn);
    assert_int_equal(lc_read_file(path, 1 << 24, &arena, &svg, &err), LC_OK);
    svg = lc_slice_trim(svg);
    assert_true(svg.n > strlen(end));
    assert_memory_equal(svg.p + svg.n - strlen(end), end, strlen(end));
    assert_null(strstr(svg.p, "<script"));
    assert_non_null(strstr(svg.p, "width=\"720\" height=\"480\""));
    return svg.p;
}

static size_t count_of(const char *text, const char *what)
{
    size_t n = 0;

    for (const char *at = strstr(text, what); at; at = strstr(at + 1, what))
        n++;
    return n;
}

/* ---- tests ---- */

static void hostile_levels_become_text_and_run_nothing(void **state)
{
    struct lc_frame f;
    const char *svg;

    (void)state;
    NEED_GNUPLOT();
    make_rates(&f);
    svg = draw(LC_FIGURE_RATES, &f, "rates.svg");
    assert_non_null(strstr(svg, "&lt;/svg>&lt;script>"));
    assert_non_null(strstr(svg, "%s%n%d 100 %"));
    assert_non_null(strstr(svg, "{/Symbo"));
    assert_non_null(strstr(svg, "two lines and a tab"));
    assert_non_null(strstr(svg, "\xe5\xa4\xa7\xe9\x98\xaa"));
    assert_non_null(strstr(svg, "\xe2\x80\xa6")); /* the long one is cut */
    assert_null(strstr(svg, "past the end of its place"));
    assert_null(strchr(svg, '\x1b'));
    assert_non_null(strstr(svg, "8000 leads, 640 won within 90 days"));
    assert_int_equal(lc_file_exists("marker"), 0);
    assert_int_equal(lc_file_exists(in_folder("marker")), 0);
    assert_int_equal(files_in(folder), 1); /* the picture; no temporary folder is left */
}

/* 13 + 12 levels; the five with the fewest leads (40, 70, 100, 100, 130) are not shown. */
static void the_twenty_best_supported_levels_are_shown(void **state)
{
    struct lc_frame f;
    const char *svg;

    (void)state;
    NEED_GNUPLOT();
    make_rates(&f);
    svg = draw(LC_FIGURE_RATES, &f, "rates.svg");
    assert_non_null(strstr(svg, "44 of 1180"));
    assert_non_null(strstr(svg, "4 of 160"));
    assert_null(strstr(svg, "3 of 130"));
    assert_null(strstr(svg, ">2 of 100<"));
    assert_null(strstr(svg, ">8 of 100<"));
    assert_null(strstr(svg, "640 of 8000")); /* totals are no level */
    assert_int_equal(count_of(svg, " of 1") + count_of(svg, " of 2") + count_of(svg, " of 3") +
                         count_of(svg, " of 4") + count_of(svg, " of 5") +
                         count_of(svg, " of 6") + count_of(svg, " of 7") +
                         count_of(svg, " of 8") + count_of(svg, " of 9"),
                     20 + 1); /* and the as-of date */
}

static void every_picture_of_the_backtest_is_drawn(void **state)
{
    struct lc_frame grades, bins, gains;
    const char *svg;

    (void)state;
    NEED_GNUPLOT();
    make_grades(&grades, false);
    svg = draw(LC_FIGURE_GRADES, &grades, "grades.svg");
    assert_int_equal(count_of(svg, "<text><tspan"), count_of(svg, "</tspan></text>"));
    assert_non_null(strstr(svg, ">A1<"));
    assert_non_null(strstr(svg, ">D4<"));
    svg = draw(LC_FIGURE_CYCLE, &grades, "cycle.svg");
    assert_null(strstr(svg, ">D<")); /* no median: not there */
    assert_null(strstr(svg, "opportunity created to won"));
    make_grades(&grades, true);
    svg = draw(LC_FIGURE_CYCLE, &grades, "cycle2.svg");
    assert_non_null(strstr(svg, "opportunity created to won"));
    make_bins(&bins);
    (void)draw(LC_FIGURE_CALIBRATION, &bins, "calibration.svg");
    make_gains(&gains);
    svg = draw(LC_FIGURE_LIFT, &gains, "lift.svg");
    assert_non_null(strstr(svg, "ratio points"));
}

static void the_same_frame_gives_the_same_bytes(void **state)
{
    struct lc_frame f;
    const char *first;

    (void)state;
    NEED_GNUPLOT();
    make_gains(&f);
    first = draw(LC_FIGURE_LIFT, &f, "one.svg");
    assert_string_equal(draw(LC_FIGURE_LIFT, &f, "two.svg"), first);
}

static void a_frame_without_usable_rows_draws_nothing(void **state)
{
    const enum lc_figure all[] = {LC_FIGURE_RATES, LC_FIGURE_GRADES, LC_FIGURE_CYCLE,
                                  LC_FIGURE_CALIBRATION, LC_FIGURE_LIFT};
    struct lc_frame empty[5];
    struct lc_err err;

    (void)state;
    FRAME(empty[0], "rates", rates_heading);
    FRAME(empty[1], "backtest", grades_heading);
    FRAME(empty[2], "backtest", grades_heading);
    FRAME(empty[3], "calibration", bins_heading);
    FRAME(empty[4], "lift", gains_heading);
    add_rate(&empty[0], "(all)", "(all)", 10, 1);
    add_grade(&empty[2], "logistic", "A", 10, 0.1, "entered to won", LC_NAN);
    add(&empty[3])[0].text = "logistic";
    for (size_t i = 0; i < 5; i++) {
        bool drawn = true;

        assert_int_equal(
            lc_figure_draw(all[i], &empty[i], in_folder("none.svg"), true, &drawn, &err),
            LC_OK);
        assert_false(drawn);
    }
    assert_false(lc_file_exists(in_folder("none.svg")));
}

static void without_gnuplot_the_text_says_how_to_install_it(void **state)
{
    struct lc_frame f;
    struct lc_err err;
    bool drawn = false;

    (void)state;
    make_gains(&f);
    assert_int_equal(setenv("PATH", folder, 1), 0);
    assert_int_equal(
        lc_figure_draw(LC_FIGURE_LIFT, &f, in_folder("none.svg"), true, &drawn, &err), LC_EIO);
    assert_non_null(strstr(err.text, "apt-get install gnuplot-nox"));
    assert_false(drawn);
    assert_int_equal(files_in(folder), 0);
}

/* A gnuplot of one's own stands first in the path: it does what a full disk or a foreign program
 * would do. */
static void play(const char *script)
{
    char *program = in_folder("gnuplot"), *path;
    FILE *to = fopen(program, "wb");

    assert_non_null(to);
    (void)fprintf(to, "#!/bin/sh\n%s\n", script);
    assert_int_equal(fclose(to), 0);
    assert_int_equal(access(program, F_OK), 0);
    assert_int_equal(chmod(program, 0755), 0);
    path = lc_arena_format(&arena, "%s:%s", folder, old_path ? old_path : "/usr/bin:/bin");
    assert_non_null(path);
    assert_int_equal(setenv("PATH", path, 1), 0);
}

static void what_gnuplot_leaves_is_inspected(void **state)
{
    static const char *const act[] = {
        "exit 3",                                             /* it failed */
        "exit 0",                                             /* nothing was drawn */
        ": >figure.svg",                                      /* empty: a full disk */
        "printf '<svg><g>' >figure.svg",                      /* cut short */
        "printf '<svg><script>1</script></svg>' >figure.svg", /* not what we asked for */
        "printf '<svg>\\000<script></svg>' >figure.svg",      /* the same, hidden */
        "kill -9 $$",                                         /* it crashed */
    };
    struct lc_frame f;

    (void)state;
    make_gains(&f);
    for (size_t i = 0; i < sizeof act / sizeof *act; i++) {
        struct lc_err err;
        bool drawn = false;

        play(act[i]);
        assert_int_equal(
            lc_figure_draw(LC_FIGURE_LIFT, &f, in_folder("none.svg"), true, &drawn, &err),
            LC_EIO);
        assert_non_null(strstr(err.text, "gnuplot"));
        assert_false(drawn);
        assert_int_equal(files_in(folder), 1); /* the program itself */
    }
}

/* The environment is PATH alone, and the data is not part of the script. */
static void gnuplot_sees_nothing_but_the_path(void **state)
{
    struct lc_frame f;
    struct lc_slice svg;
    struct lc_err err;
    bool drawn = false;

    (void)state;
    make_rates(&f);
    assert_int_equal(setenv("LEADCAL_SECRET", "hidden", 1), 0);
    play("{ printf '<svg>'; echo \"$*\"; env | grep -c SECRET; grep -c 'quit' script.gp; "
         "grep -c 'quit' data.tsv; printf '</svg>'; } >figure.svg");
    assert_int_equal(
        lc_figure_draw(LC_FIGURE_RATES, &f, in_folder("env.svg"), true, &drawn, &err), LC_OK);
    assert_int_equal(lc_read_file(in_folder("env.svg"), 4096, &arena, &svg, &err), LC_OK);
    assert_string_equal(svg.p, "<svg>-d script.gp\n0\n0\n12\n</svg>");
    assert_int_equal(unsetenv("LEADCAL_SECRET"), 0);
}

static void a_target_that_cannot_be_written_is_an_error_and_leaves_nothing(void **state)
{
    struct lc_frame f;
    struct lc_err err;
    bool drawn = false;

    (void)state;
    play("printf '<svg></svg>' >figure.svg");
    make_gains(&f);
    assert_int_equal(
        lc_figure_draw(LC_FIGURE_LIFT, &f, in_folder("absent/lift.svg"), true, &drawn, &err),
        LC_EIO);
    assert_false(drawn);
    assert_int_equal(files_in(folder), 1);
    assert_int_equal(
        lc_figure_draw(LC_FIGURE_LIFT, &f, in_folder("lift.svg"), false, &drawn, &err), LC_OK);
    drawn = false;
    assert_int_equal(
        lc_figure_draw(LC_FIGURE_LIFT, &f, in_folder("lift.svg"), false, &drawn, &err),
        LC_EMISMATCH);
    assert_false(drawn);
}

static void a_temporary_folder_that_cannot_be_made_is_said(void **state)
{
    struct lc_frame f;
    struct lc_err err;
    bool drawn = false;

    (void)state;
    make_gains(&f);
    assert_int_equal(setenv("TMPDIR", in_folder("absent"), 1), 0);
    assert_int_equal(
        lc_figure_draw(LC_FIGURE_LIFT, &f, in_folder("lift.svg"), true, &drawn, &err), LC_EIO);
    assert_non_null(strstr(err.text, "TMPDIR"));
}

/* Temporary folders are made inside the test's own, so that what is left behind is seen. */
static int set_up(void **state)
{
    const char *path = getenv("PATH");

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    old_path = path ? strdup(path) : NULL;
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    return mkdtemp(folder) && setenv("TMPDIR", folder, 1) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    const char *keep = getenv("LEADCAL_KEEP_FIGURES");
    DIR *all = opendir(folder);

    (void)state;
    for (struct dirent *one = all ? readdir(all) : NULL; one && !keep; one = readdir(all))
        if (one->d_name[0] != '.')
            (void)unlink(in_folder(one->d_name));
    if (all)
        (void)closedir(all);
    (void)rmdir(folder);
    if (old_path)
        (void)setenv("PATH", old_path, 1);
    free(old_path);
    (void)unsetenv("TMPDIR");
    lc_arena_release(&arena);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(hostile_levels_become_text_and_run_nothing),
        TEST(the_twenty_best_supported_levels_are_shown),
        TEST(every_picture_of_the_backtest_is_drawn),
        TEST(the_same_frame_gives_the_same_bytes),
        TEST(a_frame_without_usable_rows_draws_nothing),
        TEST(without_gnuplot_the_text_says_how_to_install_it),
        TEST(what_gnuplot_leaves_is_inspected),
        TEST(gnuplot_sees_nothing_but_the_path),
        TEST(a_target_that_cannot_be_written_is_an_error_and_leaves_nothing),
        TEST(a_temporary_folder_that_cannot_be_made_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
