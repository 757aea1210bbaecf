/* The first reading of a score column: how its numbers are written. */
#include <errno.h>
#include <string.h>

#include "cmd_score.h"

#define BLOCK_BYTES 65536

static enum lc_rc spool_failed(struct lc_err *err)
{
    return lc_fail(err, LC_EIO,
                   "a score column is read twice, and there is no room for a copy: %s",
                   strerror(errno ? errno : EIO));
}

/* A pipe as a file. */
static enum lc_rc make_seekable(FILE **in, struct lc_err *err)
{
    char block[BLOCK_BYTES];
    FILE *copy;
    size_t n;

    if (fseek(*in, 0, SEEK_CUR) == 0)
        return LC_OK;
    errno = 0;
    copy = tmpfile();
    if (!copy)
        return spool_failed(err);
    while ((n = fread(block, 1, sizeof block, *in)) > 0)
        if (fwrite(block, 1, n, copy) != n)
            break;
    if (ferror(*in) || ferror(copy) || fseek(copy, 0, SEEK_SET) != 0) {
        (void)fclose(copy);
        return spool_failed(err);
    }
    if (*in != stdin)
        (void)fclose(*in);
    *in = copy;
    return LC_OK;
}

static enum lc_rc bind(const struct lc_csv_stream_record *header, const char *column,
                       struct lc_arena *arena, struct lc_scorer **scorer, struct lc_err *err)
{
    const char **name = LC_NEW(arena, header->n, const char *);

    for (size_t j = 0; name && j < header->n; j++)
        if (!(name[j] = lc_arena_text(arena, lc_slice_trim(header->field[j]))))
            return lc_fail_memory(err, "the header");
    if (!name)
        return lc_fail_memory(err, "the header");
    return lc_scorer_column(column, name, header->n, arena, scorer, err);
}

enum lc_rc cmd_score_vote(FILE **in, const struct lc_reading *reading, const char *column,
                          struct lc_arena *arena, struct lc_scorer **scorer, struct lc_err *err)
{
    enum lc_rc rc = make_seekable(in, err);
    struct lc_csv_stream_record record;
    struct lc_csv_stream *s;
    size_t width;

    if (rc)
        return rc;
    s = lc_csv_stream_new(*in, reading);
    if (!s)
        return lc_fail_memory(err, "reading");
    rc = lc_csv_stream_next(s, &record, err);
    if (rc == LC_END)
        rc = lc_fail(err, LC_EFORMAT, "the file is empty; export it again with its header");
    width = rc ? 0 : record.n;
    if (!rc)
        rc = bind(&record, column, arena, scorer, err);
    while (!rc && (rc = lc_csv_stream_next(s, &record, err)) == LC_OK)
        if (!record.fault && record.n == width)
            lc_scorer_vote(*scorer, record.field, record.n);
    if (rc == LC_END)
        rc = lc_scorer_decide(*scorer, err);
    lc_csv_stream_free(s);
    if (!rc && fseek(*in, 0, SEEK_SET) != 0)
        rc = spool_failed(err);
    return rc;
}
