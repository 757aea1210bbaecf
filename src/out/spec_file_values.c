/* The values of a spec: texts, names, days. */
#include <string.h>

#include "leadcal/num.h"
#include "spec_file_internal.h"

/* A number stands for the text that the export has: 1 is "1". */
static const char *value_text(struct lc_json_in *in, const struct lc_json *value)
{
    char text[LC_REAL_TEXT];
    const char *copy;

    if (value->kind == LC_JSON_TEXT)
        return value->text;
    if (value->kind != LC_JSON_NUMBER) {
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "needs a text or a number, written as the export writes it");
        return NULL;
    }
    lc_real_text(value->number, text);
    copy = lc_arena_text(in->arena, lc_slice_of(text));
    if (!copy)
        in->rc = lc_fail_memory(in->err, in->path);
    return copy;
}

/* A text, a number, or a list of them. */
struct lc_texts lc_spec_texts(struct lc_json_in *in, const struct lc_json *value)
{
    struct lc_texts none = {NULL, 0};
    const char **text;
    size_t n = 0;

    if (!value || in->rc)
        return none;
    text = LC_NEW(in->arena, value->kind == LC_JSON_ARRAY ? value->n : 1, const char *);
    if (!text) {
        in->rc = lc_fail_memory(in->err, in->path);
        return none;
    }
    if (value->kind != LC_JSON_ARRAY)
        text[n++] = value_text(in, value);
    else
        for (const struct lc_json *one = value->child; one; one = one->next)
            text[n++] = value_text(in, one);
    return n ? (struct lc_texts){text, n} : none;
}

/* A name: a text that is not empty. */
const char *lc_spec_name(struct lc_json_in *in, const struct lc_json *value)
{
    const char *text = lc_json_text(in, value);

    if (text && !*text)
        lc_json_refuse(in, value, LC_EMISMATCH, "is empty; name a column or leave the key out");
    return text;
}

size_t lc_spec_round(const struct lc_spec *spec)
{
    for (size_t i = 0; i < spec->n_attributes; i++) {
        const struct lc_spec_attribute *a = &spec->attribute[i];

        for (size_t step = 0; step < spec->n_attributes && a && a->parent; step++) {
            if (strcmp(a->parent, spec->attribute[i].column) == 0)
                return i;
            a = lc_spec_attribute_of(spec, a->parent);
        }
    }
    return spec->n_attributes;
}

bool lc_spec_day_of(const char *text, int32_t *day)
{
    char back[LC_DAY_TEXT];
    int32_t read;

    if (!lc_date_parse(lc_slice_of(text), LC_DATE_YMD, &read))
        return false;
    lc_day_text(read, back);
    if (strcmp(back, text) != 0)
        return false;
    *day = read;
    return true;
}

int32_t lc_spec_day(struct lc_json_in *in, const struct lc_json *value)
{
    const char *text = lc_json_text(in, value);
    int32_t day = LC_NO_DAY;

    if (text && !lc_spec_day_of(text, &day))
        lc_json_refuse(in, value, LC_EMISMATCH, "needs a day written YYYY-MM-DD");
    return day;
}
