#include "leadcal/reject.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FIRST_ROOM 16
#define MOST_NOTE  512 /* letters */

const char *lc_reject_kind(enum lc_reject kind)
{
    static const char *const name[LC_REJECTS] = {"extra-cell", "missing-cell", "blank-row"};

    return name[kind];
}

void lc_rejects_init(struct lc_rejects *r, struct lc_arena *arena)
{
    *r = (struct lc_rejects){.arena = arena};
}

/* A copy of a list of n things with room for more; the old one stays in the arena. */
static void *wider_list(struct lc_arena *arena, const void *old, size_t n, size_t *room,
                        size_t size)
{
    const size_t wider = *room ? 2 * *room : FIRST_ROOM;
    void *list = lc_arena_alloc(arena, wider, size);

    if (list && n)
        memcpy(list, old, n * size);
    if (list)
        *room = wider;
    return list;
}

static const char *sentence(struct lc_arena *arena, enum lc_reject kind, size_t fields,
                            size_t width)
{
    if (kind == LC_REJECT_BLANK)
        return "an empty row; it is skipped";
    return lc_arena_format(arena, "%zu cell%s where the header has %zu", fields,
                           fields == 1 ? "" : "s", width);
}

enum lc_rc lc_reject_row(struct lc_rejects *r, enum lc_reject kind, size_t file, size_t line,
                         size_t fields, size_t width, struct lc_err *err)
{
    struct lc_load_account *a = &r->account;
    const char *text = sentence(r->arena, kind, fields, width);

    if (!text)
        return lc_fail_memory(err, "a complaint");
    if (a->n_complaints == r->complaints_room) {
        struct lc_complaint *list = wider_list(r->arena, r->complaint, a->n_complaints,
                                               &r->complaints_room, sizeof *list);

        if (!list)
            return lc_fail_memory(err, "a complaint");
        a->complaint = r->complaint = list;
    }
    r->complaint[a->n_complaints++] =
        (struct lc_complaint){file, line, fields, lc_reject_kind(kind), text};
    return LC_OK;
}

enum lc_rc lc_reject_note(struct lc_rejects *r, struct lc_err *err, const char *fmt, ...)
{
    struct lc_load_account *a = &r->account;
    char text[MOST_NOTE];
    char *copy;
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    copy = lc_arena_text(r->arena, lc_slice_of(text));
    if (!copy)
        return lc_fail_memory(err, "a note");
    for (char *p = copy; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
    if (a->n_notes == r->notes_room) {
        const char **list =
            wider_list(r->arena, r->note, a->n_notes, &r->notes_room, sizeof *list);

        if (!list)
            return lc_fail_memory(err, "a note");
        a->note = r->note = list;
    }
    r->note[a->n_notes++] = copy;
    return LC_OK;
}
