/* A first look in words: the sections of one screen, and of the page. */
#include <math.h>
#include <string.h>

#include "leadcal/io.h"
#include "leadcal/num.h"
#include "look_internal.h"

#define SECTIONS 10

static const char *delimiter_word(const char *delimiter)
{
    static const char *const word[][2] = {
        {",", "commas"}, {";", "semicolons"}, {"\t", "tabs"}, {"|", "bars"}};

    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (strcmp(delimiter, word[i][0]) == 0)
            return word[i][1];
    return delimiter;
}

static void say_files(const struct lc_look *look, struct lc_look_lines *to)
{
    const struct lc_table *t = look->table;

    for (size_t f = 0; f < t->n_files; f++) {
        const struct lc_table_file *file = &t->file[f];
        size_t k = 0;

        for (size_t j = 0; j < t->k; j++)
            k += t->column[j].file == f && !t->column[j].set_of;
        lc_look_say(to,
                    "%s: %zu row%s used, %zu skipped, %zu rejected; %zu column%s; %s, parted "
                    "by %s",
                    lc_base_name(file->path), file->rows_used, LC_S(file->rows_used),
                    file->rows_skipped, file->rows_rejected, k, LC_S(k), file->encoding,
                    delimiter_word(file->delimiter));
        if (file->events)
            lc_look_say(
                to,
                "%s is what leads did: %zu lead%s up to the decision; %zu of its rows have "
                "no lead",
                lc_base_name(file->path), file->matched, LC_S(file->matched), file->orphans);
        else if (f)
            lc_look_say(
                to, "%s is joined: %zu lead%s found a row, %zu of its rows have no lead",
                lc_base_name(file->path), file->matched, LC_S(file->matched), file->orphans);
    }
    for (size_t i = 0; i < look->proposal->n_comments; i++)
        if (strncmp(look->proposal->comment[i], "system: ", 8) == 0)
            lc_look_say(to, "%s", look->proposal->comment[i] + 8);
}

/* ---- dates and the outcome ---- */

static void say_mapped(const struct lc_look *look, const struct lc_mapped *m,
                       struct lc_look_lines *to)
{
    const struct lc_table_column *c = m->column;
    const uint32_t n = c->codes.n_levels - (c->codes.missing != LC_NO_CODE);
    const size_t rows = m->table ? m->table->n : look->table->n;
    char share[LC_LOOK_SHARE], first[LC_DAY_TEXT] = "", last[LC_DAY_TEXT] = "";

    lc_look_share(rows ? (double)c->n_filled / (double)rows : LC_NAN, share);
    if (c->kind == LC_KIND_DATE && n) {
        lc_day_text(c->day[0], first);
        lc_day_text(c->day[n - 1], last);
    }
    lc_look_say(to, "%s: %s, %s of %s%s%s%s%s", m->meaning, c->codes.name, share,
                m->table ? "events" : "leads", *first ? ", " : "", first, *first ? " to " : "",
                last);
}

/* What is mapped beside dates and the amount. */
static bool is_other(const char *meaning)
{
    static const char *const other[] = {"outcome", "acceptance", "owner", "source", "current"};

    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (strcmp(meaning, other[i]) == 0)
            return true;
    return false;
}

/* Columns whose entries begin or end in some quarter. */
static void say_turns(const struct lc_look *look, struct lc_look_lines *to)
{
    for (size_t j = 0; j < look->table->k; j++) {
        const struct lc_look_column *c = &look->of[j];
        char before[LC_LOOK_SHARE], during[LC_LOOK_SHARE];

        lc_look_share(c->before, before);
        lc_look_share(c->during, during);
        if (c->since)
            lc_look_say(to, "%s is filled since %s: %s of leads, %s before",
                        c->column->codes.name, c->since, during, before);
        else if (c->until)
            lc_look_say(to, "%s is filled up to %s: %s of leads, %s after",
                        c->column->codes.name, c->until, during, before);
    }
}

static void say_dates(const struct lc_look *look, struct lc_look_lines *to)
{
    const struct lc_proposal *p = look->proposal;
    struct lc_look_list absent = {0};

    for (size_t i = 0; i < p->n_mapped; i++) {
        const struct lc_mapped *m = &p->mapped[i];

        if (is_other(m->meaning))
            continue;
        if (m->column)
            say_mapped(look, m, to);
        else
            lc_look_list_add(to, &absent, "", m->meaning, p->n_mapped);
    }
    if (absent.n)
        lc_look_say(to, "no column says: %s", lc_look_list_text(to, &absent));
    say_turns(look, to);
}

static void say_outcome(const struct lc_look *look, struct lc_look_lines *to)
{
    const struct lc_cohort *c = look->cohort;
    size_t state[LC_STATE_WON + 1] = {0};
    char as_of[LC_DAY_TEXT] = "";

    if (!c) {
        lc_look_say(to, "the leads cannot be counted: %s", look->uncounted);
        return;
    }
    for (size_t i = 0; i < c->n; i++)
        state[c->state[i]]++;
    if (c->has_dates)
        lc_day_text(c->as_of, as_of);
    lc_look_say(to, "%s: %zu won, %zu lost, %zu open among the leads that count",
                look->proposal->spec.outcome.column ? look->proposal->spec.outcome.column
                                                    : "a row in the joined file",
                state[LC_STATE_WON], state[LC_STATE_LOST], state[LC_STATE_OPEN]);
    if (c->has_dates && c->window_days != LC_WINDOW_NONE)
        lc_look_say(to, "won within %d days: %zu of %zu leads (%.1f %%), as of %s",
                    (int)c->window_days, c->n_won, c->n, 100 * (double)c->n_won / (double)c->n,
                    as_of);
    else
        lc_look_say(to, "won: %zu of %zu leads (%.1f %%)%s", c->n_won, c->n,
                    100 * (double)c->n_won / (double)c->n,
                    c->has_dates ? "" : "; without dates nobody knows who is too young");
    if (c->account.leads > c->n)
        lc_look_say(to, "%zu lead%s not count: %zu too young, %zu without a date",
                    c->account.leads - c->n, c->account.leads - c->n == 1 ? " does" : "s do",
                    c->account.immature, c->account.undated);
}

