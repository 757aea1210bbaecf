/* The rows of a file of changes are not joined one by one: they become days of entry, a row for each record. */
#include "leadcal/history.h"
#include "leadcal/io.h"
#include "load_internal.h"

static const struct lc_table_column *column_of(const struct lc_input *in, size_t field)
{
    return field < in->k ? &in->column[in->sink_of[field]] : NULL;
}

/* The stages that are closed, in the spec's words. */
static enum lc_rc closed_stages(const struct lc_spec *spec, struct lc_arena *arena,
                                struct lc_texts *to, struct lc_err *err)
{
    const struct lc_texts won = spec->outcome.won, lost = spec->outcome.lost;
    const char **text = LC_NEW(arena, won.n + lost.n + 1, const char *);

    if (!text)
        return lc_fail_memory(err, "a history of stages");
    for (size_t i = 0; i < won.n; i++)
        text[i] = won.text[i];
    for (size_t i = 0; i < lost.n; i++)
        text[won.n + i] = lost.text[i];
    *to = (struct lc_texts){text, won.n + lost.n};
    return LC_OK;
}

enum lc_rc lc_input_history(struct lc_input *in, struct lc_err *err)
{
    const struct lc_history_columns file = {
        column_of(in, in->key), column_of(in, in->event_time), column_of(in, in->event_type),
        column_of(in, in->event_content), in->n};
    struct lc_history *made = LC_NEW(in->arena, 1, struct lc_history);
    struct lc_texts closed = {0};
    enum lc_rc rc;

    if (!made)
        return lc_fail_memory(err, "a history of stages");
    rc = closed_stages(in->spec, &in->scratch, &closed, err);
    if (!rc)
        rc = lc_history_read(&file, in->history, closed, in->prefix, in->arena, made, err);
    if (rc)
        return lc_fail_in(err, lc_shown(in->path));
    in->changes = made;
    in->about.changes = made;
    return LC_OK;
}

enum lc_rc lc_note_history(struct lc_input *in, struct lc_err *err)
{
    const char *file = lc_base_name(lc_shown(in->path));
    const struct lc_history *h = in->changes;
    enum lc_rc rc = LC_OK;

    if (h->other)
        rc = lc_reject_note(in->rejects, err,
                            "%.100s: %zu row%s changes of something else than '%.60s' (\"is\")",
                            file, h->other, h->other == 1 ? " is" : "s are", in->history->is);
    if (!rc && h->blank)
        rc = lc_reject_note(in->rejects, err,
                            "%.100s: %zu row%s without a key, a day or a value", file, h->blank,
                            h->blank == 1 ? "" : "s");
    if (!rc && !h->used)
        rc = lc_reject_note(
            in->rejects, err,
            "%.100s: no row is a change that counts; look at \"value\", \"field\" "
            "and \"is\"",
            file);
    if (rc || (!h->again && !h->reopened))
        return rc;
    if (!h->reopened) /* or nobody has said which stages are closed */
        return lc_reject_note(
            in->rejects, err,
            "%.100s: %zu of %zu records entered a stage again: the days of the "
            "first entry and of the last are kept apart",
            file, h->again, h->n);
    return lc_reject_note(
        in->rejects, err,
        "%.100s: %zu of %zu records entered a stage again, and %zu left a "
        "closed one: the days of the first entry and of the last are kept apart",
        file, h->again, h->n, h->reopened);
}
