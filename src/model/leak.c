#include "leadcal/leak.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/attribute.h"
#include "leadcal/num.h"
#include "leadcal/propose.h"
#include "leadcal/rate.h"
#include "leadcal/roc_counts.h"

#define PURE_SUPPORT   5 /* leads a level needs before it is called pure: methods 6.4 */
#define PURE_RATE      0.9
#define PURE_TIMES     8.0  /* times the base rate */
#define FILL_DIFFERENT 0.30 /* lower limit of the difference in share filled */
#define AUC_TOO_GOOD   0.90 /* lower DeLong limit of one attribute alone */
#define PERSONS        10   /* more values than this under a person's heading: persons */

/* ---- names ---- */

/* What the column is called in its own file: "stage" of "deals.stage". */
static const char *own_name(const struct lc_table *table, const struct lc_table_column *c)
{
    const char *prefix = table->file[c->file].name;
    const size_t n = c->file && prefix ? strlen(prefix) : 0;

    if (n && strncmp(c->codes.name, prefix, n) == 0 && c->codes.name[n] == '.')
        return c->codes.name + n + 1;
    return c->codes.name;
}

static const char *first_word(const char *name, const char *const *word, size_t n)
{
    for (size_t w = 0; w < n; w++)
        if (lc_name_has(name, word[w]))
            return word[w];
    return NULL;
}

static const char *outcome_word(const char *name)
{
    static const char *const word[] = {"accepted",    "acceptance", "won",  "lost",
                                       "closed",      "close",      "win",  "converted",
                                       "opportunity", "forecast",   "churn"};

    return first_word(name, word, sizeof word / sizeof *word);
}

/* Yes and no, in words or figures: "phone" may say whether there is one. */
static bool says_yes_or_no(const struct lc_column *c)
{
    static const char *const word[] = {"yes", "no", "true", "false", "0", "1", "y", "n"};

    for (uint32_t v = 0; v < c->n_levels; v++) {
        bool plain = v == c->missing;

        for (size_t w = 0; w < sizeof word / sizeof *word; w++)
            plain = plain || lc_slice_eq_nocase(lc_slice_of(c->level[v]), lc_slice_of(word[w]));
        if (!plain)
            return false;
    }
    return true;
}

static bool holds_addresses(const struct lc_column *c)
{
    size_t addresses = 0, values = c->n_levels - (c->missing != LC_NO_CODE);

    for (uint32_t v = 0; v < c->n_levels; v++) {
        const char *at = v == c->missing ? NULL : strchr(c->level[v], '@');

        addresses += at && at != c->level[v] && strchr(at, '.') != NULL;
    }
    return values && 2 * addresses > values;
}

static bool names_a_person(const struct lc_table_column *c, const char *name)
{
    static const char *const always[] = {
        "firstname", "first name", "first_name", "lastname", "last name", "last_name",
        "fullname",  "full name",  "full_name",  "surname",  "phone",     "mobile",
        "fax",       "owner",      "birthdate",  "birthday", "street",    "linkedin",
        "vorname",   "nachname",   "telefon",    "handy",    "besitzer",  "inhaber"};
    static const char *const in_many[] = {"email", "e-mail", "address"};

    if (holds_addresses(&c->codes))
        return true;
    if (first_word(name, always, sizeof always / sizeof *always))
        return !says_yes_or_no(&c->codes);
    if (c->kind != LC_KIND_TEXT || c->codes.n_levels <= PERSONS)
        return false;
    return first_word(name, in_many, sizeof in_many / sizeof *in_many) != NULL ||
           lc_slice_eq_nocase(lc_slice_of(name), lc_slice_of("name"));
}

/* ---- what the spec has given a role ---- */

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static const char *role_of(const struct lc_spec *spec, const struct lc_table *table,
                           size_t column)
{
    const char *name = table->column[column].codes.name;

    if (same(name, spec->outcome.column))
        return "the outcome";
    if (same(name, spec->date.entered) || same(name, spec->date.handed_over) ||
        same(name, spec->date.accepted) || same(name, spec->date.closed) ||
        same(name, spec->date.opportunity))
        return "a date of the spec";
    if (same(name, spec->acceptance.column))
        return "the acceptance";
    if (same(name, spec->amount))
        return "the won amount";
    for (size_t f = 0; f < spec->n_files; f++) {
        if (table->column[column].file == 0 &&
            (same(name, spec->file[f].join) || same(name, spec->file[f].key)))
            return "a key";
        if (spec->file[f].name && spec->file[f].key && table->column[column].file > 0) {
            const size_t n = strlen(spec->file[f].name);

            if (strncmp(name, spec->file[f].name, n) == 0 && name[n] == '.' &&
                strcmp(name + n + 1, spec->file[f].key) == 0)
                return "a key";
        }
    }
    return NULL;
}

/* ---- what the numbers say ---- */

struct level_counts {
    double n, won;
};

static int by_rate(const void *a, const void *b)
{
    const struct level_counts *x = a, *y = b;
    const double left = x->won * y->n, right = y->won * x->n;

    return (left > right) - (left < right);
}

