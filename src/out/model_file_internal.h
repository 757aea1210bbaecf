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
    int form; /* of the file: 1 has no agreement, 2 neither a prior nor a champion */
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

/* A list of texts; none where `array` is NULL. */
void lc_model_texts(struct lc_model_reading *r, const struct lc_json *array,
                    struct lc_texts *to);

/* The same two the other way: a list on a line (flat) or a line each, and a day or null. */
void lc_model_put_texts(struct lc_json_out *out, const char *key, struct lc_texts texts,
                        bool flat);
void lc_model_put_day(struct lc_json_out *out, const char *key, int32_t day);

/* model_file_grades.c: the cuts and the cells; a member "grade", as a verification row has it, too. */
void lc_model_grades(struct lc_model_reading *r, const struct lc_json *root);
void lc_model_grade(struct lc_model_reading *r, const struct lc_json *o,
                    char to[LC_GRADE_TEXT]);

/* model_file_agreement.c: the agreement, once the cells are read; and written. A file of form 1 has
 * none, and gets the defaults around the clocks and actions of its cells. */
void lc_model_agreement(struct lc_model_reading *r, const struct lc_json *root);
void lc_model_agreement_of_form_1(struct lc_model_reading *r);
void lc_model_put_agreement(const struct lc_model *m, struct lc_json_out *out);

/* model_file_attributes.c: the attributes with their levels, into r->m; the values of a merged level. */
void lc_model_attributes(struct lc_model_reading *r, const struct lc_json *root);
void lc_model_put_values(struct lc_json_out *out, const struct lc_attribute *a, size_t level);

/* model_file_prior.c: what the model began from, and what it was compared with. */
void lc_model_prior(struct lc_model_reading *r, const struct lc_json *root);
void lc_model_champion(struct lc_model_reading *r, const struct lc_json *root);
void lc_model_put_prior(const struct lc_model *m, struct lc_json_out *out);
void lc_model_put_champion(const struct lc_model *m, struct lc_json_out *out);

#endif
