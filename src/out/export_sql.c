/* A model as SQL: a SELECT over a table of texts, and the same SELECT over the verification rows. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "export_internal.h"
#include "export_sql_internal.h"

static const char statements[] =
    "-- Two statements. The first returns the table's columns and then the lc_ columns; a table that\n"
    "-- has an lc_ column already is an error (\"ambiguous\"). The second is the self-test: it returns\n"
    "-- the verification rows that come out wrong, none where all is well. The columns are texts, as\n"
    "-- the CRM exports them; NULL and the empty text are no value. Names stand here as they are: keep\n"
    "-- this file in UTF-8.\n";

const char *const lc_sql_made[LC_SQL_MADE] = {
    "lc_log_odds", "lc_fit_points", "lc_engagement_points", "lc_probability",
    "lc_points",   "lc_fit",        "lc_engagement",        "lc_grade",
    "lc_action",   "lc_sla_hours"};

static void put_text(const struct lc_sql *s, const char *text)
{
    s->dialect->put_text(s->to, text);
}

static void put_table(const struct lc_sql *s)
{
    const char *rest = s->job->how->table;

    while (rest) {
        lc_sql_name(s, lc_sql_part(&rest));
        (void)fputs(rest ? "." : "", s->to);
    }
}

/* exp() beyond 700 is an error in PostgreSQL, and 1e-304 is as good as what it would be. */
static void put_probability(const struct lc_sql *s)
{
    const struct lc_sql_dialect *d = s->dialect;

    if (!s->job->has_probability) {
        (void)fputs("CAST(NULL AS double precision)", s->to);
        return;
    }
    (void)fprintf(
        s->to,
        "CASE WHEN lc_log_odds >= 0 THEN 1 / (1 + exp(-%s(lc_log_odds, 700)))\n"
        "      ELSE exp(%s(lc_log_odds, -700)) / (1 + exp(%s(lc_log_odds, -700))) END",
        d->least, d->greatest, d->greatest);
}

static void put_points(const struct lc_sql *s)
{
    const struct lc_point_scale *scale = &s->job->model->card.scale;
    const struct lc_sql_dialect *d = s->dialect;

    (void)fputs(s->job->is_whole ? d->whole_before : "", s->to);
    (void)fprintf(s->to, "%s%s%s%s", isfinite(scale->most) ? d->least : "",
                  isfinite(scale->most) ? "(" : "", isfinite(scale->least) ? d->greatest : "",
                  isfinite(scale->least) ? "(" : "");
    lc_sql_real(s, scale->average);
    (void)fputs(" + lc_fit_points + lc_engagement_points", s->to);
    if (isfinite(scale->least)) {
        (void)fputs(", ", s->to);
        lc_sql_real(s, scale->least);
        (void)fputc(')', s->to);
    }
    if (isfinite(scale->most)) {
        (void)fputs(", ", s->to);
        lc_sql_real(s, scale->most);
        (void)fputc(')', s->to);
    }
    (void)fputs(s->job->is_whole ? d->whole_after : "", s->to);
}

/* 0 to 100: where a sum stands between its ends. */
static void put_exact_place(const struct lc_sql *s, enum lc_sql_sum sum, struct lc_range range)
{
    (void)fprintf(s->to, "%s(%s(100 * (%s - ", s->dialect->least, s->dialect->greatest,
                  lc_sql_made[sum]);
    lc_sql_real(s, range.low);
    (void)fputs(") / ", s->to);
    lc_sql_real(s, range.high - range.low);
    (void)fputs(", 0), 100)", s->to);
}

/* To the nearest whole number, halves up; below a half apart, since 0.49999999999999994 + 0.5 is 1. */
static void put_place(const struct lc_sql *s, enum lc_sql_sum sum, struct lc_range range)
{
    if (isnan(range.low)) {
        (void)fputs("CAST(NULL AS bigint)", s->to);
        return;
    }
    if (!(range.high > range.low)) {
        (void)fputs("CAST(50 AS bigint)", s->to);
        return;
    }
    (void)fputs("CASE WHEN ", s->to);
    put_exact_place(s, sum, range);
    (void)fprintf(s->to, " < 0.5 THEN 0\n      ELSE %s", s->dialect->whole_before);
    put_exact_place(s, sum, range);
    (void)fprintf(s->to, " + 0.5%s END", s->dialect->whole_after);
}