/* The attribute's AUC when each level is scored by its own rate; levels of under 5 leads are one. */
static enum lc_rc own_auc(const struct lc_attribute *a, struct lc_arena *scratch,
                          struct lc_auc *auc, struct lc_err *err)
{
    struct level_counts *level = LC_NEW(scratch, a->n_levels + 1, struct level_counts);
    double *won = LC_NEW(scratch, a->n_levels + 1, double);
    double *lost = LC_NEW(scratch, a->n_levels + 1, double);
    size_t k = 1; /* 0 gathers the rare ones */

    if (!level || !won || !lost)
        return lc_fail_memory(err, "the leak audit");
    for (size_t v = 0; v < a->n_levels; v++) {
        struct level_counts *to = a->n[v] < PURE_SUPPORT ? &level[0] : &level[k++];

        to->n += a->n[v];
        to->won += a->won[v];
    }
    if (level[0].n == 0)
        level[0] = level[--k];
    qsort(level, k, sizeof *level, by_rate);
    for (size_t v = 0; v < k; v++) {
        won[v] = level[v].won;
        lost[v] = level[v].n - level[v].won;
    }
    *auc = lc_auc_counts(won, lost, k);
    return LC_OK;
}

/* The first of the three signs that the column knows the outcome, as half a sentence; or NULL. */
static enum lc_rc find_sign(const struct lc_attribute *a, struct lc_arena *arena,
                            struct lc_arena *scratch, const char **sign, struct lc_err *err)
{
    double n = 0, won = 0, filled_won, filled_rest, empty_n = 0, empty_won = 0, base;
    struct lc_interval difference;
    struct lc_auc auc;
    enum lc_rc rc;

    *sign = NULL;
    for (size_t v = 0; v < a->n_levels; v++) {
        n += a->n[v];
        won += a->won[v];
        if (v == a->missing) {
            empty_n = a->n[v];
            empty_won = a->won[v];
        }
    }
    if (won == 0 || won == n)
        return LC_OK;
    base = won / n;
    filled_won = won - empty_won;
    filled_rest = (n - won) - (empty_n - empty_won);
    difference = lc_newcombe(filled_won, won, filled_rest, n - won);
    if (difference.low > FILL_DIFFERENT) {
        *sign = lc_arena_format(arena, "filled for %.0f %% of the won, %.0f %% of the rest",
                                100 * filled_won / won, 100 * filled_rest / (n - won));
        return *sign ? LC_OK : lc_fail_memory(err, "the leak audit");
    }
    for (size_t v = 0; v < a->n_levels; v++)
        if (a->n[v] >= PURE_SUPPORT &&
            lc_wilson(a->won[v], a->n[v]).low > fmax(PURE_RATE, PURE_TIMES * base)) {
            *sign = lc_arena_format(arena, "%.0f of %.0f leads of one level were won",
                                    a->won[v], a->n[v]);
            return *sign ? LC_OK : lc_fail_memory(err, "the leak audit");
        }
    rc = own_auc(a, scratch, &auc, err);
    if (!rc && auc.low > AUC_TOO_GOOD) {
        *sign = lc_arena_format(arena, "it alone tells won from not won (AUC %.2f)", auc.auc);
        if (!*sign)
            return lc_fail_memory(err, "the leak audit");
    }
    return rc;
}

static enum lc_rc look_at_values(const struct lc_table_column *c, const char *name,
                                 const struct lc_cohort *cohort, struct lc_arena *arena,
                                 struct lc_column_choice *choice, struct lc_err *err)
{
    const char *word = outcome_word(name);
    struct lc_attribute a;
    struct lc_arena scratch;
    const char *sign = NULL;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = lc_attribute_learn(c, NULL, cohort->row, cohort->y, cohort->n, &scratch, &a, err);
    if (rc)
        goto out;
    if (a.n_levels <= 1) {
        *choice =
            (struct lc_column_choice){choice->column, LC_CHOICE_CONSTANT, "one value only"};
        goto out;
    }
    rc = find_sign(&a, arena, &scratch, &sign, err);
    if (rc)
        goto out;
    if (!sign && word) {
        sign = lc_arena_format(arena, "its name says '%s'", word);
        if (!sign)
            rc = lc_fail_memory(err, "the leak audit");
    }
    if (sign)
        *choice = (struct lc_column_choice){choice->column, LC_CHOICE_LEAK, sign};
    else if (names_a_person(c, name))
        *choice =
            (struct lc_column_choice){choice->column, LC_CHOICE_PERSONAL, "names persons"};
out:
    lc_arena_release(&scratch);
    return rc;
}

static const char *unfit_kind(enum lc_kind kind)
{
    switch (kind) {
    case LC_KIND_DATE: return "a date";
    case LC_KIND_EMPTY: return "empty";
    case LC_KIND_MANY: return "too many different values: a key, a name or a note";
    case LC_KIND_TEXT:
    case LC_KIND_NUMBER: break;
    }
    return NULL;
}

static bool all_whole(const struct lc_table_column *c)
{
    for (uint32_t v = 0; v < c->codes.n_levels; v++)
        if (v != c->codes.missing && c->number[v] != floor(c->number[v]))
            return false;
    return true;
}

