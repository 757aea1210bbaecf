/* The half-lives that a model was learnt by, for the file that it is to score. */
#include <string.h>

#include "cmd_events.h"
#include "leadcal/engagement.h"
#include "leadcal/io.h"
#include "leadcal/model_file.h"

static const char made[] = "events, "; /* how a computed column says what it is made of */

/* "pricing" of "web.pricing" and "web.pricing_days"; NULL: it is of no such file. */
static const char *class_in(const char *column, const char *file, enum lc_engaged what,
                            struct lc_arena *arena)
{
    const size_t n = strlen(file), all = strlen(column), end = strlen(lc_engaged_ending[what]);

    if (strncmp(column, file, n) != 0 || column[n] != '.' || all < n + 1 + end)
        return NULL;
    return lc_arena_text(arena, (struct lc_slice){column + n + 1, all - n - 1 - end});
}

/* The class of the spec with that name, or a new one. */
static struct lc_spec_class *entry_of(struct lc_spec_events *e, struct lc_spec_class *of,
                                      const char *name)
{
    for (size_t c = 0; c < e->n; c++)
        if (strcmp(of[c].name, name) == 0)
            return &of[c];
    of[e->n] = (struct lc_spec_class){.name = name};
    return &of[e->n++];
}

/* What an attribute of the model says of a class of one file. */
static enum lc_rc take(struct cmd_study *s, const struct lc_attribute *a, const char *file,
                       struct lc_spec_events *e, struct lc_spec_class *of, bool *taken,
                       struct lc_err *err)
{
    const bool worth = strcmp(a->computed, "events, counted") != 0 &&
                       strcmp(a->computed, "events, days since the last") != 0;
    const enum lc_engaged what = worth                                    ? LC_ENGAGED_WORTH
                                 : strstr(a->computed, "counted") != NULL ? LC_ENGAGED_COUNT
                                                                          : LC_ENGAGED_DAYS;
    const char *decay = a->computed + sizeof made - 1;
    const char *name = class_in(a->column, file, what, &s->arena);
    struct lc_spec_class *entry;
    struct lc_decay read;

    if (!name)
        return LC_OK;
    if (strncmp(a->computed, made, sizeof made - 1) != 0 ||
        (worth && lc_decay_parse(lc_slice_of(decay), &read, err)))
        return lc_fail(
            err, LC_EFORMAT,
            "the model says '%.80s' of column '%.80s', which is no decay; fit it anew",
            a->computed, a->column);
    *taken = true;
    entry = entry_of(e, of, name);
    if (worth)
        entry->decay = decay;
    return LC_OK;
}

static enum lc_rc take_file(struct cmd_study *s, const struct lc_card *card,
                            struct lc_spec_file *file, bool *taken, struct lc_err *err)
{
    struct lc_spec_events *e = LC_NEW(&s->arena, 1, struct lc_spec_events);
    struct lc_spec_class *of =
        LC_NEW(&s->arena, file->events->n + card->k + 1, struct lc_spec_class);
    enum lc_rc rc = LC_OK;

    if (!e || !of)
        return lc_fail_memory(err, "the classes of events");
    *e = *file->events;
    if (e->n)
        memcpy(of, e->of, e->n * sizeof *of);
    for (size_t j = 0; j < card->k && !rc; j++)
        if (card->attribute[j].attribute.computed)
            rc = take(s, &card->attribute[j].attribute, file->name, e, of, &taken[j], err);
    e->of = of;
    file->events = e;
    return rc;
}

enum lc_rc cmd_events_model(struct cmd_study *s, const char *path, struct lc_err *err)
{
    struct lc_spec_file *file = LC_NEW(&s->arena, s->spec.n_files + 1, struct lc_spec_file);
    struct lc_model model;
    struct lc_slice bytes;
    const char *sha256;
    bool *taken;
    enum lc_rc rc = cmd_read_hashed(path, &s->arena, &bytes, &sha256, err);

    if (!rc)
        rc = lc_model_parse(path, bytes, &s->arena, &model, err);
    if (rc)
        return rc;
    taken = LC_NEW(&s->arena, model.card.k + 1, bool);
    if (!file || !taken)
        return lc_fail_memory(err, "the classes of events");
    for (size_t f = 0; f < s->spec.n_files && !rc; f++) {
        file[f] = s->spec.file[f];
        if (file[f].events)
            rc = take_file(s, &model.card, &file[f], taken, err);
    }
    for (size_t j = 0; j < model.card.k && !rc; j++)
        if (model.card.attribute[j].attribute.computed && !taken[j])
            rc = lc_fail(
                err, LC_EMISMATCH,
                "%.100s: column '%.80s' is made of events, and no events file of the spec "
                "has that name before the point; give the file the name it had",
                lc_base_name(path), model.card.attribute[j].attribute.column);
    if (!rc)
        s->spec.file = file;
    return rc;
}
