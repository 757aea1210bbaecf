/* The door to GLPK. It speaks to the terminal and calls abort() when something is amiss inside: both
 * are taken from it, by a hook on its words and a jump out of its error hook. */
#include "separation_lp.h"

#include <glpk.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#define MOST_PIVOTS 100000 /* some hundred are usual; a degenerate corner could turn for ever */

struct lc_lp {
    glp_prob *problem; /* NULL: the solver died */
    size_t columns;
    int *index;    /* [columns + 1] of a row being added; GLPK counts from 1 */
    double *value; /* [columns + 1] */
    bool no_memory;
    jmp_buf out;
};

/* A row or the problem itself, for the one function that the jump may leave. */
struct task {
    const double *gain;
    const size_t *column;
    const double *value;
    size_t n;
};

/* What GLPK would print; it says here, too, why it is about to call abort(). */
static int listen(void *info, const char *text)
{
    struct lc_lp *lp = info;

    lp->no_memory = lp->no_memory || strstr(text, "memory") != NULL;
    return 1;
}

static void jump(void *info)
{
    struct lc_lp *lp = info;

    longjmp(lp->out, 1); /* the only way past GLPK's abort() */
}

static int create(struct lc_lp *lp, const struct task *t)
{
    lp->problem = glp_create_prob();
    glp_set_obj_dir(lp->problem, GLP_MAX);
    (void)glp_add_cols(lp->problem, (int)lp->columns);
    for (size_t j = 0; j < lp->columns; j++) {
        glp_set_obj_coef(lp->problem, (int)j + 1, t->gain[j]);
        glp_set_col_bnds(lp->problem, (int)j + 1, GLP_DB, -1, 1);
    }
    return 0;
}

static int add(struct lc_lp *lp, const struct task *t)
{
    const int row = glp_add_rows(lp->problem, 1);

    for (size_t i = 0; i < t->n; i++) {
        lp->index[i + 1] = (int)t->column[i] + 1;
        lp->value[i + 1] = t->value[i];
    }
    glp_set_row_bnds(lp->problem, row, GLP_LO, 0, 0);
    glp_set_mat_row(lp->problem, row, (int)t->n, lp->index, lp->value);
    return 0;
}

/* By the dual simplex: a row that is violated leaves the basis dual feasible. */
static int solve(struct lc_lp *lp, const struct task *t)
{
    glp_smcp how;
    int failed;

    (void)t;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = GLP_DUALP;
    how.it_lim = MOST_PIVOTS;
    how.r_test = GLP_RT_FLIP;
    failed = glp_simplex(lp->problem, &how);
    return failed || glp_get_status(lp->problem) != GLP_OPT;
}

static enum lc_rc guarded(struct lc_lp *lp, int (*work)(struct lc_lp *, const struct task *),
                          const struct task *t, struct lc_err *err)
{
    int failed;

    if (!lp->problem && work != create)
        return lc_fail(err, LC_ENOCONV, "the linear program of the separation check broke off");
    if (setjmp(lp->out) != 0) {
        glp_free_env(); /* and all that was in it */
        lp->problem = NULL;
        if (lp->no_memory)
            return lc_fail_memory(err, "the separation check");
        return lc_fail(err, LC_ENOCONV, "the linear program of the separation check broke off");
    }
    failed = work(lp, t);
    return failed ? lc_fail(err, LC_ENOCONV,
                            "the linear program of the separation check did not settle")
                  : LC_OK;
}

enum lc_rc lc_lp_new(const double *gain, size_t columns, int megabytes, struct lc_lp **lp,
                     struct lc_err *err)
{
    struct lc_lp *made = calloc(1, sizeof *made);
    const struct task t = {.gain = gain};
    enum lc_rc rc;

    if (!made)
        return lc_fail_memory(err, "the separation check");
    made->columns = columns;
    made->index = calloc(columns + 1, sizeof *made->index);
    made->value = calloc(columns + 1, sizeof *made->value);
    if (!made->index || !made->value) {
        lc_lp_free(made);
        return lc_fail_memory(err, "the separation check");
    }
    glp_term_hook(listen, made);
    glp_error_hook(jump, made);
    glp_mem_limit(megabytes);
    rc = guarded(made, create, &t, err);
    if (rc)
        lc_lp_free(made);
    else
        *lp = made;
    return rc;
}

void lc_lp_free(struct lc_lp *lp)
{
    if (!lp)
        return;
    if (lp->problem)
        glp_delete_prob(lp->problem);
    glp_free_env();
    free(lp->index);
    free(lp->value);
    free(lp);
}

void lc_lp_hold(struct lc_lp *lp, size_t j, bool held)
{
    if (lp->problem)
        glp_set_col_bnds(lp->problem, (int)j + 1, held ? GLP_FX : GLP_DB, held ? 0 : -1,
                         held ? 0 : 1);
}

enum lc_rc lc_lp_add(struct lc_lp *lp, const size_t *column, const double *value, size_t n,
                     struct lc_err *err)
{
    const struct task t = {.column = column, .value = value, .n = n};

    return guarded(lp, add, &t, err);
}

enum lc_rc lc_lp_solve(struct lc_lp *lp, double *x, struct lc_err *err)
{
    const struct task t = {0};
    const enum lc_rc rc = guarded(lp, solve, &t, err);

    for (size_t j = 0; j < lp->columns && !rc; j++)
        x[j] = glp_get_col_prim(lp->problem, (int)j + 1);
    return rc;
}
