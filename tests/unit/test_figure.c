#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../src/out/figure_internal.h"
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
    TEXT("attribute"), TEXT("level"),         NUMBER("leads"),     NUMBER("won"),
    NUMBER("rate"),    NUMBER("ratio"),       NUMBER("ratio_low"), NUMBER("ratio_high"),
    NUMBER("points"),  NUMBER("iv_adjusted"), TEXT("remark")};
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
static const struct lc_heading funnel_heading[] = {
    TEXT("period"), NUMBER("open"), NUMBER("cohort_rate"), NUMBER("period_rate")};
static const struct lc_heading accept_heading[] = {
    TEXT("by"), TEXT("period"), NUMBER("acceptance_rate"), NUMBER("low"), NUMBER("high")};
static const struct lc_heading maturity_heading[] = {
    TEXT("segment"), NUMBER("age_days"), NUMBER("share_won"),
    NUMBER("low"),   NUMBER("high"),     NUMBER("share_of_eventual")};
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

#define BASE 0.08 /* close rate of all leads: 640 of 8000 */

/* Half width about two standard errors: near enough for a picture. */
static union lc_value *add_rate(struct lc_frame *f, const char *attribute, const char *level,
                                double leads, double won)
{
    union lc_value *row = add(f);
    const double rate = won / leads, half = 2 * sqrt(rate * (1 - rate) / leads);

    row[0].text = attribute;
    row[1].text = level;
    row[2].number = leads;
    row[3].number = won;
    row[4].number = rate;
    row[5].number = rate / BASE;
    row[6].number = fmax(rate - half, 0) / BASE;
    row[7].number = fmin(rate + half, 1) / BASE;
    row[9].number = leads / 8000;
    return row;
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

/* The ratio's levels with points: both agree, but for every third. */
static void make_points(struct lc_frame *f)
{
    FRAME(*f, "fit", rates_heading);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        union lc_value *row =
            add_rate(f, "'; quit; '", hostile[i], 100 + 90 * (double)i, 3 + 8.0 * (double)i);
        const double points = round(10 * log2(row[5].number));

        row[8].number = i % 3 ? points : -points;
        row[10].text = i % 3 ? NULL : "opposed";
    }
}

static void make_funnel(struct lc_frame *f)
{
    static const char *const period[] = {"2023-Q1", "2023-Q2",   "2023-Q3",
                                         "2023-Q4", "(undated)", "(all)"};

    FRAME(*f, "funnel", funnel_heading);
    for (size_t i = 0; i < sizeof period / sizeof *period; i++) {
        union lc_value *row = add(f);

        row[0].text = period[i];
        row[1].number = i == 3 ? 12 : 0;
        row[2].number = 0.11 - 0.02 * (double)(i % 5);
        row[3].number = i ? 0.05 + 0.01 * (double)i : LC_NAN;
    }
}

/* told: the share of the wins to come is known, and so is the share won in the end: 0.24. */
static void make_maturity(struct lc_frame *f, bool told)
{
    static const double age[] = {30, 90, 365, 730, 30}, won[] = {0.06, 0.12, 0.18, 0.2, 0.9};

    FRAME(*f, "maturity", maturity_heading);
    for (size_t i = 0; i < sizeof age / sizeof *age; i++) {
        union lc_value *row = add(f);

        row[0].text = i < 4 ? "(all)" : "source=Web";
        row[1].number = age[i];
        row[2].number = won[i];
        row[3].number = won[i] - 0.02;
        row[4].number = won[i] + 0.03;
        row[5].number = told ? won[i] / 0.24 : LC_NAN;
    }
}

