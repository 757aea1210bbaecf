#include "leadcal/doc.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "doc_internal.h"

void lc_doc_begin(struct lc_doc *d, enum lc_doc_form form, const char *title, FILE *to)
{
    *d = (struct lc_doc){.writer = form == LC_DOC_HTML ? &lc_doc_as_html : &lc_doc_as_markdown,
                         .to = to};
    errno = 0;
    d->writer->begin(d, title);
}

void lc_doc_word(struct lc_doc *d, const struct lc_wording *word)
{
    d->word = *word;
}

enum lc_rc lc_doc_end(struct lc_doc *d, struct lc_err *err)
{
    lc_doc_break(d);
    assert(!d->boxed && !d->folded);
    d->writer->end(d);
    if (fflush(d->to) == 0 && !ferror(d->to))
        return LC_OK;
    return lc_fail(err, LC_EIO, "the report cannot be written: %s; is the disk full?",
                   strerror(errno ? errno : EIO));
}

/* ---- blocks ---- */

/* Leaves the open block for another one: items follow each other in one list. */
static void enter(struct lc_doc *d, enum lc_doc_block block)
{
    const bool same = d->block == LC_DOC_ITEM && block == LC_DOC_ITEM;

    assert(!d->strong && !d->code);
    if (d->block != LC_DOC_NONE)
        d->writer->close(d, d->block, !same);
    if (block != LC_DOC_NONE)
        d->writer->open(d, block, !same);
    d->block = block;
    if (block != LC_DOC_NONE && d->boxed)
        d->boxed++;
}

static void need_block(struct lc_doc *d)
{
    if (d->block == LC_DOC_NONE)
        enter(d, LC_DOC_PARAGRAPH);
}

void lc_doc_break(struct lc_doc *d)
{
    enter(d, LC_DOC_NONE);
}

void lc_doc_item(struct lc_doc *d)
{
    enter(d, LC_DOC_ITEM);
}

void lc_doc_numbered(struct lc_doc *d, size_t n)
{
    enter(d, LC_DOC_PARAGRAPH);
    d->writer->number(d, n);
}

/* ---- words ---- */

void lc_doc_say(struct lc_doc *d, const char *fmt, ...)
{
    char text[LC_DOC_SAID], said[LC_REWORDED * LC_DOC_SAID];
    va_list args;
    int n;

    va_start(args, fmt);
    n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    assert(n >= 0 && (size_t)n < sizeof text);
    need_block(d);
    lc_reword(&d->word, text, said);
    d->writer->say(d, said);
}

void lc_doc_quote(struct lc_doc *d, const char *text)
{
    assert(!d->code);
    need_block(d);
    if (text)
        d->writer->quote(d, text);
}

/* The same text in the words of the document, in arena. */
static bool reword(const struct lc_doc *d, const char **text, struct lc_arena *arena)
{
    char *said;

    if (!*text)
        return true;
    said = LC_NEW(arena, LC_REWORDED * strlen(*text) + 1, char);
    if (!said)
        return false;
    lc_reword(&d->word, *text, said);
    *text = said;
    return true;
}

void lc_doc_tell(struct lc_doc *d, const char *text)
{
    struct lc_arena arena;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    (void)reword(d, &text, &arena); /* where memory is refused it speaks of leads */
    lc_doc_quote(d, text);
    lc_arena_release(&arena);
}

/* ---- what stands between blocks ---- */

void lc_doc_page(struct lc_doc *d)
{
    lc_doc_break(d);
    assert(!d->boxed && !d->folded);
    d->writer->page(d);
}

void lc_doc_contents(struct lc_doc *d, const char *const *title, size_t n)
{
    lc_doc_break(d);
    d->writer->contents(d, title, n);
}

void lc_doc_chapter(struct lc_doc *d, size_t number, const char *title)
{
    lc_doc_break(d);
    assert(!d->boxed && !d->folded);
    d->writer->chapter(d, number, title);
}

void lc_doc_box(struct lc_doc *d)
{
    lc_doc_break(d);
    assert(!d->boxed);
    d->writer->box(d, true);
    d->boxed = 1;
}

void lc_doc_unbox(struct lc_doc *d)
{
    lc_doc_break(d);
    assert(d->boxed);
    d->boxed = 0;
    d->writer->box(d, false);
}

void lc_doc_fold(struct lc_doc *d, const char *title)
{
    lc_doc_break(d);
    assert(!d->boxed && !d->folded);
    d->writer->fold(d, title);
    d->folded = true;
}

void lc_doc_unfold(struct lc_doc *d)
{
    lc_doc_break(d);
    assert(d->folded);
    d->writer->fold(d, NULL);
    d->folded = false;
}

enum lc_rc lc_doc_table(struct lc_doc *d, const struct lc_doc_table *table, struct lc_err *err)
{
    struct lc_doc_table said = *table;
    struct lc_frame frame;
    struct lc_arena arena;
    enum lc_rc rc = LC_OK;

    lc_doc_break(d);
    assert(!d->boxed);
    d->tables++;
    if (!d->word.one)
        return d->writer->table(d, table, err);
    lc_arena_init(&arena, table->frame->arena->limit);
    rc = lc_reword_frame(&d->word, table->frame, &arena, &frame, err);
    said.frame = &frame;
    if (!rc && !(reword(d, &said.title, &arena) && reword(d, &said.who, &arena) &&
                 reword(d, &said.how, &arena)))
        rc = lc_fail_memory(err, "the report");
    if (!rc)
        rc = d->writer->table(d, &said, err);
    lc_arena_release(&arena);
    return rc;
}

void lc_doc_figure(struct lc_doc *d, const char *name, const char *text, struct lc_slice svg)
{
    lc_doc_break(d);
    assert(!d->boxed);
    d->writer->figure(d, name, text, svg);
}

void lc_doc_code(struct lc_doc *d, const char *text)
{
    lc_doc_break(d);
    assert(!d->boxed);
    d->writer->code(d, text);
}
