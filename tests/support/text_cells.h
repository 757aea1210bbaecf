/* text_cells.h - columns of texts, typed by hand, that live for one test. */
#ifndef LC_TEXT_CELLS_H
#define LC_TEXT_CELLS_H

#include "small_table.h"
#include "test.h"

static struct lc_arena cells;

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&cells, LC_ARENA_NO_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&cells);
    return 0;
}

static struct lc_table_column texts(const char *const *cell, size_t n)
{
    return small_column(&cells, "text", LC_KIND_TEXT, cell, n);
}

#endif
