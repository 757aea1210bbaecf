#include "leadcal/export.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <string.h>

#include "export_internal.h"
#include "json.h"
#include "leadcal/num.h"

#define MOST_COMMENT 200 /* letters of a text in a comment: it is for people */
#define MOST_UTF8    4   /* bytes of a character */

/* A new target is a file and a row here. */
static const struct {
    struct lc_export_target target;
    enum lc_rc (*write)(const struct lc_export_job *job, struct lc_err *err);
} targets[] = {
    {{"sql", "a SELECT over a table of texts, with a self-test query", lc_export_dialects},
     lc_export_sql},
    {{"python", "a module for Python 3.8 or later, and a filter of CSV", NULL},
     lc_export_python},
    {{"js", "JavaScript for browsers and node, and a filter of CSV", NULL}, lc_export_js},
    {{"c", "C99, and with -DLEADCAL_MAIN a filter of CSV", NULL}, lc_export_c},
};

#define N_TARGETS (sizeof targets / sizeof *targets)

const struct lc_export_target *lc_export_target_at(size_t at)
{
    return at < N_TARGETS ? &targets[at].target : NULL;
}

const struct lc_export_target *lc_export_target_of(const char *name)
{
    for (size_t i = 0; i < N_TARGETS; i++)
        if (strcmp(targets[i].target.name, name) == 0)
            return &targets[i].target;
    return NULL;
}

uint32_t lc_export_step(const char **text)
{
    const unsigned char *p = (const unsigned char *)*text;
    const size_t k = lc_utf8_step(*text, *text + strnlen(*text, MOST_UTF8));
    uint32_t c = k > 1 ? p[0] & (0x7fU >> k) : p[0];

    assert(k);
    for (size_t i = 1; i < k; i++)
        c = c << 6 | (p[i] & 0x3fU);
    *text += k;
    return c;
}

void lc_export_real(FILE *to, double x, const char *infinite, const char *none)
{
    char text[LC_REAL_TEXT];

    if (isnan(x)) {
        (void)fputs(none, to);
    } else if (isinf(x)) {
        (void)fprintf(to, "%s%s", x < 0 ? "-" : "", infinite);
    } else {
        lc_real_text(x, text);
        (void)fputs(text, to);
    }
}

/* What ends no comment, continues no line and begins no tag: no star, backslash, angle bracket,
 * question mark (trigraphs) or dollar. */
static bool is_harmless(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && c < 0x80 && strchr(" .,:;()='%+-_/&", (int)c) != NULL);
}

void lc_export_comment(FILE *to, const char *text)
{
    for (size_t i = 0; *text && i < MOST_COMMENT; i++) {
        const uint32_t c = lc_export_step(&text);

        if (is_harmless(c))
            (void)fputc((int)c, to);
        else
            (void)fprintf(to, "{U+%04X}", (unsigned)c);
    }
    if (*text)
        (void)fputs(" and so on", to);
}

/* What lc_probability means: no number leaves without its window, its date and its leads. */
static void put_population(const struct lc_export_job *job, const char *before)
{
    const struct lc_model *m = job->model;
    char as_of[LC_DAY_TEXT];
    FILE *to = job->to;

    (void)fprintf(to, "%slc_probability: won ", before);
    if (m->boundary.lag)
        (void)fputs("in the end", to);
    else if (m->boundary.window_days == LC_WINDOW_NONE)
        (void)fputs("at any time", to);
    else
        (void)fprintf(to, "within %d days", (int)m->boundary.window_days);
    (void)fprintf(to, " (");
    lc_export_comment(to, m->boundary.outcome ? m->boundary.outcome : "outcome unsaid");
    (void)fprintf(to, ");\n%slearnt from ", before);
    lc_export_real(to, m->boundary.leads, "", "");
    (void)fputs(" leads with ", to);
    lc_export_real(to, m->boundary.won, "", "");
    if (m->boundary.as_of == LC_NO_DAY) {
        (void)fputs(" wins, without dates.\n", to);
        return;
    }
    lc_day_text(m->boundary.as_of, as_of);
    (void)fprintf(to, " wins, as of %s.\n", as_of);
}

/* What must be known of an attribute's column, if anything. */
static void put_column(const struct lc_export_job *job, const char *before, size_t j)
{
    const struct lc_attribute *a = &job->model->card.attribute[j].attribute;

    if (!a->computed && !(a->member && lc_export_is_first(job, j)))
        return;
    (void)fprintf(job->to, "%sColumn ", before);
    lc_export_comment(job->to, lc_attribute_source(a));
    (void)fputs(a->computed ? " stands in the file that leadcal events --flat writes.\n"
                            : " holds lists, parted by semicolons.\n",
                job->to);
}

