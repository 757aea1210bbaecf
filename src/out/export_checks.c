/* The rows of the self-test: the model's own, or such that every level of a card turns up. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "export_internal.h"
#include "leadcal/num.h"

#define NEVER_SEEN "(never seen)" /* as in the rows that models carry */

const struct lc_attribute *lc_export_segment(const struct lc_card *card, size_t j, size_t *own)
{
    const struct lc_card_local *local = card->attribute[j].local;

    if (!local)
        return NULL;
    *own = local->own;
    return &card->attribute[local->own].attribute;
}

const char *lc_export_segment_text(const struct lc_card *card, size_t j, size_t *at)
{
    const struct lc_card_local *local = card->attribute[j].local;
    const struct lc_attribute *a = &card->attribute[local->own].attribute;

    for (size_t i = (*at)++; i < lc_attribute_values(a); i = (*at)++)
        if (lc_attribute_value(a, i).level == local->segment && lc_export_is_value(a, i))
            return lc_attribute_value(a, i).text;
    return NULL;
}

bool lc_export_has_segments(const struct lc_card *card)
{
    for (size_t j = 0; j < card->k; j++)
        if (card->attribute[j].local)
            return true;
    return false;
}

/* A number in bin v: the cut that closes it, or, in the last bin, one beyond every cut. */
static const char *number_in(const struct lc_attribute *a, size_t v, struct lc_arena *arena)
{
    const double last = a->n_cuts ? a->cut[a->n_cuts - 1] : 0;
    char text[LC_REAL_TEXT];

    lc_real_text(v < a->n_cuts ? a->cut[v] : fabs(last) * 2 + 1, text);
    return lc_arena_format(arena, "%s", text);
}

/* The first text that finds level v, which is not the missing one. */
static const char *value_in(const struct lc_attribute *a, size_t v)
{
    size_t i = 0;

    while (lc_attribute_value(a, i).level != v)
        i++;
    return lc_attribute_value(a, i).text;
}

/* A text that finds the attribute's level at % n_levels; NULL for the missing one. */
static bool text_of_level(const struct lc_attribute *a, size_t at, struct lc_arena *arena,
                          const char **text)
{
    const size_t v = a->n_levels ? at % a->n_levels : 0;

    *text = NULL;
    if (v < a->n_levels && v != a->missing) {
        *text = a->cut ? number_in(a, v, arena) : value_in(a, v);
        return *text != NULL;
    }
    return true;
}

/* The list of the set that attribute j is a member of, in row i: every other member, by turns, so that
 * each is there and is not. It begins with a semicolon, so that it is never the empty cell. */
static const char *list_of(const struct lc_card *card, size_t j, size_t i,
                           struct lc_arena *arena)
{
    const char *set = card->attribute[j].attribute.set_of, *list = ";";

    assert(set);
    for (size_t m = 0; list && m < card->k; m++) {
        const struct lc_attribute *a = &card->attribute[m].attribute;

        if (!a->set_of || strcmp(a->set_of, set) != 0)
            continue;
        if (i++ % 2 == 0)
            list = lc_arena_format(arena, "%s%s;", list, a->member);
    }
    return list;
}

/* The text of row i for attribute j. */
static bool text_of_row(const struct lc_card *card, size_t j, size_t i, struct lc_arena *arena,
                        const char **text)
{
    const struct lc_attribute *a = &card->attribute[j].attribute;

    if (!a->member)
        return text_of_level(a, i, arena, text);
    *text = list_of(card, j, i, arena);
    return *text != NULL;
}

/* As many rows as the longest list of levels, one of empty cells and one of texts never seen. */
static bool make_inputs(const struct lc_card *card, struct lc_arena *arena,
                        const char *const ***input, size_t *n)
{
    const char *const **rows;
    size_t longest = 0;

    for (size_t j = 0; j < card->k; j++)
        if (card->attribute[j].attribute.n_levels > longest)
            longest = card->attribute[j].attribute.n_levels;
    rows = LC_NEW(arena, longest + 2, const char *const *);
    for (size_t i = 0; rows && i < longest + 2; i++) {
        const char **row = LC_NEW(arena, card->k, const char *);

        if (!row)
            return false;
        for (size_t j = 0; j < card->k; j++) {
            if (i == longest + 1)
                row[j] = NEVER_SEEN;
            else if (i < longest && !text_of_row(card, j, i, arena, &row[j]))
                return false;
        }
        rows[i] = row;
    }
    *input = rows;
    *n = longest + 2;
    return rows != NULL;
}

static const struct lc_export_grade *grade_of(const struct lc_export_job *job,
                                              const struct lc_scored *s)
{
    const struct lc_grades *g = &job->model->grades;
    const size_t letter = g->letter.used ? lc_grade_of(&g->letter, s->f_points) : 0;
    const size_t digit = g->digit.used ? lc_grade_of(&g->digit, s->g_points) : 0;

    return &job->grade[letter * job->digits + digit];
}

static double place(double x)
{
    return isnan(x) ? LC_NAN : lc_round_away(x);
}

static void answer(const struct lc_export_job *job, size_t *level,
                   struct lc_export_check *check)
{
    struct lc_scored s;
    bool empty;

    for (size_t j = 0; j < job->model->card.k; j++) {
        const char *text = check->input[j];

        level[j] = lc_model_level(job->model, j, lc_slice_of(text ? text : ""), &empty);
    }
    s = lc_card_score(&job->model->card, job->range, level);
    check->probability = s.probability;
    check->points = s.points;
    check->fit = place(s.fit);
    check->engagement = place(s.engagement);
    check->grade = grade_of(job, &s);
}

enum lc_rc lc_export_checks(struct lc_export_job *job, struct lc_err *err)
{
    const struct lc_model *m = job->model;
    size_t *level = LC_NEW(job->scratch, m->card.k, size_t), n = m->n_checks;
    const char *const **input = NULL;
    struct lc_export_check *check;

    if (!level || (n == 0 && !make_inputs(&m->card, job->scratch, &input, &n)))
        return lc_fail_memory(err, "the self-test");
    check = LC_NEW(job->scratch, n, struct lc_export_check);
    if (!check)
        return lc_fail_memory(err, "the self-test");
    for (size_t i = 0; i < n; i++) {
        check[i].input = input ? input[i] : m->check[i].input;
        answer(job, level, &check[i]);
    }
    job->check = check;
    job->n_checks = n;
    return LC_OK;
}