static void make_accept(struct lc_frame *f)
{
    static const char *const period[] = {"(all)", "2024-Q1", "2024-Q2", "2024-Q3"};

    FRAME(*f, "accept", accept_heading);
    for (size_t i = 0; i < 2 * sizeof period / sizeof *period; i++) {
        union lc_value *row = add(f);

        row[0].text = i < 4 ? "(all)" : "owner";
        row[1].text = period[i % 4];
        row[2].number = i == 2 ? LC_NAN : 0.6 + 0.05 * (double)i;
        row[3].number = row[2].number - 0.04;
        row[4].number = row[2].number + 0.03;
    }
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

static struct lc_picture picture_of(enum lc_figure figure, const struct lc_frame *f,
                                    const char *name)
{
    return (struct lc_picture){.figure = figure, .frame = f, .path = in_folder(name)};
}

/* One picture, which may fail: it says why. */
static struct lc_picture try_to_draw(enum lc_figure figure, const struct lc_frame *f,
                                     const char *name, bool replace)
{
    struct lc_picture p = picture_of(figure, f, name);
    struct lc_err err;

    assert_int_equal(lc_figures_draw(&p, 1, replace, &arena, &err), LC_OK);
    assert_true(!p.why || p.svg.n == 0);
    return p;
}

static const char *draw(enum lc_figure figure, const struct lc_frame *f, const char *name)
{
    const char *end = "</svg>";
    const struct lc_picture p = try_to_draw(figure, f, name, true);
    struct lc_slice svg;
    struct lc_err err;

    assert_null(p.why);
    assert_true(p.svg.n > 0);
    assert_non_null(p.text);
    assert_int_equal(lc_read_file(p.path, 1 << 24, &arena, &svg, &err), LC_OK);
    assert_true(lc_slice_eq(svg, p.svg));
    svg = lc_slice_trim(svg);
    assert_true(svg.n > strlen(end));
    assert_memory_equal(svg.p + svg.n - strlen(end), end, strlen(end));
    assert_null(strstr(svg.p, "<script"));
    assert_non_null(strstr(svg.p, "width=\"720\" height=\""));
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

/* 13 + 12 levels; the one with 40 leads tells most, of the others those with most leads: the five
 * with 70, 100, 100, 130 and 160 are not shown. None of the 40 was won: a mark at the axis' end. */
static void the_twenty_levels_that_tell_most_are_shown(void **state)
{
    struct lc_frame f;
    const char *svg;

    (void)state;
    NEED_GNUPLOT();
    make_rates(&f);
    f.value[16 * f.k + 9].number = 9;
    svg = draw(LC_FIGURE_RATES, &f, "rates.svg");
    assert_non_null(strstr(svg, "3.7 %, 44 of 1180"));
    assert_non_null(strstr(svg, "0.0 %, 0 of 40"));
    assert_null(strstr(svg, "1 of 70"));
    assert_null(strstr(svg, "4 of 160"));
    assert_null(strstr(svg, "640 of 8000")); /* totals are no level */
    assert_int_equal(count_of(svg, " %, "), 20);
    assert_non_null(strstr(svg, "height=\"566\"")); /* as high as its rows need */
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
    assert_null(strstr(svg, "the score in use"));
    for (size_t i = 0; i < gains.n; i++)
        if (strcmp(gains.value[i * gains.k].text, "profile") == 0)
            gains.value[i * gains.k].text = "current";
    svg = draw(LC_FIGURE_LIFT, &gains, "lift2.svg");
    assert_non_null(strstr(svg, ">the score in use<"));
}

static void pictures_of_points_and_of_quarters_are_drawn(void **state)
{
    struct lc_frame points, funnel, accept;
    const char *svg;

    (void)state;
    NEED_GNUPLOT();
    make_points(&points);
    svg = draw(LC_FIGURE_POINTS, &points, "points.svg");
    assert_int_equal(count_of(svg, " and "), 13 + 2); /* one over them, one in a label */
    assert_non_null(strstr(svg, ">opposed<"));
    make_funnel(&funnel);
    svg = draw(LC_FIGURE_FUNNEL, &funnel, "funnel.svg");
    assert_non_null(strstr(svg, ">2023-Q4<"));
    assert_null(strstr(svg, "(all)"));
    make_maturity(&funnel, true);
    svg = draw(LC_FIGURE_MATURITY, &funnel, "maturity.svg");
    assert_non_null(strstr(svg, ">won in the end<"));
    make_maturity(&funnel, false);
    svg = draw(LC_FIGURE_MATURITY, &funnel, "maturity2.svg");
    assert_non_null(strstr(svg, ">won so far<"));
    assert_null(strstr(svg, ">won in the end<"));
    make_accept(&accept);
    svg = draw(LC_FIGURE_ACCEPT, &accept, "accept.svg");
    assert_non_null(strstr(svg, ">2024-Q3<"));
    assert_null(strstr(svg, ">2024-Q2<")); /* no rate: not there */
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

/* What a person hears who cannot see the picture; the numbers are those of the frames. */
static void each_picture_has_words(void **state)
{
    struct lc_frame f;

    (void)state;
    play("printf '<svg></svg>' >figure.svg");
    make_rates(&f);
    assert_non_null(strstr(try_to_draw(LC_FIGURE_RATES, &f, "1.svg", true).text,
                           "the close rate of 20 levels as a multiple of that of all leads"));
    make_points(&f);
    assert_non_null(strstr(try_to_draw(LC_FIGURE_POINTS, &f, "2.svg", true).text,
                           "13 levels on one scale: from '; quit; ':"));
    assert_non_null(strstr(try_to_draw(LC_FIGURE_POINTS, &f, "2.svg", true).text,
                           "(ratio 1.05, -1 points)"));
    assert_non_null(strstr(try_to_draw(LC_FIGURE_POINTS, &f, "2.svg", true).text,
                           "disagree in direction on 5."));
    make_grades(&f, false);
    assert_string_equal(try_to_draw(LC_FIGURE_GRADES, &f, "3.svg", true).text,
                        "Close rate on later leads by grade, with intervals: A 22.0 %, "
                        "B 17.0 %, C 12.0 %, D 7.0 %, 1 22.0 %, 2 17.0 %, 3 12.0 %, 4 7.0 %.");
    assert_string_equal(try_to_draw(LC_FIGURE_CYCLE, &f, "4.svg", true).text,
                        "Median days from start to won by grade, with intervals: A 30, B 34, "
                        "C 38, 1 30, 2 34, 3 38, 4 42.");
    make_bins(
        &f); /* odd bins are 15 % too high, even ones 10 % too low: 0.6 and 1.5 hold both */
    assert_non_null(strstr(try_to_draw(LC_FIGURE_CALIBRATION, &f, "5.svg", true).text,
                           "in 10 groups of the test leads: in 10 of them"));
    make_gains(&f); /* 0.2 to the power of 0.45 and 0.65 */
    assert_non_null(strstr(try_to_draw(LC_FIGURE_LIFT, &f, "6.svg", true).text,
                           "(20 % without a score): the new model 48 %, ratio points 35 %."));
    make_funnel(&f);
    assert_string_equal(try_to_draw(LC_FIGURE_FUNNEL, &f, "7.svg", true).text,
                        "Two close rates by quarter. Cohort rate: 11.0 % in 2023-Q1, 5.0 % in "
                        "2023-Q4, over 4 quarters. Period rate: 6.0 % in 2023-Q2, 8.0 % in "
                        "2023-Q4, over 3 quarters.");
    make_accept(&f);
    assert_non_null(strstr(try_to_draw(LC_FIGURE_ACCEPT, &f, "8.svg", true).text,
                           "Acceptance: 65.0 % in 2024-Q1, 75.0 % in 2024-Q3, over 2 "
                           "quarters."));
    make_maturity(&f, true);
    assert_string_equal(
        try_to_draw(LC_FIGURE_MATURITY, &f, "9.svg", true).text,
        "Share of all leads that are won by an age, with intervals: 6.0 % by 30 "
        "days (25 % of the wins to come), 12.0 % by 90 days (50 % of the wins to "
        "come), 18.0 % by 365 days (75 % of the wins to come).");
}

/* 10 points double the odds; a limit of 30 times stands at the end of the axis, which is 20 times
 * and a little room: 20.4. */
static void marks_stand_where_their_numbers_are(void **state)
{
    union lc_value *row;
    struct lc_frame f, rate;

    (void)state;
    play("{ printf '<svg>'; cat data.tsv; printf '</svg>'; } >figure.svg");
    FRAME(f, "rates", rates_heading);
    (void)add_rate(&f, "(all)", "(all)", 8000, 640);
    (void)add_rate(&f, "size", "(all)", 8000, 640);
    row = add_rate(&f, "size", "large", 400, 51);
    row[5].number = 1.6;
    row[6].number = 1.25;
    row[7].number = 30;
    row[8].number = 10;
    assert_string_equal(try_to_draw(LC_FIGURE_RATES, &f, "1.svg", true).svg.p,
                        "<svg>1\t1\t1.6\t1.25\t20.4\tsize: large\t12.8 %, 51 of 400\n</svg>");
    rate = f;
    make_maturity(&f, true);
    f.n = 2;
    assert_string_equal(try_to_draw(LC_FIGURE_MATURITY, &f, "3.svg", true).svg.p,
                        "<svg>1\t0\t0\t0\t0\t-\t-\n1\t30\t6\t4\t9\t-\t-\n"
                        "1\t90\t12\t10\t15\t-\t-\n</svg>");
    f = rate;
    f.value += 2 * f.k; /* the table of points has no totals */
    f.n = 1;
    assert_string_equal(try_to_draw(LC_FIGURE_POINTS, &f, "2.svg", true).svg.p,
                        "<svg>1\t1\t2\t1.6\t2\tsize: large\t1.60 and +10\n</svg>");
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
    static const enum lc_figure all[] = {
        LC_FIGURE_RATES,       LC_FIGURE_GRADES, LC_FIGURE_CYCLE,
        LC_FIGURE_CALIBRATION, LC_FIGURE_LIFT,   LC_FIGURE_POINTS,
        LC_FIGURE_FUNNEL,      LC_FIGURE_ACCEPT, LC_FIGURE_MATURITY};
    const size_t n = sizeof all / sizeof *all;
    struct lc_frame empty[sizeof all / sizeof *all];
    struct lc_picture p[sizeof all / sizeof *all];
    struct lc_err err;

    (void)state;
    FRAME(empty[0], "rates", rates_heading);
    FRAME(empty[1], "backtest", grades_heading);
    FRAME(empty[2], "backtest", grades_heading);
    FRAME(empty[3], "calibration", bins_heading);
    FRAME(empty[4], "lift", gains_heading);
    FRAME(empty[5], "fit", rates_heading);
    FRAME(empty[6], "funnel", funnel_heading);
    FRAME(empty[7], "accept", accept_heading);
    FRAME(empty[8], "maturity", maturity_heading);
    add(&empty[8])[0].text = "(all)";
    add_rate(&empty[0], "(all)", "(all)", 10, 1);
    add_grade(&empty[2], "logistic", "A", 10, 0.1, "entered to won", LC_NAN);
    add(&empty[3])[0].text = "logistic";
    add(&empty[6])[0].text = "2024-Q1";
    add(&empty[7])[0].text = "(all)";
    for (size_t i = 0; i < n; i++)
        p[i] = picture_of(all[i], &empty[i], "none.svg");
    assert_int_equal(lc_figures_draw(p, n, true, &arena, &err), LC_OK);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(p[i].svg.n, 0);
        assert_null(p[i].why);
    }
    assert_false(lc_file_exists(in_folder("none.svg")));
}

static void without_gnuplot_the_text_says_how_to_install_it(void **state)
{
    struct lc_frame f;
    struct lc_picture p;

    (void)state;
    make_gains(&f);
    assert_int_equal(setenv("PATH", folder, 1), 0);
    p = try_to_draw(LC_FIGURE_LIFT, &f, "none.svg", true);
    assert_non_null(strstr(p.why, "apt-get install gnuplot-nox"));
    assert_int_equal(files_in(folder), 0);
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
        struct lc_picture p;

        play(act[i]);
        p = try_to_draw(LC_FIGURE_LIFT, &f, "none.svg", true);
        assert_non_null(strstr(p.why, "gnuplot"));
        assert_int_equal(files_in(folder), 1); /* the program itself */
    }
}

/* The environment is PATH alone, and the data is not part of the script. */
static void gnuplot_sees_nothing_but_the_path(void **state)
{
    struct lc_frame f;
    struct lc_picture p;

    (void)state;
    make_rates(&f);
    assert_int_equal(setenv("LEADCAL_SECRET", "hidden", 1), 0);
    play("{ printf '<svg>'; echo \"$*\"; env | grep -c SECRET; grep -c 'quit' script.gp; "
         "grep -c 'quit' data.tsv; printf '</svg>'; } >figure.svg");
    p = try_to_draw(LC_FIGURE_RATES, &f, "env.svg", true);
    assert_string_equal(p.svg.p, "<svg>-d script.gp\n0\n0\n12\n</svg>");
    assert_int_equal(unsetenv("LEADCAL_SECRET"), 0);
}

static void a_target_that_cannot_be_written_is_said_and_nothing_is_left(void **state)
{
    struct lc_frame f;

    (void)state;
    play("printf '<svg></svg>' >figure.svg");
    make_gains(&f);
    assert_non_null(try_to_draw(LC_FIGURE_LIFT, &f, "absent/lift.svg", true).why);
    assert_int_equal(files_in(folder), 1);
    assert_null(try_to_draw(LC_FIGURE_LIFT, &f, "lift.svg", false).why);
    assert_non_null(strstr(try_to_draw(LC_FIGURE_LIFT, &f, "lift.svg", false).why, "lift.svg"));
}

static void a_temporary_folder_that_cannot_be_made_is_said(void **state)
{
    struct lc_frame f;

    (void)state;
    make_gains(&f);
    assert_int_equal(setenv("TMPDIR", in_folder("absent"), 1), 0);
    assert_non_null(strstr(try_to_draw(LC_FIGURE_LIFT, &f, "lift.svg", true).why, "TMPDIR"));
}

/* All at once: one that fails does not take the others with it. */
static void a_picture_that_fails_leaves_the_others_whole(void **state)
{
    struct lc_frame rates, bins, gains;
    struct lc_picture p[3];
    struct lc_err err;

    (void)state;
    play("grep -q 'keep its word' script.gp && exit 1; printf '<svg></svg>' >figure.svg");
    make_rates(&rates);
    make_bins(&bins);
    make_gains(&gains);
    p[0] = picture_of(LC_FIGURE_RATES, &rates, "rates.svg");
    p[1] = picture_of(LC_FIGURE_CALIBRATION, &bins, "calibration.svg");
    p[2] = picture_of(LC_FIGURE_LIFT, &gains, "lift.svg");
    assert_int_equal(lc_figures_draw(p, 3, true, &arena, &err), LC_OK);
    assert_string_equal(p[0].svg.p, "<svg></svg>");
    assert_int_equal(p[1].svg.n, 0);
    assert_non_null(strstr(p[1].why, "gnuplot failed"));
    assert_string_equal(p[2].svg.p, "<svg></svg>");
    assert_int_equal(files_in(folder), 3); /* two pictures and the program */
}

/* Each waits for the other to have begun, so that one after the other would never end well. */
static void pictures_are_drawn_at_the_same_time(void **state)
{
    struct lc_frame bins, gains;
    struct lc_picture p[2];
    struct lc_err err;

    (void)state;
    play("grep -q 'keep its word' script.gp && mine=1 other=2 || mine=2 other=1\n"
         ": >../began.$mine\n"
         "for i in 1 2 3 4 5 6 7 8 9 10; do\n"
         "    [ -e ../began.$other ] && printf '<svg></svg>' >figure.svg && exit\n"
         "    sleep 1\n"
         "done\n"
         "exit 1");
    make_bins(&bins);
    make_gains(&gains);
    p[0] = picture_of(LC_FIGURE_CALIBRATION, &bins, "calibration.svg");
    p[1] = picture_of(LC_FIGURE_LIFT, &gains, "lift.svg");
    assert_int_equal(lc_figures_draw(p, 2, true, &arena, &err), LC_OK);
    assert_null(p[0].why);
    assert_null(p[1].why);
}

static void a_gnuplot_that_hangs_is_stopped(void **state)
{
    struct lc_plot_job job[2] = {{.folder = folder}, {.folder = folder}};

    (void)state;
    play("[ -e began ] && exit 0; : >began; exec sleep 300");
    lc_plot_run(job, 1, 1);
    assert_int_equal(job[0].err.code, LC_EIO);
    assert_non_null(strstr(job[0].err.text, "did not end within 1 second"));
    lc_plot_run(job, 2, 1); /* now it ends at once */
    assert_int_equal(job[0].err.code, LC_OK);
    assert_int_equal(job[1].err.code, LC_OK);
}

static void every_refused_allocation_is_an_error(void **state)
{
    struct lc_arena limited;
    struct lc_frame f;
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    play("printf '<svg></svg>' >figure.svg");
    make_gains(&f);
    lc_arena_init(&limited, 0);
    for (size_t limit = 0; rc == LC_ENOMEM && limit < 1 << 16; limit += 256) {
        struct lc_picture p = picture_of(LC_FIGURE_LIFT, &f, "lift.svg");
        struct lc_err err;

        lc_arena_release(&limited);
        limited.limit = limit;
        rc = lc_figures_draw(&p, 1, true, &limited, &err);
        refused += rc == LC_ENOMEM;
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 10);
    assert_int_equal(files_in(folder), 2); /* the picture and the program */
    lc_arena_release(&limited);
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
        TEST(the_twenty_levels_that_tell_most_are_shown),
        TEST(every_picture_of_the_backtest_is_drawn),
        TEST(pictures_of_points_and_of_quarters_are_drawn),
        TEST(each_picture_has_words),
        TEST(marks_stand_where_their_numbers_are),
        TEST(the_same_frame_gives_the_same_bytes),
        TEST(a_frame_without_usable_rows_draws_nothing),
        TEST(without_gnuplot_the_text_says_how_to_install_it),
        TEST(what_gnuplot_leaves_is_inspected),
        TEST(gnuplot_sees_nothing_but_the_path),
        TEST(a_target_that_cannot_be_written_is_said_and_nothing_is_left),
        TEST(a_temporary_folder_that_cannot_be_made_is_said),
        TEST(a_picture_that_fails_leaves_the_others_whole),
        TEST(pictures_are_drawn_at_the_same_time),
        TEST(a_gnuplot_that_hangs_is_stopped),
        TEST(every_refused_allocation_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
