/* The audit: every column is measured, judged, and, where it is strong, held against the others. */
#include <string.h>

#include "leadcal/num.h"
#include "leak_internal.h"

/* Columns are measured at the same time, each in its own place. */
struct looking {
    const struct lc_leak_scene *scene;
    const struct lc_leak_subject *subject; /* [table->k] */
    struct lc_leak_look *look;
    enum lc_rc *rc;
    size_t limit; /* bytes that one column may take */
};

static void look_at(void *context, size_t block, size_t worker)
{
    const struct looking *l = context;
    struct lc_arena scratch;
    struct lc_err ignored;

    (void)worker;
    if (!l->subject[block].into || l->subject[block].late)
        return;
    lc_arena_init(&scratch, l->limit);
    l->rc[block] = lc_leak_look_at(l->scene, block, &scratch, &l->look[block], &ignored);
    lc_arena_release(&scratch);
}

static enum lc_rc look_at_all(const struct lc_leak_scene *scene,
                              const struct lc_leak_subject *subject, struct lc_parallel *pool,
                              struct lc_arena *scratch, struct lc_leak_look *look,
                              struct lc_err *err)
{
    const size_t k = scene->table->k;
    struct looking l = {.scene = scene,
                        .subject = subject,
                        .look = look,
                        .rc = LC_NEW(scratch, k + 1, enum lc_rc)};

    if (!l.rc)
        return lc_fail_memory(err, "the leak audit");
    l.limit = scratch->limit - scratch->used;
    lc_parallel_run(pool, k, look_at, &l);
    for (size_t j = 0; j < k; j++)
        if (l.rc[j])
            return lc_fail_memory(err, "the leak audit");
    return LC_OK;
}

const struct lc_finding *lc_leak_reason(const struct lc_findings *all, size_t column)
{
    static const enum lc_leak_step order[LC_STEPS] = {
        LC_STEP_SNAPSHOT, LC_STEP_FILL, LC_STEP_PURITY, LC_STEP_AUC,
        LC_STEP_DATES,    LC_STEP_AGE,  LC_STEP_LATER,  LC_STEP_NAME};

    for (size_t s = 0; s < LC_STEPS; s++)
        for (size_t f = 0; f < all->n; f++)
            if (all->of[f].column == column && all->of[f].step == order[s] &&
                all->of[f].severity != LC_SEVERITY_NOTE)
                return &all->of[f];
    return NULL;
}

/* The file that tells the outcome has a row for leads that are on their way, and for no others. */
static enum lc_rc judge_file(size_t j, const char *late, struct lc_findings *to,
                             struct lc_err *err)
{
    const struct lc_finding f = {.column = j,
                                 .severity = LC_SEVERITY_REJECT,
                                 .step = LC_STEP_FILL,
                                 .reason =
                                     "It stands in the file that tells the outcome, which "
                                     "has no row for other leads",
                                 .value = LC_NAN,
                                 .threshold = LC_NAN};

    return lc_findings_add(to, &f, err, "%s", late);
}

static size_t count_gradients(const struct lc_leak_look *look,
                              const struct lc_leak_subject *subject, size_t k)
{
    size_t n = 0;

    for (size_t j = 0; j < k; j++)
        n += subject[j].into && look[j].done && look[j].gradient.z == look[j].gradient.z;
    return n;
}

/* Strong columns that nothing speaks against yet, and what may stand beside them in a model. They do
 * not stand beside each other: of two that know the outcome neither adds anything to the other. */
static enum lc_rc judge_jumps(const struct lc_leak_scene *scene,
                              const struct lc_leak_subject *subject,
                              const struct lc_leak_look *look, struct lc_parallel *pool,
                              struct lc_arena *scratch, struct lc_findings *to,
                              struct lc_err *err)
{
    const size_t k = scene->table->k;
    uint8_t *candidate = LC_NEW(scratch, k + 1, uint8_t),
            *other = LC_NEW(scratch, k + 1, uint8_t);

    if (!candidate || !other)
        return lc_fail_memory(err, "the leak audit");
    for (size_t j = 0; j < k; j++) {
        const bool may = subject[j].into && subject[j].may_enter && look[j].levels > 1 &&
                         !lc_leak_reason(to, j);

        candidate[j] = may && look[j].auc.low > LC_ALONE_STRONG;
        other[j] = may && !candidate[j];
    }
    return lc_leak_jump(scene, candidate, other, pool, to, err);
}

/* Findings of the jumps stand behind all others: each goes to its column. */
static void order(struct lc_findings *all)
{
    for (size_t i = 1; i < all->n; i++) {
        const struct lc_finding f = all->of[i];
        size_t at = i;

        while (at > 0 &&
               (all->of[at - 1].column > f.column ||
                (all->of[at - 1].column == f.column && all->of[at - 1].step > f.step))) {
            all->of[at] = all->of[at - 1];
            at--;
        }
        all->of[at] = f;
    }
}

enum lc_rc lc_leak_audit(const struct lc_leak_scene *scene,
                         const struct lc_leak_subject *subject, struct lc_parallel *pool,
                         struct lc_arena *scratch, struct lc_leak_look *look,
                         struct lc_findings *to, struct lc_err *err)
{
    const size_t k = scene->table->k;
    enum lc_rc rc = look_at_all(scene, subject, pool, scratch, look, err);
    const size_t tested = rc ? 0 : count_gradients(look, subject, k);

    for (size_t j = 0; j < k && !rc; j++) {
        if (subject[j].late)
            rc = judge_file(j, subject[j].late, to, err);
        else if (subject[j].into)
            rc = lc_leak_judge(scene, j, &look[j], tested, to, err);
    }
    if (!rc)
        rc = judge_jumps(scene, subject, look, pool, scratch, to, err);
    order(to);
    return rc;
}
