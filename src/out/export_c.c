/* A model as C99: tables made of the model, then the same code for every model. */
#include <math.h>
#include <string.h>

#include "export_c_internal.h"
#include "export_internal.h"

#define MOST_LITERAL 4095 /* bytes that a C99 compiler must take in one literal */

/* One byte so that it is itself in whatever character set the compiler believes in. A question mark
 * is escaped because of the trigraphs, of which two begin every one. */
static void put_byte(FILE *to, unsigned char c, char quote)
{
    if (c == (unsigned char)quote || c == '\\' || c == '?')
        (void)fprintf(to, "\\%c", (int)c);
    else if (c >= ' ' && c < 0x7f)
        (void)fputc((int)c, to);
    else
        (void)fprintf(to, "\\%03o", (unsigned)c);
}

/* A longer text than a literal holds becomes an array, which has no such limit. */
static void put_text(FILE *to, const char *text)
{
    const size_t n = strlen(text);

    if (n > MOST_LITERAL) {
        (void)fputs("(const char[]){", to);
        for (size_t i = 0; i < n; i++) {
            (void)fputs("'", to);
            put_byte(to, (unsigned char)text[i], '\'');
            (void)fputs("', ", to);
        }
        (void)fputs("0}", to);
        return;
    }
    (void)fputc('"', to);
    for (size_t i = 0; i < n; i++)
        put_byte(to, (unsigned char)text[i], '"');
    (void)fputc('"', to);
}

static void put_real(FILE *to, double x)
{
    lc_export_real(to, x, "HUGE_VAL", "NAN");
}

static void put_worth(FILE *to, struct lc_export_worth w)
{
    (void)fputc('{', to);
    put_real(to, w.log_odds);
    (void)fputs(", ", to);
    put_real(to, w.points);
    (void)fputc('}', to);
}

static void put_scale(const struct lc_export_job *job)
{
    const struct lc_model *m = job->model;
    FILE *to = job->to;

    (void)fputs("/* Texts that mean no value. */\n"
                "static const char *const leadcal_missing[] = {\"\", \"(missing)\"",
                to);
    for (size_t i = 0; i < m->missing.n; i++) {
        (void)fputs(", ", to);
        put_text(to, m->missing.text[i]);
    }
    (void)fputs(", NULL};\n\n"
                "/* Log-odds of an average lead; NaN: no probability is known. */\n"
                "static const double leadcal_intercept = ",
                to);
    put_real(to, m->card.intercept);
    (void)fputs(";\n\n/* Points of an average lead; the limits of the total. */\n"
                "static const double leadcal_average = ",
                to);
    put_real(to, m->card.scale.average);
    (void)fputs(", leadcal_least = ", to);
    put_real(to, m->card.scale.least);
    (void)fputs(", leadcal_most = ", to);
    put_real(to, m->card.scale.most);
    (void)fputs(";\n\n", to);
}

static void put_range(FILE *to, struct lc_range range)
{
    (void)fprintf(to, "{%d, ", !isnan(range.low));
    put_real(to, isnan(range.low) ? 0 : range.low);
    (void)fputs(", ", to);
    put_real(to, isnan(range.low) ? 0 : range.high);
    (void)fputc('}', to);
}

static void put_cuts(FILE *to, const char *name, const struct lc_grade_cuts *cuts)
{
    (void)fprintf(to, "static const double leadcal_%s[] = {", name);
    for (size_t c = 0; c + 1 < LC_GRADES; c++) {
        (void)fputs(c ? ", " : "", to);
        put_real(to, cuts->used ? lc_export_cut(cuts, c) : 0);
    }
    (void)fputs("};\n", to);
}

static void put_grade(FILE *to, const struct lc_export_grade *g)
{
    (void)fprintf(to, "\"%s\", ", g->grade);
    put_text(to, g->action);
    (void)fprintf(to, ", %d", g->sla_hours);
}

