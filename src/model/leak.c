#include "leadcal/leak.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/attribute.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/roc_counts.h"

#define PURE_SUPPORT   5 /* leads a level needs before it is called pure: methods 6.4 */
#define PURE_RATE      0.9
#define PURE_TIMES     8.0  /* times the base rate */
#define FILL_DIFFERENT 0.30 /* lower limit of the difference in share filled */
#define AUC_TOO_GOOD   0.90 /* lower DeLong limit of one attribute alone */
#define PERSONS        10   /* more values than this under a person's heading: persons */

/* ---- names ---- */

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) != 0;
}

/* Does the name hold the word between non-letters (or a change to upper case), case ignored? */
static bool has_word(const char *name, const char *word)
{
    const size_t n = strlen(word), all = strlen(name);

    for (size_t i = 0; i + n <= all; i++) {
        const bool begins =
            i == 0 || !is_letter(name[i - 1]) ||
            (islower((unsigned char)name[i - 1]) && isupper((unsigned char)name[i]));
        const bool ends =
            i + n == all || !is_letter(name[i + n]) ||
            (islower((unsigned char)name[i + n - 1]) && isupper((unsigned char)name[i + n]));

        if (begins && ends &&
            lc_slice_eq_nocase((struct lc_slice){name + i, n}, lc_slice_of(word)))
            return true;
    }
    return false;
}

static const char *outcome_word(const char *name)
{
    static const char *const word[] = {"accepted",    "acceptance", "won",  "lost",
                                       "closed",      "close",      "win",  "converted",
                                       "opportunity", "forecast",   "churn"};

    for (size_t w = 0; w < sizeof word / sizeof word[0]; w++)
        if (has_word(name, word[w]))
            return word[w];
    return NULL;
}

static bool names_a_person(const struct lc_table_column *c)
{
    static const char *const word[] = {
        "email",      "e-mail",    "phone",     "mobile",     "fax",       "firstname",
        "lastname",   "fullname",  "street",    "address",    "birthdate", "linkedin",
        "first_name", "last_name", "full_name", "first name", "last name", "full name"};
    const struct lc_column *codes = &c->codes;
    size_t addresses = 0, values = codes->n_levels - (codes->missing != LC_NO_CODE);

    for (uint32_t v = 0; v < codes->n_levels; v++) {
        const char *at = v == codes->missing ? NULL : strchr(codes->level[v], '@');

        addresses += at && at != codes->level[v] && strchr(at, '.') != NULL;
    }
    if (values && 2 * addresses > values)
        return true;
    if (values <= PERSONS || c->kind != LC_KIND_TEXT)
        return false;
    if (strcmp(codes->name, "name") == 0 || strcmp(codes->name, "Name") == 0)
        return true;
    for (size_t w = 0; w < sizeof word / sizeof word[0]; w++)
        if (has_word(codes->name, word[w]))
            return true;
    return false;
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

static enum lc_rc look_at_values(const struct lc_table_column *c,
                                 const struct lc_cohort *cohort, struct lc_arena *arena,
                                 struct lc_column_choice *choice, struct lc_err *err)
{
    const char *word = outcome_word(c->codes.name);
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
    else if (names_a_person(c))
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

/* More than half as many values as leads: told apart, not compared (DEFINITIONS 2). */
static bool nearly_unique(const struct lc_table_column *c, size_t n)
{
    return c->kind == LC_KIND_TEXT && n > LC_MOST_PLAIN_NUMBERS &&
           2 * (size_t)c->codes.n_levels > n;
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
    if (!choice->reason && !named && nearly_unique(c, table->n))
        choice->reason = "more than half as many values as leads";
    return choice->reason != NULL;
}

enum lc_rc lc_choose_columns(const struct lc_table *table, const struct lc_spec *spec,
                             const struct lc_cohort *cohort, struct lc_arena *arena,
                             struct lc_choices *choices, struct lc_err *err)
{
    struct lc_column_choice *of = LC_NEW(arena, table->k + 1, struct lc_column_choice);
    enum lc_rc rc = LC_OK;

    if (!of)
        return lc_fail_memory(err, "the columns");
    for (size_t j = 0; j < table->k && !rc; j++) {
        of[j] = (struct lc_column_choice){.column = j};
        if (choose_by_role(table, spec, j, &of[j]))
            continue;
        of[j] = (struct lc_column_choice){j, LC_CHOICE_FIT, NULL};
        if (!spec->n_attributes)
            rc = look_at_values(&table->column[j], cohort, arena, &of[j], err);
    }
    if (!rc)
        *choices = (struct lc_choices){of, table->k};
    return rc;
}
