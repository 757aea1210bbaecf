#include "leadcal/sniff.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/date.h"
#include "leadcal/num.h"

#define MOST_PREAMBLE    20  /* lines; a longer one is not a title */
#define MOST_WIDTH       256 /* widths told apart when they are counted; wider ones are alike */
#define LEAST_WIDTH      3 /* cells of a record, for a narrower line before it to be a title */
#define FIND_BYTES       ((size_t)1 << 18) /* looked at for quotes */
#define OTHER_WIDTH_COST 0.1 /* what a header of another width costs a delimiter */

static const char delimiters[] = {',', ';', '\t', '|'};

/* The widths of the first records under one dialect. */
struct widths {
    size_t n;                       /* records that are not empty */
    size_t width[LC_SNIFF_RECORDS]; /* [n] */
    size_t at[MOST_PREAMBLE + 1];   /* where the first of them begin */
    size_t usual, usual_n;          /* the most frequent width */
};

const char *lc_delimiter_name(char delimiter)
{
    static const char *const name[] = {"comma", "semicolon", "tab", "bar"};

    for (size_t i = 0; i < sizeof delimiters; i++)
        if (delimiters[i] == delimiter)
            return name[i];
    return delimiter == ' ' ? "blank" : "given character";
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

/* A broken quote ends the look; what was seen until then counts. */
static enum lc_rc measure(struct lc_slice text, struct lc_dialect dialect, struct widths *w,
                          struct lc_err *err)
{
    struct lc_csv *c = lc_csv_new(text, dialect);
    struct lc_csv_record record;
    enum lc_rc rc = LC_OK;

    if (!c)
        return lc_fail_memory(err, "the CSV reader");
    w->n = 0;
    while (w->n < LC_SNIFF_RECORDS && !rc) {
        rc = lc_csv_next(c, &record, err);
        if (rc || record.n == 0)
            continue;
        if (w->n <= MOST_PREAMBLE)
            w->at[w->n] = record.at;
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

/* Apostrophes quote where no " is in sight and cells both begin and end with them. */
static char find_quote(struct lc_slice text)
{
    size_t begin = 0, end = 0;

    for (size_t i = 0; i < text.n; i++) {
        const char before = i ? text.p[i - 1] : '\n',
                   after = i + 1 < text.n ? text.p[i + 1] : '\n';

        if (text.p[i] == '"')
            return '"';
        if (text.p[i] != '\'')
            continue;
        begin += before == '\n' || memchr(delimiters, before, sizeof delimiters) != NULL;
        end += after == '\n' || after == '\r' ||
               memchr(delimiters, after, sizeof delimiters) != NULL;
    }
    return begin >= 2 && begin == end ? '\'' : '"';
}

/* Could these be the names of columns? */
static bool could_be_names(struct lc_slice text, struct lc_dialect dialect, size_t at)
{
    struct lc_csv *c = lc_csv_new((struct lc_slice){text.p + at, text.n - at}, dialect);
    struct lc_csv_record record;
    struct lc_err err;
    bool could = c && lc_csv_next(c, &record, &err) == LC_OK;

    for (size_t i = 0; could && i < record.n; i++) {
        const struct lc_slice cell = lc_slice_trim(record.field[i]);
        double x;

        could = cell.n && !lc_real_parse(cell, &x) && !lc_date_look(cell).is_date;
    }
    lc_csv_free(c);
    return could;
}

/* The record that is the header: 0, or the first wide one behind a few narrow lines. */
static size_t find_header(struct lc_slice text, const struct widths *w,
                          struct lc_dialect dialect)
{
    size_t i = 0;

    if (w->usual < LEAST_WIDTH)
        return 0;
    while (i < w->n && i <= MOST_PREAMBLE && 2 * w->width[i] <= w->usual)
        i++;
    if (i == 0 || i == w->n || i > MOST_PREAMBLE || w->width[i] != w->usual)
        return 0;
    return could_be_names(text, dialect, w->at[i]) ? i : 0;
}

static enum lc_rc choose(struct lc_slice text, char delimiter, struct lc_sniff *s,
                         struct widths *best, struct widths *w, struct lc_err *err)
{
    double best_score = -1;

    for (size_t i = 0; i < sizeof delimiters; i++) {
        const struct lc_dialect dialect = {delimiter ? delimiter : delimiters[i],
                                           s->dialect.quote};
        const enum lc_rc rc = measure(text, dialect, w, err);
        const double now = score(w);

        if (rc)
            return rc;
        if (now > best_score || (now >= best_score && now > 0 && w->usual > best->usual)) {
            best_score = now;
            *best = *w;
            s->dialect = dialect;
        }
        if (delimiter)
            break;
    }
    return LC_OK;
}

enum lc_rc lc_sniff(struct lc_slice text, char delimiter, struct lc_sniff *out,
                    struct lc_err *err)
{
    struct lc_sniff s = {.dialect = {',', '"'}};
    struct widths *w = calloc(2, sizeof *w);
    struct lc_err reading = {.text = "no record of it can be read"}; /* why, if none can */
    struct lc_slice rest = text;
    char said = 0;
    enum lc_rc rc;

    if (!w)
        return lc_fail_memory(err, "looking at a file");
    s.header = excel_line(text, &said);
    s.says_so = s.header != 0;
    rest.p += s.header;
    rest.n -= s.header;
    s.dialect.quote =
        find_quote((struct lc_slice){rest.p, rest.n < FIND_BYTES ? rest.n : FIND_BYTES});
    rc = choose(rest, delimiter ? delimiter : said, &s, &w[0], &w[1], &reading);
    if (rc)
        *err = reading;
    else if (w[0].n == 0 && lc_slice_trim(rest).n)
        rc = lc_fail(err, LC_EFORMAT, "%s", reading.text);
    else if (w[0].n == 0)
        rc = lc_fail(err, LC_EFORMAT, "is empty; is it the right file?");
    if (!rc) {
        s.header += w[0].at[find_header(rest, &w[0], s.dialect)];
        s.preamble_lines = lc_csv_line(text, s.header) - 1;
        s.width = w[0].usual;
        s.agree = (double)w[0].usual_n / (double)w[0].n;
        *out = s;
    }
    free(w);
    return rc;
}
