#include "load_internal.h"

#include <string.h>

#include "leadcal/date.h"
#include "leadcal/encoding.h"
#include "leadcal/io.h"
#include "leadcal/num.h"
#include "leadcal/sniff.h"

void lc_input_close(struct lc_input *in)
{
    lc_input_close_chunks(in);
    lc_source_close(&in->source);
    lc_arena_release(&in->scratch);
}

static enum lc_rc note_encoding(struct lc_input *in, const struct lc_decoded *d,
                                struct lc_err *err)
{
    const char *file = lc_base_name(lc_shown(in->path));
    enum lc_rc rc = LC_OK;

    if (d->converted)
        rc = lc_reject_note(in->rejects, err,
                            "%.100s: is not UTF-8 and was read as Windows-1252 (%zu characters "
                            "beyond ASCII); save it as UTF-8 if names look wrong",
                            file, d->converted);
    else if (strncmp(d->encoding, "UTF-16", 6) == 0)
        rc = lc_reject_note(in->rejects, err, "%.100s: was read as %s", file, d->encoding);
    if (!rc && d->replaced)
        rc = lc_reject_note(
            in->rejects, err,
            "%.100s: %zu NUL bytes or broken characters were read as U+FFFD, the "
            "replacement character",
            file, d->replaced);
    return rc;
}

static enum lc_rc note_dialect(struct lc_input *in, const struct lc_sniff *s,
                               struct lc_err *err)
{
    const char *file = lc_base_name(lc_shown(in->path));
    enum lc_rc rc = LC_OK;

    if (s->dialect.delimiter != ',' && !in->options->delimiter)
        rc = lc_reject_note(in->rejects, err,
                            "%.100s: cells are separated by %s%s; --delimiter changes it", file,
                            lc_delimiter_name(s->dialect.delimiter),
                            s->says_so ? ", as its first line says" : "");
    if (!rc && s->width == 1 && !in->options->delimiter)
        rc = lc_reject_note(in->rejects, err,
                            "%.100s: has one column only; --delimiter names another separator",
                            file);
    if (!rc && s->dialect.quote != '"')
        rc =
            lc_reject_note(in->rejects, err, "%.100s: cells are quoted with apostrophes", file);
    if (!rc && s->preamble_lines > (s->says_so ? 1U : 0U))
        rc =
            lc_reject_note(in->rejects, err,
                           "%.100s: the header was found on line %zu; the lines before it were "
                           "skipped; delete them if that is wrong",
                           file, s->preamble_lines + 1);
    return rc;
}

static bool taken(const char *const *name, size_t n, const char *wanted)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name[i], wanted) == 0)
            return true;
    return false;
}

/* The name of column j: as written, or column_N where it has none, or name_2 where it is taken. */
static enum lc_rc give_name(struct lc_input *in, size_t j, struct lc_slice written,
                            struct lc_err *err)
{
    const char *file = lc_base_name(lc_shown(in->path));
    const char *plain = written.n ? lc_arena_text(in->arena, written)
                                  : lc_arena_format(in->arena, "column_%zu", j + 1);
    const char *name = plain;
    enum lc_rc rc = LC_OK;

    for (size_t i = 2; name && taken(in->name, j, name); i++)
        name = lc_arena_format(in->arena, "%s_%zu", plain, i);
    if (!name)
        return lc_fail_memory(err, "a header");
    in->written[j] = plain;
    in->name[j] = name;
    if (!written.n)
        rc = lc_reject_note(in->rejects, err, "%.100s: column %zu has no name; it is called %s",
                            file, j + 1, name);
    else if (name != plain)
        rc = lc_reject_note(
            in->rejects, err,
            "%.100s: column %zu is called '%.100s' like one before it; here it is "
            "'%.100s'",
            file, j + 1, plain, name);
    return rc;
}

static enum lc_rc refuse_data_row(const struct lc_input *in, const struct lc_csv_record *record,
                                  struct lc_err *err)
{
    size_t filled = 0, values = 0;

