#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "text_table_internal.h"

#define SMALL_RATE    0.001 /* below it two significant digits, not one decimal of a per cent */
#define LEAST_P       0.0001 /* what is smaller is said to be so */
#define LARGE         100.0  /* a column that reaches it and holds less than SMALL is mixed */
#define SMALL         1.0
#define THOUSAND      1000.0 /* a number beyond it loses its decimals */
#define FEW_DECIMALS  2
#define MANY_DECIMALS 3

static bool is_named(const struct lc_frame *f, size_t j, const char *name)
{
    return strcmp(f->heading[j].label ? f->heading[j].label : f->heading[j].name, name) == 0;
}

static size_t next_shown(const struct lc_frame *f, size_t j)
{
    while (j < f->k && f->heading[j].hidden)
        j++;
    return j;
}

static double number_at(const struct lc_frame *f, size_t i, size_t j)
{
    return f->value[i * f->k + j].number;
}

static const char *text_at(const struct lc_frame *f, size_t i, size_t j)
{
    const char *text = f->value[i * f->k + j].text;

    return text ? text : "";
}

/* How many decimals a column of reals needs: none for whole numbers, more for small ones. */
static void choose_decimals(const struct lc_frame *f, struct lc_view_column *c)
{
    double largest = 0, smallest = HUGE_VAL;
    const char *name = f->heading[c->at].name;
    const size_t length = strlen(name);
    bool whole = true;

    c->days = length > strlen("_days") && strcmp(name + length - strlen("_days"), "_days") == 0;
    for (size_t i = 0; i < f->n; i++) {
        const double x = fabs(number_at(f, i, c->at));

        if (!isfinite(x))
            continue;
        whole = whole && x == floor(x);
        largest = fmax(largest, x);
        if (x > 0)
            smallest = fmin(smallest, x);
    }
    c->mixed = largest >= LARGE && smallest < SMALL;
    c->decimals = largest < SMALL || c->mixed ? MANY_DECIMALS : FEW_DECIMALS;
    if (whole)
        c->decimals = 0;
}

static bool has_all(const struct lc_view *view)
{
    for (size_t i = 0; i < view->f->n; i++)
        if (lc_view_is_all(view, i))
            return true;
    return false;
}

bool lc_view_is_all(const struct lc_view *view, size_t i)
{
    return view->member < view->f->k && strcmp(text_at(view->f, i, view->member), "(all)") == 0;
}

static void find_group(struct lc_view *view)
{
    const struct lc_frame *f = view->f;
    const size_t first = next_shown(f, 0), second = next_shown(f, first + 1);

    view->group = view->member = view->term = f->k;
    if (first < f->k && f->heading[first].cell == LC_CELL_TEXT)
        view->group = first;
    if (view->group < f->k && second < f->k && f->heading[second].cell == LC_CELL_TEXT)
        view->member = second;
    for (size_t j = 0; j < f->k; j++)
        if (f->heading[j].hidden && f->heading[j].cell == LC_CELL_TEXT &&
            is_named(f, j, "term"))
            view->term = j;
}

static bool is_empty(const struct lc_frame *f, size_t j)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->heading[j].cell == LC_CELL_TEXT ? *text_at(f, i, j) != '\0'
                                               : !isnan(number_at(f, i, j)))
            return false;
    return f->n > 0;
}

enum lc_rc lc_view_make(const struct lc_frame *f, bool terminal, struct lc_arena *arena,
                        struct lc_view *view, struct lc_err *err)
{
    struct lc_view v = {.f = f, .column = LC_NEW(arena, f->k + 1, struct lc_view_column)};
    bool tree;
    size_t j;

    if (!v.column)
        return lc_fail_memory(err, f->name);
    find_group(&v);
    tree = terminal && v.member < f->k && is_named(f, v.member, "level") && has_all(&v);
    for (j = next_shown(f, 0); j < f->k; j = next_shown(f, j + 1)) {
        struct lc_view_column *c = &v.column[v.k++];
        const size_t after = next_shown(f, j + 1);

        *c = (struct lc_view_column){.at = j, .other = after};
        if (f->heading[j].cell == LC_CELL_REAL)
            choose_decimals(f, c);
        if (tree && j == v.group)
            c->shape = LC_SHAPE_TREE;
        else if (after < f->k && is_named(f, j, "low") && is_named(f, after, "high"))
            c->shape = LC_SHAPE_RANGE;
        if (c->shape != LC_SHAPE_PLAIN)
            j = after;
        if (terminal && c->shape != LC_SHAPE_TREE && is_empty(f, c->at) && is_empty(f, j))
            v.k--;
    }
    *view = v;
    return LC_OK;
}

/* A row that competes for a place in its group. */
struct entry {
    double leads;
    size_t row;
};

static int by_leads(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    if (x->leads != y->leads)
        return x->leads < y->leads ? 1 : -1;
    return (x->row > y->row) - (x->row < y->row);
}

static size_t end_of_group(const struct lc_view *view, size_t i)
{
    const struct lc_frame *f = view->f;
    const size_t first = i;

    for (i++; i < f->n && view->group < f->k; i++)
        if (strcmp(text_at(f, i, view->group), text_at(f, first, view->group)) != 0)
            return i;
    return f->n;
}

static size_t leads_column(const struct lc_frame *f)
{
    for (size_t j = 0; j < f->k; j++)
        if (strcmp(f->heading[j].name, "leads") == 0 && f->heading[j].cell == LC_CELL_COUNT)
            return j;
    return f->k;
}

/* Marks the rows of one group that are shown; returns how many are not. */
static size_t pick_group(const struct lc_view *view, size_t from, size_t to, size_t most_rows,
                         struct entry *entry, unsigned char *shown)
{
    const size_t leads = leads_column(view->f);
    size_t n = 0;

