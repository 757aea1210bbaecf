#include "leadcal/table_file.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "leadcal/num.h"

#define DIGITS 10 /* significant: what two machines agree on */

/* The shortest text of a number; "" for NaN. Whole counts are exact, reals (and counts of shares)
 * have at most DIGITS. */
static void number_text(double x, enum lc_cell cell, char to[LC_REAL_TEXT])
{
    char rounded[LC_REAL_TEXT];

    to[0] = '\0';
    if (isinf(x))
        (void)snprintf(to, LC_REAL_TEXT, "%s", x > 0 ? "Inf" : "-Inf");
    if (!isfinite(x))
        return;
    (void)snprintf(rounded, sizeof rounded, "%.*g", DIGITS, x);
    lc_real_text(cell == LC_CELL_COUNT && x == floor(x) ? x : strtod(rounded, NULL), to);
}

static bool needs_quotes(struct lc_slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\r' || s.p[i] == '\n')
            return true;
    return false;
}

/* A spreadsheet would run it (CWE-1236; TAB and CR come from OWASP's list). */
static bool is_formula(struct lc_slice s)
{
    static const char first[] = {'=', '+', '-', '@', '\t', '\r'};
    double x;

    return s.n && memchr(first, s.p[0], sizeof first) != NULL && !lc_real_parse(s, &x);
}

void lc_csv_field(struct lc_slice s, bool defuse, FILE *to)
{
    const bool quotes = needs_quotes(s);

    if (quotes)
        (void)fputc('"', to);
    if (defuse && is_formula(s))
        (void)fputc('\'', to);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            (void)fputc('"', to);
        (void)fputc(s.p[i], to);
    }
    if (quotes)
        (void)fputc('"', to);
}

static void put_row(const struct lc_frame *f, size_t i, FILE *to)
{
    for (size_t j = 0; j < f->k; j++) {
        const union lc_value *v = &f->value[i * f->k + j];
        char text[LC_REAL_TEXT];

        if (j)
            (void)fputc(',', to);
        if (f->heading[j].cell == LC_CELL_TEXT) {
            lc_csv_field(lc_slice_of(v->text ? v->text : ""), true, to);
        } else {
            number_text(v->number, f->heading[j].cell, text);
            (void)fputs(text, to);
        }
    }
    (void)fputc('\n', to);
}

enum lc_rc lc_frame_csv(const struct lc_frame *f, FILE *to, struct lc_err *err)
{
    for (size_t j = 0; j < f->k; j++) {
        if (j)
            (void)fputc(',', to);
        lc_csv_field(lc_slice_of(f->heading[j].name), true, to);
    }
    (void)fputc('\n', to);
    for (size_t i = 0; i < f->n && !ferror(to); i++)
        put_row(f, i, to);
    if (ferror(to))
        return lc_fail(err, LC_EIO, "the table '%s' cannot be written: %s; is the disk full?",
                       f->name, strerror(errno ? errno : EIO));
    return LC_OK;
}

static void put_object(const struct lc_frame *f, size_t i, struct lc_json_out *out)
{
    lc_json_open(out, NULL, '{', true);
    for (size_t j = 0; j < f->k; j++) {
        const union lc_value *v = &f->value[i * f->k + j];
        char text[LC_REAL_TEXT];

        if (f->heading[j].cell == LC_CELL_TEXT) {
            lc_json_put_text(out, f->heading[j].name, v->text);
        } else {
            number_text(isfinite(v->number) ? v->number : LC_NAN, f->heading[j].cell, text);
            lc_json_put_raw(out, f->heading[j].name, *text ? text : "null");
        }
    }
    lc_json_close(out, '}');
}

enum lc_rc lc_frame_json(const struct lc_frame *f, FILE *to, struct lc_err *err)
{
    struct lc_json_out out = {.to = to};

    lc_json_open(&out, NULL, '{', false);
    lc_json_put_text(&out, "name", f->name);
    lc_json_put_text(&out, "title", f->title);
    lc_json_open(&out, "columns", '[', true);
    for (size_t j = 0; j < f->k; j++)
        lc_json_put_text(&out, NULL, f->heading[j].name);
    lc_json_close(&out, ']');
    lc_json_open(&out, "rows", '[', false);
    for (size_t i = 0; i < f->n && !ferror(to); i++)
        put_object(f, i, &out);
    lc_json_close(&out, ']');
    lc_json_open(&out, "notes", '[', false);
    for (size_t i = 0; i < f->n_notes; i++)
        lc_json_put_text(&out, NULL, f->note[i]);
    lc_json_close(&out, ']');
    lc_json_close(&out, '}');
    return lc_json_end(&out, err);
}
