/* fuzz_csv - the pushing and the pulling reader see the same records, and know where they begin. */
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
    size_t fields, rows;
    int last;
};

static void add(struct sum *s, const void *bytes, size_t n)
{
    s->hash = (s->hash ^ lc_hash_bytes(bytes, n) ^ n) * 0x9E3779B97F4A7C15U;
}

static void on_field(void *bytes, size_t n, void *data)
{
    struct sum *s = data;

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

static size_t pull(struct lc_slice text, struct lc_dialect dialect, struct sum *s,
                   enum lc_rc *rc)
{
    struct lc_csv *c = lc_csv_new(text, dialect);
    struct lc_csv_record record;
    size_t before = 0;
    struct lc_err err;

    assert(c);
    while ((*rc = lc_csv_next(c, &record, &err)) == LC_OK) {
        assert(record.at >= before && record.after > record.at && record.after <= text.n);
        if (s->rows < 20)
            assert(lc_csv_locate(text, dialect, 0, s->rows) == record.at);
        before = record.after;
        for (size_t i = 0; i < record.n; i++)
            add(s, record.field[i].p, record.field[i].n);
        add(s, "row", 3);
        s->rows++;
    }
    lc_csv_free(c);
    return before;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const struct lc_dialect dialects[] = {
        {',', '"'}, {';', '"'}, {'\t', '"'}, {',', '\''}};
    struct sum pushed = {0, 0, 0, 0}, pulled = {0, 0, 0, 0};
    const struct lc_csv_sink sink = {on_field, on_row, &pushed};
    struct lc_dialect dialect;
    struct lc_slice text;
    enum lc_csv_end end;
    struct lc_err err;
    size_t after, at = n;
    enum lc_rc rc;

    if (n == 0)
        return 0;
    dialect = dialects[bytes[0] % 4];
    text = (struct lc_slice){(const char *)bytes + 1, n - 1};
    assert(lc_csv_walk(text, dialect, &sink, &end, &err) == LC_OK);
    after = pull(text, dialect, &pulled, &rc);
    assert((rc == LC_EFORMAT) == (end == LC_CSV_OPEN || end == LC_CSV_LONG));
    if (rc == LC_END) {
        assert(pushed.hash == pulled.hash && pushed.rows == pulled.rows);
        assert(lc_csv_line(text, after) <= text.n + 1);
    } else {
        assert(lc_csv_open_quote(text, dialect, &at));
    }
    if (lc_csv_open_quote(text, dialect, &at))
        assert(at < text.n && text.p[at] == dialect.quote);
    return 0;
}
