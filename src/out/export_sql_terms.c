/* The terms of the sums of an export as SQL: names, numbers, a CASE for each attribute. */
#include <string.h>

#include "export_sql_internal.h"
#include "leadcal/num.h"
#include "leadcal/set.h"

static void put_text(const struct lc_sql *s, const char *text)
{
    s->dialect->put_text(s->to, text);
}

void lc_sql_name(const struct lc_sql *s, struct lc_slice name)
{
    (void)fputc('"', s->to);
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '"')
            (void)fputc('"', s->to);
        (void)fputc(name.p[i], s->to);
    }
    (void)fputc('"', s->to);
}

/* A number as a double: whole ones get a point, without which SQLite divides to whole numbers. */
void lc_sql_real(const struct lc_sql *s, double x)
{
    char text[LC_REAL_TEXT];

    lc_real_text(x, text);
    (void)fprintf(s->to, "%s%s%s%s", s->dialect->real_before, text,
                  strpbrk(text, ".e") ? "" : ".0", s->dialect->real_after);
}

static double worth_of(struct lc_export_worth w, enum lc_sql_sum sum)
{
    return sum == LC_SQL_LOG_ODDS ? w.log_odds : w.points;
}

static void put_trimmed(const struct lc_sql *s, size_t j)
{
    (void)fprintf(s->to, "%slc_lead.", s->dialect->trim_before);
    lc_sql_name(s,
                lc_slice_of(lc_attribute_source(&s->job->model->card.attribute[j].attribute)));
    (void)fputs(s->dialect->trim_after, s->to);
}

/* What a list that has the member adds, or one that lacks it. */
static void put_worth_of_text(const struct lc_sql *s, size_t j, const char *text,
                              enum lc_sql_sum sum)
{
    const struct lc_attribute *a = &s->job->model->card.attribute[j].attribute;
    const size_t level = lc_attribute_level(a, lc_slice_of(text));

    lc_sql_real(s, worth_of(lc_export_worth(s->job, j, level), sum));
}

static void put_membership(const struct lc_sql *s, size_t j, enum lc_sql_sum sum)
{
    (void)fputs("\n      ELSE CASE WHEN ", s->to);
    put_text(s, s->job->model->card.attribute[j].attribute.member);
    (void)fputs(s->dialect->member_between, s->to);
    put_trimmed(s, j);
    (void)fprintf(s->to, "%s THEN ", s->dialect->member_after);
    put_worth_of_text(s, j, LC_SET_YES, sum);
    (void)fputs(" ELSE ", s->to);
    put_worth_of_text(s, j, LC_SET_NO, sum);
    (void)fputs(" END END", s->to);
}

/* CASE over the texts of an attribute: the first that fits counts, so those without value lead. */
static void put_levels(const struct lc_sql *s, size_t j, enum lc_sql_sum sum)
{
    const struct lc_model *m = s->job->model;
    const struct lc_attribute *a = &m->card.attribute[j].attribute;
    const double missing = worth_of(lc_export_missing(s->job, j), sum);

    (void)fputs("CASE ", s->to);
    put_trimmed(s, j);
    for (size_t i = 0; i < m->missing.n + 2; i++) {
        (void)fputs("\n      WHEN ", s->to);
        put_text(s, i == 0 ? "" : i == 1 ? LC_MISSING_TEXT : m->missing.text[i - 2]);
        (void)fputs(" THEN ", s->to);
        lc_sql_real(s, missing);
    }
    if (a->member) {
        put_membership(s, j, sum);
        return;
    }
    for (size_t i = 0; i < lc_attribute_values(a); i++) {
        const struct lc_attribute_value value = lc_attribute_value(a, i);

        if (value.level == a->missing)
            continue;
        (void)fputs("\n      WHEN ", s->to);
        put_text(s, value.text);
        (void)fputs(" THEN ", s->to);
        lc_sql_real(s, worth_of(lc_export_worth(s->job, j, value.level), sum));
    }
    (void)fputs("\n      ELSE ", s->to);
    lc_sql_real(s, worth_of(lc_export_worth(s->job, j, a->n_levels), sum));
    (void)fputs(" END", s->to);
}

