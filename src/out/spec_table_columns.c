/* Columns and their values, from the rows of a spec table. */
#include <string.h>

#include "leadcal/num.h"
#include "spec_file_internal.h"
#include "spec_table_internal.h"

static bool has_use(const struct lc_sheet_row *row, enum lc_use use)
{
    return (row->uses & LC_USE_BIT(use)) != 0;
}

/* The first row of a kind that has the use; NULL: none. */
static const struct lc_sheet_row *first_with(const struct lc_sheet *s, enum lc_use use)
{
    for (size_t i = 0; i < s->n; i++)
        if (has_use(&s->row[i], use))
            return &s->row[i];
    return NULL;
}

/* What one column alone can have. */
static void read_use_of_one(struct lc_sheet *s, enum lc_use use)
{
    const struct lc_sheet_row *first = first_with(s, use);
    const char **place = lc_use_place(&s->spec, use);

    if (!first || s->rc)
        return;
    for (size_t i = 0; i < s->n; i++)
        if (has_use(&s->row[i], use) && strcmp(s->row[i].name, first->name) != 0)
            lc_sheet_refuse(s, s->row[i].line, LC_SHEET_USE,
                            "'%.60s' and, in line %zu, '%.60s' have the use '%s'; keep one",
                            s->row[i].name, first->line, first->name, lc_use_word[use].word);
    if (use == LC_USE_SCORE && *place)
        lc_sheet_refuse(s, first->line, LC_SHEET_USE,
                        "the setting 'current' names another score in use; keep one");
    *place = first->name;
    if (use == LC_USE_SCORE &&
        !(*place = lc_arena_format(s->arena, "column:%s", first->name)) && !s->rc)
        s->rc = lc_fail_memory(s->err, s->path);
}

/* ---- attributes ---- */

/* "up" or "merged" in place of cuts: how bins or levels are learnt. false: it is none of these words. */
static bool read_learning(const char *text, struct lc_spec_attribute *a)
{
    char plain[LC_WORD_TEXT];

    lc_sheet_plain(lc_slice_of(text), plain);
    for (size_t t = 0; t < LC_SPEC_TRENDS; t++)
        if (strcmp(plain, lc_spec_trends[t]) == 0)
            a->trend = (enum lc_bin_trend)(LC_BIN_FREE + t);
    a->merged = strcmp(plain, LC_SPEC_MERGED) == 0;
    return a->trend || a->merged;
}

/* "set", or "set 12": a column of lists, and the most points of its members together. */
static bool read_set(struct lc_sheet *s, const struct lc_sheet_row *row,
                     struct lc_spec_attribute *a)
{
    const size_t n = strlen(LC_SPEC_SET);
    const struct lc_slice text = lc_slice_trim(lc_slice_of(row->cuts));

    if (text.n < n ||
        !lc_slice_eq_nocase((struct lc_slice){text.p, n}, lc_slice_of(LC_SPEC_SET)))
        return false;
    a->set = true;
    if (text.n > n &&
        (!lc_real_parse(lc_slice_trim((struct lc_slice){text.p + n, text.n - n}), &a->cap) ||
         a->cap < 1 || a->cap > LC_SPEC_MOST_CAP))
        lc_sheet_refuse(s, row->line, LC_SHEET_CUTS,
                        "needs the most points of the set, from 1 to %d, behind its word, not "
                        "'%.40s'",
                        LC_SPEC_MOST_CAP, row->cuts);
    return true;
}

/* "<= 50 | <= 500": upper ends of bins. The sign may be left out, and ';' parts them too. */
static void read_cuts(struct lc_sheet *s, const struct lc_sheet_row *row,
                      struct lc_spec_attribute *a)
{
    const char *text = row->cuts;
    double *cut;
    size_t most = 1;

    for (const char *p = text; *p; p++)
        most += *p == '|' || *p == ';';
    cut = lc_sheet_room(s, most, sizeof *cut);
    if (!cut || !*text)
        return;
    for (size_t i = 0; i < most && !s->rc; i++) {
        const size_t length = strcspn(text, "|;");
        struct lc_slice piece = lc_slice_trim((struct lc_slice){text, length});

        if (piece.n > 1 && memcmp(piece.p, "<=", 2) == 0)
            piece = lc_slice_trim((struct lc_slice){piece.p + 2, piece.n - 2});
        if (!lc_real_parse(piece, &cut[i]))
            lc_sheet_refuse(
                s, row->line, LC_SHEET_CUTS,
                "needs numbers such as <= 50 | <= 500, with a decimal point, or one "
                "of free, up, down, peak, valley, merged, set, not '%.40s'",
                row->cuts);
        else if (i && !(cut[i] > cut[i - 1]))
            lc_sheet_refuse(s, row->line, LC_SHEET_CUTS,
                            "cuts must rise, and number %zu does not exceed the one before it",
                            i + 1);
        text += length + (text[length] != '\0');
    }
    a->cut = cut;
    a->n_cuts = most;
}

