#include <stdlib.h>
#include <string.h>

#include "sniff_internal.h"

#define MOST_WIDTH       256 /* widths told apart when they are counted; wider ones are alike */
#define LEAST_WIDTH      3 /* cells of a record that another first line cannot speak against */
#define OTHER_WIDTH_COST 0.1  /* what a header of another width costs a delimiter */
#define POOR_SCORE       0.5  /* of the usual delimiters: others are looked for */
#define LEAST_SCORE      0.95 /* of these */

static const char delimiters[] = {',', ';', '\t', '|'};

/* Looked for where no usual one will do; a blank or a colon stands in many a text. */
static const char *const rare_delimiters[] = {"^", "~", "\xc2\xa7", ":", " "};

/* The widths of the first records under one dialect. */
struct widths {
    size_t n;                       /* records that are not empty */
    size_t width[LC_SNIFF_RECORDS]; /* [n] */
    size_t faults;                  /* records with a quote out of order */
    bool doubled;                   /* every second cell of the first one is empty */
    size_t usual, usual_n;          /* the most frequent width */
};

const char *lc_delimiter_name(const struct lc_dialect *dialect)
{
    static const char *const name[] = {"comma", "semicolon", "tab", "bar"};

    if (dialect->more[0])
        return "several characters";
    for (size_t i = 0; i < sizeof delimiters; i++)
        if (delimiters[i] == dialect->delimiter)
            return name[i];
    return dialect->delimiter == ' ' ? "blank" : "given character";
}

bool lc_delimiter_put(struct lc_dialect *dialect, const char *delimiter)
{
    const size_t n = strlen(delimiter);

    if (n == 0 || n > MOST_DELIMITER || strpbrk(delimiter, "\r\n"))
        return false;
    dialect->delimiter = delimiter[0];
    memset(dialect->more, 0, sizeof dialect->more);
    memcpy(dialect->more, delimiter + 1, n - 1);
    return true;
}

static void count_usual(struct widths *w)
{
    size_t count[MOST_WIDTH + 1] = {0};

    for (size_t i = 0; i < w->n; i++)
        count[w->width[i] < MOST_WIDTH ? w->width[i] : MOST_WIDTH]++;
    w->usual = w->usual_n = 0;
    for (size_t i = 0; i < w->n; i++) {
        const size_t n = count[w->width[i] < MOST_WIDTH ? w->width[i] : MOST_WIDTH];

        if (n > w->usual_n || (n == w->usual_n && w->width[i] > w->usual)) {
            w->usual = w->width[i];
            w->usual_n = n;
        }
    }
}

static bool is_doubled(const struct lc_csv_record *record)
{
    bool doubled = record->n >= 3 && record->n % 2;

    for (size_t j = 0; j < record->n; j++)
        doubled = doubled && (record->field[j].n == 0) == (j % 2 == 1);
    return doubled;
}

static enum lc_rc measure(struct lc_slice text, struct lc_dialect dialect, struct widths *w,
                          struct lc_err *err)
{
    struct lc_csv_record record;
    enum lc_rc rc = LC_OK;
    struct lc_csv *c;

    dialect.careful = dialect.strict = true;
    c = lc_csv_new(text, dialect);
    if (!c)
        return lc_fail_memory(err, "the CSV reader");
    w->n = w->faults = 0;
    w->doubled = false;
    while (w->n < LC_SNIFF_RECORDS && !(rc = lc_csv_next(c, &record, err))) {
        if (record.n == 0)
            continue;
        if (w->n == 0)
            w->doubled = is_doubled(&record);
        w->faults += record.fault == LC_CSV_QUOTE;
        w->width[w->n++] = record.n;
    }
    lc_csv_free(c);
    count_usual(w);
    return rc == LC_ENOMEM ? rc : LC_OK;
}

