/* unit_study.h - a spec and some files as text, as far as their units: for the tests of unit. */
#ifndef LC_UNIT_STUDY_H
#define LC_UNIT_STUDY_H

#include "test.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "leadcal/cohort.h"
#include "leadcal/engagement.h"
#include "leadcal/load.h"
#include "leadcal/spec_file.h"
#include "leadcal/unit.h"
#include "scratch.h"

static struct lc_arena arena;
static struct lc_err err;

static inline int begin(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    return 0;
}

static inline int end(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

/* A study of some files, as far as its cohort. */
struct study {
    struct lc_spec spec;
    struct lc_table table;
    struct lc_unit_account account;
};

static inline enum lc_rc take(struct study *s, const char *spec, const char *leads,
                              const char *second)
{
    const struct lc_load_options options = {.quiet = true};
    struct lc_load_account account;
    char path[2][SCRATCH_PATH];
    const char *const paths[] = {path[0], path[1]};
    const size_t n = second ? 2 : 1;
    enum lc_rc rc;

    assert_true(scratch_file(path[0], leads));
    assert_true(!second || scratch_file(path[1], second));
    rc = lc_spec_parse("spec", lc_slice_of(spec), &arena, &s->spec, &err);
    if (!rc)
        rc = lc_load(paths, n, &s->spec, &options, NULL, &arena, &s->table, &account, &err);
    for (size_t i = 0; i < n; i++)
        (void)unlink(path[i]);
    if (!rc)
        rc = lc_units_take(&s->table, &s->spec, &arena, &s->account, &err);
    return rc ? rc
              : lc_engagement_add(&s->table, &s->spec, (struct lc_texts){NULL, 0}, true, &arena,
                                  NULL, &err);
}

static inline const char *cell(const struct study *s, const char *name, size_t row)
{
    const char *text;
    size_t at = 0;

    assert_int_equal(lc_table_find(&s->table, name, &at, &err), LC_OK);
    text = s->table.column[at].kind == LC_KIND_EMPTY ? NULL
                                                     : lc_table_cell(&s->table.column[at], row);
    return text ? text : "-";
}

static inline void assert_cells(const struct study *s, const char *name,
                                const char *const *want)
{
    for (size_t i = 0; i < s->table.n; i++)
        assert_string_equal(cell(s, name, i), want[i]);
}

#endif
