/* Step 7: what has changed since an earlier export, by what became of the lead. */
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leak_internal.h"

#define CHANGES_FOR_WON 0.30 /* lower limit of the difference in shares changed: rejected */
#define CHANGES_A_BIT   0.10 /* and where it is suspect */
#define CHANGES         0.05 /* share of all leads, from which it is noted */
#define LEAST_HELD      20   /* leads in both exports without which nothing is said */

/* ---- leads ---- */

/* Whether each lead of the earlier export was still open then; NULL where it does not say. */
static enum lc_rc states_then(const struct lc_leak_scene *s, struct lc_arena *arena,
                              struct lc_leads *then, struct lc_err *err)
{
    const struct lc_table_last *last = s->table->last;
    struct lc_notes unsaid = {.arena = arena};
    struct lc_spec spec = *s->spec;
    struct lc_err ignored;
    enum lc_rc rc;

    spec.as_of_day = LC_NO_DAY;
    rc = lc_leads_read(last->table, &spec, true, &unsaid, arena, then, &ignored);
    if (rc == LC_ENOMEM)
        return lc_fail_memory(err, "the leak audit");
    if (rc)
        *then = (struct lc_leads){.as_of = LC_NO_DAY};
    return LC_OK;
}

/* A lead counts where it was decided and open when the earlier export was made. */
static uint8_t since_of(const struct lc_leak_scene *s, const struct lc_leads *then, size_t i)
{
    const uint32_t row = s->table->last->row[i];
    const int32_t *day = s->leads.day;

    if (row == LC_NO_ROW || (then->state && then->state[row] != LC_STATE_OPEN))
        return LC_SINCE_NOTHING;
    if (day && then->as_of != LC_NO_DAY && (day[i] == LC_NO_DAY || day[i] > then->as_of))
        return LC_SINCE_NOTHING;
    switch ((enum lc_state)s->leads.state[i]) {
    case LC_STATE_OPEN: return LC_SINCE_OPEN;
    case LC_STATE_LOST: return LC_SINCE_LOST;
    case LC_STATE_WON: break;
    }
    return LC_SINCE_WON;
}

/* Leads of the earlier export that are gone: deleted, merged, or of another list. */
static enum lc_rc count_gone(const struct lc_leak_scene *s, const struct lc_leads *then,
                             struct lc_arena *arena, size_t gone[LC_STATE_WON + 1],
                             struct lc_err *err)
{
    const struct lc_table_last *last = s->table->last;
    uint8_t *met = LC_NEW(arena, last->table->n + 1, uint8_t);

    if (!met)
        return lc_fail_memory(err, "the leak audit");
    for (size_t i = 0; i < s->table->n; i++)
        if (last->row[i] != LC_NO_ROW)
            met[last->row[i]] = 1;
    for (size_t i = 0; i < last->table->n; i++)
        if (!met[i])
            gone[then->state ? then->state[i] : LC_STATE_OPEN]++;
    return LC_OK;
}

static enum lc_rc note_since(const struct lc_leak_scene *s, const struct lc_leads *then,
                             struct lc_arena *arena, struct lc_notes *notes, struct lc_err *err)
{
    const size_t *now = s->since_all, matched = s->table->last->matched;
    size_t gone[LC_STATE_WON + 1] = {0};
    enum lc_rc rc = count_gone(s, then, arena, gone, err);

    if (!rc)
        rc = lc_notes_add(
            notes, err,
            "snapshot: %zu leads are in both exports; %zu of them were decided%s "
            "when the earlier one was made, and since then %zu were won, %zu lost, "
            "%zu are open",
            matched, now[LC_SINCE_OPEN] + now[LC_SINCE_LOST] + now[LC_SINCE_WON],
            then->state ? " and open" : "", now[LC_SINCE_WON], now[LC_SINCE_LOST],
            now[LC_SINCE_OPEN]);
    if (rc)
        return rc;
    return lc_notes_add(
        notes, err, "snapshot: %zu leads are new, and %zu are gone%s: nothing is said of them",
        s->table->n - matched, gone[LC_STATE_OPEN] + gone[LC_STATE_LOST] + gone[LC_STATE_WON],
        gone[LC_STATE_WON] ? ", won ones among them" : "");
}