    for (size_t i = from; i < to; i++) {
        shown[i] = lc_view_is_all(view, i);
        if (!shown[i])
            entry[n++] =
                (struct entry){leads < view->f->k ? number_at(view->f, i, leads) : 0, i};
    }
    if (most_rows && n > most_rows)
        qsort(entry, n, sizeof *entry, by_leads);
    else
        most_rows = n;
    for (size_t e = 0; e < most_rows; e++)
        shown[entry[e].row] = 1;
    return n - most_rows;
}

enum lc_rc lc_view_pick(const struct lc_view *view, size_t most_rows, struct lc_arena *arena,
                        unsigned char **shown, size_t **left, struct lc_err *err)
{
    const size_t n = view->f->n;
    unsigned char *show = LC_NEW(arena, n + 1, unsigned char);
    size_t *rest = LC_NEW(arena, n + 1, size_t);
    struct entry *entry = LC_NEW(arena, n + 1, struct entry);

    if (!show || !rest || !entry)
        return lc_fail_memory(err, view->f->name);
    for (size_t i = 0; i < n;) {
        const size_t to = end_of_group(view, i);

        rest[to - 1] = pick_group(view, i, to, most_rows, entry, show);
        i = to;
    }
    *shown = show;
    *left = rest;
    return LC_OK;
}

/* `like`: the number whose size chooses the decimals, so that both ends of a range agree. */
static void rate_text(double x, double like, bool sign, char to[LC_VIEW_NUMBER])
{
    const char *unit = sign ? " %" : "";
    int decimals = 1;

    if (like > 0 && like < SMALL_RATE)
        decimals = like < SMALL_RATE / 10 ? 4 : 2;
    (void)snprintf(to, LC_VIEW_NUMBER / 2, "%.*f%s", decimals, 100 * x, unit);
}

static void real_text(const struct lc_view_column *c, double x, char to[LC_VIEW_NUMBER])
{
    int decimals = c->decimals;

    if (c->days)
        decimals = fabs(10 * x - 10 * round(x)) < 0.5 ? 0 : 1;
    else if (fabs(x) >= THOUSAND || (c->mixed && x == floor(x)))
        decimals = 0;
    else if (x != 0 && fabs(x) < 0.01)
        decimals++;
    (void)snprintf(to, LC_VIEW_NUMBER / 2, "%.*f", decimals, x);
}

/* One number as a person reads it; "" where it is NaN. */
static void number_text(const struct lc_view *view, const struct lc_view_column *c, size_t i,
                        size_t j, bool unit, char to[LC_VIEW_NUMBER])
{
    const double x = number_at(view->f, i, j);

    to[0] = '\0';
    if (isinf(x))
        (void)snprintf(to, LC_VIEW_NUMBER / 2, "%s", x > 0 ? "inf" : "-inf");
    if (!isfinite(x))
        return;
    switch (view->f->heading[j].cell) {
    case LC_CELL_RATE: rate_text(x, number_at(view->f, i, c->at), unit, to); break;
    case LC_CELL_REAL: real_text(c, x, to); break;
    case LC_CELL_COUNT:
        (void)snprintf(to, LC_VIEW_NUMBER / 2, x == floor(x) ? "%.0f" : "%.1f", x);
        break;
    case LC_CELL_P:
        if (x < LEAST_P)
            (void)snprintf(to, LC_VIEW_NUMBER / 2, "<%.4f", LEAST_P);
        else
            (void)snprintf(to, LC_VIEW_NUMBER / 2, "%.4f", x);
        break;
    case LC_CELL_TEXT: break;
    }
}

/* Does the row have no name but its term, as the intercept has? */
static bool is_nameless(const struct lc_view *view, size_t i, const struct lc_view_column *c)
{
    return c->at == view->group && view->term < view->f->k && view->member < view->f->k &&
           !*text_at(view->f, i, view->group) && !*text_at(view->f, i, view->member);
}

const char *lc_view_cell(const struct lc_view *view, size_t i, const struct lc_view_column *c,
                         char number[LC_VIEW_NUMBER])
{
    char high[LC_VIEW_NUMBER];
    size_t n;

    if (c->shape == LC_SHAPE_TREE)
        return text_at(view->f, i, lc_view_is_all(view, i) ? c->at : c->other);
    if (view->f->heading[c->at].cell == LC_CELL_TEXT)
        return text_at(view->f, i, is_nameless(view, i, c) ? view->term : c->at);
    number_text(view, c, i, c->at, c->shape == LC_SHAPE_PLAIN, number);
    if (c->shape != LC_SHAPE_RANGE)
        return number;
    number_text(view, c, i, c->other, false, high);
    n = strlen(number);
    if (n || high[0])
        (void)snprintf(number + n, LC_VIEW_NUMBER - n, "..%s", high);
    return number;
}

const char *lc_view_label(const struct lc_view *view, const struct lc_view_column *c)
{
    const struct lc_heading *h = &view->f->heading[c->at];

    if (c->shape == LC_SHAPE_RANGE)
        return "low..high";
    return h->label ? h->label : h->name;
}

bool lc_view_is_text(const struct lc_view *view, const struct lc_view_column *c)
{
    return view->f->heading[c->at].cell == LC_CELL_TEXT;
}

void lc_view_put_left(const struct lc_view *view, size_t n, FILE *to)
{
    const struct lc_frame *f = view->f;
    const bool levels =
        view->member < f->k && strcmp(f->heading[view->member].name, "level") == 0;

    (void)fprintf(to, "... and %zu more %s%s (all of them ", n, levels ? "level" : "row",
                  n == 1 ? "" : "s");
}