/* How well a delimiter explains the records; a single column explains nothing. */
static double score(const struct widths *w)
{
    const double share = w->n ? (double)w->usual_n / (double)w->n : 0;

    if (w->usual < 2)
        return 0;
    if (w->width[0] == w->usual)
        return share;
    return w->usual < LEAST_WIDTH ? 0 : share - OTHER_WIDTH_COST;
}

/* What Excel can separate cells by: no quote, no letter or digit, no line end. */
static bool may_separate(char c)
{
    return c == '\t' || (c > ' ' && c < '0') || (c > '9' && c < 'A') || (c > 'Z' && c < 'a') ||
           (c > 'z' && c <= '~');
}

/* "sep=;" on the first line, as Excel writes and reads it; the bytes of that line, or 0. */
static size_t excel_line(struct lc_slice text, char *delimiter)
{
    size_t n = 5;

    if (text.n < 5 || !lc_slice_eq_nocase((struct lc_slice){text.p, 4}, lc_slice_of("sep=")))
        return 0;
    if (text.p[4] == '"' || text.p[4] == '\'' || !may_separate(text.p[4]))
        return 0;
    if (text.n > n && text.p[n] == '\r')
        n++;
    if (text.n > n && text.p[n] == '\n')
        n++;
    else if (n == 5)
        return 0;
    *delimiter = text.p[4];
    return n;
}

/* How often a character stands at the beginning of a cell, and at the end of one. */
static void count_quote(struct lc_slice text, char quote, size_t *begin, size_t *end)
{
    *begin = *end = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char before = i ? text.p[i - 1] : '\n',
                   after = i + 1 < text.n ? text.p[i + 1] : '\n';

        if (text.p[i] != quote)
            continue;
        *begin += before == '\n' || before == '\r' ||
                  memchr(delimiters, before, sizeof delimiters) != NULL;
        *end += after == '\n' || after == '\r' ||
                memchr(delimiters, after, sizeof delimiters) != NULL;
    }
}

/* Apostrophes quote where no cell begins with " and cells both begin and end with them. */
static char find_quote(struct lc_slice text)
{
    size_t begin, end;

    count_quote(text, '"', &begin, &end);
    if (begin)
        return '"';
    count_quote(text, '\'', &begin, &end);
    return begin >= 2 && end >= begin ? '\'' : '"';
}

/* What is looked for, and the best that was found. */
struct search {
    struct lc_slice text;
    const struct lc_reading *reading;
    bool backslash; /* one stands before a quote somewhere */
    struct lc_dialect dialect;
    struct widths best, now;
    double best_score;
};

static bool has_backslash(struct lc_slice text, char quote)
{
    for (size_t i = 0; i + 1 < text.n; i++)
        if (text.p[i] == '\\' && text.p[i + 1] == quote)
            return true;
    return false;
}

/* Measures one delimiter, with an escape too where there could be one. */
static enum lc_rc try(struct search *s, struct lc_dialect dialect, double least,
                      struct lc_err *err)
{
    enum lc_rc rc = measure(s->text, dialect, &s->now, err);
    double now = score(&s->now);

    if (!rc && s->backslash) {
        const size_t faults = s->now.faults;
        struct lc_dialect escaped = dialect;

        escaped.escape = '\\';
        rc = measure(s->text, escaped, &s->now, err);
        if (!rc && (score(&s->now) > now || (score(&s->now) == now && s->now.faults < faults)))
            dialect = escaped;
        else if (!rc)
            rc = measure(s->text, dialect, &s->now, err);
        now = score(&s->now);
    }
    if (rc || now < least || (least > 0 && s->now.usual < LEAST_WIDTH))
        return rc;
    if (now > s->best_score ||
        (now >= s->best_score && now > 0 && s->now.usual > s->best.usual)) {
        s->best_score = now;
        s->best = s->now;
        s->dialect = dialect;
    }
    return LC_OK;
}

/* Every second cell is empty because two delimiters part the cells. */
static enum lc_rc try_doubled(struct search *s, struct lc_err *err)
{
    struct lc_dialect dialect = s->dialect;
    const size_t n = strlen(dialect.more) + 1;