enum lc_rc lc_leak_since(struct lc_leak_scene *scene, struct lc_arena *arena,
                         struct lc_notes *notes, struct lc_err *err)
{
    const struct lc_table_last *last = scene->table->last;
    const size_t n = scene->table->n;
    struct lc_leads then;
    uint8_t *since;
    enum lc_rc rc;

    if (!last)
        return lc_notes_add(
            notes, err,
            "snapshot: no earlier export is given; --last FILE is the strongest "
            "step");
    since = LC_NEW(arena, n + 1, uint8_t);
    if (!since)
        return lc_fail_memory(err, "the leak audit");
    rc = states_then(scene, arena, &then, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < n; i++) {
        since[i] = since_of(scene, &then, i);
        scene->since_all[since[i]]++;
    }
    scene->since = since;
    return note_since(scene, &then, arena, notes, err);
}

/* ---- cells ---- */

/* A level of one of the two exports, by what it means: a number, a day, or a text. */
struct value {
    double number;
    const char *text; /* NULL: compared as a number */
    uint32_t level;
};

static int by_value(const void *a, const void *b)
{
    const struct value *x = a, *y = b;

    if (x->text && y->text)
        return strcmp(x->text, y->text);
    return (x->number > y->number) - (x->number < y->number);
}

static struct value value_of(const struct lc_table_column *c, uint32_t v, bool as_text)
{
    if (as_text)
        return (struct value){0, c->codes.level[v], v};
    return (struct value){c->kind == LC_KIND_DATE ? c->day[v] : c->number[v], NULL, v};
}

/* Which level of the column now each of its levels then is; LC_NO_CODE: a value that it has not now. */
static enum lc_rc map_levels(const struct lc_table_column *now,
                             const struct lc_table_column *then, struct lc_arena *scratch,
                             uint32_t **map, struct lc_err *err)
{
    const bool as_text = now->kind != then->kind || now->kind == LC_KIND_TEXT;
    struct value *sorted = LC_NEW(scratch, (size_t)now->codes.n_levels + 1, struct value);
    uint32_t *to = LC_NEW(scratch, (size_t)then->codes.n_levels + 1, uint32_t);
    size_t k = 0;

    if (!sorted || !to)
        return lc_fail_memory(err, "the leak audit");
    for (uint32_t v = 0; v < now->codes.n_levels; v++)
        if (v != now->codes.missing)
            sorted[k++] = value_of(now, v, as_text);
    if (k)
        qsort(sorted, k, sizeof *sorted, by_value);
    for (uint32_t v = 0; v < then->codes.n_levels; v++) {
        const struct value *found = NULL;

        if (v == then->codes.missing) {
            to[v] = now->codes.missing;
            continue;
        }
        if (k) {
            const struct value wanted = value_of(then, v, as_text);

            found = bsearch(&wanted, sorted, k, sizeof *sorted, by_value);
        }
        to[v] = found ? found->level : LC_NO_CODE;
    }
    *map = to;
    return LC_OK;
}

/* The same column of the earlier export, where it was kept. */
static const struct lc_table_column *column_then(const struct lc_table *table, const char *name)
{
    for (size_t j = 0; j < table->k; j++) {
        const struct lc_table_column *c = &table->column[j];

        if (strcmp(c->codes.name, name) == 0)
            return c->kind == LC_KIND_MANY ? NULL : c;
    }
    return NULL;
}

/* Numbers that stand for one value under two texts ("1" and "1.0") have two levels. */
static bool differs(const struct lc_table_column *now, uint32_t a, uint32_t b)
{
    if (a == b)
        return false;
    if (a == LC_NO_CODE || b == LC_NO_CODE || a == now->codes.missing ||
        b == now->codes.missing)
        return true;
    if (now->kind == LC_KIND_NUMBER)
        return now->number[a] != now->number[b];
    return now->kind != LC_KIND_DATE || now->day[a] != now->day[b];
}

