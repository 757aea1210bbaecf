#include <string.h>

#include "text_table_internal.h"

#define NARROW    8  /* no text is cut below it while there is a column to leave out */
#define MIDDLE    16 /* a label that is cut to it still tells most levels apart */
#define LABEL     24 /* a label is not cut below it while there are numbers to leave out */
#define FIRST_FEW 4  /* numbers that are left out late: counts, the estimate and its limits */

struct fitting {
    const struct lc_view *view;
    size_t *width;
    size_t most;
    unsigned char *out;
};

static bool is_text(const struct fitting *f, size_t c)
{
    return lc_view_is_text(f->view, &f->view->column[c]);
}

static size_t first_number(const struct fitting *f)
{
    size_t c = 0;

    while (c < f->view->k && is_text(f, c))
        c++;
    return c;
}

static bool fits(const struct fitting *f, const size_t *width)
{
    size_t total = 0;

    for (size_t c = 0; c < f->view->k; c++)
        if (!f->out[c])
            total += width[c] + (c ? LC_VIEW_GAP : 0);
    return total <= f->most;
}

/* What is left when texts are cut to `label` in front of the numbers and to `other` behind. */
static bool fits_cut(const struct fitting *f, size_t label, size_t other)
{
    const size_t number = first_number(f);
    size_t total = 0;

    for (size_t c = 0; c < f->view->k; c++) {
        const size_t least = c < number ? label : other;

        if (f->out[c])
            continue;
        total += is_text(f, c) && f->width[c] > least ? least : f->width[c];
        total += c ? LC_VIEW_GAP : 0;
    }
    return total <= f->most;
}

/* Takes room from the widest text until the line fits or no text is wider than its least. */
static void cut(const struct fitting *f, size_t label, size_t other)
{
    const size_t k = f->view->k, number = first_number(f);

    while (!fits(f, f->width)) {
        size_t widest = k;

        for (size_t c = 0; c < k; c++)
            if (!f->out[c] && is_text(f, c) && f->width[c] > (c < number ? label : other) &&
                (widest == k || f->width[c] > f->width[widest]))
                widest = c;
        if (widest == k)
            return;
        f->width[widest]--;
    }
}

static bool is_same_in_every_row(const struct lc_view *v, const struct lc_view_column *column)
{
    char number[LC_VIEW_NUMBER];

    for (size_t i = 1; i < v->f->n; i++)
        if (strcmp(lc_view_cell(v, i, column, number), lc_view_cell(v, 0, column, number)) != 0)
            return false;
    return v->f->n > 1;
}

/* A text behind the numbers that is the same in every row says less than any number. */
static void drop_repeated(const struct fitting *f)
{
    for (size_t c = first_number(f); c < f->view->k && !fits_cut(f, LABEL, NARROW); c++)
        if (is_text(f, c) && is_same_in_every_row(f->view, &f->view->column[c]))
            f->out[c] = 1;
}

/* Numbers go from the right: all but the first `keep` and, if asked, the last one. */
static void drop_numbers(const struct fitting *f, size_t keep, bool keep_last, size_t label)
{
    size_t before = 0, last = f->view->k;

    for (size_t c = 0; c < f->view->k; c++)
        if (!is_text(f, c)) {
            before++;
            last = c;
        }
    for (size_t c = f->view->k; c-- > 0 && !fits_cut(f, label, NARROW);) {
        if (is_text(f, c))
            continue;
        before--;
        if (before >= keep && !(keep_last && c == last))
            f->out[c] = 1;
    }
}

/* Texts behind the numbers go from the left: what closes a line is its conclusion. */
static void drop_texts(const struct fitting *f, size_t label)
{
    for (size_t c = first_number(f); c < f->view->k && !fits_cut(f, label, NARROW); c++)
        if (is_text(f, c))
            f->out[c] = 1;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): width is written, by cut() through f */
void lc_view_fit(const struct lc_view *view, size_t most, size_t *width, unsigned char *out)
{
    const struct fitting f = {view, width, most, out};
    size_t label = LABEL;

    drop_repeated(&f);
    drop_numbers(&f, FIRST_FEW, true, LABEL);
    drop_texts(&f, LABEL);
    if (!fits_cut(&f, LABEL, NARROW)) {
        label = MIDDLE;
        drop_numbers(&f, 1, false, MIDDLE);
    }
    if (!fits_cut(&f, MIDDLE, NARROW)) {
        label = NARROW;
        for (size_t c = view->k; c-- > 1 && !fits_cut(&f, NARROW, NARROW);)
            out[c] = 1;
    }
    cut(&f, LABEL, NARROW);
    cut(&f, label, NARROW);
    cut(&f, 1, 1);
}