/* CASE over the bins of an attribute, (cut[b - 1], cut[b]]. */
static void put_bins(const struct lc_sql *s, size_t j, enum lc_sql_sum sum)
{
    const struct lc_model *m = s->job->model;
    const struct lc_attribute *a = &m->card.attribute[j].attribute;
    const double unseen = worth_of(lc_export_worth(s->job, j, a->n_levels), sum);
    const size_t bins = lc_export_bins(a);

    (void)fputs("(SELECT CASE WHEN lc_bin.c IN ('', '(missing)'", s->to);
    for (size_t i = 0; i < m->missing.n; i++) {
        (void)fputs(", ", s->to);
        put_text(s, m->missing.text[i]);
    }
    (void)fputs(") THEN ", s->to);
    lc_sql_real(s, worth_of(lc_export_missing(s->job, j), sum));
    (void)fputs("\n      WHEN lc_bin.x IS NULL THEN ", s->to);
    lc_sql_real(s, unseen);
    for (size_t b = 0; b + 1 < bins; b++) {
        (void)fputs("\n      WHEN lc_bin.x <= ", s->to);
        lc_sql_real(s, a->cut[b]);
        (void)fputs(" THEN ", s->to);
        lc_sql_real(s, worth_of(lc_export_worth(s->job, j, b), sum));
    }
    (void)fputs("\n      ELSE ", s->to);
    lc_sql_real(s, bins ? worth_of(lc_export_worth(s->job, j, bins - 1), sum) : unseen);
    (void)fprintf(s->to, " END\n      FROM (SELECT lc_cell.c, %s AS x\n      FROM (SELECT ",
                  s->dialect->number);
    put_trimmed(s, j);
    (void)fprintf(s->to, " AS c %s) AS lc_cell %s) AS lc_bin)", s->dialect->fence,
                  s->dialect->fence);
}

static void put_all(const struct lc_sql *s, size_t j, enum lc_sql_sum sum)
{
    if (s->job->model->card.attribute[j].attribute.cut)
        put_bins(s, j, sum);
    else
        put_levels(s, j, sum);
}

/* What attribute j adds: a deviation in its segment alone. */
static void put_term(const struct lc_sql *s, size_t j, enum lc_sql_sum sum)
{
    const struct lc_card *card = &s->job->model->card;
    size_t own, at = 0;

    if (!lc_export_segment(card, j, &own)) {
        put_all(s, j, sum);
        return;
    }
    (void)fputs("CASE WHEN ", s->to);
    put_trimmed(s, own);
    (void)fputs(" IN (", s->to);
    put_text(s, lc_export_segment_text(card, j, &at));
    for (const char *text; (text = lc_export_segment_text(card, j, &at));) {
        (void)fputs(", ", s->to);
        put_text(s, text);
    }
    (void)fputs(") THEN ", s->to);
    put_all(s, j, sum);
    (void)fputs(" ELSE ", s->to);
    lc_sql_real(s, 0);
    (void)fputs(" END", s->to);
}

static bool is_in(const struct lc_export_job *job, size_t j, enum lc_sql_sum sum)
{
    const enum lc_role role = job->model->card.attribute[j].attribute.role;

    return sum == LC_SQL_LOG_ODDS || (role == LC_ROLE_PROFILE) == (sum == LC_SQL_FIT_POINTS);
}

/* One of the three sums, its terms in the order in which leadcal adds them. */
void lc_sql_sum(const struct lc_sql *s, enum lc_sql_sum sum)
{
    const struct lc_card *card = &s->job->model->card;

    (void)fputs(",\n    ", s->to);
    if (sum == LC_SQL_LOG_ODDS && !s->job->has_probability) {
        (void)fprintf(s->to, "CAST(NULL AS double precision) AS %s", lc_sql_made[sum]);
        return;
    }
    lc_sql_real(s, sum == LC_SQL_LOG_ODDS ? card->intercept : 0);
    for (size_t j = 0; j < card->k; j++) {
        if (!is_in(s->job, j, sum))
            continue;
        (void)fputs("\n    + ", s->to);
        put_term(s, j, sum);
    }
    (void)fprintf(s->to, "\n    AS %s", lc_sql_made[sum]);
}
