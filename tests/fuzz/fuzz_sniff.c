/* fuzz_sniff - any bytes are text or are refused, and what is found lies within them. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "leadcal/encoding.h"
#include "leadcal/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    const struct lc_slice raw = {(const char *)bytes, n};
    struct lc_decoded d, again;
    struct lc_arena arena;
    struct lc_sniff s;
    struct lc_err err;
    enum lc_rc rc;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    rc = lc_decode(raw, NULL, NULL, &arena, &d, &err);
    assert(rc == LC_OK || rc == LC_EFORMAT);
    if (!rc) {
        assert(d.text.n == 0 || !memchr(d.text.p, 0, d.text.n));
        /* What came out is UTF-8, unless it happens to look like something else altogether. */
        if (!lc_decode(d.text, NULL, NULL, &arena, &again, &err) &&
            strncmp(again.encoding, "UTF-8", 5) != 0)
            assert(strncmp(again.encoding, "UTF-16", 6) == 0);
        rc = lc_sniff(d.text, NULL, &s, &err);
        assert(rc == LC_OK || rc == LC_EFORMAT);
        if (!rc)
            assert(s.header < d.text.n && s.width > 0 && s.agree > 0 && s.agree <= 1 &&
                   s.preamble_lines + 1 == lc_csv_line(d.text, s.header) &&
                   s.dialect.delimiter != s.dialect.quote);
    }
    lc_arena_release(&arena);
    return 0;
}
