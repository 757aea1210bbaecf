/* The reference level of each attribute: the one asked for, or the first. */
#include <string.h>

#include "fit_internal.h"
#include "leadcal/num.h"

/* The level that --reference names for an attribute, or LC_NO_CODE. */
static enum lc_rc asked_reference(const struct lc_attribute *a, const struct lc_fit_options *o,
                                  uint32_t *to, struct lc_err *err)
{
    const size_t n = strlen(a->column);

    *to = LC_NO_CODE;
    for (size_t r = 0; r < o->n_references; r++) {
        const char *text = o->reference[r];

        if (strncmp(text, a->column, n) != 0 || text[n] != '=')
            continue;
        for (uint32_t v = 0; v < a->n_levels; v++)
            if (strcmp(a->level[v], text + n + 1) == 0)
                *to = v;
        if (*to == LC_NO_CODE) {
            const char *near = lc_nearest(text + n + 1, a->level, a->n_levels);

            return lc_fail(err, LC_EMISMATCH,
                           "--reference: column '%s' has no level '%s'%s%s%s", a->column,
                           text + n + 1, near ? "; did you mean '" : "", near ? near : "",
                           near ? "'?" : "");
        }
    }
    return LC_OK;
}

/* The first level in byte order that has leads left and is not the level of empty cells. */
static uint32_t first_level(const struct lc_attribute *a, const signed char *separated)
{
    uint32_t best = LC_NO_CODE;

    for (uint32_t v = 0; v < a->n_levels; v++) {
        if ((separated && separated[v]) || v == a->missing)
            continue;
        if (best == LC_NO_CODE || strcmp(a->level[v], a->level[best]) < 0)
            best = v;
    }
    if (best == LC_NO_CODE && a->missing != LC_NO_CODE && !(separated && separated[a->missing]))
        best = a->missing;
    return best;
}

static enum lc_rc refuse_strange_reference(const struct lc_fit *fit,
                                           const struct lc_fit_options *o, struct lc_err *err)
{
    for (size_t r = 0; r < o->n_references; r++) {
        bool known = false;

        for (size_t j = 0; j < fit->k_attributes && !known; j++) {
            const size_t n = strlen(fit->attribute[j].column);

            known = strncmp(o->reference[r], fit->attribute[j].column, n) == 0 &&
                    o->reference[r][n] == '=';
        }
        if (!known)
            return lc_fail(
                err, LC_EMISMATCH,
                "--reference '%s' names no attribute of this fit; write COLUMN=LEVEL",
                o->reference[r]);
    }
    return LC_OK;
}

enum lc_rc lc_fit_choose_references(const struct lc_fit_options *o, struct lc_arena *arena,
                                    struct lc_fit *fit, struct lc_err *err)
{
    uint32_t *reference = LC_NEW(arena, fit->k_attributes + 1, uint32_t);
    enum lc_rc rc = refuse_strange_reference(fit, o, err);

    if (!reference)
        return lc_fail_memory(err, "reference levels");
    for (size_t j = 0; j < fit->k_attributes && !rc; j++) {
        const struct lc_attribute *a = &fit->attribute[j];

        reference[j] = LC_NO_CODE;
        if (!lc_fit_has_reference(fit))
            continue;
        rc = asked_reference(a, o, &reference[j], err);
        if (!rc && reference[j] != LC_NO_CODE && fit->separated &&
            fit->separated[j][reference[j]])
            rc = lc_fail(err, LC_EDEGENERATE,
                         "the reference '%s=%s' is separated (all its leads have one outcome); "
                         "name another with --reference",
                         a->column, a->level[reference[j]]);
        if (!rc && reference[j] == LC_NO_CODE)
            reference[j] = first_level(a, fit->separated ? fit->separated[j] : NULL);
    }
    reference[fit->k_attributes] = LC_NO_CODE; /* the quarters, where they are a column */
    fit->reference = reference;
    return rc;
}
