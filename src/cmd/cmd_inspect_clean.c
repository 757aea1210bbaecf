/* inspect --clean: what was read, for those who want to check the reader from outside. */
#include "cmd_inspect_clean.h"

#include <errno.h>
#include <string.h>

#include "cmd_csv_out.h"
#include "cmd_reject.h"
#include "leadcal/io.h"
#include "leadcal/rows.h"

#define MOST_NOTED 20 /* rows turned away that are named on standard error */

struct clean {
    const struct cmd_clean *set;
    const char *path;
    struct cmd_csv_out out;
    struct lc_arena *arena;
    struct lc_frame rejects;
    size_t noted;
};

static void put(struct clean *c, const struct lc_slice *field, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        if (n == 1 && field[j].n == 0)
            cmd_csv_out_empty(&c->out); /* else it would be an empty line */
        else
            cmd_csv_out_field(&c->out, field[j], j == 0);
    }
    cmd_csv_out_end_row(&c->out);
}

/* Counts of rows are told at the end; the first rows turned away are named. */
static enum lc_rc tell(struct clean *c, const struct lc_row *row, struct lc_err *err)
{
    const struct lc_away away = {.line = row->line,
                                 .byte = row->byte,
                                 .column = row->column,
                                 .fields = row->n,
                                 .kind = row->kind,
                                 .skipped = row->skipped};

    if (!row->skipped && c->noted++ < MOST_NOTED)
        cmd_note(c->set->quiet, "%s:%zu: %s", lc_base_name(c->path), row->line, row->text);
    return c->set->reject ? cmd_reject_add(&c->rejects, c->path, &away, err) : LC_OK;
}

static enum lc_rc copy_rows(struct clean *c, struct lc_rows *rows, struct lc_err *err)
{
    struct lc_row row;
    size_t n;
    const struct lc_slice *header = lc_rows_header(rows, &n);
    enum lc_rc rc;

    if (header)
        put(c, header, n);
    while (!(rc = lc_rows_next(rows, &row, err))) {
        if (!row.skipped)
            put(c, row.field, row.n);
        if (row.kind && (rc = tell(c, &row, err)))
            break;
    }
    return rc == LC_END ? LC_OK : rc;
}

static enum lc_rc write_failed(struct lc_err *err)
{
    return lc_fail(err, LC_EIO, "the output cannot be written: %s",
                   strerror(errno ? errno : EIO));
}

/* rows: NULL where the file is empty. */
static enum lc_rc copy(struct clean *c, struct lc_rows *rows, struct lc_err *err)
{
    struct lc_file_out file = {0};
    const bool to_stdout = strcmp(c->set->clean, "-") == 0;
    enum lc_rc rc =
        to_stdout ? LC_OK : lc_file_out_open(&file, c->set->clean, c->set->force, err);

    if (rc)
        return rc;
    errno = 0;
    if (!cmd_csv_out_open(&c->out, to_stdout ? stdout : file.to, ','))
        rc = lc_fail_memory(err, "writing");
    c->out.crlf = true;
    if (!rc && rows)
        rc = copy_rows(c, rows, err);
    if (!rc && !cmd_csv_out_flush(&c->out))
        rc = write_failed(err);
    cmd_csv_out_close(&c->out);
    if (!rc && !to_stdout)
        rc = lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    return rc;
}

static void note_all(const struct clean *c, const struct lc_rows *rows)
{
    const struct lc_table_file *about = lc_rows_about(rows);
    const struct lc_load_account *account = lc_rows_account(rows);

    cmd_note(c->set->quiet, "%s: %zu rows used, %zu skipped, %zu rejected",
             lc_base_name(c->path), about->rows_used, about->rows_skipped,
             about->rows_rejected);
    for (size_t i = 0; i < account->n_notes; i++)
        cmd_note(c->set->quiet, "%s", account->note[i]);
}

static enum lc_rc run(struct clean *c, struct lc_err *err)
{
    static const struct lc_load_account nothing = {.n_notes = 0};
    struct lc_rows *rows = NULL;
    enum lc_rc rc = lc_rows_open(c->path, &c->set->reading, c->arena, &rows, err);

    if (rc && rc != LC_END)
        return rc;
    if (rc == LC_END)
        cmd_note(c->set->quiet, "%s: is empty", lc_base_name(c->path));
    rc = copy(c, rows, err);
    if (!rc && rows)
        note_all(c, rows);
    if (!rc && c->set->reject) {
        rc = cmd_reject_notes(&c->rejects, rows ? lc_rows_account(rows) : &nothing, err);
        if (!rc)
            rc = cmd_reject_write(&c->rejects, c->set->reject, c->set->force, err);
    }
    lc_rows_free(rows);
    return rc;
}

enum lc_rc cmd_inspect_clean(const struct cmd_clean *set, const char *path, struct lc_err *err)
{
    struct lc_arena arena;
    struct clean c = {.set = set, .path = path, .arena = &arena};
    enum lc_rc rc;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    cmd_reject_frame(&c.rejects, &arena);
    rc = run(&c, err);
    lc_arena_release(&arena);
    return rc;
}
