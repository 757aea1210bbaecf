/* A frame as an HTML table: headings that a screen reader finds, names of groups that span their
 * rows, and a box around it that scrolls. */
#include <string.h>

#include "doc_internal.h"
#include "text_table_internal.h"

#define MOST_CELL 160 /* display columns of a cell; CSV has the whole text */
#define CELL_ROOM 1024
#define MOST_WORD 24 /* bytes of a word that is kept whole */

/* A table being written. */
struct writing {
    const struct lc_doc_table *table;
    struct lc_view view;
    unsigned char *shown;
    size_t *left;
    FILE *to;
    size_t id; /* of its title */
};

/* The first column, where it is a text, names the row, or the rows that follow each other. */
static bool is_group(const struct writing *w, size_t c)
{
    return c == 0 && w->view.group < w->view.f->k && w->view.column[c].at == w->view.group;
}

/* The second names it where the first names several. */
static bool is_member(const struct writing *w, size_t c)
{
    return c == 1 && w->view.member < w->view.f->k && w->view.column[c].at == w->view.member;
}

static bool same_group(const struct writing *w, size_t i, size_t j)
{
    const struct lc_frame *f = w->view.f;
    const char *a = f->value[i * f->k + w->view.group].text;
    const char *b = f->value[j * f->k + w->view.group].text;

    return a && b && *a && strcmp(a, b) == 0;
}

/* How many shown rows from i on bear its group's name; 0 where a row above has written it. */
static size_t span_of(const struct writing *w, size_t i)
{
    size_t n = 1, j = i;

    while (j > 0 && same_group(w, i, j - 1))
        if (w->shown[--j])
            return 0;
    for (j = i + 1; j < w->view.f->n && same_group(w, i, j); j++)
        n += w->shown[j];
    return n;
}

/* ---- cells ---- */

static void put_text(const struct writing *w, const char *text)
{
    char cut[CELL_ROOM];

    (void)lc_text_clean(text, MOST_CELL, cut, sizeof cut);
    lc_html_text(cut, w->to);
}

/* Whether a word of it would push the table off the paper, so that it may be broken. */
static bool has_wide_word(const char *text)
{
    size_t length = 0;

    for (; *text && length <= MOST_WORD; text++)
        length = *text == ' ' ? 0 : length + 1;
    return length > MOST_WORD;
}

static void put_name(const struct writing *w, const char *text, size_t span)
{
    lc_html_raw(w->to, "<th scope=\"row\"");
    if (has_wide_word(text))
        lc_html_raw(w->to, " class=\"w\"");
    if (span > 1) {
        lc_html_raw(w->to, " rowspan=\"");
        (void)fprintf(w->to, "%zu\"", span);
    }
    lc_html_raw(w->to, ">");
    put_text(w, text);
    lc_html_raw(w->to, "</th>");
}

static void put_cell(const struct writing *w, size_t c, const char *text)
{
    if (!lc_view_is_text(&w->view, &w->view.column[c]))
        lc_html_raw(w->to, "<td>");
    else if (has_wide_word(text))
        lc_html_raw(w->to, "<td class=\"t w\">");
    else
        lc_html_raw(w->to, "<td class=\"t\">");
    put_text(w, text);
    lc_html_raw(w->to, "</td>");
}

/* ---- rows ---- */

static bool is_all(const struct writing *w, size_t i)
{
    const struct lc_frame *f = w->view.f;
    const char *name = w->view.group < f->k ? f->value[i * f->k + w->view.group].text : NULL;

    return lc_view_is_all(&w->view, i) || (name && strcmp(name, "(all)") == 0);
}

