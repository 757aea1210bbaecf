/* The export of leads with columns computed from events, for score, exports and anybody else. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmd_csv_out.h"
#include "cmd_events.h"
#include "leadcal/io.h"
#include "leadcal/rows.h"

static enum lc_rc write_failed(struct lc_err *err)
{
    return lc_fail(err, LC_EIO, "the output cannot be written: %s",
                   strerror(errno ? errno : EIO));
}

/* The columns that the table adds: their names, or their cells in a row. */
static void put_added(struct cmd_csv_out *out, const struct lc_table *t, size_t row, bool names)
{
    for (size_t j = 0; j < t->k; j++) {
        const struct lc_table_column *c = &t->column[j];
        const char *text = names ? c->codes.name : NULL;

        if (!c->computed)
            continue;
        if (!names && c->kind != LC_KIND_EMPTY)
            text = lc_table_cell(c, row);
        cmd_csv_out_field(out, lc_slice_of(text ? text : ""), false);
    }
    cmd_csv_out_end_row(out);
}

/* A file without a header has the names that the loader gives. */
static void put_names(struct cmd_csv_out *out, const struct lc_table *t,
                      const struct lc_slice *name, size_t n)
{
    char made[32];

    for (size_t j = 0; j < n; j++) {
        (void)snprintf(made, sizeof made, "column_%zu", j + 1);
        cmd_csv_out_field(out, name && name[j].n ? name[j] : lc_slice_of(made), j == 0);
    }
    put_added(out, t, 0, true);
}

/* The rows that the table was made of, in its order. */
static enum lc_rc copy_rows(const struct cmd_study *s, struct lc_rows *rows,
                            struct cmd_csv_out *out, struct lc_err *err)
{
    const struct lc_table *t = &s->table;
    const struct lc_slice *name;
    struct lc_row row;
    size_t i = 0, width;
    enum lc_rc rc;

    name = lc_rows_header(rows, &width);
    if (name)
        put_names(out, t, name, width);
    while ((rc = lc_rows_next(rows, &row, err)) == LC_OK) {
        if (row.kind)
            continue;
        if (i == t->n)
            break;
        if (!name && i == 0)
            put_names(out, t, NULL, row.n);
        for (size_t j = 0; j < row.n; j++)
            cmd_csv_out_field(out, row.field[j], j == 0);
        put_added(out, t, i++, false);
    }
    if (rc && rc != LC_END)
        return rc;
    if (rc != LC_END || i != t->n)
        return lc_fail(err, LC_EMISMATCH, "%.160s: has changed since it was read; run again",
                       lc_base_name(t->file[0].path));
    return cmd_csv_out_flush(out) ? LC_OK : write_failed(err);
}

enum lc_rc cmd_events_flat(struct cmd_study *s, const char *path, bool force,
                           struct lc_err *err)
{
    const struct lc_reading reading = cmd_reading(&s->given.reading);
    const char *leads = s->table.file[0].path;
    struct cmd_csv_out out = {0};
    struct lc_file_out file = {0};
    struct lc_rows *rows = NULL;
    enum lc_rc rc;

    if (strcmp(leads, "-") == 0)
        return lc_fail(err, LC_EMISMATCH,
                       "standard input cannot be read again for the flat file; name a file");
    if (s->spec.unit)
        return lc_fail(
            err, LC_EMISMATCH,
            "the spec has a \"unit\", so the flat file would not have the rows of the "
            "export; leadcal units writes one");
    if (s->spec.unique)
        return lc_fail(
            err, LC_EMISMATCH,
            "rows of one lead are merged (\"unique\"), so the flat file would not have "
            "the rows of the export; merge them in the export first");
    rc = lc_rows_open(leads, &reading, &s->arena, &rows, err);
    if (rc == LC_END)
        rc = lc_fail(err, LC_EMISMATCH, "%.160s: is empty now", leads);
    if (!rc)
        rc = lc_file_out_open(&file, path, force, err);
    if (!rc && !cmd_csv_out_open(&out, file.to, ','))
        rc = lc_fail_memory(err, "writing");
    if (!rc)
        rc = copy_rows(s, rows, &out, err);
    if (!rc)
        rc = lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    cmd_csv_out_close(&out);
    lc_rows_free(rows);
    return rc;
}