    if (!s->best.doubled || 2 * n > MOST_DELIMITER || s->best.usual % 2 == 0)
        return LC_OK;
    dialect.more[n - 1] = dialect.delimiter;
    memcpy(dialect.more + n, dialect.more, n - 1);
    s->best_score = s->best_score > 0 ? s->best_score - OTHER_WIDTH_COST : -1;
    return try(s, dialect, 0, err);
}

static enum lc_rc choose(struct search *s, const char *said, struct lc_err *err)
{
    struct lc_dialect dialect = s->dialect;
    enum lc_rc rc = LC_OK;

    s->best_score = -1;
    if (said) {
        if (!lc_delimiter_put(&dialect, said))
            return lc_fail(err, LC_EFORMAT, "cannot be cut at a delimiter of over %d bytes",
                           MOST_DELIMITER);
        return try(s, dialect, -1, err);
    }
    for (size_t i = 0; i < sizeof delimiters && !rc; i++) {
        dialect.delimiter = delimiters[i];
        rc = try(s, dialect, -1, err);
    }
    for (size_t i = 0; i < sizeof rare_delimiters / sizeof *rare_delimiters && !rc; i++) {
        if (s->best_score >= POOR_SCORE)
            break;
        (void)lc_delimiter_put(&dialect, rare_delimiters[i]);
        rc = try(s, dialect, LEAST_SCORE, err);
    }
    return rc ? rc : try_doubled(s, err);
}

/* The sample: whole lines where it has several, so that the cut is no ragged row. */
static struct lc_slice first_bytes(struct lc_slice text)
{
    size_t n = text.n;

    if (n > LC_SNIFF_BYTES) {
        n = LC_SNIFF_BYTES;
        while (n && text.p[n - 1] != '\n' && text.p[n - 1] != '\r')
            n--;
        n = n ? n : LC_SNIFF_BYTES;
    }
    return (struct lc_slice){text.p, n};
}

static enum lc_rc look(struct search *s, const char *said, struct lc_sniff *out,
                       struct lc_err *err)
{
    const struct lc_reading *r = s->reading;
    enum lc_rc rc;

    s->dialect.quote = r->quote ? r->quote[0] : find_quote(s->text);
    s->dialect.escape = r->escape ? r->escape[0] : 0;
    s->dialect.caps = r->caps;
    s->backslash = !r->escape && s->dialect.quote && has_backslash(s->text, s->dialect.quote);
    rc = choose(s, said, err);
    if (!rc && s->best.n == 0)
        rc = lc_fail(err, LC_EFORMAT, "is empty; is it the right file?");
    if (rc)
        return rc;
    s->dialect.strict = r->strict;
    out->dialect = s->dialect;
    out->dialect.careful = true; /* the first rows, whatever is wrong with them */
    out->width = s->best.usual;
    out->agree = (double)s->best.usual_n / (double)s->best.n;
    rc = lc_sniff_header(s->text, r, out, err);
    out->dialect.careful = false;
    return rc;
}

enum lc_rc lc_sniff(struct lc_slice text, const struct lc_reading *reading,
                    struct lc_sniff *out, struct lc_err *err)
{
    static const struct lc_reading nothing = {.delimiter = NULL};
    struct search *s = calloc(1, sizeof *s);
    struct lc_sniff found = {.header = 0};
    char line[2] = {0};
    size_t first;
    enum lc_rc rc;

    if (!s)
        return lc_fail_memory(err, "looking at a file");
    s->reading = reading ? reading : &nothing;
    first = s->reading->skip_rows ? 0 : excel_line(text, line);
    s->text = first_bytes((struct lc_slice){text.p + first, text.n - first});
    rc = look(s,
              s->reading->delimiter ? s->reading->delimiter
              : first               ? line
                                    : NULL,
              &found, err);
    if (!rc) {
        found.says_so = first != 0;
        found.header += first;
        found.preamble_lines = lc_csv_line(text, found.header) - 1;
        *out = found;
    }
    free(s);
    return rc;
}
