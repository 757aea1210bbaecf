/* A document as one HTML page. Whatever is not a literal of ours goes through lc_html_text or
 * lc_html_value: there is no third way to write. */
#include <string.h>

#include "doc_internal.h"
#include "leadcal/base64.h"
#include "leadcal/model.h"
#include "text_clean_internal.h"

/* ---- escaping ---- */

/* Both contexts escape the same five; they are two functions so that a reader sees which it is. */
static void put_escaped(const char *text, FILE *to)
{
    while (*text) {
        char one[5];

        (void)lc_text_step(&text, one);
        switch (one[0]) {
        case '&': lc_html_raw(to, "&amp;"); break;
        case '<': lc_html_raw(to, "&lt;"); break;
        case '>': lc_html_raw(to, "&gt;"); break;
        case '"': lc_html_raw(to, "&quot;"); break;
        case '\'': lc_html_raw(to, "&#39;"); break;
        default: (void)fputs(one, to);
        }
    }
}

void lc_html_text(const char *text, FILE *to)
{
    put_escaped(text, to);
}

void lc_html_value(const char *text, FILE *to)
{
    put_escaped(text, to);
}

/* ---- words ---- */

static void put_mark(struct lc_doc *d, bool *on, bool strong)
{
    *on = !*on;
    if (strong && *on)
        lc_html_raw(d->to, "<strong>");
    else if (strong)
        lc_html_raw(d->to, "</strong>");
    else if (*on)
        lc_html_raw(d->to, "<code>");
    else
        lc_html_raw(d->to, "</code>");
}

/* What is not written as it is: `, ** and the blank before a per cent sign, which keeps its number. */
static bool is_mark(const struct lc_doc *d, const char *text)
{
    return *text == '`' ||
           (!d->code && (strncmp(text, "**", 2) == 0 || strncmp(text, " %", 2) == 0));
}

static void say(struct lc_doc *d, const char *text)
{
    while (*text) {
        char piece[LC_DOC_SAID];
        size_t n = 0;

        while (text[n] && !is_mark(d, text + n))
            n++;
        memcpy(piece, text, n);
        piece[n] = '\0';
        lc_html_text(piece, d->to);
        text += n;
        if (*text == '`') {
            put_mark(d, &d->code, false);
            text++;
        } else if (*text == ' ') {
            lc_html_raw(d->to, "&nbsp;%");
            text += 2;
        } else if (*text) {
            put_mark(d, &d->strong, true);
            text += 2;
        }
    }
}

static void quote(struct lc_doc *d, const char *text)
{
    lc_html_text(text, d->to);
}

/* ---- the page ---- */

static void begin(struct lc_doc *d, const char *title)
{
    lc_html_raw(d->to,
                "<!doctype html>\n"
                "<html lang=\"en\">\n"
                "<head>\n"
                "<meta charset=\"utf-8\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "img-src data:; style-src 'unsafe-inline'\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"color-scheme\" content=\"light dark\">\n"
                "<meta name=\"generator\" content=\"" LC_PROGRAM "\">\n"
                "<title>");
    lc_html_text(title, d->to);
    lc_html_raw(d->to, "</title>\n<style>\n");
    lc_html_style(d->to);
    lc_html_raw(d->to, "</style>\n</head>\n<body>\n<main>\n<section class=\"page\">\n<h1>");
    lc_html_text(title, d->to);
    lc_html_raw(d->to, "</h1>\n");
}

static void end(struct lc_doc *d)
{
    lc_html_raw(d->to, "</section>\n</main>\n</body>\n</html>\n");
}

static void page(struct lc_doc *d)
{
    lc_html_raw(d->to, "</section>\n<section class=\"page\">\n");
}

/* ---- blocks ---- */

static void open_block(struct lc_doc *d, enum lc_doc_block block, bool first)
{
    if (block == LC_DOC_ITEM && first)
        lc_html_raw(d->to, "<ul>\n");
    if (block == LC_DOC_ITEM)
        lc_html_raw(d->to, "<li>");
    else
        lc_html_raw(d->to, "<p>");
}

static void close_block(struct lc_doc *d, enum lc_doc_block block, bool last)
{
    if (block == LC_DOC_ITEM)
        lc_html_raw(d->to, "</li>\n");
    else
        lc_html_raw(d->to, "</p>\n");
    if (block == LC_DOC_ITEM && last)
        lc_html_raw(d->to, "</ul>\n");
}

static void number(struct lc_doc *d, size_t n)
{
    lc_html_raw(d->to, "<b class=\"number\">");
    (void)fprintf(d->to, "%zu", n);
    lc_html_raw(d->to, "</b> ");
}

static void contents(struct lc_doc *d, const char *const *title, size_t n)
{
    lc_html_raw(d->to, "<nav aria-label=\"Chapters\">\n<h2>Contents</h2>\n<ol>\n");
    for (size_t i = 0; i < n; i++) {
        lc_html_raw(d->to, "<li><a href=\"#c");
        (void)fprintf(d->to, "%zu", i + 1);
        lc_html_raw(d->to, "\">");
        lc_html_text(title[i], d->to);
        lc_html_raw(d->to, "</a></li>\n");
    }
    lc_html_raw(d->to, "</ol>\n</nav>\n");
}

static void chapter(struct lc_doc *d, size_t n, const char *title)
{
    lc_html_raw(d->to, "<h2 id=\"c");
    (void)fprintf(d->to, "%zu\">%zu. ", n, n);
    lc_html_text(title, d->to);
    lc_html_raw(d->to, "</h2>\n");
}

static void box(struct lc_doc *d, bool open)
{
    if (open)
        lc_html_raw(d->to, "<div class=\"box\">\n");
    else
        lc_html_raw(d->to, "</div>\n");
}

static void fold(struct lc_doc *d, const char *title)
{
    if (!title) {
        lc_html_raw(d->to, "</details>\n");
        return;
    }
    lc_html_raw(d->to, "<details>\n<summary>");
    lc_html_text(title, d->to);
    lc_html_raw(d->to, "</summary>\n");
}

/* ---- what is no words ---- */

/* A picture inside <img> runs nothing and fetches nothing, whatever it holds. */
static void figure(struct lc_doc *d, const char *name, const char *text, struct lc_slice svg)
{
    (void)name;
    lc_html_raw(d->to, "<figure tabindex=\"0\">\n<img alt=\"");
    lc_html_value(text, d->to);
    lc_html_raw(d->to, "\" src=\"data:image/svg+xml;base64,");
    lc_base64_put(svg.p, svg.n, d->to);
    lc_html_raw(d->to, "\">\n</figure>\n");
}

/* A command keeps its line ends. */
static void code(struct lc_doc *d, const char *text)
{
    lc_html_raw(d->to, "<pre tabindex=\"0\"><code>");
    while (*text) {
        const size_t n = strcspn(text, "\n");
        const char *line = text;

        while (line < text + n) {
            char one[5];

            (void)lc_text_step(&line, one);
            lc_html_text(one, d->to);
        }
        text += n;
        if (*text == '\n') {
            lc_html_raw(d->to, "\n");
            text++;
        }
    }
    lc_html_raw(d->to, "</code></pre>\n");
}

const struct lc_doc_writer lc_doc_as_html = {
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
    .table = lc_html_table,
    .figure = figure,
    .code = code,
};
