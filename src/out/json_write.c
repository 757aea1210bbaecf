#include <assert.h>
#include <errno.h>
#include <math.h>
#include <string.h>

#include "json.h"
#include "leadcal/num.h"

#define INDENT 2 /* blanks a level */

static bool is_tail(const char *p, size_t k)
{
    for (size_t i = 1; i < k; i++)
        if (((unsigned char)p[i] & 0xc0) != 0x80)
            return false;
    return true;
}

size_t lc_utf8_step(const char *p, const char *end)
{
    const size_t left = (size_t)(end - p);
    const unsigned char a = left ? (unsigned char)p[0] : 0x80;
    const unsigned char b = left > 1 ? (unsigned char)p[1] : 0;
    size_t k = 0;

    if (a < 0x80)
        return 1;
    if (a >= 0xc2 && a <= 0xdf)
        k = 2;
    else if (a >= 0xe0 && a <= 0xef)
        k = 3;
    else if (a >= 0xf0 && a <= 0xf4)
        k = 4;
    if (k == 0 || left < k || !is_tail(p, k))
        return 0;
    if ((a == 0xe0 && b < 0xa0) || (a == 0xed && b > 0x9f)) /* overlong; surrogates */
        return 0;
    if ((a == 0xf0 && b < 0x90) || (a == 0xf4 && b > 0x8f)) /* overlong; beyond the last */
        return 0;
    return k;
}

static void put_string(FILE *to, const char *text)
{
    const char *end = text + strlen(text);

    (void)fputc('"', to);
    while (text < end) {
        const size_t k = lc_utf8_step(text, end);
        const unsigned char c = (unsigned char)*text;

        if (k == 0)
            (void)fputs("\xef\xbf\xbd", to);
        else if (c == '"' || c == '\\')
            (void)fprintf(to, "\\%c", c);
        else if (c == '\n')
            (void)fputs("\\n", to);
        else if (c == '\t')
            (void)fputs("\\t", to);
        else if (c < 0x20 || c == 0x7f)
            (void)fprintf(to, "\\u%04x", c);
        else
            (void)fwrite(text, 1, k, to);
        text += k ? k : 1;
    }
    (void)fputc('"', to);
}

static void break_line(struct lc_json_out *out)
{
    (void)fprintf(out->to, "\n%*s", (int)(INDENT * out->depth), "");
}

/* What stands before a member: a comma, a new line, its key. */
static void begin(struct lc_json_out *out, const char *key)
{
    if (out->any)
        (void)fputc(',', out->to);
    if (out->flat_from && out->any)
        (void)fputc(' ', out->to);
    else if (!out->flat_from && out->depth)
        break_line(out);
    if (key) {
        put_string(out->to, key);
        (void)fputs(": ", out->to);
    }
    out->any = true;
}

void lc_json_open(struct lc_json_out *out, const char *key, char bracket, bool flat)
{
    begin(out, key);
    (void)fputc(bracket, out->to);
    out->depth++;
    assert(out->depth < LC_JSON_DEPTH);
    if (flat && !out->flat_from)
        out->flat_from = out->depth;
    out->any = false;
}

void lc_json_close(struct lc_json_out *out, char bracket)
{
    const bool flat = out->flat_from != 0;

    assert(out->depth > 0);
    if (out->flat_from == out->depth)
        out->flat_from = 0;
    out->depth--;
    if (out->any && !flat)
        break_line(out);
    (void)fputc(bracket, out->to);
    out->any = true;
}

void lc_json_put_raw(struct lc_json_out *out, const char *key, const char *raw)
{
    begin(out, key);
    (void)fputs(raw, out->to);
}

void lc_json_put_text(struct lc_json_out *out, const char *key, const char *text)
{
    begin(out, key);
    if (text)
        put_string(out->to, text);
    else
        (void)fputs("null", out->to);
}

void lc_json_put_real(struct lc_json_out *out, const char *key, double x)
{
    char text[LC_REAL_TEXT] = "null";

    if (isfinite(x))
        lc_real_text(x, text);
    else if (!isnan(x))
        out->not_finite = true;
    lc_json_put_raw(out, key, text);
}

void lc_json_put_reals(struct lc_json_out *out, const char *key, const double *x, size_t n)
{
    lc_json_open(out, key, '[', true);
    for (size_t i = 0; i < n; i++)
        lc_json_put_real(out, NULL, x[i]);
    lc_json_close(out, ']');
}

enum lc_rc lc_json_end(struct lc_json_out *out, struct lc_err *err)
{
    assert(out->depth == 0);
    (void)fputc('\n', out->to);
    if (out->not_finite)
        return lc_fail(err, LC_EDEGENERATE,
                       "a number of it is infinite, and JSON has no word for that");
    if (ferror(out->to))
        return lc_fail(err, LC_EIO, "the JSON cannot be written: %s; is the disk full?",
                       strerror(errno ? errno : EIO));
    return LC_OK;
}
