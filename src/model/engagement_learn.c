/* Half-lives that some leads tell, and the columns by them. */
#include <string.h>

#include "engagement_internal.h"
#include "leadcal/num.h"

#define TENTH 10 /* half-lives are whole tenths of a day: nobody can tell finer ones apart */

static const char text[] = "the half-lives of events";

struct learning {
    const struct lc_table *table;
    const uint8_t *y;
    const uint32_t *row;
    size_t n;
    struct lc_parallel *pool;
    struct lc_arena *arena, *scratch;
    struct lc_engaged_room room;
    struct lc_table_column *column; /* [table->k] of the answer */
    const char *said;
    /* of the file at work: */
    const struct lc_table_file *file;
    const struct lc_events *events;
    size_t *class; /* [m] those that are learnt */
    struct lc_decay *decay;
    size_t m;
};

/* ---- which classes ---- */

static bool list_classes(struct learning *l, const struct lc_spec_events *spec)
{
    l->class = LC_NEW(l->scratch, l->events->n_classes + 1, size_t);
    l->decay = LC_NEW(l->scratch, l->events->n_classes + 1, struct lc_decay);
    l->m = 0;
    if (!l->class || !l->decay)
        return false;
    for (size_t c = 0; c < l->events->n_classes; c++) {
        const struct lc_decay decay = lc_engagement_decay(&l->events->class[c], spec);

        if (!decay.learned)
            continue;
        l->class[l->m] = c;
        l->decay[l->m++] = decay;
    }
    return true;
}

/* ---- what the leads tell ---- */

static enum lc_rc fit(struct learning *l, struct lc_recency *found, struct lc_err *err)
{
    struct lc_recency_class *of = LC_NEW(l->scratch, l->m, struct lc_recency_class);
    uint32_t *row = LC_NEW(l->scratch, l->n + 1, uint32_t);
    double *y = LC_NEW(l->scratch, l->n + 1, double);
    struct lc_recency_data d = {.m = l->m, .of = of, .y = y};

    if (!of || !row || !y)
        return lc_fail_memory(err, text);
    for (size_t i = 0; i < l->n; i++) {
        if (!l->events->known[l->row[i]])
            continue;
        row[d.n] = l->row[i];
        y[d.n++] = l->y[i];
    }
    for (size_t c = 0; c < l->m; c++)
        if (!lc_engaged_class(l->events, l->class[c], l -> decay[c].daily_cap, row, d.n,
                              l->scratch, &of[c]))
            return lc_fail_memory(err, text);
    return lc_recency(&d, l->pool, l->scratch, found, err);
}

static const char *one_text(const struct learning *l, size_t c,
                            const struct lc_recency_one *one)
{
    return lc_arena_format(l->arena, "%s.%.60s %.1f days (%.0f to %.0f)", l->file->name,
                           l->events->class[l->class[c]].name, l->decay[c].every, one->low,
                           one->high);
}

/* "web.pricing 12.3 days (8 to 19), ...; the usual 30 days for 3 classes of under 100 wins" */
static const char *describe(const struct learning *l, const struct lc_recency *found)
{
    const char *said = NULL;
    size_t kept = 0;

    if (found->estimated > 1 && found->tied)
        for (size_t c = 0; c < l->m && !said; c++)
            if (!found->of[c].kept_prior)
                said = lc_arena_format(l->arena, "%s: %.1f days (%.0f to %.0f) for %zu classes",
                                       l->file->name, l->decay[c].every, found->of[c].low,
                                       found->of[c].high, found->estimated);
    for (size_t c = 0; c < l->m; c++) {
        kept += found->of[c].kept_prior;
        if (found->of[c].kept_prior || (found->estimated > 1 && found->tied))
            continue;
        said = lc_arena_format(l->arena, "%s%s%s", said ? said : "", said ? ", " : "",
                               one_text(l, c, &found->of[c]));
    }
    if (!kept)
        return said;
    return lc_arena_format(l->arena,
                           "%s%s%s: the usual %.0f days for %zu class%s of under %d wins",
                           said ? said : "", said ? "; " : "", l->file->name, LC_RECENCY_MEDIAN,
                           kept, kept == 1 ? "" : "es", LC_RECENCY_WINS);
}