/* ---- columns ---- */

static bool is_dirty(const struct lc_look_column *c)
{
    return c->spellings.n || c->odd.kind || c->column->n_spellings;
}

static void say_columns(const struct lc_look *look, enum lc_look_use use,
                        struct lc_look_lines *to)
{
    bool dirty = false, differs = false;

    for (size_t j = 0; j < look->table->k; j++) {
        const struct lc_look_column *c = &look->of[j];
        char share[LC_LOOK_SHARE];

        if (c->use != use || c->column->kind == LC_KIND_EMPTY)
            continue;
        dirty = dirty || is_dirty(c);
        differs = differs || c->differs;
        lc_look_share((double)c->column->n_filled / (double)look->table->n, share);
        lc_look_say(to, "%s%s %s%s", c->column->codes.name, is_dirty(c) ? "*" : "", share,
                    c->differs ? "!" : "");
    }
    if (dirty || differs)
        lc_look_say(to, "(%s%s%s)", dirty ? "* dirty" : "", dirty && differs ? "; " : "",
                    differs ? "! empty by outcome" : "");
}

/* Is it left out for this reason? */
static bool is_left_for(const struct lc_look_column *c, const char *why)
{
    return c->use == LC_LOOK_LEFT_OUT && c->why && strcmp(c->why, why) == 0;
}

/* The columns from place j on that are left out for its reason. */
static void say_reason(const struct lc_look *look, size_t j, struct lc_look_lines *to)
{
    const char *why = look->of[j].why;
    struct lc_look_list names = {0};

    for (size_t i = j; i < look->table->k; i++)
        if (is_left_for(&look->of[i], why))
            lc_look_list_add(to, &names, "", look->of[i].column->codes.name, LC_LOOK_NAMED);
    lc_look_say(to, "%s: %s", lc_look_list_text(to, &names), why);
}

/* Columns that are left out: a sentence for each reason. */
static void say_left_out(const struct lc_look *look, struct lc_look_lines *to)
{
    for (size_t j = 0; j < look->table->k; j++) {
        bool told = look->of[j].use != LC_LOOK_LEFT_OUT || !look->of[j].why;

        for (size_t i = 0; i < j && !told; i++)
            told = is_left_for(&look->of[i], look->of[j].why);
        if (!told)
            say_reason(look, j, to);
    }
}

static void say_profile(const struct lc_look *look, struct lc_look_lines *to)
{
    say_columns(look, LC_LOOK_PROFILE, to);
}

/* Where nobody can say what the columns are for. */
static void say_all(const struct lc_look *look, struct lc_look_lines *to)
{
    size_t empty = 0;

    if (look->proposal->choices.n)
        return;
    for (size_t j = 0; j < look->table->k; j++)
        empty += look->of[j].column->kind == LC_KIND_EMPTY;
    say_columns(look, LC_LOOK_LEFT_OUT, to);
    if (empty)
        lc_look_say(to, "(%zu more %s empty)", empty, empty == 1 ? "is" : "are");
}

static void say_engagement(const struct lc_look *look, struct lc_look_lines *to)
{
    say_columns(look, LC_LOOK_ENGAGEMENT, to);
}

enum lc_rc lc_look_words(struct lc_looking *l, struct lc_err *err)
{
    static const struct {
        const char *title, *label;
        size_t most;
        bool is_list;
        void (*say)(const struct lc_look *look, struct lc_look_lines *to);
    } part[SECTIONS] = {
        {"What the files are", "FILES", 5, false, say_files},
        {"What dates and amounts cover", "COVERAGE", 8, false, say_dates},
        {"The outcome", "OUTCOME", 4, false, say_outcome},
        {"Columns", "COLUMNS", 8, true, say_all},
        {"Profile: who the lead is", "PROFILE", 4, true, say_profile},
        {"Engagement: what the lead did", "ENGAGEMENT", 3, true, say_engagement},
        {"Left out, and why", "LEFT OUT", 3, false, say_left_out},
        {"What may know the outcome", "LEAKS", 4, false, lc_look_leaks},
        {"What is dirty", "DIRTY", 5, false, lc_look_dirty},
        {"What the wins can carry", "CARRIES", 4, false, lc_look_carries},
    };
    struct lc_look_section *section = LC_NEW(l->arena, SECTIONS, struct lc_look_section);

    if (!section)
        return lc_fail_memory(err, "a first look");
    for (size_t i = 0; i < SECTIONS; i++) {
        struct lc_look_lines lines = {.arena = l->arena};

        part[i].say(l->look, &lines);
        if (lines.refused)
            return lc_fail_memory(err, "a first look");
        if (lines.n)
            section[l->look->n_sections++] = (struct lc_look_section){
                .title = part[i].title,
                .label = part[i].label,
                .line = lines.line,
                .n = lines.n,
                .most = part[i].most,
                .is_list = part[i].is_list,
            };
    }
    l->look->section = section;
    return LC_OK;
}
