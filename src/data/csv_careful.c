/* Rows with quotes that are not in order, escapes, or delimiters of several bytes. */
#include <stdlib.h>
#include <string.h>

#include "csv_internal.h"

#define FIRST_ROOM 256

/* Where a cell stands in the text. */
struct cell {
    size_t from, to; /* its bytes, with doubled and escaped ones still so */
    size_t next;     /* the delimiter or line end behind it */
    bool quoted;
    enum lc_csv_fault fault;
};

struct lc_csv_caps lc_csv_caps(const struct lc_dialect *dialect)
{
    struct lc_csv_caps caps = dialect->caps;

    caps.field_bytes = caps.field_bytes ? caps.field_bytes : MOST_FIELD_BYTES;
    caps.field_lines = caps.field_lines ? caps.field_lines : MOST_FIELD_LINES;
    caps.fields = caps.fields ? caps.fields : MOST_FIELDS;
    caps.row_bytes = caps.row_bytes ? caps.row_bytes : MOST_ROW_BYTES;
    return caps;
}

bool lc_csv_is_careful(const struct lc_dialect *dialect)
{
    return dialect->careful || dialect->strict || dialect->escape || dialect->more[0] ||
           !dialect->quote;
}

void lc_careful_init(struct lc_careful *c, struct lc_slice text,
                     const struct lc_dialect *dialect)
{
    *c = (struct lc_careful){.text = text,
                             .dialect = *dialect,
                             .caps = lc_csv_caps(dialect),
                             .delimiter_n = 1 + strlen(dialect->more)};
}

void lc_careful_release(struct lc_careful *c)
{
    free(c->bytes);
    c->bytes = NULL;
    c->room = 0;
}

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_gap(const struct lc_careful *c, size_t i)
{
    const char byte = c->text.p[i];

    return (byte == ' ' || byte == '\t') && byte != c->dialect.delimiter;
}

static bool is_delimiter(const struct lc_careful *c, size_t i)
{
    return c->text.p[i] == c->dialect.delimiter &&
           (c->delimiter_n == 1 ||
            (c->text.n - i >= c->delimiter_n &&
             memcmp(c->text.p + i + 1, c->dialect.more, c->delimiter_n - 1) == 0));
}

static size_t pass_gaps(const struct lc_careful *c, size_t i)
{
    while (i < c->text.n && is_gap(c, i))
        i++;
    return i;
}

/* Does a cell end here, or behind blanks? */
static bool ends_cell(const struct lc_careful *c, size_t i, size_t *next)
{
    *next = pass_gaps(c, i);
    return *next == c->text.n || is_end(c->text.p[*next]) || is_delimiter(c, *next);
}

/* Does a cell begin at this byte? */
static bool begins_cell(const struct lc_careful *c, size_t i)
{
    return i == 0 || is_end(c->text.p[i - 1]) ||
           (i >= c->delimiter_n && is_delimiter(c, i - c->delimiter_n));
}

static bool is_quote(const struct lc_careful *c, size_t i)
{
    return c->dialect.quote && i < c->text.n && c->text.p[i] == c->dialect.quote;
}

/* Does this byte make the one behind it a letter? */
static bool escapes(const struct lc_careful *c, size_t i, bool quoted)
{
    if (!c->dialect.escape || c->text.p[i] != c->dialect.escape || i + 1 == c->text.n)
        return false;
    return is_quote(c, i + 1) || c->text.p[i + 1] == c->dialect.escape ||
           (!quoted && is_delimiter(c, i + 1));
}

static bool ends_line(struct lc_slice text, size_t i)
{
    return text.p[i] == '\n' ||
           (text.p[i] == '\r' && (i + 1 == text.n || text.p[i + 1] != '\n'));
}

/* What a look at a quoted cell has found so far. */
struct look {
    size_t open, at;       /* the opening quote; the byte at hand */
    size_t lines, dropped; /* line ends; bytes that only double or escape */
    size_t doubled;        /* the first doubled quote before a delimiter or line end; 0: none */
};

/* One byte further, or several; sets `quoted` where the end is found. False: a quote that is
 * neither doubled nor at the end shows that something is wrong with the cell. */
static bool pass_byte(const struct lc_careful *c, struct look *l, struct cell *cell)
{
    size_t next;

    if (escapes(c, l->at, true)) {
        l->dropped++;
        l->at += 2;
    } else if (!is_quote(c, l->at)) {
        l->lines += ends_line(c->text, l->at++);
    } else if (is_quote(c, l->at + 1)) {
        if (!l->doubled && ends_cell(c, l->at + 2, &next))
            l->doubled = l->at;
        l->dropped++;
        l->at += 2;
    } else if (ends_cell(c, l->at + 1, &next)) {
        *cell = (struct cell){l->open + 1, l->at, next, true, cell->fault};
    } else {
        if (l->lines || begins_cell(c, l->at))
            return false;
        if (c->dialect.strict)
            cell->fault = LC_CSV_QUOTE;
        l->at++;
    }
    return true;
}