static enum lc_rc learn(struct learning *l, struct lc_err *err)
{
    struct lc_recency found;
    const char *said;
    enum lc_rc rc = fit(l, &found, err);

    if (rc && rc != LC_EDEGENERATE && rc != LC_ENOCONV)
        return rc;
    for (size_t c = 0; c < l->m; c++) {
        l->decay[c].learned = false;
        if (!rc)
            l->decay[c].every = lc_round_away(TENTH * found.of[c].half_life) / TENTH;
    }
    said =
        rc ? lc_arena_format(l->arena, "%s: the usual %.0f days, since the leads cannot tell",
                             l->file->name, LC_RECENCY_MEDIAN)
           : describe(l, &found);
    if (said && l->said)
        said = lc_arena_format(l->arena, "%s; %s", l->said, said);
    l->said = said;
    return said ? LC_OK : lc_fail_memory(err, text);
}

/* ---- the columns ---- */

static bool put_columns(struct learning *l)
{
    for (size_t j = 0; j < l->table->k; j++) {
        struct lc_table_column *to = &l->column[j];

        if (!to->computed || &l->table->file[to->file] != l->file)
            continue;
        for (size_t c = 0; c < l->m; c++)
            if (strcmp(to->codes.name + strlen(l->file->name) + 1,
                       l->events->class[l->class[c]].name) == 0 &&
                !lc_engaged_put(l->events, l->class[c], LC_ENGAGED_WORTH, &l -> decay[c],
                                l -> table -> n, &l -> room, l -> arena, to))
                return false;
    }
    return true;
}

static enum lc_rc learn_file(struct learning *l, const struct lc_spec_events *spec,
                             struct lc_err *err)
{
    enum lc_rc rc;

    if (!list_classes(l, spec))
        return lc_fail_memory(err, text);
    if (!l->m)
        return LC_OK;
    if (!l->column) {
        l->column = LC_NEW(l->arena, l->table->k + 1, struct lc_table_column);
        if (!l->column || !lc_engaged_room_new(l->table, l->scratch, &l->room))
            return lc_fail_memory(err, text);
        memcpy(l->column, l->table->column, l->table->k * sizeof *l->column);
    }
    rc = learn(l, err);
    if (rc)
        return rc;
    return put_columns(l) ? LC_OK : lc_fail_memory(err, text);
}

/* NOLINTNEXTLINE(readability-function-size): the contract of include/leadcal/engagement.h */
enum lc_rc lc_engagement_learn(const struct lc_table *table, const struct lc_spec *spec,
                               const uint32_t *row, const uint8_t *y, size_t n,
                               struct lc_parallel *pool, struct lc_arena *arena,
                               struct lc_table *out, const char **said, struct lc_err *err)
{
    struct lc_arena scratch;
    struct learning l = {.table = table,
                         .row = row,
                         .y = y,
                         .n = n,
                         .pool = pool,
                         .arena = arena,
                         .scratch = &scratch};
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, arena->limit);
    for (size_t f = 0; f < table->n_files && !rc; f++) {
        l.file = &table->file[f];
        l.events = table->file[f].events;
        if (l.events)
            rc = learn_file(&l, spec->file[f].events, err);
    }
    lc_arena_release(&scratch);
    if (rc)
        return rc;
    *out = *table;
    if (l.column)
        out->column = l.column;
    *said = l.said;
    return LC_OK;
}

bool lc_engaged_class(const struct lc_events *events, size_t class, uint32_t cap,
                      const uint32_t *row, size_t n, struct lc_arena *scratch,
                      struct lc_recency_class *to)
{
    size_t *begin = LC_NEW(scratch, n + 1, size_t), all = 0;
    uint32_t *age = LC_NEW(scratch, events->begin[events->n] + 1, uint32_t);

    for (size_t i = 0; begin && age && i < n; i++) {
        uint32_t today = 0; /* events of one day stand together */

        for (size_t k = events->begin[row[i]]; k < events->begin[row[i] + 1]; k++) {
            if (events->of[k] != class)
                continue;
            today = all > begin[i] && age[all - 1] == events->age_days[k] ? today + 1 : 1;
            if (!cap || today <= cap)
                age[all++] = events->age_days[k];
        }
        begin[i + 1] = all;
    }
    *to = (struct lc_recency_class){begin, age};
    return begin && age;
}
