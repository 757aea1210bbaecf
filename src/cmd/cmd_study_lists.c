/* Lists of columns: a comma parts two names, unless it stands in a name. */
#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/csv_stream.h"

/* Does the header hold the name, as it stands or behind the prefix of its file? */
static bool in_record(const struct lc_csv_stream_record *header, const char *name)
{
    const struct lc_slice want = lc_slice_of(name);

    for (size_t j = 0; j < header->n; j++) {
        const struct lc_slice have = lc_slice_trim(header->field[j]);

        if (lc_slice_eq(have, want))
            return true;
        if (have.n < want.n && want.p[want.n - have.n - 1] == '.' &&
            memcmp(have.p, want.p + want.n - have.n, have.n) == 0)
            return true;
    }
    return false;
}

/* A file that cannot be read so, or is standard input, says no: lc_load will find the words. */
static bool in_header(const char *path, const struct lc_reading *reading, const char *name)
{
    struct lc_csv_stream *stream;
    struct lc_csv_stream_record header;
    struct lc_err err;
    bool found = false;
    FILE *in;

    if (strcmp(path, "-") == 0 || !(in = fopen(path, "rb")))
        return false;
    stream = lc_csv_stream_new(in, reading);
    if (stream && lc_csv_stream_next(stream, &header, &err) == LC_OK)
        found = in_record(&header, name);
    lc_csv_stream_free(stream);
    (void)fclose(in);
    return found;
}

static bool is_column(const void *study, const char *text)
{
    const struct cmd_study *s = study;
    const struct lc_reading reading = cmd_reading(&s->given.reading);

    if (!strchr(text, ','))
        return false; /* cutting changes nothing */
    for (size_t i = 0; i < s->n_paths; i++)
        if (in_header(s->path[i], &reading, text))
            return true;
    return false;
}

enum lc_rc cmd_study_lists(struct cmd_study *s, struct lc_err *err)
{
    enum lc_rc rc = cmd_split(&s->given.by, is_column, s, &s->arena, &s->by, err);

    if (!rc)
        rc = cmd_split(&s->given.engagement, is_column, s, &s->arena, &s->engagement, err);
    if (!rc)
        rc = cmd_split(&s->given.merge, is_column, s, &s->arena, &s->merge, err);
    if (!rc && s->given.sets.n)
        rc = cmd_split(&s->given.sets, is_column, s, &s->arena, &s->spec.sets, err);
    if (!rc && s->given.ignore.n)
        rc = cmd_split(&s->given.ignore, is_column, s, &s->arena, &s->spec.ignore, err);
    if (!rc && s->given.audit.n)
        rc = cmd_split(&s->given.audit, is_column, s, &s->arena, &s->spec.audit, err);
    if (!rc && s->audit)
        rc = cmd_split(&s->audit->allow, is_column, s, &s->arena, &s->spec.allow, err);
    return rc;
}