enum lc_rc lc_leak_look_at_last(const struct lc_leak_scene *scene,
                                const struct lc_table_column *c, struct lc_arena *scratch,
                                struct lc_leak_look *look, struct lc_err *err)
{
    const struct lc_table_last *last = scene->table->last;
    const struct lc_table_column *then = last ? column_then(last->table, c->codes.name) : NULL;
    uint32_t *map;
    enum lc_rc rc;

    if (!then)
        return LC_OK;
    rc = map_levels(c, then, scratch, &map, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < scene->table->n; i++) {
        const uint8_t since = scene->since[i];

        if (since == LC_SINCE_NOTHING)
            continue;
        look->held[since] += 1;
        look->changed[since] +=
            differs(c, lc_code_at(&c->codes, i), map[lc_code_at(&then->codes, last->row[i])]);
    }
    return LC_OK;
}

/* ---- verdict ---- */

/* Won leads against others: the difference in the share changed, whichever way it goes. */
struct contrast {
    double limit; /* nearer to 0; 0 where the interval holds it */
    double changed, n;
    const char *who;
};

static struct contrast against(const struct lc_leak_look *look, double changed, double n,
                               const char *who)
{
    const double won = look->held[LC_SINCE_WON];
    struct contrast c = {0, changed, n, who};

    if (won >= LC_LEAST_SUPPORT && n >= LC_LEAST_SUPPORT) {
        const struct lc_interval d = lc_newcombe(look->changed[LC_SINCE_WON], won, changed, n);

        c.limit = d.low > 0 ? d.low : d.high < 0 ? -d.high : 0;
    }
    return c;
}

static enum lc_rc note_changes(size_t column, double all, double changed,
                               struct lc_findings *to, struct lc_err *err)
{
    const struct lc_finding f = {.column = column,
                                 .severity = LC_SEVERITY_NOTE,
                                 .step = LC_STEP_SNAPSHOT,
                                 .reason = "It goes on changing after the decision",
                                 .value = changed / all,
                                 .threshold = CHANGES};

    if (all < LEAST_HELD || changed < CHANGES * all)
        return LC_OK;
    return lc_findings_add(to, &f, err, "changed since for %.0f %% of %.0f leads",
                           100 * changed / all, all);
}

enum lc_rc lc_leak_judge_last(const struct lc_leak_scene *scene, size_t column,
                              const struct lc_leak_look *look, struct lc_findings *to,
                              struct lc_err *err)
{
    const double *held = look->held, *changed = look->changed;
    const double rest = held[LC_SINCE_OPEN] + held[LC_SINCE_LOST];
    const double rest_changed = changed[LC_SINCE_OPEN] + changed[LC_SINCE_LOST];
    struct contrast c = against(look, rest_changed, rest, "others");
    const struct contrast open =
        against(look, changed[LC_SINCE_OPEN], held[LC_SINCE_OPEN], "still open");
    struct lc_finding f = {.column = column, .step = LC_STEP_SNAPSHOT};

    if (!scene->since)
        return LC_OK;
    if (open.limit > c.limit)
        c = open;
    if (c.limit <= CHANGES_A_BIT)
        return note_changes(column, rest + held[LC_SINCE_WON],
                            rest_changed + changed[LC_SINCE_WON], to, err);
    f.severity = c.limit > CHANGES_FOR_WON ? LC_SEVERITY_REJECT : LC_SEVERITY_SUSPECT;
    f.reason = "It changed after the decision, and otherwise for leads that were won";
    f.value = c.limit;
    f.threshold = c.limit > CHANGES_FOR_WON ? CHANGES_FOR_WON : CHANGES_A_BIT;
    return lc_findings_add(
        to, &f, err,
        "changed since for %.0f %% of the %.0f won since, %.0f %% of the %.0f "
        "%s",
        100 * changed[LC_SINCE_WON] / held[LC_SINCE_WON], held[LC_SINCE_WON],
        100 * c.changed / c.n, c.n, c.who);
}
