#include "leadcal/text_table.h"

#include <errno.h>
#include <string.h>

#include "text_table_internal.h"

#define BOLD        "\033[1m"
#define DIM         "\033[2m"
#define PLAIN       "\033[0m"
#define TREE_INDENT 2

/* A frame being printed. */
struct print {
    struct lc_view view;
    const struct lc_text_style *style;
    FILE *to;
    size_t *width; /* [view.k] display columns */
    unsigned char *shown;
    size_t *left;
    char *buffer; /* holds any cell, cleaned */
    size_t room;
};

static size_t indent_of(const struct print *p, size_t i, const struct lc_view_column *c)
{
    return c->shape == LC_SHAPE_TREE && !lc_view_is_all(&p->view, i) ? TREE_INDENT : 0;
}

/* The name of a group stands once, not on each of its rows. */
static bool is_repeat(const struct print *p, size_t i, const struct lc_view_column *c)
{
    const struct lc_frame *f = p->view.f;

    if (c->shape != LC_SHAPE_PLAIN || c->at != p->view.group || p->view.member == f->k)
        return false;
    while (i > 0) {
        const char *here = f->value[i * f->k + c->at].text;
        const char *before = f->value[(i - 1) * f->k + c->at].text;

        if (!here || !before || strcmp(here, before) != 0)
            return false;
        if (p->shown[i - 1])
            return true;
        i--;
    }
    return false;
}

static void measure(struct print *p)
{
    char number[LC_VIEW_NUMBER];

    for (size_t c = 0; c < p->view.k; c++) {
        const struct lc_view_column *column = &p->view.column[c];

        p->width[c] = lc_text_width(lc_view_label(&p->view, column));
        p->room = p->room > p->width[c] ? p->room : p->width[c];
        for (size_t i = 0; i < p->view.f->n; i++) {
            const char *text = lc_view_cell(&p->view, i, column, number);
            const size_t width = lc_text_width(text) + indent_of(p, i, column);

            if (p->shown[i] && width > p->width[c])
                p->width[c] = width;
            if (p->shown[i] && strlen(text) > p->room)
                p->room = strlen(text);
        }
    }
    p->room += sizeof LC_ELLIPSIS;
}

/* "shrunk, low..high of ratio": what the terminal has no room for. NULL: no memory. */
static const char *list_out(const struct lc_view *v, const unsigned char *out,
                            struct lc_arena *arena)
{
    const char *text = "";

    for (size_t c = 0; c < v->k && text; c++) {
        const bool range = c > 0 && v->column[c].shape == LC_SHAPE_RANGE;

        if (out[c])
            text = lc_arena_format(arena, "%s%s%s%s%s", text, *text ? ", " : "",
                                   lc_view_label(v, &v->column[c]), range ? " of " : "",
                                   range ? lc_view_label(v, &v->column[c - 1]) : "");
    }
    return text;
}

/* Leaves columns out until the line fits the terminal; *names, out: which, "" for none. */
static enum lc_rc narrow(struct print *p, struct lc_arena *arena, const char **names,
                         struct lc_err *err)
{
    unsigned char *out = LC_NEW(arena, p->view.k + 1, unsigned char);
    size_t k = 0;

    *names = "";
    if (!out)
        return lc_fail_memory(err, p->view.f->name);
    if (!p->style->width)
        return LC_OK;
    lc_view_fit(&p->view, p->style->width, p->width, out);
    *names = list_out(&p->view, out, arena);
    if (!*names)
        return lc_fail_memory(err, p->view.f->name);
    for (size_t c = 0; c < p->view.k; c++)
        if (!out[c]) {
            p->view.column[k] = p->view.column[c];
            p->width[k++] = p->width[c];
        }
    p->view.k = k;
    return LC_OK;
}

static void put_blanks(FILE *to, size_t n)
{
    (void)fprintf(to, "%*s", (int)n, "");
}

