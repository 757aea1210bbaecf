/* fit_internal.h - what the sources of the fit share.   Layer: model */
#ifndef LC_FIT_INTERNAL_H
#define LC_FIT_INTERNAL_H

#include "leadcal/card.h"
#include "leadcal/fit.h"

#define LC_SEGMENT_SUFFIX \
    " (segment)" /* behind the column: the attribute whose levels are segments */

/* The leads of one fit while it is made ready. */
struct lc_fit_work {
    size_t n;                     /* leads with a value in every numeric column */
    const uint32_t *row;          /* [n] */
    const uint8_t *y;             /* [n] */
    struct lc_column *codes;      /* [k + 1] coded by the attributes; the quarters are last */
    double **x;                   /* [n_numeric][n] */
    const double *seen;           /* [n] share of the lag; NULL: 1 each */
    uint8_t *keep;                /* [n] 1: in the likelihood; 0: of a separated level */
    const struct lc_prior *prior; /* NULL: none */
    const struct lc_fit_options *options;
    const uint32_t *segment; /* [n] place among the segments of their own, or LC_NO_CODE */
    struct lc_fit_places
        *places; /* of deviations in the kernel's answer; NULL: there are none */
};

/* lc_fit_take_leads - of work's n leads those with a value in every numeric column, with those
 * values, into work; counts them in fit. LC_EMISMATCH: a numeric column is not there, or holds
 * texts. LC_EDEGENERATE: no lead, or one class. LC_ENOMEM. */
enum lc_rc lc_fit_take_leads(const struct lc_table *table, const struct lc_fit_options *options,
                             struct lc_arena *scratch, struct lc_fit_work *work,
                             struct lc_fit *fit, struct lc_err *err) LC_MUST_USE;

/* lc_fit_learn - the attributes as these leads, or the prior, have them: fit->attribute; the leads
 * by them: work->codes. LC_EMISMATCH as lc_attribute_code; LC_ENOMEM. */
enum lc_rc lc_fit_learn(const struct lc_table *table, const size_t *column,
                        const struct lc_spec_attribute *const *given, struct lc_fit_work *work,
                        struct lc_arena *arena, struct lc_arena *scratch, struct lc_fit *fit,
                        struct lc_err *err) LC_MUST_USE;

/* lc_fit_choose_references - fit->reference: what --reference names, else the first level in byte
 * order with leads left; LC_NO_CODE where the penalty needs none. LC_EMISMATCH: no such attribute
 * or level. LC_EDEGENERATE: the level named is separated. LC_ENOMEM. */
enum lc_rc lc_fit_choose_references(const struct lc_fit_options *options,
                                    struct lc_arena *arena, struct lc_fit *fit,
                                    struct lc_err *err) LC_MUST_USE;

/* lc_fit_separate - under maximum likelihood: takes out the leads of levels all won or not won at
 * all, again until there is none. Fills fit->separated and work->keep; *left leads remain.
 * LC_EDEGENERATE: nothing or one class is left; a combination is separated. LC_ENOMEM. */
enum lc_rc lc_fit_separate(const struct lc_fit_work *work, struct lc_parallel *pool,
                           struct lc_arena *arena, struct lc_fit *fit, size_t *left,
                           struct lc_err *err) LC_MUST_USE;

/* lc_fit_explain - fills fit->separation of a fit that is made. LC_ENOMEM. */
enum lc_rc lc_fit_explain(const struct lc_fit_work *work, struct lc_parallel *pool,
                          struct lc_arena *arena, struct lc_fit *fit,
                          struct lc_err *err) LC_MUST_USE;

/* lc_fit_tell - the causes as fit->separation, with weights. LC_ENOMEM. */
enum lc_rc lc_fit_tell(const struct lc_separation *found, struct lc_arena *arena,
                       struct lc_fit *fit, struct lc_err *err) LC_MUST_USE;

/* lc_fit_cell_text - "size=1-10 and source=Web". NULL: memory was refused. */
const char *lc_fit_cell_text(const struct lc_fit *fit, const struct lc_separation_cause *cause,
                             const struct lc_separation_cell *cell, struct lc_arena *arena);

/* lc_fit_cause_text - the columns of a cause: "size, source and the number age". */
const char *lc_fit_cause_text(const struct lc_fit *fit, const struct lc_separation_cause *cause,
                              struct lc_arena *arena);

/* lc_fit_note_level - what its leads alone would say of a level whose weight a prior holds; *note stays
 * where that is finite. LC_ENOMEM */
enum lc_rc lc_fit_note_level(const struct lc_fit *fit, size_t j, size_t v,
                             struct lc_arena *arena, const char **note,
                             struct lc_err *err) LC_MUST_USE;

