#include "leadcal/frame.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "leadcal/num.h"

#define FIRST_ROOM 16 /* rows; doubled as it fills */

void lc_frame_init(struct lc_frame *f, const char *name, const struct lc_heading *heading,
                   size_t k, struct lc_arena *arena)
{
    *f = (struct lc_frame){.name = name, .heading = heading, .k = k, .arena = arena};
}

enum lc_rc lc_frame_add(struct lc_frame *f, union lc_value **row, struct lc_err *err)
{
    if (f->n == f->room) {
        const size_t room = f->room ? 2 * f->room : FIRST_ROOM;
        union lc_value *wider = LC_NEW(f->arena, room * f->k, union lc_value);

        if (!wider)
            return lc_fail_memory(err, f->name);
        if (f->n)
            memcpy(wider, f->value, f->n * f->k * sizeof *wider);
        f->value = wider;
        f->room = room;
    }
    *row = f->value + f->n * f->k;
    for (size_t j = 0; j < f->k; j++)
        if (f->heading[j].cell == LC_CELL_TEXT)
            (*row)[j].text = NULL;
        else
            (*row)[j].number = LC_NAN;
    f->n++;
    return LC_OK;
}

enum lc_rc lc_frame_note(struct lc_frame *f, struct lc_err *err, const char *fmt, ...)
{
    const char **notes = LC_NEW(f->arena, f->n_notes + 1, const char *);
    const char *copy;
    va_list args;

    va_start(args, fmt);
    copy = lc_arena_vformat(f->arena, fmt, args);
    va_end(args);
    if (!notes || !copy)
        return lc_fail_memory(err, f->name);
    if (f->n_notes)
        memcpy(notes, f->note, f->n_notes * sizeof *notes);
    notes[f->n_notes] = copy;
    f->note = notes;
    f->n_notes++;
    return LC_OK;
}

size_t lc_frame_column(const struct lc_frame *f, const char *name)
{
    for (size_t j = 0; j < f->k; j++)
        if (strcmp(f->heading[j].name, name) == 0)
            return j;
    assert(0 && "a frame has no such column");
    return 0;
}