/* The quoted cell whose quote stands at `open`; false where that quote is a letter. */
static bool look_quoted(const struct lc_careful *c, size_t open, struct cell *cell)
{
    struct look l = {.open = open, .at = open + 1};
    size_t next;

    *cell = (struct cell){.quoted = false};
    while (l.at < c->text.n && !cell->quoted && pass_byte(c, &l, cell) &&
           l.lines <= c->caps.field_lines &&
           l.at - open - 1 - l.dropped <= c->caps.field_bytes) {
    }
    if (!cell->quoted && l.doubled && ends_cell(c, l.doubled + 2, &next))
        /* "24"","An ...": the first of the doubled ones is a letter, the second ends the cell. */
        *cell = (struct cell){open + 1, l.doubled + 1, next, true, LC_CSV_QUOTE};
    return cell->quoted;
}

static void look_plain(const struct lc_careful *c, size_t from, struct cell *cell)
{
    size_t i = from, to;

    while (i < c->text.n && !is_end(c->text.p[i]) && !is_delimiter(c, i))
        i += escapes(c, i, false) ? 2 : 1;
    to = i;
    while (to > from && is_gap(c, to - 1))
        to--;
    *cell = (struct cell){from, to, i, false, LC_CSV_SOUND};
}

static void look_cell(const struct lc_careful *c, size_t at, struct cell *cell)
{
    const size_t from = pass_gaps(c, at);

    if (!is_quote(c, from)) {
        look_plain(c, from, cell);
    } else if (!look_quoted(c, from, cell)) {
        look_plain(c, from, cell);
        cell->fault = LC_CSV_QUOTE;
    }
}

/* The cell's own bytes into the buffer, up to the cap. */
static bool copy(struct lc_careful *c, struct cell *cell, size_t *n)
{
    const size_t all = cell->to - cell->from, cap = c->caps.field_bytes;
    const size_t most = all < cap ? all : cap + 1;
    size_t used = 0;

    if (most > c->room) {
        char *wider = realloc(c->bytes, most + FIRST_ROOM);

        if (!wider)
            return false;
        c->bytes = wider;
        c->room = most + FIRST_ROOM;
    }
    for (size_t i = cell->from; i < cell->to && used < most; i++) {
        if (i + 1 < cell->to && (escapes(c, i, cell->quoted) ||
                                 (cell->quoted && is_quote(c, i) && is_quote(c, i + 1))))
            i++;
        c->bytes[used++] = c->text.p[i];
    }
    if (used > cap) {
        cell->fault = LC_CSV_OVER;
        used = cap;
        while (used && ((unsigned char)c->bytes[used] & 0xC0) == 0x80)
            used--; /* not in the middle of a character */
    }
    *n = used;
    return true;
}

static void blame(struct lc_careful_row *row, enum lc_csv_fault fault, size_t field, size_t at)
{
    if (row->fault == LC_CSV_SOUND && fault != LC_CSV_SOUND) {
        row->fault = fault;
        row->fault_field = field;
        row->fault_at = at;
    }
}

/* Who gets the cells. */
struct taker {
    void (*field)(void *bytes, size_t n, void *data);
    void *data;
};

/* One cell to whoever wants it, if the row may have so many; *at moves behind it. */
static bool take_cell(struct lc_careful *c, const struct taker *to, struct lc_careful_row *row,
                      size_t *at)
{
    struct cell cell;
    char nothing = 0;
    size_t n = 0;

    look_cell(c, *at, &cell);
    if (row->n < c->caps.fields) {
        if (!copy(c, &cell, &n))
            return false;
        to->field(n ? c->bytes : &nothing, n, to->data);
    } else {
        cell.fault = LC_CSV_OVER;
    }
    blame(row, cell.fault, row->n++, cell.from);
    *at = cell.next;
    return true;
}

/* Goes over the line end, if there is one. */
static void end_row(const struct lc_careful *c, struct lc_careful_row *row, size_t at)
{
    if (at < c->text.n) {
        row->end = (unsigned char)c->text.p[at++];
        if (row->end == '\r' && lc_csv_is_second_half(c->text, &c->dialect, at))
            at = pass_gaps(c, at) + 1;
    }
    row->after = at;
}

enum lc_rc lc_careful_row(struct lc_careful *c, size_t at,
                          void (*field)(void *bytes, size_t n, void *data), void *data,
                          struct lc_careful_row *row)
{
    const struct taker to = {field, data};
    size_t i = pass_gaps(c, at);
    bool more = i < c->text.n && !is_end(c->text.p[i]);

    *row = (struct lc_careful_row){.end = -1};
    while (more) {
        if (!take_cell(c, &to, row, &i))
            return LC_ENOMEM;
        more = i < c->text.n && !is_end(c->text.p[i]); /* else a delimiter, and one more cell */
        i += more ? c->delimiter_n : 0;
    }
    if (row->n && i - at > c->caps.row_bytes)
        blame(row, LC_CSV_OVER, 0, at);
    end_row(c, row, i);
    return LC_OK;
}

static void ignore(void *bytes, size_t n, void *data)
{
    (void)bytes;
    (void)n;
    (void)data;
}

bool lc_csv_open_quote(struct lc_slice text, struct lc_dialect dialect, size_t *at)
{
    struct lc_careful c;
    struct lc_careful_row row = {.after = 0};
    enum lc_rc rc = LC_OK;

    lc_careful_init(&c, text, &dialect);
    while (!rc && row.fault == LC_CSV_SOUND && row.after < text.n)
        rc = lc_careful_row(&c, row.after, ignore, NULL, &row);
    lc_careful_release(&c);
    if (!rc && row.fault != LC_CSV_SOUND)
        *at = row.fault_at;
    return !rc && row.fault != LC_CSV_SOUND;
}