    for (size_t j = 0; j < record->n; j++) {
        const struct lc_slice cell = lc_slice_trim(record->field[j]);
        double x;

        filled += cell.n != 0;
        values += lc_real_parse(cell, &x) || lc_date_look(cell).is_date;
    }
    if (filled && values < filled)
        return LC_OK;
    return lc_fail(err, LC_EFORMAT,
                   "%.160s:%zu: no header: this line holds %s; put the columns' names on the "
                   "first line",
                   lc_shown(in->path), in->about.preamble_lines + 1,
                   filled ? "only numbers and dates" : "no text");
}

static enum lc_rc read_names(struct lc_input *in, const struct lc_csv_record *record,
                             struct lc_err *err)
{
    enum lc_rc rc = refuse_data_row(in, record, err);

    in->k = record->n;
    in->name = LC_NEW(in->arena, in->k, const char *);
    in->written = LC_NEW(in->arena, in->k, const char *);
    in->wish = LC_NEW(&in->scratch, in->k, struct lc_wish);
    in->field = LC_NEW(&in->scratch, in->k, size_t);
    if (!rc && (!in->name || !in->written || !in->wish || !in->field))
        rc = lc_fail_memory(err, "a header");
    for (size_t j = 0; j < in->k && !rc; j++)
        rc = give_name(in, j, lc_slice_trim(record->field[j]), err);
    return rc;
}

static enum lc_rc read_header(struct lc_input *in, size_t at, struct lc_err *err)
{
    struct lc_slice rest = {in->text.p + at, in->text.n - at};
    struct lc_csv *c = lc_csv_new(rest, in->dialect);
    struct lc_csv_record record = {NULL, 0, 0, 0};
    enum lc_rc rc = LC_OK;

    if (!c)
        return lc_fail_memory(err, "a header");
    while (!rc && record.n == 0)
        rc = lc_csv_next(c, &record, err);
    if (rc == LC_EFORMAT)
        rc = lc_fail(err, LC_EFORMAT, "%.160s:%zu: %.200s", lc_shown(in->path),
                     in->about.preamble_lines + 1, "the header has a quote that is not closed");
    else if (rc == LC_END)
        rc = lc_fail(err, LC_EFORMAT, "%.160s: has no header", lc_shown(in->path));
    if (!rc) {
        in->body = at + record.after;
        if (in->body < in->text.n && in->text.p[in->body] == '\n' &&
            in->text.p[in->body - 1] == '\r')
            in->body++;
        rc = read_names(in, &record, err);
    }
    lc_csv_free(c);
    return rc;
}

enum lc_rc lc_input_open(struct lc_input *in, struct lc_err *err)
{
    struct lc_decoded decoded;
    struct lc_sniff sniff;
    enum lc_rc rc = lc_source_open(&in->source, in->path, err);

    if (rc)
        return rc;
    in->about.path = in->path;
    in->about.name = in->prefix;
    in->about.bytes = in->source.bytes.n;
    if (strcmp(in->path, "-") == 0) /* it cannot be read again */
        lc_sha256_text(in->source.bytes.p, in->source.bytes.n, in->about.sha256);
    rc = lc_decode(in->source.bytes, in->pool, &in->scratch, &decoded, err);
    if (!rc) {
        in->text = decoded.text;
        in->about.encoding = decoded.encoding;
        rc = lc_sniff(in->text, in->options->delimiter, &sniff, err);
    }
    if (rc)
        return lc_fail_in(err, lc_shown(in->path));
    in->dialect = sniff.dialect;
    in->about.delimiter = sniff.dialect.delimiter;
    in->about.quote = sniff.dialect.quote;
    in->about.preamble_lines = sniff.preamble_lines;
    rc = note_encoding(in, &decoded, err);
    if (!rc)
        rc = note_dialect(in, &sniff, err);
    return rc ? rc : read_header(in, sniff.header, err);
}
