/* A spec table as rows: what a spreadsheet made of the file is taken off here. */
#include <stdio.h>
#include <string.h>

#include "leadcal/csv_stream.h"
#include "leadcal/encoding.h"
#include "spec_table_internal.h"

/* ---- the header ---- */

/* Where each column of the table stands in the records; SIZE_MAX: nowhere. */
struct header {
    size_t at[LC_SHEET_COLUMNS];
};

static void refuse_header(struct lc_sheet *s, size_t line)
{
    if (!s->rc)
        s->rc = lc_fail(s->err, LC_EFORMAT,
                        "%s:%zu: is no spec: neither JSON, which begins with {, nor a table "
                        "whose first line has the columns what, name, value and use",
                        s->path, line);
}

static void refuse_column(struct lc_sheet *s, size_t line, struct lc_slice cell)
{
    char plain[LC_WORD_TEXT];
    const char *near;

    if (s->rc)
        return;
    lc_sheet_plain(cell, plain);
    near = lc_nearest(plain, lc_sheet_column, LC_SHEET_COLUMNS);
    if (near && strcmp(near, plain) == 0)
        s->rc = lc_fail(s->err, LC_EFORMAT, "%s:%zu: two columns have the name '%s'; keep one",
                        s->path, line, plain);
    else if (near)
        s->rc = lc_fail(s->err, LC_EFORMAT, "%s:%zu: unknown column '%s'; did you mean '%s'?",
                        s->path, line, plain, near);
    else
        s->rc = lc_fail(s->err, LC_EFORMAT,
                        "%s:%zu: unknown column '%s'; known are what, name, value, use, role, "
                        "known, cuts, note; write remarks under note",
                        s->path, line, plain);
}

/* The column that a cell of the header names; LC_SHEET_COLUMNS: none. */
static size_t column_of(struct lc_slice cell)
{
    char plain[LC_WORD_TEXT];
    size_t k = 0;

    lc_sheet_plain(cell, plain);
    while (k < LC_SHEET_COLUMNS && strcmp(plain, lc_sheet_column[k]) != 0)
        k++;
    return k;
}

/* A name that is none of ours, or stands twice. */
static void check_header(struct lc_sheet *s, const struct lc_csv_stream_record *r,
                         const struct header *h)
{
    for (size_t j = 0; j < r->n; j++) {
        const size_t k = column_of(r->field[j]);

        if (lc_slice_trim(r->field[j]).n && (k == LC_SHEET_COLUMNS || h->at[k] != j))
            refuse_column(s, r->line, r->field[j]);
    }
}

static void read_header(struct lc_sheet *s, const struct lc_csv_stream_record *r,
                        struct header *h)
{
    size_t known = 0;

    for (size_t k = 0; k < LC_SHEET_COLUMNS; k++)
        h->at[k] = SIZE_MAX;
    for (size_t j = 0; j < r->n; j++) {
        const size_t k = column_of(r->field[j]);

        if (k < LC_SHEET_COLUMNS && h->at[k] == SIZE_MAX) {
            h->at[k] = j;
            known++;
        }
    }
    /* Only a table that is ours beyond doubt is told what is wrong with its columns. */
    if (h->at[LC_SHEET_WHAT] != SIZE_MAX && known > LC_SHEET_USE)
        check_header(s, r, h);
    for (size_t k = 0; k <= LC_SHEET_USE; k++)
        if (h->at[k] == SIZE_MAX)
            refuse_header(s, r->line);
}

/* ---- rows ---- */

static bool is_empty(const struct lc_csv_stream_record *r)
{
    for (size_t j = 0; j < r->n; j++)
        if (lc_slice_trim(r->field[j]).n)
            return false;
    return true;
}

/* One cell as a text without the apostrophe that was put before it. Blanks at its ends are no part
 * of a name or a value: the loader takes them off there, too. */
static const char *cell_text(struct lc_sheet *s, const struct lc_csv_stream_record *r,
                             const struct header *h, enum lc_sheet_column column)
{
    const size_t at = h->at[column];
    const struct lc_slice cell = at < r->n ? r->field[at] : (struct lc_slice){"", 0};
    const struct lc_slice bare = lc_slice_trim(lc_sheet_bare(lc_slice_trim(cell)));
    const char *text = s->rc ? NULL : lc_arena_text(s->arena, bare);

    if (!text && !s->rc)
        s->rc = lc_fail_memory(s->err, s->path);
    for (const char *p = text ? text : ""; *p; p++)
        if ((unsigned char)*p < 0x20 && !strchr("\t\r\n\f", *p))
            lc_sheet_refuse(s, r->line, column, "holds a control character; delete it");
    return text ? text : "";
}

/* Several words of one row stand behind commas or semicolons. */
static uint64_t read_uses(struct lc_sheet *s, size_t line, enum lc_sheet_kind kind,
                          const char *text)
{
    const char *word[LC_USES];
    size_t use[LC_USES], n = 0;
    uint64_t uses = 0;

    for (size_t u = 0; u < LC_USES; u++)
        if (lc_use_word[u].kind == kind) {
            use[n] = u;
            word[n++] = lc_use_word[u].word;
        }
    while (*text && !s->rc) {
        const size_t length = strcspn(text, ",;");
        const struct lc_slice piece = lc_slice_trim((struct lc_slice){text, length});
        const char *one = lc_arena_text(s->arena, piece);

        if (!one)
            s->rc = lc_fail_memory(s->err, s->path);
        else if (*one && n == 0)
            lc_sheet_refuse(s, line, LC_SHEET_USE, "a row of kind '%s' has no use; empty it",
                            lc_sheet_kind[kind]);
        else if (*one)
            uses |= LC_USE_BIT(use[lc_sheet_word(s, line, LC_SHEET_USE, one, word, n)]);
        text += length + (text[length] != '\0');
    }
    return uses;
}

