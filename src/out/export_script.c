/* The tables of a model as nested lists of Python or JavaScript, which differ in a few words. */
#include <math.h>
#include <string.h>

#include "export_internal.h"

/* A text being written. */
struct script {
    const struct lc_export_job *job;
    const struct lc_export_script *language;
    FILE *to;
};

static void put_character(const struct script *s, uint32_t c)
{
    const unsigned beyond = (unsigned)c - 0x10000;

    if (c == '"' || c == '\\')
        (void)fprintf(s->to, "\\%c", (int)c);
    else if (c >= ' ' && c < 0x7f && !strchr(s->language->apart, (int)c))
        (void)fputc((int)c, s->to);
    else if (c <= 0xffff)
        (void)fprintf(s->to, "\\u%04x", (unsigned)c);
    else if (s->language->surrogates)
        (void)fprintf(s->to, "\\u%04x\\u%04x", 0xd800 + (beyond >> 10),
                      0xdc00 + (beyond & 0x3ff));
    else
        (void)fprintf(s->to, "\\U%08x", (unsigned)c);
}

static void put_text(const struct script *s, const char *text)
{
    (void)fputc('"', s->to);
    while (*text)
        put_character(s, lc_export_step(&text));
    (void)fputc('"', s->to);
}

static void put_real(const struct script *s, double x)
{
    lc_export_real(s->to, x, s->language->infinite, s->language->none);
}

/* Numbers with commas between them. */
static void put_reals(const struct script *s, const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        (void)fputs(i ? ", " : "", s->to);
        put_real(s, x[i]);
    }
}

static void put_pair(const struct script *s, double a, double b)
{
    (void)fputc('[', s->to);
    put_reals(s, (const double[]){a, b}, 2);
    (void)fputc(']', s->to);
}

static void put_worth(const struct script *s, struct lc_export_worth w)
{
    put_pair(s, w.log_odds, w.points);
}

/* A comment and the name of what follows. */
static void begin(const struct script *s, const char *comment, const char *name)
{
    (void)fprintf(s->to, "%s%s\n%s%s = ", s->language->comment, comment, s->language->name,
                  name);
}

static void end(const struct script *s, const char *bracket)
{
    (void)fprintf(s->to, "%s%s\n\n", bracket, s->language->end);
}

static void put_range(const struct script *s, struct lc_range range)
{
    if (isnan(range.low))
        (void)fputs(s->language->none, s->to);
    else
        put_pair(s, range.low, range.high);
}

static void put_cuts(const struct script *s, const struct lc_grade_cuts *cuts)
{
    double cut[LC_GRADES - 1];

    if (!cuts->used) {
        (void)fputs(s->language->none, s->to);
        return;
    }
    for (size_t c = 0; c + 1 < LC_GRADES; c++)
        cut[c] = lc_export_cut(cuts, c);
    (void)fputc('[', s->to);
    put_reals(s, cut, LC_GRADES - 1);
    (void)fputc(']', s->to);
}

static void put_scale(const struct script *s)
{
    const struct lc_model *m = s->job->model;

    begin(s, "Texts that mean no value.", "MISSING");
    (void)fputs("[\"\", \"(missing)\"", s->to);
    for (size_t i = 0; i < m->missing.n; i++) {
        (void)fputs(", ", s->to);
        put_text(s, m->missing.text[i]);
    }
    end(s, "]");
    begin(s, "Log-odds of an average lead, if a probability is known.", "INTERCEPT");
    put_real(s, m->card.intercept);
    end(s, "");
    begin(s, "Points of an average lead; the least and the most of the total.", "SCALE");
    (void)fputc('[', s->to);
    put_reals(
        s, (const double[]){m->card.scale.average, m->card.scale.least, m->card.scale.most}, 3);
    end(s, "]");
    begin(s, "The lowest and highest sums of points of profile and engagement.", "RANGES");
    (void)fputc('[', s->to);
    put_range(s, s->job->range[LC_ROLE_PROFILE]);
    (void)fputs(", ", s->to);
    put_range(s, s->job->range[LC_ROLE_ENGAGEMENT]);
    end(s, "]");
    begin(s,
          "Letters and digits: the best grade is a sum at or above the first cut, and so on.",
          "CUTS");
    (void)fputc('[', s->to);
    put_cuts(s, &m->grades.letter);
    (void)fputs(", ", s->to);
    put_cuts(s, &m->grades.digit);
    end(s, "]");
}

/* "A1", "call within 24 hours", 24 */
static void put_grade(const struct script *s, const struct lc_export_grade *g)
{
    (void)fprintf(s->to, "\"%s\", ", g->grade);
    put_text(s, g->action);
    if (g->sla_hours)
        (void)fprintf(s->to, ", %d", g->sla_hours);
    else
        (void)fprintf(s->to, ", %s", s->language->none);
}