static void put_grades(const struct lc_export_job *job)
{
    FILE *to = job->to;

    (void)fputs("/* The lowest and highest sums of points of profile and engagement. */\n"
                "static const struct leadcal_range leadcal_range[2] = {",
                to);
    put_range(to, job->range[LC_ROLE_PROFILE]);
    (void)fputs(", ", to);
    put_range(to, job->range[LC_ROLE_ENGAGEMENT]);
    (void)fprintf(
        to,
        "};\n\n/* The best grade is a sum at or above the first cut, and so on; one grade "
        "has no cut. */\n"
        "#define LEADCAL_LETTERS %zu\n#define LEADCAL_DIGITS  %zu\n",
        job->letters, job->digits);
    put_cuts(to, "letter", &job->model->grades.letter);
    put_cuts(to, "digit", &job->model->grades.digit);
    (void)fputs("\nstatic const struct leadcal_grade leadcal_grade[] = {\n", to);
    for (size_t i = 0; i < job->letters * job->digits; i++) {
        (void)fputs("    {", to);
        put_grade(to, &job->grade[i]);
        (void)fputs("},\n", to);
    }
    (void)fputs("};\n\n", to);
}

/* The levels and cuts of an attribute; each list ends with one that nobody looks at, since C has no
 * empty array. */
static void put_levels(const struct lc_export_job *job, size_t j)
{
    const struct lc_attribute *a = &job->model->card.attribute[j].attribute;
    const size_t n = a->cut ? lc_export_bins(a) : lc_attribute_values(a);
    FILE *to = job->to;

    if (a->cut) {
        (void)fprintf(to, "static const double leadcal_cut_%zu[] = {", j);
        for (size_t c = 0; c < a->n_cuts; c++) {
            put_real(to, a->cut[c]);
            (void)fputs(", ", to);
        }
        (void)fputs("0};\n", to);
    }
    (void)fprintf(to, "static const struct leadcal_level leadcal_level_%zu[] = {\n", j);
    for (size_t i = 0; i < n; i++) {
        const struct lc_attribute_value bin = {NULL, (uint32_t)i};
        const struct lc_attribute_value value = a->cut ? bin : lc_attribute_value(a, i);

        if (!a->cut && !lc_export_is_value(a, i))
            continue;
        (void)fputs("    {", to);
        if (a->cut)
            (void)fputs("NULL", to);
        else
            put_text(to, value.text);
        (void)fputs(", ", to);
        put_worth(to, lc_export_worth(job, j, value.level));
        (void)fputs("},\n", to);
    }
    (void)fputs("    {NULL, {0, 0}},\n};\n\n", to);
}

static void put_attribute(const struct lc_export_job *job, size_t j)
{
    const struct lc_attribute *a = &job->model->card.attribute[j].attribute;
    FILE *to = job->to;

    (void)fprintf(to, "    {%d, ", a->role == LC_ROLE_ENGAGEMENT);
    if (a->member)
        put_text(to, a->member);
    else
        (void)fputs("NULL", to);
    (void)fputs(", ", to);
    if (a->cut)
        (void)fprintf(to, "leadcal_cut_%zu, %zu", j, a->n_cuts);
    else
        (void)fputs("NULL, 0", to);
    (void)fprintf(to, ", leadcal_level_%zu,\n     ", j);
    if (a->cut)
        (void)fprintf(to, "%zu, ", lc_export_bins(a));
    else
        (void)fprintf(to, "sizeof leadcal_level_%zu / sizeof *leadcal_level_%zu - 1, ", j, j);
    put_worth(to, lc_export_missing(job, j));
    (void)fputs(", ", to);
    put_worth(to, lc_export_worth(job, j, a->n_levels));
    (void)fputs("},\n", to);
}