/* One cell; blanks before it are owed until something follows, so that no line ends in one. */
static void put_cell(const struct print *p, size_t c, const char *text, size_t indent,
                     size_t *owed)
{
    const bool left = lc_view_is_text(&p->view, &p->view.column[c]);
    const size_t most = p->width[c] - (indent < p->width[c] ? indent : 0);
    const size_t width = lc_text_clean(text, most, p->buffer, p->room) + indent;
    const size_t pad = p->width[c] > width ? p->width[c] - width : 0;

    *owed += (c ? LC_VIEW_GAP : 0) + (left ? indent : pad);
    if (p->buffer[0]) {
        put_blanks(p->to, *owed);
        (void)fputs(p->buffer, p->to);
        *owed = 0;
    }
    if (left)
        *owed += pad;
}

static void put_head(const struct print *p)
{
    size_t owed = 0, total = 0;

    if (p->style->color)
        (void)fputs(BOLD, p->to);
    for (size_t c = 0; c < p->view.k; c++) {
        put_cell(p, c, lc_view_label(&p->view, &p->view.column[c]), 0, &owed);
        total += p->width[c] + (c ? LC_VIEW_GAP : 0);
    }
    if (p->style->color)
        (void)fputs(PLAIN, p->to);
    (void)fputc('\n', p->to);
    for (size_t i = 0; i < total; i++)
        (void)fputc('-', p->to);
    (void)fputc('\n', p->to);
}

static void put_rows(const struct print *p)
{
    char number[LC_VIEW_NUMBER];

    for (size_t i = 0; i < p->view.f->n; i++) {
        size_t owed = 0;

        for (size_t c = 0; p->shown[i] && c < p->view.k; c++) {
            const struct lc_view_column *column = &p->view.column[c];
            const char *text = lc_view_cell(&p->view, i, column, number);

            put_cell(p, c, is_repeat(p, i, column) ? "" : text, indent_of(p, i, column), &owed);
        }
        if (p->shown[i])
            (void)fputc('\n', p->to);
        if (p->left[i]) {
            put_blanks(p->to, TREE_INDENT);
            lc_view_put_left(&p->view, p->left[i], p->to);
            (void)fputs("with --format csv)\n", p->to);
        }
    }
}

/* What stands under the rows: columns without room, then the notes. */
static enum lc_rc put_notes(const struct print *p, const char *out, struct lc_arena *arena,
                            struct lc_err *err)
{
    const struct lc_frame *f = p->view.f;
    const char *left = "";

    if (*out)
        left = lc_arena_format(
            arena,
            "left out to fit %zu columns: %s (a wider terminal or --format csv has them)",
            p->style->width, out);
    if (!left)
        return lc_fail_memory(err, f->name);
    if (p->style->color && (*out || f->n_notes))
        (void)fputs(DIM, p->to);
    if (*out)
        lc_text_wrap(p->to, left, p->style->width);
    for (size_t i = 0; i < f->n_notes; i++)
        lc_text_wrap(p->to, f->note[i], p->style->width);
    if (p->style->color && (*out || f->n_notes))
        (void)fputs(PLAIN, p->to);
    return LC_OK;
}

static enum lc_rc stream_state(const struct lc_frame *f, FILE *to, struct lc_err *err)
{
    if (!ferror(to))
        return LC_OK;
    return lc_fail(err, LC_EIO, "the table '%s' cannot be written: %s; is the disk full?",
                   f->name, strerror(errno ? errno : EIO));
}

static enum lc_rc prepare(const struct lc_frame *f, bool tree, size_t most_rows,
                          struct lc_arena *arena, struct print *p, struct lc_err *err)
{
    enum lc_rc rc = lc_view_make(f, tree, arena, &p->view, err);

    if (!rc)
        rc = lc_view_pick(&p->view, most_rows, arena, &p->shown, &p->left, err);
    if (rc)
        return rc;
    p->width = LC_NEW(arena, p->view.k, size_t);
    if (!p->width)
        return lc_fail_memory(err, f->name);
    measure(p);
    p->buffer = LC_NEW(arena, p->room, char);
    return p->buffer ? LC_OK : lc_fail_memory(err, f->name);
}

