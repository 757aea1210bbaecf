/* --last and --allow: what an earlier export says of the same leads. */
#include <string.h>

#include "cmd_study.h"
#include "leadcal/io.h"
#include "leadcal/join.h"
#include "leadcal/propose.h"
#include "leadcal/snapshot.h"

const struct opt *cmd_audit_rows(struct cmd_audit_set *set)
{
    const struct opt rows[] = {
        OPT_SECTION("Leak audit"),
        OPT_LIST(0, "last", &set->last, "FILE",
                 "an earlier export of the same leads, such as last quarter's: columns that "
                 "have changed since, and for won leads most, are found by it; repeated where "
                 "the leads come in several files"),
        OPT_LIST(0, "snapshot", &set->snapshot, "FILE",
                 "an earlier export, such as last quarter's: attributes are taken from it, the "
                 "outcome from the files of now, for the leads that were open then"),
        OPT_DAY(0, "snapshot-date", &set->snapshot_day, "the day that it was made on"),
        OPT_LIST(0, "allow", &set->allow, "COLUMN,...",
                 "attributes whatever the audit finds; leadcal audit shows it"),
        OPT_END(),
    };

    _Static_assert(sizeof rows <= sizeof set->row, "struct cmd_audit_set has too little room");
    *set = (struct cmd_audit_set){.snapshot_day = LC_NO_DAY};
    memcpy(set->row, rows, sizeof rows);
    return set->row;
}

enum lc_rc cmd_study_keys(struct cmd_study *s, const char *path, struct lc_texts keys,
                          struct lc_table *table, struct lc_err *err)
{
    const struct lc_load_options options = {.max_bad = (size_t)s->given.reading.max_bad,
                                            .quiet = true,
                                            .reading = cmd_reading(&s->given.reading),
                                            .only = keys.text,
                                            .n_only = keys.n,
                                            .keep = keys.text,
                                            .n_keep = keys.n};
    struct lc_load_account account;
    struct lc_spec spec;

    lc_spec_init(&spec);
    spec.missing = s->spec.missing;
    spec.keep_values = s->spec.keep_values;
    return lc_load(&path, 1, &spec, &options, s->pool, &s->arena, table, &account, err);
}

/* The key that the spec names, of the leads; NULL: none. */
static const char *spec_key(const struct cmd_study *s)
{
    return s->spec.n_files ? s->spec.file[0].key : NULL;
}

/* What leads did is read from the file of now, up to the day that it is asked for: the files of an earlier
 * export are those that are joined. */
static bool leave_events(struct cmd_study *s, struct lc_spec *spec)
{
    struct lc_spec_file *file = LC_NEW(&s->arena, spec->n_files, struct lc_spec_file);
    size_t n = 0;

    for (size_t f = 0; file && f < spec->n_files; f++)
        if (!spec->file[f].events)
            file[n++] = spec->file[f];
    spec->file = file;
    spec->n_files = n;
    return file != NULL;
}

/* The earlier export as it is: a column that it lacks, or an outcome that nobody had yet, is no
 * fault of it. Joined files are joined as those of now are. */
static enum lc_rc read_last(struct cmd_study *s, const struct cmd_list *path,
                            struct lc_table *then, struct lc_err *err)
{
    const char *key = spec_key(s);
    const struct lc_load_options options = {.max_bad = (size_t)s->given.reading.max_bad,
                                            .quiet = s->out->quiet,
                                            .reading = cmd_reading(&s->given.reading),
                                            .keep = &key,
                                            .n_keep = key != NULL};
    struct lc_load_account account;
    struct lc_spec spec;

    lc_spec_init(&spec);
    spec.missing = s->spec.missing;
    spec.keep_values = s->spec.keep_values;
    spec.date_order = s->spec.date_order;
    spec.decimal = s->spec.decimal;
    if (path->n > 1) {
        spec.file = s->spec.file;
        spec.n_files = s->spec.n_files;
        if (path->n < spec.n_files && !leave_events(s, &spec))
            return lc_fail_memory(err, "the earlier export");
        spec.date = s->spec.date;
        spec.decision_after_days = s->spec.decision_after_days;
    }
    return lc_load(path->text, path->n, &spec, &options, s->pool, &s->arena, then, &account,
                   err);
}

/* The columns that tell the leads of both exports apart. */
struct keys {
    const struct lc_table_column *now, *then;
};

/* A key is let go once the files are joined: then it is read again. */
static enum lc_rc find_key(struct cmd_study *s, const struct lc_table_column **to,
                           struct lc_err *err)
{
    const char *name = spec_key(s), *path = s->table.file[0].path;
    struct lc_table *again = LC_NEW(&s->arena, 1, struct lc_table);
    size_t at = 0;
    enum lc_rc rc = lc_table_find(&s->table, name, &at, err);

    if (rc)
        return rc;
    *to = &s->table.column[at];
    if ((*to)->kind != LC_KIND_MANY)
        return LC_OK;
    if (!again)
        return lc_fail_memory(err, "the earlier export");
    if (strcmp(path, "-") == 0)
        return lc_fail(err, LC_EMISMATCH,
                       "standard input cannot be read twice for its key '%.80s'; save it to a "
                       "file",
                       name);
    rc = cmd_study_keys(s, path, (struct lc_texts){&name, 1}, again, err);
    if (!rc)
        rc = lc_table_find(again, name, &at, err);
    if (!rc)
        *to = &again->column[at];
    return rc;
}

static enum lc_rc find_named(struct cmd_study *s, const struct lc_table *then, struct keys *k,
                             struct lc_err *err)
{
    size_t at = 0;
    enum lc_rc rc = find_key(s, &k->now, err);