static void read_attribute(struct lc_sheet *s, const struct lc_sheet_row *row,
                           struct lc_spec_attribute *a)
{
    const size_t role = *row->role ? lc_sheet_word(s, row->line, LC_SHEET_ROLE, row->role,
                                                   lc_spec_roles, LC_SPEC_ROLES)
                                   : 0;

    a->column = row->name;
    a->role = role == 0 ? LC_ROLE_PROFILE : LC_ROLE_ENGAGEMENT;
    a->intent = role == LC_SPEC_ROLES - 1;
    if (*row->known)
        a->as_of = lc_sheet_word(s, row->line, LC_SHEET_KNOWN, row->known, lc_spec_times,
                                 LC_SPEC_TIMES) == 0
                       ? LC_AS_OF_DECISION
                       : LC_AS_OF_EXPORT;
    if (!read_set(s, row, a) && !read_learning(row->cuts, a))
        read_cuts(s, row, a);
}

static void read_attributes(struct lc_sheet *s)
{
    size_t n = 0;
    struct lc_spec_attribute *attribute;

    for (size_t i = 0; i < s->n; i++)
        n += has_use(&s->row[i], LC_USE_ATTRIBUTE);
    attribute = n ? lc_sheet_room(s, n, sizeof *attribute) : NULL;
    s->spec.attribute = attribute;
    for (size_t i = 0; attribute && i < s->n && !s->rc; i++) {
        const struct lc_sheet_row *row = &s->row[i];

        if (!has_use(row, LC_USE_ATTRIBUTE))
            continue;
        if (lc_spec_attribute_of(&s->spec, row->name))
            lc_sheet_refuse(s, row->line, LC_SHEET_USE,
                            "column '%.60s' is an attribute already", row->name);
        if (lc_texts_have(s->spec.ignore, row->name))
            lc_sheet_refuse(s, row->line, LC_SHEET_USE,
                            "column '%.60s' is an attribute and ignored; take one away",
                            row->name);
        if (lc_texts_have(s->spec.audit, row->name))
            lc_sheet_refuse(s, row->line, LC_SHEET_USE,
                            "column '%.60s' is an attribute and for the audit; take one away",
                            row->name);
        read_attribute(s, row, &attribute[s->spec.n_attributes++]);
    }
}

/* A column that has lost its use, and what was said of it as an attribute does no harm. */
bool lc_sheet_has_column(const struct lc_sheet *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->row[i].kind == LC_SHEET_OF_COLUMN && strcmp(s->row[i].name, name) == 0)
            return true;
    return false;
}

/* The row of one attribute's parent. */
static void read_parent(struct lc_sheet *s, const struct lc_sheet_row *row,
                        struct lc_spec_attribute *attribute)
{
    size_t j = 0;

    while (j < s->spec.n_attributes && strcmp(attribute[j].column, row->name) != 0)
        j++;
    if (j == s->spec.n_attributes && !lc_sheet_has_column(s, row->name))
        lc_sheet_refuse(s, row->line, LC_SHEET_NAME,
                        "no row of kind column has the name '%.60s'", row->name);
    else if (j < s->spec.n_attributes && attribute[j].parent)
        lc_sheet_refuse(s, row->line, LC_SHEET_NAME, "'%.60s' has a parent already", row->name);
    else if (j < s->spec.n_attributes)
        attribute[j].parent = row->value;
}

/* Rows of kind parent: the column that groups the levels of an attribute. */
static void read_parents(struct lc_sheet *s)
{
    struct lc_spec_attribute *attribute =
        lc_sheet_room(s, s->spec.n_attributes, sizeof *attribute);

    if (!attribute)
        return;
    if (s->spec.n_attributes)
        memcpy(attribute, s->spec.attribute, s->spec.n_attributes * sizeof *attribute);
    for (size_t i = 0; i < s->n && !s->rc; i++)
        if (s->row[i].kind == LC_SHEET_OF_PARENT && *s->row[i].value)
            read_parent(s, &s->row[i], attribute);
    lc_sheet_same(s, attribute);
    s->spec.attribute = s->spec.n_attributes ? attribute : NULL;
    for (size_t i = 0; i < s->n && lc_spec_round(&s->spec) < s->spec.n_attributes; i++)
        if (s->row[i].kind == LC_SHEET_OF_PARENT)
            lc_sheet_refuse(s, s->row[i].line, LC_SHEET_VALUE,
                            "the parents of column '%.60s' lead back to it; take one out",
                            s->spec.attribute[lc_spec_round(&s->spec)].column);
}

