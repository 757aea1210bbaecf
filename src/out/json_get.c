#include <math.h>
#include <string.h>

#include "json.h"
#include "leadcal/num.h"

#define MOST_LIST 200 /* letters of a list of known names in a message */

static const char *const kind_name[] = {
    "null", "true or false", "a number", "a text", "a list [...]", "an object {...}",
};

static bool is_kind(struct lc_json_in *in, const struct lc_json *value, enum lc_json_kind kind)
{
    if (!value || in->rc)
        return false;
    if (value->kind == kind)
        return true;
    lc_json_refuse(in, value, LC_EMISMATCH, "needs %s, not %s", kind_name[kind],
                   kind_name[value->kind]);
    return false;
}

static void list_names(const char *const *name, size_t n, char to[MOST_LIST])
{
    size_t used = 0;

    to[0] = '\0';
    for (size_t i = 0; i < n && used + strlen(name[i]) + 3 < MOST_LIST; i++) {
        const int more = snprintf(to + used, MOST_LIST - used, "%s%s", i ? ", " : "", name[i]);

        used += more > 0 ? (size_t)more : 0;
    }
}

static void refuse_name(struct lc_json_in *in, const struct lc_json *at, enum lc_rc code,
                        const char *what, const char *wanted, const char *const *name, size_t n)
{
    const char *near = lc_nearest(wanted, name, n);
    char list[MOST_LIST];

    if (near) {
        lc_json_refuse(in, at, code, "unknown %s '%.60s'; did you mean '%s'?", what, wanted,
                       near);
        return;
    }
    list_names(name, n, list);
    lc_json_refuse(in, at, code, "unknown %s '%.60s'; known are %s", what, wanted, list);
}

const struct lc_json *lc_json_known(struct lc_json_in *in, const struct lc_json *object,
                                    const char *const *key, size_t n)
{
    if (!is_kind(in, object, LC_JSON_OBJECT))
        return NULL;
    for (const struct lc_json *m = object->child; m; m = m->next) {
        bool known = false;

        for (size_t k = 0; k < n && !known; k++)
            known = strcmp(m->key, key[k]) == 0;
        if (!known)
            refuse_name(in, m, LC_EFORMAT, "key", m->key, key, n);
    }
    return in->rc ? NULL : object;
}

const struct lc_json *lc_json_get(const struct lc_json *object, const char *key)
{
    if (!object || object->kind != LC_JSON_OBJECT)
        return NULL;
    for (const struct lc_json *m = object->child; m; m = m->next)
        if (strcmp(m->key, key) == 0)
            return m;
    return NULL;
}

const struct lc_json *lc_json_need(struct lc_json_in *in, const struct lc_json *object,
                                   const char *key)
{
    const struct lc_json *value = lc_json_get(object, key);

    if (!value && object)
        lc_json_refuse(in, object, LC_EMISMATCH, "the key \"%s\" is missing", key);
    return value;
}

const char *lc_json_text(struct lc_json_in *in, const struct lc_json *value)
{
    return is_kind(in, value, LC_JSON_TEXT) ? value->text : NULL;
}

const char *lc_json_text_or_null(struct lc_json_in *in, const struct lc_json *value)
{
    if (value && value->kind == LC_JSON_NULL)
        return NULL;
    return lc_json_text(in, value);
}

bool lc_json_truth(struct lc_json_in *in, const struct lc_json *value)
{
    return is_kind(in, value, LC_JSON_BOOL) && value->truth;
}

double lc_json_real(struct lc_json_in *in, const struct lc_json *value)
{
    return is_kind(in, value, LC_JSON_NUMBER) ? value->number : LC_NAN;
}

double lc_json_real_or_null(struct lc_json_in *in, const struct lc_json *value)
{
    if (value && value->kind == LC_JSON_NULL)
        return LC_NAN;
    return lc_json_real(in, value);
}

int64_t lc_json_whole(struct lc_json_in *in, const struct lc_json *value, int64_t low,
                      int64_t high)
{
    if (!is_kind(in, value, LC_JSON_NUMBER))
        return low;
    if (value->number == floor(value->number) && value->number >= (double)low &&
        value->number <= (double)high)
        return (int64_t)value->number;
    lc_json_refuse(in, value, LC_EMISMATCH, "needs a whole number from %lld to %lld",
                   (long long)low, (long long)high);
    return low;
}

const struct lc_json *lc_json_array(struct lc_json_in *in, const struct lc_json *value)
{
    return is_kind(in, value, LC_JSON_ARRAY) ? value : NULL;
}

size_t lc_json_choice(struct lc_json_in *in, const struct lc_json *value,
                      const char *const *name, size_t n)
{
    const char *text = lc_json_text(in, value);

    if (!text)
        return 0;
    for (size_t i = 0; i < n; i++)
        if (strcmp(text, name[i]) == 0)
            return i;
    refuse_name(in, value, LC_EMISMATCH, "word", text, name, n);
    return 0;
}

const double *lc_json_reals(struct lc_json_in *in, const struct lc_json *value, size_t *n)
{
    const struct lc_json *array = lc_json_array(in, value);
    double *x;
    size_t i = 0;

    *n = 0;
    if (!array)
        return NULL;
    x = LC_NEW(in->arena, array->n, double);
    if (!x) {
        in->rc = lc_fail_memory(in->err, in->path);
        return NULL;
    }
    for (const struct lc_json *one = array->child; one; one = one->next)
        x[i++] = lc_json_real(in, one);
    if (in->rc)
        return NULL;
    *n = i;
    return x;
}
