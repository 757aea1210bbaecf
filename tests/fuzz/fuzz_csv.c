/* fuzz_csv - all readers see the same records where quotes are in order, ours keeps its caps. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/csv.h"
#include "leadcal/hash.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* A sum over all cells and row ends, in order; the LF of CRLF is no row of its own. */
struct sum {
    uint64_t hash;
    size_t fields, rows, faults;
    int last;
    struct lc_csv_caps caps;
};

static void add(struct sum *s, const void *bytes, size_t n)
{
    s->hash = (s->hash ^ lc_hash_bytes(bytes, n) ^ n) * 0x9E3779B97F4A7C15U;
}

static void on_field(void *bytes, size_t n, void *data)
{
    struct sum *s = data;

    assert(n <= s->caps.field_bytes && s->fields < s->caps.fields);
    add(s, bytes, n);
    s->fields++;
}

static void on_row(int end, void *data)
{
    struct sum *s = data;

    if (s->fields == 0 && end == '\n' && s->last == '\r') {
        s->last = 0;
        return;
    }
    add(s, "row", 3);
    s->rows++;
    s->fields = 0;
    s->last = end;
}

static void on_fault(enum lc_csv_fault fault, size_t field, void *data)
{
    struct sum *s = data;

    assert(fault != LC_CSV_SOUND && field <= s->fields);
    s->faults++;
}

static enum lc_csv_end push(struct lc_slice text, struct lc_dialect dialect, struct sum *s)
{
    const struct lc_csv_sink sink = {on_field, on_row, s, on_fault};
    enum lc_csv_end end;
    struct lc_err err;

    *s = (struct sum){.caps = lc_csv_caps(&dialect)};
    assert(lc_csv_walk(text, dialect, &sink, &end, &err) == LC_OK);
    return end;
}

static enum lc_rc pull(struct lc_slice text, struct lc_dialect dialect, struct sum *s)
{
    struct lc_csv *c = lc_csv_new(text, dialect);
    struct lc_csv_record record;
    size_t before = 0;
    struct lc_err err;
    enum lc_rc rc;

    *s = (struct sum){.caps = lc_csv_caps(&dialect)};
    assert(c);
    while ((rc = lc_csv_next(c, &record, &err)) == LC_OK) {
        assert(record.at >= before && record.after > record.at && record.after <= text.n);
        if (s->rows < 20)
            assert(lc_csv_locate(text, dialect, 0, s->rows) == record.at);
        before = record.after;
        for (size_t i = 0; i < record.n; i++) {
            assert(record.field[i].n <= s->caps.field_bytes);
            add(s, record.field[i].p, record.field[i].n);
        }
        add(s, "row", 3);
        s->rows++;
        s->faults += record.fault != LC_CSV_SOUND;
    }
    assert(lc_csv_line(text, before) <= text.n + 1);
    lc_csv_free(c);
    return rc;
}

static void check_same(const struct sum *a, const struct sum *b)
{
    assert(a->hash == b->hash && a->rows == b->rows && a->faults == b->faults);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const struct lc_dialect dialects[] = {{.delimiter = ',', .quote = '"'},
                                                 {.delimiter = ';', .quote = '"'},
                                                 {.delimiter = '\t', .quote = '"'},
                                                 {.delimiter = ',', .quote = '\''},
                                                 {.delimiter = ' ', .quote = '"'}};
    static const struct lc_csv_caps small = {
        .field_bytes = 6, .field_lines = 1, .fields = 3, .row_bytes = 20};
    struct sum plain, strict, careful, pulled;
    struct lc_dialect dialect;
    struct lc_slice text;
    enum lc_csv_end end;
    size_t at;

    if (n == 0)
        return 0;
    dialect = dialects[bytes[0] % 5];
    text = (struct lc_slice){(const char *)bytes + 1, n - 1};
    end = push(text, dialect, &plain);
    dialect.strict = true;
    assert(push(text, dialect, &strict) <= LC_CSV_CUT);
    /* libcsv stops where, and only where, ours finds a quote out of order or in a plain cell. */
    if (end <= LC_CSV_CUT)
        check_same(&plain, &strict);
    assert(end <= LC_CSV_CUT || memchr(text.p, dialect.quote, text.n));
    dialect.strict = false;
    if (end <= LC_CSV_CUT) {
        assert(pull(text, dialect, &pulled) == LC_END);
        check_same(&plain, &pulled);
    }
    dialect.careful = true;
    dialect.escape = bytes[0] & 64 ? '\\' : 0;
    if (bytes[0] & 128)
        dialect.caps = small;
    (void)push(text, dialect, &careful);
    assert(pull(text, dialect, &pulled) == LC_END);
    check_same(&careful, &pulled);
    assert(lc_csv_open_quote(text, dialect, &at) == (careful.faults > 0));
    assert(careful.faults == 0 || at <= text.n);
    return 0;
}