/* lc_fit_note_separation - the notes under a frame of the fit; nothing where nothing was found. */
enum lc_rc lc_fit_note_separation(const struct lc_fit *fit, struct lc_arena *arena,
                                  struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_fit_first_of_set - the first attribute of the same set; j itself where it is no member of one. */
size_t lc_fit_first_of_set(const struct lc_fit *fit, size_t j);

/* lc_fit_typical_sd - the root mean square of the attributes' learnt SDs over their levels: the one number
 * of the model file. */
double lc_fit_typical_sd(const struct lc_fit *fit);

/* A fit whose levels may have a weight of exactly 0, and no standard error. */
bool lc_fit_is_sparse(const struct lc_fit *fit);

/* lc_fit_penalised - the kernel's answer under a penalty that is not one given Gaussian SD; fills
 * fit->kernel and what was chosen. data: full coding, k coefficients, all leads of work.
 * LC_EDEGENERATE, LC_ENOCONV, LC_ENOMEM. */
enum lc_rc lc_fit_penalised(const struct lc_fit_work *work, const struct lc_logit_data *data,
                            size_t k, struct lc_parallel *pool, struct lc_arena *arena,
                            struct lc_arena *scratch, struct lc_fit *fit,
                            struct lc_err *err) LC_MUST_USE;

/* lc_fit_along_path - the same for ridge, lasso and elastic: fit_path.c. */
enum lc_rc lc_fit_along_path(const struct lc_fit_work *work, const struct lc_logit_data *data,
                             size_t k, struct lc_parallel *pool, struct lc_arena *arena,
                             struct lc_arena *scratch, struct lc_fit *fit,
                             struct lc_err *err) LC_MUST_USE;

/* What the note says of it, without the figures of the fit. NULL: memory was refused. */
const char *lc_fit_path_text(const struct lc_fit *fit, struct lc_arena *arena);

/* That the fit has more weights than leads of the rarer outcome, and what to do; nothing where it has
 * not, or where it began from a prior. */
enum lc_rc lc_fit_note_few(const struct lc_fit *fit, struct lc_frame *frame,
                           struct lc_err *err) LC_MUST_USE;

/* lc_fit_note_penalty - the note under the frame that says what was chosen. */
enum lc_rc lc_fit_note_penalty(const struct lc_fit *fit, struct lc_arena *arena,
                               struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_fit_code_quarters - puts the quarters of the leads behind the coded attributes and says in
 * fit->quarters how many there are; with fewer than two there is nothing to tell apart, and none;
 * nor under maximum likelihood and other penalties, nor from a prior, nor where leads are young.
 * LC_ENOMEM. */
enum lc_rc lc_fit_code_quarters(const struct lc_fit_options *options,
                                const struct lc_fit_work *work, struct lc_arena *scratch,
                                struct lc_fit *fit, struct lc_err *err) LC_MUST_USE;

/* lc_fit_settle_quarters - adds the latest quarter's effect to the intercept, and takes the quarters
 * out of the kernel's answer: what is left is the posterior of intercept and levels as of that
 * quarter. LC_ENOMEM. */
enum lc_rc lc_fit_settle_quarters(struct lc_arena *arena, struct lc_fit *fit,
                                  struct lc_err *err) LC_MUST_USE;

/* lc_fit_find_segments - fit->local of options->local: the segments, and which have evidence enough;
 * work->segment of the leads.
 * column  [k_attributes] of the table
 * LC_EMISMATCH: the column holds no segments (a date, a list, numbers or texts that are too many);
 * LC_ENOMEM. */
enum lc_rc lc_fit_find_segments(const struct lc_table *table, const size_t *column,
                                struct lc_fit_work *work, struct lc_arena *arena,
                                struct lc_arena *scratch, struct lc_fit *fit,
                                struct lc_err *err) LC_MUST_USE;

/* lc_fit_with_local - the kernel's answer with deviations: fit->kernel with their coefficients behind
 * those of the levels and before those of quarters; work->places says where. Without a deviation that is
 * more than chance nothing is done, and places stays NULL.
 * data  the design of the attributes, and of quarters; full coding
 * LC_EMISMATCH: too many weights; LC_EDEGENERATE, LC_ENOCONV, LC_ENOMEM as lc_components. */
enum lc_rc lc_fit_with_local(struct lc_fit_work *work, const struct lc_logit_data *data,
                             struct lc_parallel *pool, struct lc_arena *arena,
                             struct lc_arena *scratch, struct lc_fit *fit,
                             struct lc_err *err) LC_MUST_USE;

/* lc_fit_settle_local - the deviations of the kernel's answer into fit->local, and out of the answer:
 * what is left is the posterior of intercept and levels. LC_ENOMEM. */
enum lc_rc lc_fit_settle_local(const struct lc_fit_work *work, struct lc_arena *arena,
                               struct lc_fit *fit, struct lc_err *err) LC_MUST_USE;

/* lc_fit_local_card - the attributes of a card behind those of the levels: the segments, then their
 * deviations. How many there are; card->k grows by so many. LC_EMISMATCH: an attribute has such a name
 * already; LC_ENOMEM. */
size_t lc_fit_local_attributes(const struct lc_fit *fit);
enum lc_rc lc_fit_local_card(const struct lc_fit *fit, struct lc_arena *arena,
                             struct lc_card_attribute *attribute,
                             struct lc_err *err) LC_MUST_USE;

/* lc_fit_local_notes - in words: the segments that are too thin, what was learnt, the largest deviations.
 * LC_ENOMEM. */
enum lc_rc lc_fit_local_notes(const struct lc_fit *fit, struct lc_arena *arena,
                              struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_fit_note_quarters - what the quarters did, and that nobody has points for it. LC_ENOMEM. */
enum lc_rc lc_fit_note_quarters(const struct lc_fit *fit, struct lc_frame *frame,
                                struct lc_err *err) LC_MUST_USE;

/* lc_fit_set_points - of members of a set: points of the empty cell rounded so that their sum is the
 * rounded sum, and all points drawn in alike where they could exceed the set's cap together.
 * attribute  [k] with values; points  [k][levels] in-out, as lc_points_of made them
 * Source: docs/decisions/0142. Tested: typed sets; the sums of every list of members. */
void lc_fit_set_points(const struct lc_card_attribute *attribute, double *const *points,
                       size_t k);

#endif