enum lc_rc lc_frame_text(const struct lc_frame *f, const struct lc_text_style *style, FILE *to,
                         struct lc_err *err)
{
    struct print p = {.style = style, .to = to};
    struct lc_arena arena;
    const char *names;
    enum lc_rc rc;

    lc_arena_init(&arena, f->arena ? f->arena->limit : LC_ARENA_NO_LIMIT);
    rc = prepare(f, true, style->most_rows, &arena, &p, err);
    if (!rc)
        rc = narrow(&p, &arena, &names, err);
    if (rc)
        goto out;
    if (f->title)
        lc_text_wrap(to, f->title, style->width);
    put_head(&p);
    put_rows(&p);
    rc = put_notes(&p, names, &arena, err);
    if (rc)
        goto out;
    rc = stream_state(f, to, err);
out:
    lc_arena_release(&arena);
    return rc;
}

/* Of the punctuation that Markdown may take as markup, what can matter inside a line. Round
 * brackets cannot: a link needs the square ones, which are escaped. */
static bool is_markup(const char *text, size_t at)
{
    const char c = text[at];

    if (strchr("\\`*_[]<>&|~$#", c))
        return true;
    if (c == ':')
        return strncmp(text + at, "://", 3) == 0; /* GitHub makes links of bare addresses */
    if (c == '.' && at >= 3 && strncmp(text + at - 2, "ww", 2) == 0)
        return true;          /* "www." */
    if (c == '.' || c == ')') /* "1. " begins a list */
        return at > 0 && strspn(text, "0123456789") == at && text[at + 1] == ' ';
    return at == 0 && (c == '-' || c == '+' || c == '=');
}

void lc_markdown_escape(const char *text, FILE *to)
{
    const char *p = text;

    while (*p) {
        char one[5];

        if (is_markup(text, (size_t)(p - text)))
            (void)fputc('\\', to);
        (void)lc_text_step(&p, one);
        (void)fputs(one, to);
    }
}

static void put_markdown_head(const struct print *p)
{
    for (size_t c = 0; c < p->view.k; c++) {
        (void)fputs("| ", p->to);
        lc_markdown_escape(lc_view_label(&p->view, &p->view.column[c]), p->to);
        (void)fputc(' ', p->to);
    }
    (void)fputs("|\n", p->to);
    for (size_t c = 0; c < p->view.k; c++)
        (void)fputs(lc_view_is_text(&p->view, &p->view.column[c]) ? "| --- " : "| ---: ",
                    p->to);
    (void)fputs("|\n", p->to);
}

enum lc_rc lc_frame_markdown(const struct lc_frame *f, size_t most_rows, FILE *to,
                             struct lc_err *err)
{
    struct print p = {.to = to};
    char number[LC_VIEW_NUMBER];
    struct lc_arena arena;
    size_t left = 0;
    enum lc_rc rc;

    lc_arena_init(&arena, f->arena ? f->arena->limit : LC_ARENA_NO_LIMIT);
    rc = prepare(f, false, most_rows, &arena, &p, err);
    if (rc)
        goto out;
    put_markdown_head(&p);
    for (size_t i = 0; i < f->n; i++) {
        left += p.left[i];
        if (!p.shown[i])
            continue;
        for (size_t c = 0; c < p.view.k; c++) {
            (void)fputs("| ", to);
            lc_markdown_escape(lc_view_cell(&p.view, i, &p.view.column[c], number), to);
            (void)fputc(' ', to);
        }
        (void)fputs("|\n", to);
    }
    (void)fputc('\n', to);
    if (left) {
        lc_view_put_left(&p.view, left, to);
        (void)fputs("in ", to);
        lc_markdown_escape(f->name, to);
        (void)fputs(".csv)\n\n", to);
    }
    for (size_t i = 0; i < f->n_notes; i++) {
        lc_markdown_escape(f->note[i], to);
        (void)fputs("\n\n", to);
    }
    rc = stream_state(f, to, err);
out:
    lc_arena_release(&arena);
    return rc;
}