/* CASE over one dimension's cuts. */
static void put_margin(const struct lc_sql *s, const struct lc_grade_cuts *cuts,
                       enum lc_sql_sum sum, char best)
{
    (void)fputs("CASE", s->to);
    for (size_t c = 0; c + 1 < LC_GRADES; c++) {
        (void)fprintf(s->to, "\n      WHEN %s >= ", lc_sql_made[sum]);
        lc_sql_real(s, lc_export_cut(cuts, c));
        (void)fprintf(s->to, " THEN '%c'", best + (int)c);
    }
    (void)fprintf(s->to, "\n      ELSE '%c' END", best + LC_GRADES - 1);
}

static void put_grade(const struct lc_sql *s)
{
    const struct lc_grades *g = &s->job->model->grades;

    if (!g->letter.used && !g->digit.used)
        (void)fputs("CAST('' AS text)", s->to);
    if (g->letter.used)
        put_margin(s, &g->letter, LC_SQL_FIT_POINTS, 'A');
    if (g->letter.used && g->digit.used)
        (void)fputs("\n      || ", s->to);
    if (g->digit.used)
        put_margin(s, &g->digit, LC_SQL_ENGAGEMENT_POINTS, '1');
}

static void put_action(const struct lc_sql *s)
{
    (void)fputs("CASE lc_grade", s->to);
    for (size_t i = 0; i < s->job->letters * s->job->digits; i++) {
        (void)fprintf(s->to, "\n      WHEN '%s' THEN ", s->job->grade[i].grade);
        put_text(s, s->job->grade[i].action);
    }
    (void)fputs(" END", s->to);
}

static void put_clock(const struct lc_sql *s)
{
    (void)fputs("CASE lc_grade", s->to);
    for (size_t i = 0; i < s->job->letters * s->job->digits; i++)
        if (s->job->grade[i].sla_hours)
            (void)fprintf(s->to, "\n      WHEN '%s' THEN %d", s->job->grade[i].grade,
                          s->job->grade[i].sla_hours);
        else
            (void)fprintf(s->to, "\n      WHEN '%s' THEN CAST(NULL AS bigint)",
                          s->job->grade[i].grade);
    (void)fputs(" END", s->to);
}

/* The sums over a table called lc_lead. The one-row subquery holds every name that the query makes, so
 * that a table with such a column, scored before, is an error ("ambiguous") and no quiet mistake. */
static void put_sums(const struct lc_sql *s, const char *table)
{
    (void)fputs("lc_sums AS (\n  SELECT lc_lead.*", s->to);
    lc_sql_sum(s, LC_SQL_LOG_ODDS);
    lc_sql_sum(s, LC_SQL_FIT_POINTS);
    lc_sql_sum(s, LC_SQL_ENGAGEMENT_POINTS);
    (void)fputs("\n  FROM ", s->to);
    if (table)
        (void)fputs(table, s->to);
    else
        put_table(s);
    (void)fputs(" AS lc_lead,\n    (SELECT ", s->to);
    for (size_t i = 0; i < LC_SQL_MADE; i++)
        (void)fprintf(s->to, "%s0 AS %s",
                      i == 0  ? ""
                      : i % 5 ? ", "
                              : ",\n      ",
                      lc_sql_made[i]);
    (void)fputs(") AS lc_new\n  WHERE ", s->to);
    for (size_t i = 0; i < LC_SQL_MADE; i++)
        (void)fprintf(s->to, "%s%s", i == 0 ? "" : i % 5 ? " + " : "\n    + ", lc_sql_made[i]);
    (void)fprintf(s->to, " = 0\n  %s\n),\n", s->dialect->fence);
}

static void put_scores(const struct lc_sql *s)
{
    (void)fputs("lc_scores AS (\n  SELECT lc_sums.*,\n    ", s->to);
    put_probability(s);
    (void)fputs(" AS lc_probability,\n    ", s->to);
    put_points(s);
    (void)fputs(" AS lc_points,\n    ", s->to);
    put_place(s, LC_SQL_FIT_POINTS, s->job->range[LC_ROLE_PROFILE]);
    (void)fputs(" AS lc_fit,\n    ", s->to);
    put_place(s, LC_SQL_ENGAGEMENT_POINTS, s->job->range[LC_ROLE_ENGAGEMENT]);
    (void)fputs(" AS lc_engagement,\n    ", s->to);
    put_grade(s);
    (void)fputs(" AS lc_grade\n  FROM lc_sums\n)", s->to);
}