void lc_export_about(const struct lc_export_job *job, const char *before, const char *language)
{
    FILE *to = job->to;

    (void)fprintf(to, "%sLead scores as %s. Written by ", before, language);
    lc_export_comment(to, LC_PROGRAM);
    (void)fprintf(to,
                  ", and no licence of ours:\n%sit is yours, to use and change as you like.\n",
                  before);
    (void)fprintf(to, "%sModel: method ", before);
    lc_export_comment(to, job->model->card.method);
    (void)fprintf(to, ", %zu attributes.", job->model->card.k);
    if (job->has_probability) {
        (void)fputc('\n', to);
        put_population(job, before);
    } else {
        (void)fputs(" It knows no probability: lc_probability is empty.\n", to);
    }
    for (size_t j = 0; j < job->model->card.k; j++)
        put_column(job, before, j);
}

struct lc_export_worth lc_export_worth(const struct lc_export_job *job, size_t j, size_t level)
{
    const struct lc_card_attribute *a = &job->model->card.attribute[j];

    return (struct lc_export_worth){.log_odds = job->has_probability ? a->value[level] : 0,
                                    .points = a->points[level]};
}

struct lc_export_worth lc_export_missing(const struct lc_export_job *job, size_t j)
{
    const struct lc_attribute *a = &job->model->card.attribute[j].attribute;

    return lc_export_worth(job, j, a->missing == LC_NO_CODE ? a->n_levels : a->missing);
}

bool lc_export_is_first(const struct lc_export_job *job, size_t j)
{
    const struct lc_card_attribute *a = job->model->card.attribute;

    for (size_t i = 0; i < j; i++)
        if (strcmp(lc_attribute_source(&a[i].attribute),
                   lc_attribute_source(&a[j].attribute)) == 0)
            return false;
    return true;
}

bool lc_export_is_value(const struct lc_attribute *a, size_t i)
{
    const struct lc_attribute_value value = lc_attribute_value(a, i);

    if (value.level == a->missing)
        return false;
    for (size_t k = 0; k < i; k++) {
        const struct lc_attribute_value before = lc_attribute_value(a, k);

        if (before.level != a->missing && strcmp(before.text, value.text) == 0)
            return false;
    }
    return true;
}

size_t lc_export_bins(const struct lc_attribute *a)
{
    const size_t named = a->n_levels - (a->missing != LC_NO_CODE);

    return a->cut && named ? a->n_cuts + 1 : 0;
}

double lc_export_cut(const struct lc_grade_cuts *cuts, size_t c)
{
    return fmin(fmax(cuts->cut[c], -LC_GRADE_NEVER), LC_GRADE_NEVER);
}

static enum lc_rc list_grades(struct lc_export_job *job, struct lc_err *err)
{
    const struct lc_grades *g = &job->model->grades;
    struct lc_export_grade *grade;

    job->letters = g->letter.used ? LC_GRADES : 1;
    job->digits = g->digit.used ? LC_GRADES : 1;
    grade = LC_NEW(job->scratch, job->letters * job->digits, struct lc_export_grade);
    if (!grade)
        return lc_fail_memory(err, "the export");
    for (size_t i = 0; i < job->letters * job->digits; i++) {
        char *to = grade[i].grade;

        if (g->letter.used)
            *to++ = (char)('A' + i / job->digits);
        if (g->digit.used)
            *to++ = (char)('1' + i % job->digits);
        grade[i].action = lc_model_act(job->model, grade[i].grade, &grade[i].sla_hours);
    }
    job->grade = grade;
    return LC_OK;
}

/* An infinite limit is whole enough: it is never met. */
static bool has_whole_points(const struct lc_card *card)
{
    if (card->scale.average != floor(card->scale.average) ||
        card->scale.least != floor(card->scale.least) ||
        card->scale.most != floor(card->scale.most))
        return false;
    for (size_t j = 0; j < card->k; j++)
        for (size_t v = 0; v <= card->attribute[j].attribute.n_levels; v++)
            if (card->attribute[j].points[v] != floor(card->attribute[j].points[v]))
                return false;
    return true;
}

enum lc_rc lc_export_write(const struct lc_model *m, const struct lc_export *how,
                           struct lc_arena *scratch, FILE *to, struct lc_err *err)
{
    struct lc_export_job job = {
        .model = m,
        .how = how,
        .scratch = scratch,
        .to = to,
        .range = {[LC_ROLE_PROFILE] = lc_card_range(&m->card, LC_ROLE_PROFILE),
                  [LC_ROLE_ENGAGEMENT] = lc_card_range(&m->card, LC_ROLE_ENGAGEMENT)},
        .has_probability = !isnan(m->card.intercept),
        .is_whole = has_whole_points(&m->card),
    };
    const struct lc_export_target *target = lc_export_target_of(how->target);
    enum lc_rc rc = lc_export_refuse(m, how->rules_apart, err);

    assert(target);
    if (!rc)
        rc = list_grades(&job, err);
    if (!rc)
        rc = lc_export_checks(&job, err);
    for (size_t i = 0; i < N_TARGETS && !rc; i++)
        if (&targets[i].target == target)
            rc = targets[i].write(&job, err);
    if (!rc && (fflush(to) != 0 || ferror(to)))
        rc = lc_fail(err, LC_EIO, "the export cannot be written: %s; is the disk full?",
                     strerror(errno ? errno : EIO));
    return rc;
}
