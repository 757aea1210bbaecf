#include "leadcal/model_rows.h"

/* [levels of the column] the model's level of each; the texts that score meets in the file. */
static enum lc_rc map_levels(const struct lc_model *model, const struct lc_table *table,
                             size_t j, struct lc_arena *arena, const uint32_t **to,
                             const struct lc_column **codes, struct lc_err *err)
{
    const char *name = lc_attribute_source(&model->card.attribute[j].attribute);
    const struct lc_table_column *c;
    uint32_t *level;
    bool *empty;
    size_t at = 0;
    enum lc_rc rc = lc_table_find(table, name, &at, err);

    if (rc)
        return rc;
    c = &table->column[at];
    if (c->kind == LC_KIND_MANY)
        return lc_fail(err, LC_EMISMATCH,
                       "column '%s' has too many values for the model to look up; score the "
                       "export first, and name the column of the grade",
                       name);
    level = LC_NEW(arena, c->codes.n_levels + 1, uint32_t);
    empty = LC_NEW(arena, c->codes.n_levels + 1, bool);
    if (!level || !empty)
        return lc_fail_memory(err, "the grades");
    rc = lc_model_levels(model, j, c, level, empty, err);
    if (rc)
        return rc;
    *to = level;
    *codes = &c->codes;
    return LC_OK;
}

enum lc_rc lc_model_rows_open(const struct lc_model *model, const struct lc_table *table,
                              struct lc_arena *arena, struct lc_model_rows *rows,
                              struct lc_err *err)
{
    const size_t k = model->card.k;
    struct lc_model_rows r = {
        .model = model,
        .range = {[LC_ROLE_PROFILE] = lc_card_range(&model->card, LC_ROLE_PROFILE),
                  [LC_ROLE_ENGAGEMENT] = lc_card_range(&model->card, LC_ROLE_ENGAGEMENT)},
        .codes = LC_NEW(arena, k, const struct lc_column *),
        .to = LC_NEW(arena, k, const uint32_t *),
        .level = LC_NEW(arena, k, size_t)};
    enum lc_rc rc = LC_OK;

    if (!r.codes || !r.to || !r.level)
        return lc_fail_memory(err, "the grades");
    for (size_t j = 0; !rc && j < k; j++)
        rc = map_levels(model, table, j, arena, &r.to[j], &r.codes[j], err);
    if (!rc)
        *rows = r;
    return rc;
}

struct lc_scored lc_model_rows_score(struct lc_model_rows *r, size_t row)
{
    for (size_t j = 0; j < r->model->card.k; j++)
        r->level[j] = r->to[j][lc_code_at(r->codes[j], row)];
    return lc_card_score(&r->model->card, r->range, r->level);
}