    if (!rc)
        rc = lc_table_find(then, spec_key(s), &at, err);
    if (!rc)
        k->then = &then->column[at];
    return rc;
}

/* Names of columns of the leads alone, without those of joined files. */
static enum lc_rc may_be_keys(struct cmd_study *s, const struct lc_table *table,
                              const struct lc_table *other, struct lc_texts *to,
                              struct lc_err *err)
{
    struct lc_table leads = *table;
    size_t k = 0;

    while (k < table->k && table->column[k].file == 0)
        k++;
    leads.k = k;
    return lc_propose_keys(&leads, other, &s->arena, to, err);
}

static enum lc_rc find_by_values(struct cmd_study *s, const struct lc_table *then,
                                 struct keys *k, struct lc_err *err)
{
    const char *path = s->table.file[0].path, *last = then->file[0].path;
    struct lc_table *both = LC_NEW(&s->arena, 2, struct lc_table);
    struct lc_texts from = {0}, to = {0};
    struct lc_proposed_join join = {0};
    enum lc_rc rc = may_be_keys(s, &s->table, then, &from, err);

    if (!both)
        return lc_fail_memory(err, "the earlier export");
    if (!rc)
        rc = may_be_keys(s, then, &s->table, &to, err);
    if (!rc && strcmp(path, "-") == 0)
        rc = lc_fail(err, LC_EMISMATCH,
                     "standard input cannot be read twice to find what tells leads apart; save "
                     "it to a file, or name the key in the spec");
    if (!rc && from.n && to.n) {
        rc = cmd_study_keys(s, path, from, &both[0], err);
        if (!rc)
            rc = cmd_study_keys(s, last, to, &both[1], err);
        if (!rc)
            rc = lc_propose_join(&both[0], &both[1], false, &join, err);
    }
    if (!rc && join.leads == both[0].k)
        rc = lc_fail(err, LC_EMISMATCH,
                     "%.160s: no column of it tells leads apart that are in %.160s too; name "
                     "it in the spec: \"files\": [{\"key\": \"lead_id\"}]",
                     lc_base_name(last), lc_base_name(path));
    if (rc)
        return rc;
    *k = (struct keys){&both[0].column[join.leads], &both[1].column[join.other]};
    return LC_OK;
}

static enum lc_rc match(struct cmd_study *s, const struct lc_table *then, const struct keys *k,
                        struct lc_table_last *last, struct lc_err *err)
{
    const char *path = lc_base_name(then->file[0].path);
    const struct lc_join_rule one_row = {0};
    struct lc_join join;
    size_t twice = 0;
    enum lc_rc rc =
        lc_join(k->now, s->table.n, k->then, then->n, &one_row, &s->arena, &join, &twice, err);

    if (rc == LC_EMISMATCH)
        return lc_fail(
            err, LC_EMISMATCH,
            "%.160s: lead %zu has a value of '%.80s' that an earlier one has too, so "
            "it does not tell leads apart; leave one row for each lead",
            path, twice + 1, k->then->codes.name);
    if (!rc && join.matched == 0)
        return lc_fail(err, LC_EMISMATCH,
                       "%.160s: no lead of it is among those of now, by '%.80s'; give an "
                       "earlier export of the same leads",
                       path, k->then->codes.name);
    if (rc)
        return rc;
    *last = (struct lc_table_last){then, join.row, join.matched};
    cmd_note(
        s->out->quiet,
        "%s: an earlier export; by '%s' it has %zu of the %zu leads, and %zu that are gone",
        path, k->now->codes.name, join.matched, s->table.n, join.orphans);
    return LC_OK;
}

/* An earlier export, row by row of the leads of now. */
static enum lc_rc find_earlier(struct cmd_study *s, const struct cmd_list *path,
                               struct lc_table_last **out, struct lc_err *err)
{
    struct lc_table *then = LC_NEW(&s->arena, 1, struct lc_table);
    struct lc_table_last *last = LC_NEW(&s->arena, 1, struct lc_table_last);
    struct keys k;
    enum lc_rc rc;

    if (!then || !last)
        return lc_fail_memory(err, "the earlier export");
    rc = read_last(s, path, then, err);
    if (!rc)
        rc = spec_key(s) ? find_named(s, then, &k, err) : find_by_values(s, then, &k, err);
    if (!rc)
        rc = match(s, then, &k, last, err);
    if (!rc)
        *out = last;
    return rc;
}

enum lc_rc cmd_study_last(struct cmd_study *s, struct lc_err *err)
{
    struct lc_table_last *last = NULL;
    enum lc_rc rc;

    if (!s->audit || !s->audit->last.n)
        return LC_OK;
    rc = find_earlier(s, &s->audit->last, &last, err);
    if (!rc)
        s->table.last = last;
    return rc;
}

enum lc_rc cmd_study_snapshot(struct cmd_study *s, struct lc_err *err)
{
    struct lc_snapshot_account a;
    struct lc_table_last *then = NULL;
    char day[LC_DAY_TEXT];
    enum lc_rc rc;

    if (!s->audit || !s->audit->snapshot.n)
        return LC_OK;
    rc = find_earlier(s, &s->audit->snapshot, &then, err);
    if (!rc)
        rc = lc_snapshot_take(&s->table, then, s->audit->snapshot_day, &s->spec, &s->arena, &a,
                              err);
    if (rc)
        return rc;
    lc_day_text(s->audit->snapshot_day, day);
    cmd_note(
        s->out->quiet,
        "snapshot: %zu leads were open on %s, their decision day; %zu were closed by then, "
        "%zu are not in it; %zu columns are as of that day, and %zu that it lacks are left "
        "out",
        a.open, day, a.closed, a.absent, a.columns, a.lacking);
    return LC_OK;
}