/* "same as GTX Pro": what a value is read as; the rest may hold commas. NULL: it says something else. */
static const char *read_same(enum lc_sheet_kind kind, const char *text)
{
    const size_t n = strlen(LC_SAME_AS);

    if (kind != LC_SHEET_OF_VALUE || strlen(text) < n ||
        !lc_slice_eq_nocase((struct lc_slice){text, n}, lc_slice_of(LC_SAME_AS)))
        return NULL;
    return text + n + strspn(text + n, " ");
}

/* A value or a file has one use in a row, so that nobody wonders which its value is for. */
static void check_uses(struct lc_sheet *s, const struct lc_sheet_row *row)
{
    static const char rule[] =
        "a rule has free mail, competitor, junk, territory, test, customer; "
        "its values have listed, inside, outside, list file";
    static const char *const empty[LC_SHEET_KINDS] = {
        [LC_SHEET_OF_FILE] =
            "a file has match, key, join, created, list, by, twice, won if in, event time, change time",
        [LC_SHEET_OF_CELL] = "a cell has hand over, lane, action, sla hours",
        [LC_SHEET_OF_CLASS] = "a class of events has word, decay",
        [LC_SHEET_OF_RULE] = rule,
    };
    const bool several = (row->uses & (row->uses - 1)) != 0;

    if (several && row->kind != LC_SHEET_OF_COLUMN && row->kind != LC_SHEET_OF_VALUE)
        lc_sheet_refuse(s, row->line, LC_SHEET_USE, "has two uses; write a row for each");
    if (!row->uses && empty[row->kind])
        lc_sheet_refuse(s, row->line, LC_SHEET_USE, "is empty; %s", empty[row->kind]);
    if (row->uses && !*row->name && row->kind == LC_SHEET_OF_COLUMN)
        lc_sheet_refuse(s, row->line, LC_SHEET_NAME,
                        "is empty; name a column, or empty its use");
}

static void read_row(struct lc_sheet *s, const struct lc_csv_stream_record *r,
                     const struct header *h)
{
    struct lc_sheet_row row = {.line = r->line};
    const char *cell[LC_SHEET_COLUMNS];

    for (size_t k = 0; k < LC_SHEET_NOTE; k++)
        cell[k] = cell_text(s, r, h, (enum lc_sheet_column)k);
    if (!s->rc)
        row.kind = (enum lc_sheet_kind)lc_sheet_word(
            s, r->line, LC_SHEET_WHAT, cell[LC_SHEET_WHAT], lc_sheet_kind, LC_SHEET_KINDS);
    row.same = s->rc ? NULL : read_same(row.kind, cell[LC_SHEET_USE]);
    if (!row.same)
        row.uses = read_uses(s, r->line, row.kind, cell[LC_SHEET_USE]);
    row.name = cell[LC_SHEET_NAME];
    row.value = cell[LC_SHEET_VALUE];
    row.role = cell[LC_SHEET_ROLE];
    row.known = cell[LC_SHEET_KNOWN];
    row.cuts = cell[LC_SHEET_CUTS];
    check_uses(s, &row);
    if (s->n == s->room) {
        const size_t room = s->room ? 2 * s->room : 64;
        struct lc_sheet_row *wider = lc_sheet_room(s, room, sizeof *wider);

        if (wider && s->n)
            memcpy(wider, s->row, s->n * sizeof *wider);
        s->row = wider;
        s->room = room;
    }
    if (!s->rc)
        s->row[s->n++] = row;
}

/* Cells of a row beyond the header must be empty: an unquoted comma would shift what follows it. */
static void check_width(struct lc_sheet *s, const struct lc_csv_stream_record *r, size_t width)
{
    for (size_t j = width; j < r->n; j++)
        if (lc_slice_trim(r->field[j]).n && !s->rc)
            s->rc = lc_fail(s->err, LC_EFORMAT,
                            "%s:%zu: has %zu cells where the first line has %zu; put quotes "
                            "around a text with the delimiter in it",
                            s->path, r->line, j + 1, width);
}

static void read_records(struct lc_sheet *s, struct lc_csv_stream *stream)
{
    struct lc_csv_stream_record r;
    struct header header;
    size_t width = 0;
    enum lc_rc rc = LC_OK;

    while (!s->rc && (rc = lc_csv_stream_next(stream, &r, s->err)) == LC_OK) {
        if (is_empty(&r))
            continue;
        if (!width) {
            read_header(s, &r, &header);
            width = r.n;
            continue;
        }
        check_width(s, &r, width);
        read_row(s, &r, &header);
    }
    if (!s->rc && rc && rc != LC_END)
        s->rc = lc_fail_in(s->err, s->path);
    if (!width)
        refuse_header(s, 1);
}

void lc_sheet_rows(struct lc_sheet *s, struct lc_slice text)
{
    struct lc_decoded decoded;
    struct lc_csv_stream *stream;
    char *bytes; /* fmemopen takes what it could write to */
    FILE *in;

    s->rc = lc_decode(text, NULL, NULL, s->arena, &decoded, s->err);
    if (s->rc == LC_EFORMAT)
        s->rc = lc_fail_in(s->err, s->path);
    if (s->rc)
        return;
    if (!decoded.text.n) {
        refuse_header(s, 1);
        return;
    }
    bytes = lc_arena_text(s->arena, decoded.text);
    in = bytes ? fmemopen(bytes, decoded.text.n, "r") : NULL;
    stream = in ? lc_csv_stream_new(in, NULL) : NULL;
    if (stream)
        read_records(s, stream);
    else
        s->rc = lc_fail_memory(s->err, s->path);
    lc_csv_stream_free(stream);
    if (in)
        (void)fclose(in);
}