static void put_grades(const struct script *s)
{
    begin(s, "What follows from a grade: the action, and within how many hours.", "GRADES");
    (void)fputs("[\n", s->to);
    for (size_t i = 0; i < s->job->letters * s->job->digits; i++) {
        (void)fputs("    [", s->to);
        put_grade(s, &s->job->grade[i]);
        (void)fputs("],\n", s->to);
    }
    end(s, "]");
}

static void put_levels(const struct script *s, size_t j)
{
    const struct lc_attribute *a = &s->job->model->card.attribute[j].attribute;
    const size_t n = a->cut ? lc_export_bins(a) : lc_attribute_values(a);

    for (size_t i = 0; i < n; i++) {
        const struct lc_attribute_value bin = {NULL, (uint32_t)i};
        const struct lc_attribute_value value = a->cut ? bin : lc_attribute_value(a, i);
        const struct lc_export_worth w = lc_export_worth(s->job, j, value.level);

        if (!a->cut && !lc_export_is_value(a, i))
            continue;
        (void)fputs("        [", s->to);
        if (!a->cut) {
            put_text(s, value.text);
            (void)fputs(", ", s->to);
        }
        put_reals(s, (const double[]){w.log_odds, w.points}, 2);
        (void)fputs("],\n", s->to);
    }
}

static void put_attribute(const struct script *s, size_t j)
{
    const struct lc_attribute *a = &s->job->model->card.attribute[j].attribute;

    (void)fputs("    [", s->to);
    put_text(s, lc_attribute_source(a));
    (void)fputs(a->role == LC_ROLE_ENGAGEMENT ? ", 1, " : ", 0, ", s->to);
    if (a->member)
        put_text(s, a->member);
    else
        (void)fputs(s->language->none, s->to);
    (void)fputs(", ", s->to);
    (void)fputs(a->cut ? "[" : s->language->none, s->to);
    if (a->cut)
        put_reals(s, a->cut, a->n_cuts);
    (void)fputs(a->cut ? "], " : ", ", s->to);
    put_worth(s, lc_export_missing(s->job, j));
    (void)fputs(", ", s->to);
    put_worth(s, lc_export_worth(s->job, j, a->n_levels));
    (void)fputs(", [\n", s->to);
    put_levels(s, j);
    (void)fputs("    ]],\n", s->to);
}

/* {7: [3, ["Webinar", ]]}: an object to both languages. */
static void put_segments(const struct script *s)
{
    const struct lc_card *card = &s->job->model->card;
    size_t own;

    begin(s,
          "Attributes that count for leads of one segment alone: the place of its column, its "
          "texts.",
          "SEGMENTS");
    (void)fputs("{\n", s->to);
    for (size_t j = 0; j < card->k; j++) {
        size_t at = 0;

        if (!lc_export_segment(card, j, &own))
            continue;
        (void)fprintf(s->to, "    %zu: [%zu, [", j, own);
        for (const char *text; (text = lc_export_segment_text(card, j, &at));) {
            put_text(s, text);
            (void)fputs(", ", s->to);
        }
        (void)fputs("]],\n", s->to);
    }
    end(s, "}");
}

static void put_check(const struct script *s, const struct lc_export_check *c)
{
    (void)fputs("    [[", s->to);
    for (size_t j = 0; j < s->job->model->card.k; j++) {
        (void)fputs(j ? ", " : "", s->to);
        put_text(s, c->input[j] ? c->input[j] : "");
    }
    (void)fputs("],\n     [", s->to);
    put_reals(s, (const double[]){c->probability, c->points, c->fit, c->engagement}, 4);
    (void)fputs(", ", s->to);
    put_grade(s, c->grade);
    (void)fputs("]],\n", s->to);
}

void lc_export_script(const struct lc_export_job *job, const struct lc_export_script *language)
{
    const struct script s = {.job = job, .language = language, .to = job->to};

    put_scale(&s);
    put_grades(&s);
    begin(&s,
          "Column; 0 profile, 1 engagement; member of a list; right-closed cuts; log-odds and "
          "points: empty, unseen, levels.",
          "ATTRIBUTES");
    (void)fputs("[\n", job->to);
    for (size_t j = 0; j < job->model->card.k; j++)
        put_attribute(&s, j);
    end(&s, "]");
    if (lc_export_has_segments(&job->model->card))
        put_segments(&s);
    begin(&s, "Verification rows: a cell for each attribute, and what must come out.",
          "CHECKS");
    (void)fputs("[\n", job->to);
    for (size_t i = 0; i < job->n_checks; i++)
        put_check(&s, &job->check[i]);
    end(&s, "]");
}
