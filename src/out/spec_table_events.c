/* Events files and their classes, from the rows of a spec table and back. */
#include <string.h>

#include "leadcal/decay.h"
#include "spec_table_internal.h"
#include "spec_table_out.h"

#define EVENT_USES                                                   \
    (LC_USE_BIT(LC_USE_EVENT_TIME) | LC_USE_BIT(LC_USE_EVENT_TYPE) | \
     LC_USE_BIT(LC_USE_EVENT_CONTENT) | LC_USE_BIT(LC_USE_EVENT_DECAY))

static const char *read_decay(struct lc_sheet *s, const struct lc_sheet_row *row)
{
    struct lc_decay decay;
    struct lc_err why;

    if (*row->value && lc_decay_parse(lc_slice_of(row->value), &decay, &why))
        lc_sheet_refuse(s, row->line, LC_SHEET_VALUE, "%s", why.text);
    return lc_sheet_text(row);
}

static void read_column(struct lc_sheet *s, const struct lc_sheet_row *row,
                        struct lc_spec_events *e)
{
    if (row->uses & LC_USE_BIT(LC_USE_EVENT_TIME))
        e->time = lc_sheet_text(row);
    if (row->uses & LC_USE_BIT(LC_USE_EVENT_TYPE))
        e->type = lc_sheet_text(row);
    if (row->uses & LC_USE_BIT(LC_USE_EVENT_CONTENT))
        e->content = lc_sheet_text(row);
    if (row->uses & LC_USE_BIT(LC_USE_EVENT_DECAY))
        e->decay = read_decay(s, row);
}

/* The class of a row "FILE.CLASS": a new one, or the one that is there; NULL where it is none. */
static struct lc_spec_class *class_of(const char *file, const struct lc_sheet_row *row,
                                      struct lc_spec_class *list, size_t *n)
{
    const size_t used = strlen(file);
    size_t c = 0;

    if (strncmp(row->name, file, used) != 0 || row->name[used] != '.' || !row->name[used + 1])
        return NULL;
    while (c < *n && strcmp(list[c].name, row->name + used + 1) != 0)
        c++;
    if (c == *n)
        list[(*n)++].name = row->name + used + 1;
    return &list[c];
}

static void read_class(struct lc_sheet *s, const struct lc_sheet_row *row,
                       struct lc_spec_class *c, const char **word)
{
    if (!*row->value)
        lc_sheet_refuse(s, row->line, LC_SHEET_VALUE, "is empty; give a word or a decay");
    if (row->uses & LC_USE_BIT(LC_USE_CLASS_DECAY)) {
        c->decay = read_decay(s, row);
        return;
    }
    if (!c->words.n)
        c->words.text = word;
    word[c->words.n++] = row->value;
}

/* The events of one file; each class has room for the words of all rows. */
static void read_events(struct lc_sheet *s, struct lc_spec_file *f, uint8_t *taken)
{
    struct lc_spec_events *e = lc_sheet_room(s, 1, sizeof *e);
    struct lc_spec_class *list = lc_sheet_room(s, s->n, sizeof *list);
    const char ***word = lc_sheet_room(s, s->n, sizeof(const char **));
    bool any = false;

    for (size_t i = 0; i < s->n && !s->rc; i++) {
        const struct lc_sheet_row *row = &s->row[i];
        struct lc_spec_class *c = NULL;

        if (row->kind == LC_SHEET_OF_FILE && strcmp(row->name, f->name) == 0 &&
            (row->uses & EVENT_USES) && *row->value) {
            read_column(s, row, e);
            any = true;
        }
        if (row->kind == LC_SHEET_OF_CLASS)
            c = class_of(f->name, row, list, &e->n);
        if (!c)
            continue;
        taken[i] = 1;
        if (!word[c - list])
            word[c - list] = lc_sheet_room(s, s->n, sizeof(const char *));
        if (!s->rc)
            read_class(s, row, c, word[c - list]);
    }
    if (s->rc || (!any && !e->n))
        return;
    if (e->n)
        e->of = list;
    f->events = e;
    if (!e->time || !e->type)
        lc_sheet_refuse(s, 1, LC_SHEET_NAME,
                        "file '%.60s' has events, and needs a row for the event time and one "
                        "for the event type",
                        f->name);
}

void lc_sheet_events(struct lc_sheet *s, struct lc_spec_file *file, size_t n)
{
    uint8_t *taken = lc_sheet_room(s, s->n + 1, sizeof *taken);

    for (size_t f = 1; f < n && !s->rc; f++)
        read_events(s, &file[f], taken);
    for (size_t i = 0; i < s->n && !s->rc; i++)
        if (s->row[i].kind == LC_SHEET_OF_CLASS && !taken[i])
            lc_sheet_refuse(
                s, s->row[i].line, LC_SHEET_NAME,
                "needs the name of a file, a dot and the class, such as web.pricing");
}

/* ---- and back ---- */

static void put_class(struct lc_sheet_out *out, const char *file, const struct lc_spec_class *c)
{
    const char *name = lc_sheet_keep(out, lc_arena_format(out->arena, "%s.%s", file, c->name));

    for (size_t w = 0; w < c->words.n; w++)
        (void)lc_sheet_add(out, LC_SHEET_OF_CLASS, name, c->words.text[w],
                           LC_USE_BIT(LC_USE_WORD),
                           w ? "" : "an event with this word is of it");
    if (c->decay)
        (void)lc_sheet_add(out, LC_SHEET_OF_CLASS, name, c->decay,
                           LC_USE_BIT(LC_USE_CLASS_DECAY), "");
}

void lc_sheet_put_events(struct lc_sheet_out *out, const struct lc_spec_file *f)
{
    const struct lc_spec_events *e = f->events;

    if (!e)
        return;
    (void)lc_sheet_add(out, LC_SHEET_OF_FILE, f->name, e->time, LC_USE_BIT(LC_USE_EVENT_TIME),
                       "its rows are what leads did: when");
    (void)lc_sheet_add(out, LC_SHEET_OF_FILE, f->name, e->type, LC_USE_BIT(LC_USE_EVENT_TYPE),
                       "what was done");
    (void)lc_sheet_add(out, LC_SHEET_OF_FILE, f->name, e->content,
                       LC_USE_BIT(LC_USE_EVENT_CONTENT), "what it was about: a page, a title");
    (void)lc_sheet_add(out, LC_SHEET_OF_FILE, f->name, e->decay, LC_USE_BIT(LC_USE_EVENT_DECAY),
                       "how fast it grows stale; empty: " LC_USUAL_DECAY);
    for (size_t c = 0; c < e->n; c++)
        put_class(out, f->name, &e->of[c]);
}
