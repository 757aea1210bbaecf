#include "leadcal/reject.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FIRST_ROOM 16
#define MOST_NOTE  512 /* letters */

const char *lc_reject_kind(enum lc_reject kind)
{
    static const char *const name[LC_REJECTS] = {
        "extra-cell", "missing-cell", "blank-row",     "unclosed-quote",
        "over-cap",   "footer",       "another-table", "repeated-header"};

    return name[kind];
}

bool lc_reject_skips(enum lc_reject kind)
{
    return kind == LC_REJECT_BLANK || kind == LC_REJECT_FOOTER || kind == LC_REJECT_TABLE ||
           kind == LC_REJECT_HEADER;
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

const char *lc_reject_text(struct lc_arena *arena, enum lc_reject kind,
                           const struct lc_turned *row, size_t width)
{
    if (kind == LC_REJECT_BLANK)
        return "an empty row; it is skipped, as any others";
    if (kind == LC_REJECT_FOOTER)
        return "stands behind the table; it is skipped";
    if (kind == LC_REJECT_TABLE)
        return "belongs to another table behind the first; it is skipped";
    if (kind == LC_REJECT_HEADER)
        return "is the header again; it is skipped";
    if (kind == LC_REJECT_QUOTE)
        return lc_arena_format(
            arena, "cell %zu has a quote that is out of order or never closed", row->column);
    if (kind == LC_REJECT_OVER)
        return lc_arena_format(arena, "cell %zu or the whole row is longer than it may be",
                               row->column);
    return lc_arena_format(arena, "%zu cell%s where the header has %zu", row->fields,
                           row->fields == 1 ? "" : "s", width);
}

enum lc_rc lc_reject_row(struct lc_rejects *r, enum lc_reject kind, size_t file,
                         const struct lc_turned *row, size_t width, struct lc_err *err)
{
    struct lc_load_account *a = &r->account;
    const char *text = lc_reject_text(r->arena, kind, row, width);

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
        (struct lc_complaint){file, row->line, row->fields, lc_reject_kind(kind), text};
    return LC_OK;
}

enum lc_rc lc_reject_list(struct lc_rejects *r, const struct lc_away *away, struct lc_err *err)
{
    struct lc_load_account *a = &r->account;

    if (a->n_away == r->away_room) {
        struct lc_away *list =
            wider_list(r->arena, r->away, a->n_away, &r->away_room, sizeof *list);

        if (!list)
            return lc_fail_memory(err, "the list of rejected rows");
        a->away = r->away = list;
    }
    r->away[a->n_away++] = *away;
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