/* More than half as many values as leads: told apart, not compared (DEFINITIONS 2). A measured
 * number may do so; whole numbers that never repeat, or that are called an id, are keys. */
static bool nearly_unique(const struct lc_table_column *c, const char *name, size_t n)
{
    static const char *const key[] = {"id", "key", "record", "number", "no", "nr"};
    const size_t values = c->codes.n_levels - (c->codes.missing != LC_NO_CODE);

    if (n <= LC_MOST_PLAIN_NUMBERS || 2 * values <= n)
        return false;
    if (c->kind == LC_KIND_TEXT)
        return true;
    return c->kind == LC_KIND_NUMBER && all_whole(c) &&
           (values == c->n_filled || first_word(name, key, sizeof key / sizeof *key));
}

/* Of a file whose every row is a win: whatever stands there is known for winners alone. */
static bool known_of_winners(const struct lc_table *table, const struct lc_spec *spec, size_t j)
{
    const size_t file = table->column[j].file;

    return file && same(table->file[file].name, spec->outcome.won_if_in);
}

static bool choose_by_role(const struct lc_table *table, const struct lc_spec *spec, size_t j,
                           struct lc_column_choice *choice)
{
    const struct lc_table_column *c = &table->column[j];
    const bool named = lc_spec_attribute_of(spec, c->codes.name) != NULL;

    choice->choice = LC_CHOICE_LEFT_OUT;
    choice->reason = role_of(spec, table, j);
    if (!choice->reason && lc_texts_have(spec->ignore, c->codes.name))
        choice->reason = "ignored as asked";
    if (!choice->reason && spec->n_attributes && !named)
        choice->reason = "not among the attributes asked for";
    if (!choice->reason)
        choice->reason = unfit_kind(c->kind);
    if (!choice->reason && !named && nearly_unique(c, own_name(table, c), table->n))
        choice->reason = "nearly every lead has a value of its own: a key, a name or a note";
    return choice->reason != NULL;
}

/* Columns that are ignored as asked still show why it was wise. */
static enum lc_rc explain_ignored(const struct lc_table_column *c, const char *name,
                                  const struct lc_cohort *cohort, struct lc_arena *arena,
                                  struct lc_column_choice *choice, struct lc_err *err)
{
    struct lc_column_choice found = {.column = choice->column};
    const char *reason;
    enum lc_rc rc;

    if (unfit_kind(c->kind))
        return LC_OK;
    rc = look_at_values(c, name, cohort, arena, &found, err);
    if (rc || found.choice != LC_CHOICE_LEAK)
        return rc;
    reason =
        lc_arena_format(arena, "%s; it may know the outcome: %s", choice->reason, found.reason);
    if (!reason)
        return lc_fail_memory(err, "the columns");
    choice->reason = reason;
    return LC_OK;
}

/* A column to be ignored that is not there, while one very like it is: it would stay in. */
static enum lc_rc refuse_ignored_slips(const struct lc_table *table, const struct lc_spec *spec,
                                       struct lc_arena *arena, struct lc_err *err)
{
    const char **name = LC_NEW(arena, table->k + 1, const char *);

    if (!name)
        return lc_fail_memory(err, "the columns");
    for (size_t j = 0; j < table->k; j++)
        name[j] = table->column[j].codes.name;
    for (size_t i = 0; i < spec->ignore.n; i++) {
        const char *wanted = spec->ignore.text[i];
        const char *near = lc_nearest(wanted, name, table->k);

        if (near && strcmp(near, wanted) != 0 && !lc_texts_have(spec->ignore, near))
            return lc_fail(err, LC_EMISMATCH,
                           "there is no column '%s' to ignore; did you mean '%s'?", wanted,
                           near);
    }
    return LC_OK;
}

enum lc_rc lc_choose_columns(const struct lc_table *table, const struct lc_spec *spec,
                             const struct lc_cohort *cohort, struct lc_arena *arena,
                             struct lc_choices *choices, struct lc_err *err)
{
    struct lc_column_choice *of = LC_NEW(arena, table->k + 1, struct lc_column_choice);
    enum lc_rc rc = refuse_ignored_slips(table, spec, arena, err);

    if (!of)
        return lc_fail_memory(err, "the columns");
    for (size_t j = 0; j < table->k && !rc; j++) {
        const struct lc_table_column *c = &table->column[j];
        const char *name = own_name(table, c);

        of[j] = (struct lc_column_choice){.column = j};
        if (choose_by_role(table, spec, j, &of[j])) {
            if (lc_texts_have(spec->ignore, c->codes.name))
                rc = explain_ignored(c, name, cohort, arena, &of[j], err);
            continue;
        }
        of[j] = (struct lc_column_choice){j, LC_CHOICE_FIT, NULL};
        if (spec->n_attributes)
            continue;
        if (known_of_winners(table, spec, j))
            of[j] = (struct lc_column_choice){j, LC_CHOICE_LEAK,
                                              "known for leads that were won, and no others"};
        else
            rc = look_at_values(c, name, cohort, arena, &of[j], err);
    }
    if (!rc)
        *choices = (struct lc_choices){of, table->k};
    return rc;
}