/* ---- lists ---- */

/* The names or values of the rows that have a use, in the order of the rows. */
static struct lc_texts gather(struct lc_sheet *s, enum lc_use use)
{
    const bool of_values = lc_use_word[use].kind == LC_SHEET_OF_VALUE;
    size_t n = 0, k = 0;
    const char **text;

    for (size_t i = 0; i < s->n; i++)
        n += has_use(&s->row[i], use);
    text = n ? lc_sheet_room(s, n, sizeof *text) : NULL;
    for (size_t i = 0; i < s->n && text; i++)
        if (has_use(&s->row[i], use))
            text[k++] = of_values ? s->row[i].value : s->row[i].name;
    return (struct lc_texts){text, k};
}

void lc_sheet_columns(struct lc_sheet *s)
{
    for (size_t use = 0; use < LC_USES_OF_ONE; use++)
        read_use_of_one(s, (enum lc_use)use);
    s->spec.ignore = gather(s, LC_USE_IGNORE);
    s->spec.audit = gather(s, LC_USE_AUDIT);
    read_attributes(s);
    read_parents(s);
}

/* Values belong to the column that has the use; `column` NULL: none has. */
static void check_values(struct lc_sheet *s, enum lc_use use, const char *column,
                         enum lc_use owner)
{
    for (size_t i = 0; i < s->n && !s->rc; i++) {
        const struct lc_sheet_row *row = &s->row[i];

        if (!has_use(row, use) || strcmp(row->name, column ? column : "") == 0)
            continue;
        if (column)
            lc_sheet_refuse(s, row->line, LC_SHEET_NAME,
                            "'%s' goes with a value of '%.60s', which has the use '%s', not "
                            "with one of '%.60s'",
                            lc_use_word[use].word, column, lc_use_word[owner].word, row->name);
        else
            lc_sheet_refuse(s, row->line, LC_SHEET_USE, "'%s' needs a column with the use '%s'",
                            lc_use_word[use].word, lc_use_word[owner].word);
    }
}

/* A file whose rows are the wins leaves nothing for a column to say. */
static void check_outcome(struct lc_sheet *s)
{
    const struct lc_spec *spec = &s->spec;

    if (!spec->outcome.won_if_in || !(spec->outcome.column || spec->outcome.won.n ||
                                      spec->outcome.lost.n || spec->outcome.open.n))
        return;
    for (size_t i = 0; i < s->n; i++)
        if (has_use(&s->row[i], LC_USE_WON_IF_IN) &&
            strcmp(s->row[i].name, spec->outcome.won_if_in) == 0)
            lc_sheet_refuse(s, s->row[i].line, LC_SHEET_USE,
                            "a row in '%.60s' is the outcome, and so is a column or a value; "
                            "keep one",
                            spec->outcome.won_if_in);
}

void lc_sheet_values(struct lc_sheet *s)
{
    struct lc_spec *spec = &s->spec;
    const struct lc_sheet_row *grade = first_with(s, LC_USE_GRADE);

    for (size_t use = LC_USE_WON; use <= LC_USE_OPEN; use++)
        check_values(s, (enum lc_use)use, spec->outcome.column, LC_USE_OUTCOME);
    for (size_t use = LC_USE_ACCEPTED; use <= LC_USE_RECYCLED; use++)
        check_values(s, (enum lc_use)use, spec->acceptance.column, LC_USE_ACCEPTANCE);
    for (size_t i = 0; i < s->n; i++)
        if ((has_use(&s->row[i], LC_USE_MISSING) || has_use(&s->row[i], LC_USE_KEPT)) &&
            *s->row[i].name)
            lc_sheet_refuse(
                s, s->row[i].line, LC_SHEET_NAME,
                "must be empty: a text that means no value, or is kept as one, does so in every "
                "column");
    for (size_t use = LC_USE_WON; use <= LC_USE_KEPT; use++)
        *lc_use_values(spec, (enum lc_use)use) = gather(s, (enum lc_use)use);
    if (grade && !spec->acceptance.column)
        lc_sheet_refuse(s, grade->line, LC_SHEET_USE, "'%s' needs a column with the use '%s'",
                        lc_use_word[LC_USE_GRADE].word, lc_use_word[LC_USE_ACCEPTANCE].word);
    check_outcome(s);
}