static void put_row(const struct writing *w, size_t i)
{
    char number[LC_VIEW_NUMBER];

    if (is_all(w, i))
        lc_html_raw(w->to, "<tr class=\"all\">");
    else
        lc_html_raw(w->to, "<tr>");
    for (size_t c = 0; c < w->view.k; c++) {
        const char *text = lc_view_cell(&w->view, i, &w->view.column[c], number);

        const size_t span = is_group(w, c) ? span_of(w, i) : 1;

        if (*text && span && (c == 0 || is_member(w, c)))
            put_name(w, text, span);
        else if (span)
            put_cell(w, c, text);
    }
    lc_html_raw(w->to, "</tr>\n");
}

static void put_rows(const struct writing *w)
{
    lc_html_raw(w->to, "<tbody>\n");
    for (size_t i = 0; i < w->view.f->n; i++)
        if (w->shown[i])
            put_row(w, i);
    lc_html_raw(w->to, "</tbody>\n");
}

static void put_head(const struct writing *w)
{
    lc_html_raw(w->to, "<thead>\n<tr>");
    for (size_t c = 0; c < w->view.k; c++) {
        if (lc_view_is_text(&w->view, &w->view.column[c]))
            lc_html_raw(w->to, "<th scope=\"col\" class=\"t\">");
        else
            lc_html_raw(w->to, "<th scope=\"col\">");
        lc_html_text(lc_view_label(&w->view, &w->view.column[c]), w->to);
        lc_html_raw(w->to, "</th>");
    }
    lc_html_raw(w->to, "</tr>\n</thead>\n");
}

/* Of whom the numbers are, and how to read them. */
static void put_reading(const struct writing *w)
{
    const struct lc_doc_table *t = w->table;

    if (!t->who && !t->how)
        return;
    lc_html_raw(w->to, "<p class=\"note\">");
    if (t->who) {
        lc_html_raw(w->to, "Of: ");
        lc_html_text(t->who, w->to);
        lc_html_raw(w->to, ". ");
    }
    if (t->how) {
        lc_html_text(t->how, w->to);
        lc_html_raw(w->to, ".");
    }
    lc_html_raw(w->to, "</p>\n");
}

static void put_foot(const struct writing *w)
{
    const struct lc_frame *f = w->view.f;
    size_t left = 0;

    for (size_t i = 0; i < f->n; i++)
        left += w->left[i];
    if (left) {
        lc_html_raw(w->to, "<p class=\"note\">");
        lc_view_put_left(&w->view, left, w->to);
        lc_html_raw(w->to, "in ");
        lc_html_text(f->name, w->to);
        lc_html_raw(w->to, ".csv)</p>\n");
    }
    for (size_t i = 0; i < f->n_notes; i++) {
        lc_html_raw(w->to, "<p class=\"note\">");
        lc_html_text(f->note[i], w->to);
        lc_html_raw(w->to, "</p>\n");
    }
}

enum lc_rc lc_html_table(struct lc_doc *d, const struct lc_doc_table *table, struct lc_err *err)
{
    const struct lc_frame *f = table->frame;
    struct writing w = {.table = table, .to = d->to, .id = d->tables};
    struct lc_arena arena;
    enum lc_rc rc;

    lc_arena_init(&arena, f->arena ? f->arena->limit : LC_ARENA_NO_LIMIT);
    rc = lc_view_make(f, false, &arena, &w.view, err);
    if (!rc)
        rc = lc_view_pick(&w.view, table->most_rows, &arena, &w.shown, &w.left, err);
    if (rc)
        goto out;
    lc_html_raw(w.to,
                "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-labelledby=\"t");
    (void)fprintf(w.to, "%zu", w.id);
    lc_html_raw(w.to, "\">\n<table>\n<caption><span id=\"t");
    (void)fprintf(w.to, "%zu\">", w.id);
    lc_html_text(table->title, w.to);
    lc_html_raw(w.to, "</span></caption>\n");
    put_head(&w);
    put_rows(&w);
    lc_html_raw(w.to, "</table>\n</div>\n");
    put_reading(&w);
    put_foot(&w);
out:
    lc_arena_release(&arena);
    return rc;
}
