/* Rows of values that are read as others: "same as GTX Pro". */
#include <string.h>

#include "spec_table_internal.h"

/* A copy of the entries with room for one more, and the one of what a row is read as; NULL where
 * something is refused. */
static struct lc_spec_same *entry_of(struct lc_sheet *s, struct lc_spec_attribute *a,
                                     const char *as)
{
    struct lc_spec_same *same = lc_sheet_room(s, a->n_same + 1, sizeof *same);
    size_t i = 0;

    if (!same)
        return NULL;
    if (a->n_same)
        memcpy(same, a->same, a->n_same * sizeof *same);
    a->same = same;
    while (i < a->n_same && strcmp(same[i].as, as) != 0)
        i++;
    if (i == a->n_same)
        same[a->n_same++].as = as;
    return &same[i];
}

/* One more spelling at the end of an entry. */
static void add_spelling(struct lc_sheet *s, struct lc_spec_same *same, const char *text)
{
    const char **longer = lc_sheet_room(s, same->spellings.n + 1, sizeof *longer);

    if (!longer)
        return;
    if (same->spellings.n)
        memcpy(longer, same->spellings.text, same->spellings.n * sizeof *longer);
    longer[same->spellings.n] = text;
    same->spellings = (struct lc_texts){longer, same->spellings.n + 1};
}

static void read_one(struct lc_sheet *s, const struct lc_sheet_row *row,
                     struct lc_spec_attribute *attribute)
{
    struct lc_spec_same *same;
    const char *twice;
    size_t j = 0;

    while (j < s->spec.n_attributes && strcmp(attribute[j].column, row->name) != 0)
        j++;
    if (!*row->value || !*row->same)
        lc_sheet_refuse(s, row->line, *row->value ? LC_SHEET_USE : LC_SHEET_VALUE,
                        "is empty; write the spelling under value and what it is read as "
                        "behind 'same as'");
    if (j == s->spec.n_attributes) {
        if (!lc_sheet_has_column(s, row->name))
            lc_sheet_refuse(s, row->line, LC_SHEET_NAME,
                            "no row of kind column has the name '%.60s'", row->name);
        return;
    }
    if (attribute[j].set || attribute[j].n_cuts || attribute[j].trend)
        lc_sheet_refuse(s, row->line, LC_SHEET_USE,
                        "'same as' is for columns of texts, and '%.60s' is none", row->name);
    same = entry_of(s, &attribute[j], row->same);
    if (same)
        add_spelling(s, same, row->value);
    twice = s->rc ? NULL : lc_spec_same_twice(&attribute[j]);
    if (twice)
        lc_sheet_refuse(s, row->line, LC_SHEET_VALUE,
                        "'%.60s' stands twice among the spellings of '%.60s'; a text is one "
                        "value or another",
                        twice, row->name);
}

void lc_sheet_same(struct lc_sheet *s, struct lc_spec_attribute *attribute)
{
    for (size_t i = 0; i < s->n && !s->rc; i++)
        if (s->row[i].same)
            read_one(s, &s->row[i], attribute);
}
