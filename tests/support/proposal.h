/* proposal.h - a table typed column by column, and what lc_propose makes of it: shared by the tests of its parts. */
#ifndef LC_TEST_PROPOSAL_H
#define LC_TEST_PROPOSAL_H

#include "leadcal/propose.h"
#include "small_table.h"
#include "test.h"

#define PROPOSAL_ROWS    40 /* at most */
#define PROPOSAL_COLUMNS 8

static struct lc_arena arena;
static struct lc_table_column column[PROPOSAL_COLUMNS];
static struct lc_table table;

/* An empty table of n rows. */
static inline int begin_rows(size_t n)
{
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    table = small_table(column, 0, n);
    return 0;
}

static inline int end(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

/* One more column, whose cells repeat those given. */
static inline void add(const char *name, enum lc_kind kind, const char *const *text, size_t n)
{
    const char *cell[PROPOSAL_ROWS];

    for (size_t i = 0; i < table.n; i++)
        cell[i] = text[i % n];
    column[table.k] = small_column(&arena, name, kind, cell, table.n);
    column[table.k].at = table.k;
    table.k++;
}

/* What is guessed where nothing is said. */
static inline struct lc_proposal propose(void)
{
    struct lc_proposal p;
    struct lc_spec spec;
    struct lc_err err;

    lc_spec_init(&spec);
    assert_int_equal(lc_propose(&table, &spec, &arena, &p, &err), LC_OK);
    return p;
}

static inline bool says(const struct lc_proposal *p, const char *text)
{
    for (size_t i = 0; i < p->n_comments; i++)
        if (strstr(p->comment[i], text))
            return true;
    return false;
}

#endif