static void put_answers(const struct lc_sql *s)
{
    (void)fputs("SELECT lc_scores.*,\n    ", s->to);
    put_action(s);
    (void)fputs(" AS lc_action,\n    ", s->to);
    put_clock(s);
    (void)fputs(" AS lc_sla_hours\n  FROM lc_scores", s->to);
}

/* What a verification row must give, in the order of `made` from lc_probability on; NULL: nothing. */
static void put_wanted(const struct lc_sql *s, const struct lc_export_check *c)
{
    const double number[] = {c->probability, c->points, c->fit, c->engagement};

    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        (void)fputs(", ", s->to);
        if (isnan(number[i]))
            (void)fputs("CAST(NULL AS double precision)", s->to);
        else
            lc_sql_real(s, number[i]);
    }
    (void)fprintf(s->to, ", '%s', ", c->grade->grade);
    put_text(s, c->grade->action);
    if (c->grade->sla_hours)
        (void)fprintf(s->to, ", %d)", c->grade->sla_hours);
    else
        (void)fputs(", CAST(NULL AS bigint))", s->to);
}

static void put_checks(const struct lc_sql *s)
{
    const struct lc_card *card = &s->job->model->card;

    (void)fputs("lc_check (lc_row", s->to);
    for (size_t j = 0; j < card->k; j++) {
        if (!lc_export_is_first(s->job, j))
            continue;
        (void)fputs(", ", s->to);
        lc_sql_name(s, lc_slice_of(lc_attribute_source(&card->attribute[j].attribute)));
    }
    (void)fputs(",\n    lc_want_probability, lc_want_points, lc_want_fit, lc_want_engagement, "
                "lc_want_grade,\n    lc_want_action, lc_want_sla_hours) AS (\n  VALUES",
                s->to);
    for (size_t i = 0; i < s->job->n_checks; i++) {
        (void)fprintf(s->to, "%s\n    (%zu", i ? "," : "", i + 1);
        for (size_t j = 0; j < card->k; j++) {
            if (!lc_export_is_first(s->job, j))
                continue;
            (void)fputs(", ", s->to);
            if (s->job->check[i].input[j])
                put_text(s, s->job->check[i].input[j]);
            else
                (void)fputs("NULL", s->to);
        }
        put_wanted(s, &s->job->check[i]);
    }
    (void)fputs("\n),\n", s->to);
}

static void put_self_test(const struct lc_sql *s)
{
    static const char *const exact[] = {"points", "fit",    "engagement",
                                        "grade",  "action", "sla_hours"};

    (void)fputs(
        "\n\n-- Self-test: the same over the verification rows. Returns those that come out "
        "wrong: none.\nWITH ",
        s->to);
    put_checks(s);
    put_sums(s, "lc_check");
    put_scores(s);
    (void)fputs(",\nlc_answers AS (\n  ", s->to);
    put_answers(s);
    (void)fputs("\n)\nSELECT *\n  FROM lc_answers\n  WHERE ", s->to);
    if (s->job->has_probability)
        (void)fputs(
            "lc_probability IS NULL OR abs(lc_probability - lc_want_probability) > 1e-12",
            s->to);
    else
        (void)fputs("lc_probability IS NOT NULL", s->to);
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        (void)fprintf(s->to, "\n    OR lc_%s %s lc_want_%s", exact[i], s->dialect->differs,
                      exact[i]);
    (void)fputs(";\n", s->to);
}

enum lc_rc lc_export_sql(const struct lc_export_job *job, struct lc_err *err)
{
    const struct lc_sql s = {
        .job = job, .dialect = lc_sql_dialect_of(job->how->dialect), .to = job->to};
    enum lc_rc rc;

    assert(s.dialect && job->how->table);
    rc = lc_sql_refuse(&s, err);
    if (rc)
        return rc;
    lc_export_about(job, "-- ", s.dialect->title);
    (void)fprintf(s.to, "--\n%s--\n%s\nWITH ", s.dialect->usage, statements);
    put_sums(&s, NULL);
    put_scores(&s);
    (void)fputc('\n', s.to);
    put_answers(&s);
    (void)fputc(';', s.to);
    put_self_test(&s);
    return LC_OK;
}
