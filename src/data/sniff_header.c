/* Which of the first records are titles, which are names of columns, and which are data. */
#include <stdlib.h>

#include "leadcal/date.h"
#include "leadcal/hash.h"
#include "leadcal/num.h"
#include "sniff_internal.h"

#define LOOK_ROWS   64  /* records looked at */
#define LOOK_CELLS  256 /* of each; wider tables are judged by these */
#define MOST_HEADER 4   /* rows of names */
#define LEAST_WIDTH 3   /* cells of a record, for a narrower line before it to be a title */
#define LEAST_TYPED 2   /* columns of values that show a second row to be names */
#define LEAST_ALIKE 2   /* rows of another table */
#define MOST_OTHERS 10  /* one row in so many of it may have another width */
#define MOST_NAME   100 /* bytes; what is longer is a text and names no column */
#define FIRST_YEAR  1900
#define LAST_YEAR   2100

enum content { CELL_EMPTY, CELL_WORD, CELL_YEAR, CELL_VALUE };

struct row {
    size_t at, width, filled, values;
    bool wordy;                /* a cell is longer than names are */
    uint8_t cell[LOOK_CELLS];  /* enum content */
    uint64_t text[LOOK_CELLS]; /* a hash of it */
};

struct rows {
    size_t n;
    struct row row[LOOK_ROWS];
};

static enum content look(struct lc_slice cell)
{
    double x;

    if (cell.n == 0)
        return CELL_EMPTY;
    if (lc_real_parse(cell, &x))
        return cell.n == 4 && x >= FIRST_YEAR && x <= LAST_YEAR ? CELL_YEAR : CELL_VALUE;
    return lc_date_look(cell).is_date ? CELL_VALUE : CELL_WORD;
}

static void look_row(const struct lc_csv_record *record, struct row *row)
{
    *row = (struct row){.at = record->at, .width = record->n};
    for (size_t j = 0; j < record->n; j++) {
        const struct lc_slice cell = lc_slice_trim(record->field[j]);
        const enum content content = look(cell);

        row->filled += content != CELL_EMPTY;
        row->wordy |= record->field[j].n > MOST_NAME;
        row->values += content >= CELL_YEAR;
        if (j < LOOK_CELLS) {
            row->cell[j] = (uint8_t)content;
            row->text[j] = lc_hash_bytes(cell.p, cell.n);
        }
    }
}

static enum lc_rc look_rows(struct lc_slice text, const struct lc_dialect *dialect,
                            struct rows *rows, struct lc_err *err)
{
    struct lc_csv *c = lc_csv_new(text, *dialect);
    struct lc_csv_record record;
    enum lc_rc rc = LC_OK;

    if (!c)
        return lc_fail_memory(err, "the CSV reader");
    while (rows->n < LOOK_ROWS && !(rc = lc_csv_next(c, &record, err)))
        if (record.n)
            look_row(&record, &rows->row[rows->n++]);
    lc_csv_free(c);
    return rc == LC_ENOMEM ? rc : LC_OK;
}

/* Could these be the names of columns? */
static bool could_be_names(const struct row *row)
{
    return row->filled == row->width && row->values == 0 && !row->wordy;
}

size_t lc_sniff_table(struct lc_slice text, size_t body, const struct lc_dialect *dialect,
                      size_t k, size_t most)
{
    const struct lc_slice rest = {text.p + body, text.n - body};
    struct lc_dialect careful = *dialect;
    size_t at = text.n, width = 0, alike = 0, others = 0;
    struct lc_csv_record record;
    struct lc_err err;
    struct lc_csv *c;
    struct row row;

    careful.careful = true;
    c = lc_csv_new(rest, careful);
    while (c && lc_csv_next(c, &record, &err) == LC_OK) {
        const bool own = record.n >= k && record.n <= most;

        if (record.n == 0)
            continue;
        alike += width && record.n == width;
        others += width && record.n != width;
        if (width && (own || others > MOST_OTHERS + alike / MOST_OTHERS))
            width = 0;
        if (width || own || record.n < 2)
            continue;
        look_row(&record, &row);
        if (!could_be_names(&row))
            continue;
        at = body + record.at;
        width = record.n;
        alike = others = 0;
    }
    lc_csv_free(c);
    return width && alike >= LEAST_ALIKE && others * MOST_OTHERS <= alike ? at : text.n;
}

/* A line before a table of `usual` cells a row: narrow, or of one or two filled cells. */
static bool is_title(const struct row *row, size_t usual)
{
    return 2 * row->width <= usual || (row->filled <= 2 && 2 * row->filled <= usual);
}

/* The record that is the header: 0, or the first full one behind a few titles. */
static size_t find_header(const struct rows *rows, size_t usual)
{
    size_t i = 0;

    if (usual < LEAST_WIDTH)
        return 0;
    while (i < rows->n && i <= MOST_PREAMBLE && is_title(&rows->row[i], usual))
        i++;
    if (i == 0 || i == rows->n || i > MOST_PREAMBLE || rows->row[i].width != usual)
        return 0;
    return could_be_names(&rows->row[i]) ? i : 0;
}

