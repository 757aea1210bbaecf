/* Histories of stages, from the rows of a spec table and back. */
#include <string.h>

#include "spec_table_internal.h"
#include "spec_table_out.h"

#define CHANGE_USES                                                     \
    (LC_USE_BIT(LC_USE_CHANGE_TIME) | LC_USE_BIT(LC_USE_CHANGE_VALUE) | \
     LC_USE_BIT(LC_USE_CHANGE_FIELD) | LC_USE_BIT(LC_USE_CHANGE_IS))

static void read_part(const struct lc_sheet_row *row, struct lc_spec_history *h)
{
    if (row->uses & LC_USE_BIT(LC_USE_CHANGE_TIME))
        h->time = lc_sheet_text(row);
    if (row->uses & LC_USE_BIT(LC_USE_CHANGE_VALUE))
        h->value = lc_sheet_text(row);
    if (row->uses & LC_USE_BIT(LC_USE_CHANGE_FIELD))
        h->field = lc_sheet_text(row);
    if (row->uses & LC_USE_BIT(LC_USE_CHANGE_IS))
        h->is = lc_sheet_text(row);
}

static void read_history(struct lc_sheet *s, struct lc_spec_file *f)
{
    struct lc_spec_history *h = lc_sheet_room(s, 1, sizeof *h);
    bool any = false;

    for (size_t i = 0; i < s->n && !s->rc; i++) {
        const struct lc_sheet_row *row = &s->row[i];

        if (row->kind != LC_SHEET_OF_FILE || strcmp(row->name, f->name) != 0 ||
            !(row->uses & CHANGE_USES) || !*row->value)
            continue;
        read_part(row, h);
        any = true;
    }
    if (s->rc || !any)
        return;
    f->history = h;
    if (!h->time || !h->value || !h->field != !h->is)
        lc_sheet_refuse(
            s, 1, LC_SHEET_NAME,
            "file '%.60s' is a history, and needs a row for the change time and one "
            "for the change value; change field and change is go together",
            f->name);
}

void lc_sheet_histories(struct lc_sheet *s, struct lc_spec_file *file, size_t n)
{
    for (size_t f = 1; f < n && !s->rc; f++)
        read_history(s, &file[f]);
}

void lc_sheet_put_history(struct lc_sheet_out *out, const struct lc_spec_file *f)
{
    const struct lc_spec_history *h = f->history;

    if (!h)
        return;
    (void)lc_sheet_add(out, LC_SHEET_OF_FILE, f->name, h->time, LC_USE_BIT(LC_USE_CHANGE_TIME),
                       "its rows are changes: when");
    (void)lc_sheet_add(out, LC_SHEET_OF_FILE, f->name, h->value,
                       LC_USE_BIT(LC_USE_CHANGE_VALUE), "the stage that was entered");
    (void)lc_sheet_add(out, LC_SHEET_OF_FILE, f->name, h->field,
                       LC_USE_BIT(LC_USE_CHANGE_FIELD),
                       "the column that tells what was changed; empty: always the stage");
    (void)lc_sheet_add(out, LC_SHEET_OF_FILE, f->name, h->is, LC_USE_BIT(LC_USE_CHANGE_IS),
                       "what stands there in the rows that count");
}
