/* Spellings that the spec standardises find the level of the text that stands for them. */
#include <stdlib.h>
#include <string.h>

#include "attribute_internal.h"

/* The level that a text finds; n_levels: none. */
static size_t level_of(const struct lc_attribute *a, const char *text)
{
    for (size_t i = 0; i < lc_attribute_values(a); i++) {
        const struct lc_attribute_value value = lc_attribute_value(a, i);

        if (value.level != a->missing && strcmp(value.text, text) == 0)
            return value.level;
    }
    return a->n_levels;
}

static int by_level_and_text(const void *a, const void *b)
{
    const struct lc_attribute_value *x = a, *y = b;

    if (x->level != y->level)
        return x->level < y->level ? -1 : 1;
    return strcmp(x->text, y->text);
}

enum lc_rc lc_attribute_spell(const struct lc_table_column *column, struct lc_arena *arena,
                              struct lc_attribute *a, struct lc_err *err)
{
    const size_t own = lc_attribute_values(a);
    struct lc_attribute_value *value;
    size_t n = 0;

    if (a->cut || !column->n_spellings)
        return LC_OK;
    value = LC_NEW(arena, own + column->n_spellings, struct lc_attribute_value);
    if (!value)
        return lc_fail_memory(err, a->column);
    for (size_t i = 0; i < own; i++) {
        value[n] = lc_attribute_value(a, i);
        n += value[n].level != a->missing;
    }
    for (size_t i = 0; i < column->n_spellings; i++) {
        const size_t level = level_of(a, column->spelling[i].as);

        if (level < a->n_levels)
            value[n++] = (struct lc_attribute_value){column->spelling[i].text, (uint32_t)level};
    }
    if (n)
        qsort(value, n, sizeof *value, by_level_and_text);
    a->value = value;
    a->n_values = n;
    return LC_OK;
}

bool lc_attribute_is_merged(const struct lc_attribute *a)
{
    for (size_t v = 0; a->value && v < a->n_levels; v++)
        if (v != a->missing && level_of(a, a->level[v]) != v)
            return true;
    return false;
}
