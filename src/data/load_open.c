#include "load_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "leadcal/encoding.h"
#include "leadcal/io.h"

#define GUESS_BYTES 512

void lc_input_close(struct lc_input *in)
{
    lc_input_close_chunks(in);
    lc_source_close(&in->source);
    lc_arena_release(&in->scratch);
}

enum lc_rc lc_input_guess(struct lc_input *in, struct lc_err *err, const char *fmt, ...)
{
    char text[GUESS_BYTES];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (in->options->reading.strict)
        return lc_fail(err, LC_EFORMAT, "%.160s: %.300s; --strict refuses that",
                       lc_shown(in->path), text);
    return lc_reject_note(in->rejects, err, "%.100s: %s", lc_base_name(lc_shown(in->path)),
                          text);
}

static enum lc_rc note_encoding(struct lc_input *in, const struct lc_decoded *d,
                                struct lc_err *err)
{
    const bool asked = in->options->reading.encoding != NULL;
    enum lc_rc rc = LC_OK;

    if (d->converted && !asked)
        rc = lc_input_guess(
            in, err,
            "is not UTF-8 and was read as Windows-1252 (%zu characters beyond ASCII); "
            "save it as UTF-8 if names look wrong, or say --encoding",
            d->converted);
    else if (strncmp(d->encoding, "UTF-16", 6) == 0 && !asked)
        rc = lc_reject_note(in->rejects, err, "%.100s: was read as %s",
                            lc_base_name(lc_shown(in->path)), d->encoding);
    if (!rc && d->replaced)
        rc = lc_input_guess(
            in, err,
            "%zu NUL bytes or broken characters were read as U+FFFD, the replacement "
            "character",
            d->replaced);
    return rc;
}

static enum lc_rc note_quoting(struct lc_input *in, const struct lc_dialect *d,
                               struct lc_err *err)
{
    const struct lc_reading *said = &in->options->reading;
    const char *file = lc_base_name(lc_shown(in->path));
    enum lc_rc rc = LC_OK;

    if (d->quote == '\'' && !said->quote)
        rc = lc_reject_note(in->rejects, err,
                            "%.100s: cells are quoted with apostrophes; --quote changes it",
                            file);
    if (!rc && d->escape && !said->escape)
        rc = lc_reject_note(
            in->rejects, err,
            "%.100s: a backslash makes the quote behind it a letter; --escape changes it",
            file);
    return rc;
}

static enum lc_rc note_header(struct lc_input *in, const struct lc_sniff *s, struct lc_err *err)
{
    const struct lc_reading *said = &in->options->reading;
    enum lc_rc rc = LC_OK;

    if (s->preamble_lines > (s->says_so ? 1U : 0U) && !said->skip_rows)
        rc = lc_input_guess(
            in, err,
            "the header was found on line %zu; the lines before it were skipped; "
            "--skip-rows changes it",
            s->preamble_lines + 1);
    if (!rc && s->header_rows == 0 && !said->header_rows)
        rc = lc_input_guess(
            in, err,
            "line %zu holds data and no names, so columns are called column_1 and so "
            "on; --header-rows 1 takes it for the names",
            s->preamble_lines + 1);
    if (!rc && s->header_rows > 1 && !said->header_rows)
        rc = lc_input_guess(
            in, err, "the first %zu rows were joined to one header; --header-rows changes it",
            s->header_rows);
    if (!rc && s->surplus)
        rc = lc_input_guess(
            in, err, "rows have %zu empty cell%s behind the header's last; %s left away",
            s->surplus, s->surplus == 1 ? "" : "s", s->surplus == 1 ? "it was" : "they were");
    return rc;
}

static enum lc_rc note_dialect(struct lc_input *in, const struct lc_sniff *s,
                               struct lc_err *err)
{
    const struct lc_reading *said = &in->options->reading;
    const char *file = lc_base_name(lc_shown(in->path));
    enum lc_rc rc = LC_OK;

    if (strcmp(in->about.delimiter, ",") != 0 && !said->delimiter)
        rc = lc_reject_note(
            in->rejects, err, "%.100s: cells are separated by %s%s; --delimiter changes it",
            file, lc_delimiter_name(&s->dialect), s->says_so ? ", as its first line says" : "");
    if (!rc && s->width == 1 && !said->delimiter)
        rc = lc_reject_note(in->rejects, err,
                            "%.100s: has one column only; --delimiter names another separator",
                            file);
    if (!rc)
        rc = note_quoting(in, &s->dialect, err);
    return rc ? rc : note_header(in, s, err);
}

