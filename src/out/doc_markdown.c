/* A document as Markdown: GitHub's, without a tag. */
#include <string.h>

#include "doc_internal.h"
#include "leadcal/text_table.h"
#include "text_clean_internal.h"

static void say(struct lc_doc *d, const char *text)
{
    (void)fputs(text, d->to);
}

static void quote(struct lc_doc *d, const char *text)
{
    lc_markdown_escape(text, d->to);
}

static void begin(struct lc_doc *d, const char *title)
{
    (void)fprintf(d->to, "# %s\n\n", title);
}

static void end(struct lc_doc *d)
{
    (void)d; /* a text just ends */
}

/* ---- blocks ---- */

static void open_block(struct lc_doc *d, enum lc_doc_block block, bool first)
{
    if (d->boxed > 1 && first)
        say(d, ">\n");
    if (d->boxed)
        say(d, "> ");
    if (block == LC_DOC_ITEM)
        say(d, "- ");
}

static void close_block(struct lc_doc *d, enum lc_doc_block block, bool last)
{
    (void)block;
    say(d, last && !d->boxed ? "\n\n" : "\n");
}

static void number(struct lc_doc *d, size_t n)
{
    (void)fprintf(d->to, "**%zu.** ", n);
}

static void page(struct lc_doc *d)
{
    (void)d; /* there are no pages */
}

static void contents(struct lc_doc *d, const char *const *title, size_t n)
{
    (void)d, (void)title, (void)n; /* whoever shows Markdown makes one of the headings */
}

static void chapter(struct lc_doc *d, size_t n, const char *title)
{
    (void)fprintf(d->to, "## %zu. %s\n\n", n, title);
}

static void box(struct lc_doc *d, bool open)
{
    if (!open)
        say(d, "\n");
}

static void fold(struct lc_doc *d, const char *title)
{
    (void)d, (void)title; /* nothing is hidden */
}

/* ---- what is no words ---- */

static enum lc_rc table(struct lc_doc *d, const struct lc_doc_table *t, struct lc_err *err)
{
    (void)fprintf(d->to, "### %s\n\n", t->title);
    if (t->who) {
        say(d, "Of: ");
        quote(d, t->who);
        say(d, t->how ? ". " : ".\n\n");
    }
    if (t->how)
        (void)fprintf(d->to, "%s.\n\n", t->how);
    return lc_frame_markdown(t->frame, t->most_rows, d->to, err);
}

/* A file name inside a link: what is not plain is written as %XX. */
static void put_link(struct lc_doc *d, const char *name)
{
    for (const unsigned char *p = (const unsigned char *)name; *p; p++)
        if ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') ||
            strchr("._-/", *p))
            (void)fputc(*p, d->to);
        else
            (void)fprintf(d->to, "%%%02X", *p);
}

static void figure(struct lc_doc *d, const char *name, const char *text, struct lc_slice svg)
{
    (void)svg; /* it stands beside */
    say(d, "![");
    quote(d, text);
    say(d, "](");
    put_link(d, name);
    say(d, ")\n\n");
}

static size_t longest_run(const char *text, char of)
{
    size_t longest = 0, run = 0;

    for (; *text; text++) {
        run = *text == of ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void put_fence(struct lc_doc *d, size_t n)
{
    for (size_t i = 0; i < n; i++)
        say(d, "`");
}

/* A fence longer than any in the text, so that the text cannot end it. */
static void code(struct lc_doc *d, const char *text)
{
    const size_t fence = longest_run(text, '`') + 1;
    const size_t n = fence < 3 ? 3 : fence;

    put_fence(d, n);
    say(d, "sh\n");
    for (const char *p = text; *p;) {
        char one[5] = "\n";

        if (*p == '\n')
            p++;
        else
            (void)lc_text_step(&p, one);
        say(d, one);
    }
    say(d, "\n");
    put_fence(d, n);
    say(d, "\n\n");
}

const struct lc_doc_writer lc_doc_as_markdown = {
    .begin = begin,
    .end = end,
    .say = say,
    .quote = quote,
    .open = open_block,
    .close = close_block,
    .number = number,
    .page = page,
    .contents = contents,
    .chapter = chapter,
    .box = box,
    .fold = fold,
    .table = table,
    .figure = figure,
    .code = code,
};
