/* fuzz_rows - rows stand on rising lines, add up, keep their caps, and are those that lc_load counts. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "leadcal/rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct counts {
    size_t seen, used, skipped, rejected;
};

static void check_place(const struct lc_row *row, size_t *line, size_t *byte, size_t n)
{
    assert(row->line > *line && row->byte >= *byte && (row->byte < n || n == 0));
    *line = row->line;
    *byte = row->byte;
}

static enum lc_rc walk(const char *path, const struct lc_reading *reading, bool packed,
                       size_t n, struct counts *c)
{
    const size_t cap = reading->caps.field_bytes ? reading->caps.field_bytes : MOST_FIELD_BYTES;
    struct lc_arena arena;
    struct lc_rows *rows;
    struct lc_row row;
    struct lc_err err;
    size_t line = 0, byte = 0, k;
    enum lc_rc rc;

    *c = (struct counts){0, 0, 0, 0};
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    rc = lc_rows_open(path, reading, &arena, &rows, &err);
    assert(rc == LC_OK || rc == LC_END || rc == LC_EFORMAT);
    if (!rc) {
        const struct lc_table_file *about = lc_rows_about(rows);

        (void)lc_rows_header(rows, &k);
        while (!(rc = lc_rows_next(rows, &row, &err))) {
            if (!packed)
                check_place(&row, &line, &byte, n);
            assert(row.kind || row.n == k);
            assert(row.column <= row.n + 1);
            for (size_t j = 0; j < row.n; j++)
                assert(row.field[j].n <= cap);
            c->seen++;
            c->used += !row.kind;
            c->skipped += row.skipped;
            c->rejected += row.kind && !row.skipped;
        }
        assert(rc == LC_END && about->rows_seen == c->seen && about->rows_used == c->used &&
               about->rows_skipped == c->skipped && about->rows_rejected == c->rejected);
        assert(c->used + c->skipped + c->rejected == c->seen);
        rc = LC_OK;
        lc_rows_free(rows);
    }
    lc_arena_release(&arena);
    return rc;
}

/* The loader turns the same rows away, however it reads them, and lists them all. */
static void load(const char *path, const struct lc_reading *reading, const struct counts *c)
{
    const struct lc_load_options options = {
        .reading = *reading, .max_bad = SIZE_MAX, .quiet = true, .list_all = true};
    struct lc_load_account account;
    struct lc_table table;
    struct lc_arena arena;
    struct lc_spec spec;
    struct lc_err err;

    lc_spec_init(&spec);
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    if (lc_load(&path, 1, &spec, &options, NULL, &arena, &table, &account, &err) == LC_OK) {
        assert(table.file->rows_used == c->used && table.file->rows_skipped == c->skipped &&
               table.file->rows_rejected == c->rejected && table.file->rows_seen == c->seen);
        assert(account.n_away == c->skipped + c->rejected);
    }
    lc_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const struct lc_reading readings[] = {
        {.delimiter = NULL},
        {.caps = {.field_bytes = 5, .field_lines = 1, .fields = 3, .row_bytes = 16}},
        {.header_rows = LC_NONE, .skip_footer = LC_NONE, .skip_rows = LC_NONE},
        {.fill_rows = true, .escape = "\\", .skip_footer = 1},
        {.quote = "", .delimiter = "::"},
        {.encoding = "UTF-16LE"},
    };
    const struct lc_reading *reading;
    const char *folder = getenv("TMPDIR");
    struct counts counts;
    char path[512];
    FILE *to;
    int fd;

    if (n == 0)
        return 0;
    reading = &readings[bytes[0] % 6];
    (void)snprintf(path, sizeof path, "%s/leadcal-fuzz-XXXXXX", folder ? folder : "/tmp");
    fd = mkstemp(path);
    to = fd < 0 ? NULL : fdopen(fd, "wb");
    assert(to && fwrite(bytes + 1, 1, n - 1, to) == n - 1 && fclose(to) == 0);
    if (walk(path, reading, n > 2 && bytes[1] == 0x1f, n - 1, &counts) == LC_OK)
        load(path, reading, &counts);
    (void)unlink(path);
    return 0;
}
