/* The keys by which files are joined, and the columns that events and changes are made of. */
#include "load_wish_internal.h"

/* The key of a joined file, and the leads' column it is looked up in. */
static enum lc_rc use_key(struct lc_input *in, const char *name, size_t *at, struct lc_err *err)
{
    const struct lc_use_of use = {name, false, false, true, false, false};

    *at = lc_place_in(in, name);
    if (*at == in->k)
        return lc_no_such_column(in->path, name, in->name, in->k, err);
    in->wish[*at].key = true;
    return lc_wish_use(in, *at, &use, err);
}

/* The day that parts the rows of a lead. */
static enum lc_rc use_created(struct lc_input *in, const char *name, struct lc_err *err)
{
    const struct lc_use_of use = {name, true, true, true, false, false};

    in->created = in->k;
    if (!name)
        return LC_OK;
    in->created = lc_place_in(in, name);
    if (in->created == in->k)
        return lc_no_such_column(in->path, name, in->name, in->k, err);
    return lc_wish_use(in, in->created, &use, err);
}

/* A column of a file of events or changes, which is read for these alone; *at is k without a name. */
static enum lc_rc use_part(struct lc_input *in, const char *name, bool date, size_t *at,
                           struct lc_err *err)
{
    const struct lc_use_of use = {.name = name, .date = date, .keep = true, .load = true};

    *at = in->k;
    if (!name)
        return LC_OK;
    *at = lc_place_in(in, name);
    if (*at == in->k)
        return lc_no_such_column(in->path, name, in->name, in->k, err);
    return lc_wish_use(in, *at, &use, err);
}

static enum lc_rc use_events(struct lc_input *in, struct lc_err *err)
{
    enum lc_rc rc = use_part(in, in->events->time, true, &in->event_time, err);

    if (!rc)
        rc = use_part(in, in->events->type, false, &in->event_type, err);
    return rc ? rc : use_part(in, in->events->content, false, &in->event_content, err);
}

static enum lc_rc use_history(struct lc_input *in, struct lc_err *err)
{
    enum lc_rc rc = use_part(in, in->history->time, true, &in->event_time, err);

    if (!rc)
        rc = use_part(in, in->history->value, false, &in->event_type, err);
    return rc ? rc : use_part(in, in->history->field, false, &in->event_content, err);
}

/* The column that holds a file's key: of the leads, or of a file that is joined itself. */
static enum lc_rc use_join(struct lc_input *in, size_t n, size_t f, const char *name,
                           struct lc_err *err)
{
    size_t file, at;

    if (!lc_wish_find(in, n, name, &file, &at))
        return lc_wish_unknown(in, n, name, err);
    if (file && (file == f || in[file].events || in[file].history))
        return lc_fail(
            err, LC_EMISMATCH,
            "%.160s: '%.80s' has no row for a lead, so nothing can be joined through "
            "it; name a column of the leads, or of a file that is joined row by row",
            lc_shown(in[f].path), name);
    in[f].through = file;
    return use_key(&in[file], in[file].name[at], &in[f].join, err);
}

static enum lc_rc use_file(struct lc_input *in, size_t n, size_t f, const char *join,
                           struct lc_err *err)
{
    const struct lc_spec_file *file = &in[0].spec->file[f];
    enum lc_rc rc;

    if (!file->key)
        return lc_fail(err, LC_EMISMATCH,
                       "%.160s: the spec does not say by which column it is joined; give "
                       "its file a \"key\"",
                       lc_shown(in[f].path));
    rc = use_key(&in[f], file->key, &in[f].key, err);
    if (!rc)
        rc = use_join(in, n, f, join, err);
    if (!rc)
        rc = use_created(&in[f], file->created, err);
    if (!rc && in[f].events)
        rc = use_events(&in[f], err);
    if (!rc && in[f].history)
        rc = use_history(&in[f], err);
    return rc;
}

enum lc_rc lc_wish_keys(struct lc_input *in, size_t n, const struct lc_spec *spec,
                        struct lc_err *err)
{
    const char *lead = n > 1 ? spec->file[0].key : NULL;
    enum lc_rc rc = LC_OK;

    in[0].lead = in[0].unique = in[0].k;
    if (spec->unique)
        rc = use_key(&in[0], spec->unique, &in[0].unique, err);
    if (!rc && lead)
        rc = use_key(&in[0], lead, &in[0].lead, err);
    for (size_t f = 1; f < n && !rc; f++) {
        const struct lc_spec_file *file = &spec->file[f];

        rc = use_file(in, n, f, file->join ? file->join : lead ? lead : file->key, err);
    }
    return rc;
}