static enum content cell_of(const struct row *row, size_t j)
{
    return j < row->width && j < LOOK_CELLS ? (enum content)row->cell[j] : CELL_EMPTY;
}

/* Do all rows from `from` on have numbers or dates in column j, as far as they have anything? */
static bool is_typed(const struct rows *rows, size_t from, size_t j)
{
    size_t filled = 0;

    for (size_t i = from; i < rows->n; i++) {
        const enum content content = cell_of(&rows->row[i], j);

        if (content == CELL_WORD)
            return false;
        filled += content != CELL_EMPTY;
    }
    return filled >= 2;
}

/* Of the columns typed from row `from` on, how many have one of two contents in row i? */
static size_t count_typed(const struct rows *rows, size_t from, size_t i, enum content low,
                          enum content high, size_t *typed)
{
    size_t n = 0;

    *typed = 0;
    for (size_t j = 0; j < rows->row[i].width && j < LOOK_CELLS; j++) {
        const enum content content = cell_of(&rows->row[i], j);

        if (!is_typed(rows, from, j))
            continue;
        ++*typed;
        n += content >= low && content <= high;
    }
    return n;
}

static bool is_data(const struct rows *rows, size_t i)
{
    const struct row *row = &rows->row[i];
    size_t typed;

    if (row->filled && row->values == row->filled)
        return true;
    return count_typed(rows, i + 1, i, CELL_VALUE, CELL_VALUE, &typed) == typed && typed;
}

/* Stands a word of row i in its column again, from row `from` on? Names do not. */
static bool comes_again(const struct rows *rows, size_t i, size_t from)
{
    const struct row *row = &rows->row[i];

    for (size_t r = from; r < rows->n; r++)
        for (size_t j = 0; j < row->width && j < LOOK_CELLS; j++)
            if (cell_of(row, j) == CELL_WORD && cell_of(&rows->row[r], j) == CELL_WORD &&
                row->text[j] == rows->row[r].text[j])
                return true;
    return false;
}

/* Have rows i to i + n - 1 words in all columns that are typed behind them? The first may have
 * empty cells there, as a heading over several columns has. */
static bool are_names(const struct rows *rows, size_t i, size_t n)
{
    size_t typed = 0;

    for (size_t r = i; r < i + n; r++) {
        const enum content low = r == i ? CELL_EMPTY : CELL_WORD;

        if (rows->row[r].width != rows->row[i].width || (r > i && rows->row[r].values) ||
            count_typed(rows, i + n, r, low, CELL_WORD, &typed) < typed ||
            (r > i && comes_again(rows, r, i + n)))
            return false;
    }
    return typed >= LEAST_TYPED;
}

/* Rows that name the columns, the first of them being row i. */
static size_t count_header(const struct rows *rows, size_t i)
{
    size_t n = rows->n - i < MOST_HEADER ? rows->n - i : MOST_HEADER;

    if (is_data(rows, i))
        return 0;
    while (n > 1 && !are_names(rows, i, n))
        n--;
    return n;
}

/* The empty cells that most rows have behind the header's last. */
static size_t find_surplus(const struct rows *rows, size_t i, size_t usual)
{
    const size_t width = rows->row[i].width;
    size_t alike = 0;

    if (usual <= width || usual > LOOK_CELLS)
        return 0;
    for (size_t r = i + 1; r < rows->n; r++) {
        if (rows->row[r].width != usual)
            continue;
        alike++;
        for (size_t j = width; j < usual; j++)
            if (rows->row[r].cell[j] != CELL_EMPTY)
                return 0;
    }
    return 2 * alike >= rows->n - i - 1 ? usual - width : 0;
}

/* The byte behind so many lines. */
static size_t pass_lines(struct lc_slice text, int64_t lines)
{
    size_t i = 0;

    for (; lines > 0 && i < text.n; lines--) {
        while (i < text.n && text.p[i] != '\n' && text.p[i] != '\r')
            i++;
        i += i < text.n && text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n';
        i += i < text.n;
    }
    return i;
}

enum lc_rc lc_sniff_header(struct lc_slice text, const struct lc_reading *reading,
                           struct lc_sniff *s, struct lc_err *err)
{
    const size_t skip = pass_lines(text, reading->skip_rows);
    const struct lc_slice rest = {text.p + skip, text.n - skip};
    struct rows *rows = calloc(1, sizeof *rows);
    enum lc_rc rc = LC_OK;
    size_t i = 0;

    if (!rows)
        return lc_fail_memory(err, "looking at a file");
    rc = look_rows(rest, &s->dialect, rows, err);
    if (!rc && rows->n == 0)
        rc = lc_fail(err, LC_EFORMAT,
                     "is empty behind the lines to skip; is --skip-rows right?");
    if (!rc) {
        if (reading->skip_rows == 0)
            i = find_header(rows, s->width);
        s->header = skip + rows->row[i].at;
        s->header_rows = reading->header_rows == LC_NONE ? 0
                         : reading->header_rows          ? (size_t)reading->header_rows
                                                         : count_header(rows, i);
        s->surplus = s->header_rows ? find_surplus(rows, i, s->width) : 0;
    }
    free(rows);
    return rc;
}
