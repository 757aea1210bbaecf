/* model_file_internal.h - what the parts of the model file's reader share.   Layer: out (private) */
#ifndef LC_OUT_MODEL_FILE_INTERNAL_H
#define LC_OUT_MODEL_FILE_INTERNAL_H

#include "json.h"
#include "leadcal/model.h"

#define LC_KEYS(list) (list), sizeof(list) / sizeof *(list)

/* One reading: the JSON, and the model that grows out of it. */
struct lc_model_reading {
    struct lc_json_in in;
    struct lc_model m;
};

/* Zeroed memory in the model's arena; NULL once something was refused. */
void *lc_model_room(struct lc_model_reading *r, size_t n, size_t size);

/* Members that must be there, as what they must be. */
double lc_model_real(struct lc_model_reading *r, const struct lc_json *o, const char *key);
double lc_model_real_or_null(struct lc_model_reading *r, const struct lc_json *o,
                             const char *key);
const char *lc_model_text(struct lc_model_reading *r, const struct lc_json *o, const char *key);
size_t lc_model_count(struct lc_model_reading *r, const struct lc_json *o, const char *key);
int32_t lc_model_day(struct lc_model_reading *r, const struct lc_json *o, const char *key);
const struct lc_json *lc_model_array(struct lc_model_reading *r, const struct lc_json *o,
                                     const char *key);

/* The first element of an array to walk; none once something was refused. */
const struct lc_json *lc_model_first(const struct lc_model_reading *r,
                                     const struct lc_json *array);

/* An array of just n numbers, copied to `to`. */
void lc_model_reals(struct lc_model_reading *r, const struct lc_json *value, size_t n,
                    double *to);

/* model_file_attributes.c: the attributes with their levels, into r->m. */
void lc_model_attributes(struct lc_model_reading *r, const struct lc_json *root);

#endif
