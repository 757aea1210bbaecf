#include "backtest_internal.h"

#include <string.h>

#define ANY         LC_GRADES /* a letter or digit that a group does not ask for */
#define MOST_GROUPS (LC_GRADES * LC_GRADES + 2 * LC_GRADES + 1)

/* The leads of a cell, of a margin, or all of them. */
struct group {
    size_t letter, digit; /* ANY: not asked */
};

/* The grades of a dimension that somebody has: training leads, or test leads beyond them. */
static void find_given(const struct lc_entrant *e, bool letter[LC_GRADES],
                       bool digit[LC_GRADES])
{
    for (size_t c = 0; c < LC_GRADES; c++) {
        letter[c] = e->grades.letter.used && e->grades.letter.share[c] > 0;
        digit[c] = e->grades.digit.used && e->grades.digit.share[c] > 0;
    }
    for (size_t i = 0; i < e->n; i++) {
        letter[e->letter[i]] |= e->grades.letter.used;
        digit[e->digit[i]] |= e->grades.digit.used;
    }
}

/* Cells, letters, digits, all. */
static size_t list_groups(const struct lc_entrant *e, struct group group[MOST_GROUPS])
{
    bool letter[LC_GRADES], digit[LC_GRADES];
    size_t n = 0;

    find_given(e, letter, digit);
    for (size_t l = 0; l < LC_GRADES; l++)
        for (size_t d = 0; d < LC_GRADES; d++)
            if (letter[l] && digit[d])
                group[n++] = (struct group){l, d};
    for (size_t l = 0; l < LC_GRADES; l++)
        if (letter[l])
            group[n++] = (struct group){l, ANY};
    for (size_t d = 0; d < LC_GRADES; d++)
        if (digit[d])
            group[n++] = (struct group){ANY, d};
    group[n++] = (struct group){ANY, ANY};
    return n;
}

static const char *name_group(struct group g, struct lc_arena *arena)
{
    char to[8];
    size_t n = 0;

    if (g.letter != ANY)
        to[n++] = (char)('A' + g.letter);
    if (g.digit != ANY)
        to[n++] = (char)('1' + g.digit);
    to[n] = '\0';
    if (n == 0)
        memcpy(to, "(all)", sizeof "(all)");
    return lc_arena_text(arena, lc_slice_of(to));
}

static enum lc_rc add_entrant(const struct lc_race *r, const struct lc_entrant *e,
                              struct lc_frame *frame, struct lc_err *err)
{
    struct lc_grade_rows rows = {.cohort = r->cohort,
                                 .lead = e->lead,
                                 .n = e->n,
                                 .n_won = e->n_won,
                                 .p = e->p,
                                 .model = e->name,
                                 .fold = r->fold,
                                 .arena = r->arena,
                                 .scratch = r->scratch};
    struct lc_from_top letters = {0, 0}, digits = {0, 0};
    struct group group[MOST_GROUPS];
    const size_t n = list_groups(e, group);
    uint8_t *in = LC_NEW(r->scratch, e->n, uint8_t);
    enum lc_rc rc = in ? LC_OK : lc_fail_memory(err, "the backtest's grades");

    if (!rc)
        rc = lc_cluster_counts_new(r->cohort, e->lead, e->n, r->scratch, &rows.clusters, err);
    for (size_t k = 0; k < n && !rc; k++) {
        const struct group g = group[k];
        const char *name = name_group(g, r->arena);
        const bool margin = (g.letter == ANY) != (g.digit == ANY);

        if (!name)
            return lc_fail_memory(err, "the backtest's grades");
        for (size_t i = 0; i < e->n; i++)
            in[i] = (g.letter == ANY || e->letter[i] == g.letter) &&
                    (g.digit == ANY || e->digit[i] == g.digit);
        rc = lc_grade_rows_add(&rows, in, name, g.letter != ANY && g.digit != ANY,
                               !margin           ? NULL
                               : g.letter != ANY ? &letters
                                                 : &digits,
                               frame, err);
    }
    return rc;
}

enum lc_rc lc_race_grades(const struct lc_race *r, struct lc_frame *frame, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t m = 0; m < r->n && !rc; m++)
        rc = add_entrant(r, &r->entrant[m], frame, err);
    return rc;
}
