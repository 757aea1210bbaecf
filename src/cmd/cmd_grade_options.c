/* The options of grades: where their cuts lie, and what that takes. */
#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/num.h"

static const char *const cut_methods[] = {"shares", "quantile", "capacity", "dp",
                                          "cost",   "f1",       "pinned",   NULL};

const struct opt *cmd_grade_rows(struct cmd_grade_set *set)
{
    const struct opt rows[] = {
        OPT_SECTION("Grades"),
        OPT_CHOICE(
            0, "cuts", &set->cuts, cut_methods,
            "grades by shares of the training leads or by quartiles; by what sales can "
            "take a week; where close rates differ most (exact; needs 80 wins); above what "
            "a contact costs; by the F1 score; or as typed"),
        OPT_TEXT(0, "shares", &set->shares, "A,B,C,D",
                 "per cent of leads in the grades, best first; default 10,20,30,40"),
        OPT_REAL(0, "cost", &set->cost, 0, 1e15, "C",
                 "of contacting a lead: A and B (1 and 2) begin where that pays"),
        OPT_REAL(0, "value", &set->value, 0, 1e15, "V", "of a win, in the money of --cost"),
        OPT_TEXT(0, "letter-cuts", &set->letter, "A,B,C",
                 "with --cuts pinned: the points from which A, B and C are given, falling"),
        OPT_TEXT(0, "digit-cuts", &set->digit, "1,2,3", "the same for 1, 2 and 3"),
        OPT_END(),
    };

    _Static_assert(sizeof rows <= sizeof set->row, "struct cmd_grade_set has too little room");
    *set = (struct cmd_grade_set){0};
    memcpy(set->row, rows, sizeof rows);
    return set->row;
}

static bool read_shares(const char *text, double target[LC_GRADES])
{
    double sum = 0;

    for (size_t i = 0; i < LC_GRADES; i++) {
        const size_t n = strcspn(text, ",");

        if (!lc_real_parse((struct lc_slice){text, n}, &target[i]) || target[i] <= 0 ||
            (text[n] == ',') == (i + 1 == LC_GRADES))
            return false;
        sum += target[i];
        target[i] /= 100;
        text += n + 1;
    }
    return sum > 99.999 &&
           sum < 100.001; /* per cent; thirds may be written with three places */
}

/* "30,10,-5": three numbers that do not rise. */
static bool read_cuts(const char *name, const char *option, const char *text,
                      struct lc_grade_cuts *cuts)
{
    const char *rest = text;

    for (size_t i = 0; i + 1 < LC_GRADES; i++) {
        const size_t n = strcspn(rest, ",");

        if (!lc_real_parse((struct lc_slice){rest, n}, &cuts->cut[i]) ||
            (rest[n] == ',') == (i + 2 == LC_GRADES) ||
            (i && cuts->cut[i] > cuts->cut[i - 1]) || cuts->cut[i] > LC_GRADE_NEVER) {
            (void)fprintf(
                stderr,
                "%s: --%s needs three numbers that do not rise, such as 30,10,-5, not "
                "'%.40s'\n",
                name, option, text);
            return false;
        }
        rest += n + 1;
    }
    cuts->used = true;
    return true;
}

/* Options that go with one method, each with its own. */
static bool fit_each_other(const char *name, const struct cmd_grade_set *set)
{
    const bool pinned = set->letter || set->digit, cost = set->cost > 0 || set->value > 0;

    if (pinned != (set->cuts == LC_CUTS_PINNED))
        (void)cmd_wrong(name, "--cuts pinned goes with --letter-cuts or --digit-cuts");
    else if ((cost || set->cuts == LC_CUTS_COST) && !(set->cost > 0 && set->value > set->cost))
        (void)cmd_wrong(name,
                        "--cost and --value are both needed, and a win must be worth more "
                        "than a contact costs");
    else if (cost && set->cuts != LC_CUTS_COST && !set->all)
        (void)cmd_wrong(name, "--cost and --value go with --cuts cost");
    else
        return true;
    return false;
}

bool cmd_grade_options(const char *name, const struct cmd_grade_set *set,
                       struct lc_grades *grades)
{
    lc_grades_init(grades);
    grades->method = (enum lc_cuts)set->cuts;
    if (!fit_each_other(name, set) ||
        (set->letter && !read_cuts(name, "letter-cuts", set->letter, &grades->letter)) ||
        (set->digit && !read_cuts(name, "digit-cuts", set->digit, &grades->digit)))
        return false;
    if (set->value > 0)
        grades->line = set->cost / set->value;
    if (!set->shares || read_shares(set->shares, grades->target))
        return true;
    (void)fprintf(
        stderr,
        "%s: --shares needs four numbers that add up to 100, such as 10,20,30,40, not "
        "'%.40s'\n",
        name, set->shares);
    return false;
}
