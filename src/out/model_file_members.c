/* Members of a model file as what they must be, and lists and days the other way. */
#include <string.h>

#include "leadcal/date.h"
#include "model_file_internal.h"

#define MOST_COUNT ((int64_t)1 << 52) /* rows: whole in a double */

void *lc_model_room(struct lc_model_reading *r, size_t n, size_t size)
{
    void *p = r->in.rc ? NULL : lc_arena_alloc(r->in.arena, n ? n : 1, size);

    if (!p && !r->in.rc)
        r->in.rc = lc_fail_memory(r->in.err, "the model");
    return p;
}

double lc_model_real(struct lc_model_reading *r, const struct lc_json *o, const char *key)
{
    return lc_json_real(&r->in, lc_json_need(&r->in, o, key));
}

double lc_model_real_or_null(struct lc_model_reading *r, const struct lc_json *o,
                             const char *key)
{
    return lc_json_real_or_null(&r->in, lc_json_need(&r->in, o, key));
}

const char *lc_model_text(struct lc_model_reading *r, const struct lc_json *o, const char *key)
{
    return lc_json_text(&r->in, lc_json_need(&r->in, o, key));
}

size_t lc_model_count(struct lc_model_reading *r, const struct lc_json *o, const char *key)
{
    return (size_t)lc_json_whole(&r->in, lc_json_need(&r->in, o, key), 0, MOST_COUNT);
}

const struct lc_json *lc_model_array(struct lc_model_reading *r, const struct lc_json *o,
                                     const char *key)
{
    return lc_json_array(&r->in, lc_json_need(&r->in, o, key));
}

const struct lc_json *lc_model_first(const struct lc_model_reading *r,
                                     const struct lc_json *array)
{
    return r->in.rc || !array ? NULL : array->child;
}

int32_t lc_model_day(struct lc_model_reading *r, const struct lc_json *o, const char *key)
{
    const struct lc_json *value = lc_json_need(&r->in, o, key);
    const char *text = lc_json_text_or_null(&r->in, value);
    char back[LC_DAY_TEXT] = "";
    int32_t day = LC_NO_DAY;

    if (text && lc_date_parse(lc_slice_of(text), LC_DATE_YMD, &day))
        lc_day_text(day, back);
    if (text && strcmp(text, back) != 0)
        lc_json_refuse(&r->in, value, LC_EMISMATCH, "needs a date such as 2026-09-30");
    return day;
}

void lc_model_reals(struct lc_model_reading *r, const struct lc_json *value, size_t n,
                    double *to)
{
    size_t got = 0;
    const double *x = lc_json_reals(&r->in, value, &got);

    if (!r->in.rc && got != n)
        lc_json_refuse(&r->in, value, LC_EMISMATCH, "has %zu numbers where %zu are needed", got,
                       n);
    else if (!r->in.rc && n && x)
        memcpy(to, x, n * sizeof *to);
}

void lc_model_texts(struct lc_model_reading *r, const struct lc_json *array,
                    struct lc_texts *to)
{
    const char **text = lc_model_room(r, array ? array->n : 0, sizeof *text);
    size_t i = 0;

    for (const struct lc_json *o = lc_model_first(r, array); o && !r->in.rc; o = o->next)
        text[i++] = lc_json_text(&r->in, o);
    *to = (struct lc_texts){text, i};
}

void lc_model_put_texts(struct lc_json_out *out, const char *key, struct lc_texts texts,
                        bool flat)
{
    lc_json_open(out, key, '[', flat);
    for (size_t i = 0; i < texts.n; i++)
        lc_json_put_text(out, NULL, texts.text[i]);
    lc_json_close(out, ']');
}

void lc_model_put_day(struct lc_json_out *out, const char *key, int32_t day)
{
    char text[LC_DAY_TEXT];

    if (day != LC_NO_DAY)
        lc_day_text(day, text);
    lc_json_put_text(out, key, day == LC_NO_DAY ? NULL : text);
}
