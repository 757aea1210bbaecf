#include "leadcal/look.h"

#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "look_internal.h"

/* What the spec names a column for: its outcome, a date, the amount. */
static bool has_role(const struct lc_spec *s, const char *column)
{
    const char *const named[] = {
        s->outcome.column,   s->date.entered,  s->date.handed_over,
        s->date.first_touch, s->date.accepted, s->date.closed,
        s->date.opportunity, s->amount,        s->acceptance.column,
        s->acceptance.grade, s->owner,         lc_spec_current_column(s)};

    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (named[i] && strcmp(named[i], column) == 0)
            return true;
    return false;
}

static void sort_column(const struct lc_proposal *p, size_t j, struct lc_look_column *to)
{
    const struct lc_column_choice *choice = p->choices.n ? &p->choices.of[j] : NULL;
    const char *name = to->column->codes.name;
    const struct lc_spec_attribute *a = lc_spec_attribute_of(&p->spec, name);

    to->use = LC_LOOK_LEFT_OUT;
    if (choice && choice->choice == LC_CHOICE_FIT)
        to->use = a && a->role == LC_ROLE_ENGAGEMENT ? LC_LOOK_ENGAGEMENT : LC_LOOK_PROFILE;
    else if (has_role(&p->spec, name))
        to->use = LC_LOOK_ROLE;
    if (to->use == LC_LOOK_LEFT_OUT && choice)
        to->why = choice->reason;
    to->leaks = choice && choice->suspect;
    for (size_t f = 0; f < p->choices.n_findings; f++)
        to->leaks = to->leaks || (p->choices.finding[f].column == j &&
                                  p->choices.finding[f].severity != LC_SEVERITY_NOTE);
    to->shown = (lc_may_show(to->column) ||
                 (p->spec.outcome.column && strcmp(p->spec.outcome.column, name) == 0)) &&
                !(choice && choice->choice == LC_CHOICE_PERSONAL) &&
                !(p->spec.owner && strcmp(p->spec.owner, name) == 0);
}

static enum lc_rc look_at(struct lc_looking *l, size_t j, struct lc_err *err)
{
    struct lc_look_column *to = &l->look->of[j];
    const struct lc_table_column *c = &l->look->table->column[j];

    *to = (struct lc_look_column){
        .column = c, .more = {LC_NAN, LC_NAN}, .before = LC_NAN, .during = LC_NAN};
    sort_column(l->look->proposal, j, to);
    to->odd = lc_odd_find(c);
    if (!to->shown || c->kind != LC_KIND_TEXT || c->set_of || c->is_set || c->like_set ||
        c->computed)
        return LC_OK;
    return lc_spellings_find(&c->codes, c->count, l->arena, &to->spellings, err);
}

/* The leads, where they can be counted; else why not. */
static enum lc_rc count_leads(struct lc_looking *l, struct lc_err *err)
{
    struct lc_cohort *cohort = LC_NEW(l->arena, 1, struct lc_cohort);
    struct lc_look *look = l->look;
    enum lc_rc rc;

    if (!cohort)
        return lc_fail_memory(err, "a first look");
    if (!look->proposal->has_outcome) {
        look->uncounted = "nothing looks like won and lost; --outcome COLUMN and --won VALUE "
                          "name it";
        return LC_OK;
    }
    rc = lc_cohort_build(look->table, &look->proposal->spec, l->arena, cohort, err);
    if (rc == LC_ENOMEM)
        return rc;
    if (rc) {
        look->uncounted = lc_arena_text(l->arena, lc_slice_of(err->text));
        return look->uncounted ? LC_OK : lc_fail_memory(err, "a first look");
    }
    look->cohort = cohort;
    return LC_OK;
}

enum lc_rc lc_look_make(const struct lc_table *table, const struct lc_proposal *proposal,
                        struct lc_arena *arena, struct lc_look *out, struct lc_err *err)
{
    struct lc_look look = {.table = table, .proposal = proposal};
    struct lc_looking l = {.look = &look, .arena = arena};
    enum lc_rc rc = LC_OK;

    look.of = LC_NEW(arena, table->k + 1, struct lc_look_column);
    if (!look.of)
        return lc_fail_memory(err, "a first look");
    for (size_t j = 0; j < table->k && !rc; j++)
        rc = look_at(&l, j, err);
    if (!rc)
        rc = count_leads(&l, err);
    if (!rc && look.cohort)
        rc = lc_look_cohort(&l, err);
    if (!rc)
        rc = lc_look_words(&l, err);
    if (!rc)
        *out = look;
    return rc;
}