static void put_attributes(const struct lc_export_job *job)
{
    const struct lc_card *card = &job->model->card;
    FILE *to = job->to;

    (void)fputs("const char *const leadcal_column[LEADCAL_COLUMNS + 1] = {\n", to);
    for (size_t j = 0; j < card->k; j++) {
        (void)fputs("    ", to);
        put_text(to, lc_attribute_source(&card->attribute[j].attribute));
        (void)fputs(",\n", to);
    }
    (void)fputs("    NULL,\n};\n\n", to);
    for (size_t j = 0; j < card->k; j++)
        put_levels(job, j);
    (void)fputs(
        "static const struct leadcal_attribute leadcal_attribute[LEADCAL_COLUMNS + 1] = {\n",
        to);
    for (size_t j = 0; j < card->k; j++)
        put_attribute(job, j);
    (void)fputs("    {0, NULL, NULL, 0, NULL, 0, {0, 0}, {0, 0}},\n};\n\n", to);
}

/* The texts of the segment in which a deviation counts; nothing of an attribute of all leads. */
static void put_segment_texts(const struct lc_export_job *job, size_t j)
{
    size_t own, at = 0;

    if (!lc_export_segment(&job->model->card, j, &own))
        return;
    (void)fprintf(job->to, "static const char *const leadcal_segment_%zu[] = {", j);
    for (const char *text; (text = lc_export_segment_text(&job->model->card, j, &at));) {
        put_text(job->to, text);
        (void)fputs(", ", job->to);
    }
    (void)fputs("NULL};\n", job->to);
}

/* Of every attribute; NULL where it counts for all leads. */
static void put_segments(const struct lc_export_job *job)
{
    const struct lc_card *card = &job->model->card;
    FILE *to = job->to;

    for (size_t j = 0; j < card->k; j++)
        put_segment_texts(job, j);
    (void)fputs(
        "/* In which segment an attribute counts: the place of its column, its texts; NULL: in all. "
        "*/\n"
        "static const struct leadcal_segment {\n"
        "    size_t own;\n"
        "    const char *const *text;\n"
        "} leadcal_segment[LEADCAL_COLUMNS + 1] = {\n",
        to);
    for (size_t j = 0; j < card->k; j++) {
        size_t own;

        if (lc_export_segment(card, j, &own))
            (void)fprintf(to, "    {%zu, leadcal_segment_%zu},\n", own, j);
        else
            (void)fputs("    {0, NULL},\n", to);
    }
    (void)fputs("    {0, NULL},\n};\n\n", to);
}

static void put_check(const struct lc_export_job *job, const struct lc_export_check *c)
{
    FILE *to = job->to;

    (void)fputs("    {{", to);
    for (size_t j = 0; j < job->model->card.k; j++) {
        if (c->input[j])
            put_text(to, c->input[j]);
        else
            (void)fputs("NULL", to);
        (void)fputs(", ", to);
    }
    (void)fputs("NULL},\n     {", to);
    put_real(to, c->probability);
    (void)fputs(", ", to);
    put_real(to, c->points);
    (void)fputs(", ", to);
    put_real(to, isnan(c->fit) ? -1 : c->fit);
    (void)fputs(", ", to);
    put_real(to, isnan(c->engagement) ? -1 : c->engagement);
    (void)fputs(", ", to);
    put_grade(to, c->grade);
    (void)fputs("}},\n", to);
}

enum lc_rc lc_export_c(const struct lc_export_job *job, struct lc_err *err)
{
    FILE *to = job->to;

    (void)err;
    (void)fputs("/*\n", to);
    lc_export_about(job, " * ", "C99, on libc and libm alone");
    lc_export_c_begin(to);
    (void)fprintf(to, "#define LEADCAL_COLUMNS %zu\n", job->model->card.k);
    lc_export_c_declare(to);
    (void)fprintf(to, "#define LEADCAL_CHECKS %zu /* verification rows */\n\n", job->n_checks);
    put_scale(job);
    put_grades(job);
    put_attributes(job);
    if (lc_export_has_segments(&job->model->card))
        put_segments(job);
    (void)fputs("static const struct leadcal_check leadcal_check[LEADCAL_CHECKS] = {\n", to);
    for (size_t i = 0; i < job->n_checks; i++)
        put_check(job, &job->check[i]);
    (void)fputs("};\n\n", to);
    lc_export_c_score(to, lc_export_has_segments(&job->model->card));
    lc_export_c_filter(to);
    return LC_OK;
}