/* Records between two bytes. */
static enum lc_rc count_rows(const struct lc_input *in, size_t from, size_t to, size_t *n,
                             struct lc_err *err)
{
    struct lc_dialect careful = in->dialect;
    struct lc_csv_record record;
    struct lc_csv *c;

    careful.careful = true;
    c = lc_csv_new((struct lc_slice){in->text.p + from, to - from}, careful);
    if (!c)
        return lc_fail_memory(err, "a footer");
    for (*n = 0; !lc_csv_next(c, &record, err); ++*n) {
    }
    lc_csv_free(c);
    return LC_OK;
}

static enum lc_rc find_footer(struct lc_input *in, struct lc_err *err)
{
    enum lc_rc rc;
    size_t n = 0;

    in->footer = in->end = lc_sniff_footer(in->text, in->body, &in->dialect, in->k,
                                           in->options->reading.skip_footer);
    rc = count_rows(in, in->footer, in->text.n, &n, err);
    in->behind_rows = n;
    if (rc || n == 0 || in->options->reading.skip_footer)
        return rc;
    return lc_input_guess(in, err,
                          "%zu line%s from line %zu on %s behind the table and %s skipped; "
                          "--skip-footer changes it",
                          n, n == 1 ? "" : "s", lc_csv_line(in->text, in->footer),
                          n == 1 ? "stands" : "stand", n == 1 ? "was" : "were");
}

enum lc_rc lc_input_cut(struct lc_input *in, struct lc_err *err)
{
    const struct lc_slice table = {in->text.p, in->end};
    size_t n = 0, at;
    enum lc_rc rc;

    if (in->options->reading.fill_rows)
        return LC_OK; /* rows of any width up to the header's are wanted */
    at = lc_sniff_table(table, in->body, &in->dialect, in->k, in->k + in->surplus);
    rc = count_rows(in, at, in->end, &n, err);

    if (rc || n == 0)
        return rc;
    in->behind_rows += n;
    in->end = at;
    return lc_input_guess(
        in, err,
        "another table begins on line %zu, and its %zu rows were skipped; cut the "
        "file there if they are wanted",
        lc_csv_line(in->text, at), n);
}

static void describe(struct lc_input *in, const struct lc_decoded *d, const struct lc_sniff *s)
{
    in->text = d->text;
    in->dialect = s->dialect;
    in->surplus = s->surplus;
    in->about.encoding = d->encoding;
    in->about.delimiter[0] = s->dialect.delimiter;
    memcpy(in->about.delimiter + 1, s->dialect.more, sizeof s->dialect.more);
    in->about.quote = s->dialect.quote;
    in->about.escape = s->dialect.escape;
    in->about.preamble_lines = s->preamble_lines;
    in->about.header_rows = s->header_rows;
}

enum lc_rc lc_input_open(struct lc_input *in, struct lc_err *err)
{
    const struct lc_reading *said = &in->options->reading;
    struct lc_decoded decoded;
    struct lc_sniff sniff;
    enum lc_rc rc = LC_OK;

    if (!in->source.heap)
        rc = lc_source_open(&in->source, in->path, in->arena->limit, err);
    if (rc)
        return rc;
    in->about.path = in->path;
    in->about.name = in->prefix;
    in->about.bytes = in->source.packed.n;
    if (strcmp(in->path, "-") == 0) /* it cannot be read again */
        lc_sha256_text(in->source.packed.p, in->source.packed.n, in->about.sha256);
    rc = lc_decode(in->source.bytes, said->encoding, in->pool, &in->scratch, &decoded, err);
    if (!rc)
        rc = lc_sniff(decoded.text, said, &sniff, err);
    if (rc)
        return lc_fail_in(err, lc_shown(in->path));
    describe(in, &decoded, &sniff);
    rc = note_encoding(in, &decoded, err);
    if (!rc)
        rc = note_dialect(in, &sniff, err);
    if (!rc)
        rc = lc_input_header(in, &sniff, err);
    return rc ? rc : find_footer(in, err);
}
