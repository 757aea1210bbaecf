/* The agreement, from the rows of a spec table. */
#include <string.h>

#include "spec_file_internal.h"
#include "spec_table_internal.h"

static size_t rows_of(const struct lc_sheet *s, enum lc_sheet_kind kind)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++)
        n += s->row[i].kind == kind;
    return n;
}

static void read_texts(struct lc_sheet *s)
{
    struct lc_agreement *a = &s->spec.agreement;
    size_t seen[LC_AGREED] = {0};

    for (size_t i = 0; i < s->n && !s->rc; i++) {
        const struct lc_sheet_row *row = &s->row[i];
        size_t what;

        if (row->kind != LC_SHEET_OF_AGREEMENT)
            continue;
        what = lc_sheet_word(s, row->line, LC_SHEET_NAME, row->name, lc_agreed_name, LC_AGREED);
        if (s->rc || !*row->value)
            continue;
        if (seen[what])
            lc_sheet_refuse(s, row->line, LC_SHEET_NAME, "'%s' is said in line %zu already",
                            row->name, seen[what]);
        seen[what] = row->line;
        switch ((enum lc_agreed)what) {
        case LC_AGREED_DEFINITION: a->definition = row->value; break;
        case LC_AGREED_APPROVED: a->approved_by = row->value; break;
        case LC_AGREED_EFFECTIVE: a->effective_from = lc_sheet_day(s, row); break;
        case LC_AGREED_REVIEW: a->next_review = lc_sheet_day(s, row); break;
        case LC_AGREED: break;
        }
    }
}

/* The text of a cell in capitals, as the spec has it; NULL where it is none. */
static const char *cell_name(struct lc_sheet *s, const struct lc_sheet_row *row)
{
    char *name = lc_arena_text(s->arena, lc_slice_of(row->name));

    if (!name && !s->rc)
        s->rc = lc_fail_memory(s->err, s->path);
    if (name && *name >= 'a' && *name <= 'd')
        *name = (char)(*name - 'a' + 'A');
    if (name && !lc_is_cell(name))
        lc_sheet_refuse(s, row->line, LC_SHEET_NAME, "needs a cell from A1 to D4, not '%.20s'",
                        row->name);
    return s->rc ? NULL : name;
}

static void read_part(struct lc_sheet *s, const struct lc_sheet_row *row,
                      struct lc_spec_cell *cell, uint64_t *seen)
{
    if (*seen & row->uses)
        lc_sheet_refuse(s, row->line, LC_SHEET_USE, "cell %s has a row for this already",
                        cell->grade);
    *seen |= row->uses;
    if (row->uses & LC_USE_BIT(LC_USE_LANE))
        cell->lane = lc_sheet_text(row);
    if (row->uses & LC_USE_BIT(LC_USE_ACTION))
        cell->action = lc_sheet_text(row);
    if ((row->uses & LC_USE_BIT(LC_USE_HOURS)) && *row->value)
        cell->sla_hours = (int)lc_sheet_whole(s, row, 0, MOST_SLA_HOURS);
}

static void read_cells(struct lc_sheet *s)
{
    const size_t most = rows_of(s, LC_SHEET_OF_CELL);
    struct lc_agreement *a = &s->spec.agreement;
    struct lc_spec_cell *cell = most ? lc_sheet_room(s, most, sizeof *cell) : NULL;
    uint64_t *seen = most ? lc_sheet_room(s, most, sizeof *seen) : NULL;
    const char **handed = most ? lc_sheet_room(s, most, sizeof *handed) : NULL;

    a->cell = cell;
    a->hand_over.text = handed;
    for (size_t i = 0; i < s->n && !s->rc && most; i++) {
        const struct lc_sheet_row *row = &s->row[i];
        const char *grade;
        size_t c = 0;

        if (row->kind != LC_SHEET_OF_CELL || !(grade = cell_name(s, row)))
            continue;
        if (row->uses & LC_USE_BIT(LC_USE_HAND_OVER)) {
            handed[a->hand_over.n++] = grade;
            continue;
        }
        while (c < a->n_cells && strcmp(cell[c].grade, grade) != 0)
            c++;
        if (c == a->n_cells)
            cell[a->n_cells++] =
                (struct lc_spec_cell){.grade = grade, .sla_hours = LC_SLA_UNSAID};
        read_part(s, row, &cell[c], &seen[c]);
    }
}

static void read_owners(struct lc_sheet *s)
{
    const size_t most = rows_of(s, LC_SHEET_OF_OWNER);
    struct lc_agreement *a = &s->spec.agreement;
    struct lc_spec_owner *owner = most ? lc_sheet_room(s, most, sizeof *owner) : NULL;

    a->owner = owner;
    for (size_t i = 0; i < s->n && owner && !s->rc; i++) {
        const struct lc_sheet_row *row = &s->row[i];

        if (row->kind != LC_SHEET_OF_OWNER || !*row->value)
            continue;
        if (!*row->name)
            lc_sheet_refuse(s, row->line, LC_SHEET_NAME,
                            "is empty; say whose owner this is: marketing, sales");
        owner[a->n_owners++] = (struct lc_spec_owner){row->name, row->value};
    }
}

void lc_sheet_agreement(struct lc_sheet *s)
{
    read_texts(s);
    read_cells(s);
    read_owners(s);
}
