#include "leadcal/encoding.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#define BLOCK_BYTES   ((size_t)4 << 20) /* looked at by one thread at a time */
#define SAMPLE_BYTES  4096              /* enough to see UTF-16's pattern of NULs */
#define MOST_CONTROLS 100               /* one control character in so many bytes is no text */
#define REPLACEMENT_N 3

/* U+FFFD, which says that something stood here. */
static const char replacement[REPLACEMENT_N] = {'\xef', '\xbf', '\xbd'};

/* What one block holds. */
struct look {
    size_t first, end; /* of the characters that begin in it */
    size_t controls;   /* NUL and others that no text holds */
    size_t nuls, high; /* high: bytes beyond ASCII */
    bool valid;        /* UTF-8 */
};

struct survey {
    struct lc_slice bytes;
    struct look *look;
};

static bool is_control(unsigned char c)
{
    return c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
}

static bool continues(const unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((p[i] & 0xC0) != 0x80)
            return false;
    return true;
}

/* Bytes of the character at p, of which n are there; 0 where it is none.
 * Source: The Unicode Standard, table 3-7, well-formed UTF-8. */
static size_t character(const unsigned char *p, size_t n)
{
    const unsigned char c = p[0];

    if (c < 0x80)
        return 1;
    if (c >= 0xC2 && c <= 0xDF)
        return n >= 2 && continues(p + 1, 1) ? 2 : 0;
    if (c >= 0xE0 && c <= 0xEF) {
        if (n < 3 || !continues(p + 1, 2) || (c == 0xE0 && p[1] < 0xA0) ||
            (c == 0xED && p[1] > 0x9F))
            return 0;
        return 3;
    }
    if (c >= 0xF0 && c <= 0xF4) {
        if (n < 4 || !continues(p + 1, 3) || (c == 0xF0 && p[1] < 0x90) ||
            (c == 0xF4 && p[1] > 0x8F))
            return 0;
        return 4;
    }
    return 0;
}

bool lc_is_utf8(struct lc_slice s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t i = 0;

    if (memchr(s.p, 0, s.n))
        return false;
    while (i < s.n) {
        uint64_t eight;
        size_t n;

        if (i + sizeof eight <= s.n) {
            memcpy(&eight, p + i, sizeof eight);
            if (!(eight & UINT64_C(0x8080808080808080))) {
                i += sizeof eight;
                continue;
            }
        }
        n = character(p + i, s.n - i);
        if (!n)
            return false;
        i += n;
    }
    return true;
}

typedef uint8_t vector __attribute__((vector_size(16)));

/* True where none of sixteen bytes is beyond ASCII or a control character that no text holds. */
static bool plain_bytes(const char *p)
{
    const vector zero = {0};
    uint64_t half[2];
    vector v, odd;

    memcpy(&v, p, sizeof v);
    odd = (vector)(v < zero + 0x20) & (vector)(v != zero + '\t') & (vector)(v != zero + '\n') &
          (vector)(v != zero + '\r') & (vector)(v != zero + '\f');
    odd |= v & (zero + 0x80);
    memcpy(half, &odd, sizeof half);
    return (half[0] | half[1]) == 0;
}

/* The character at byte i, on the account of the block; returns its bytes. */
static size_t look_at_one(struct look *look, const unsigned char *p, size_t n)
{
    size_t m = 1;

    if (*p >= 0x80) {
        m = look->valid ? character(p, n) : 1;
        look->valid = look->valid && m;
        m = m ? m : 1;
        look->high += m;
    } else {
        look->controls += is_control(*p);
        look->nuls += *p == 0;
    }
    return m;
}

static void look_at(void *context, size_t block, size_t worker)
{
    const struct survey *s = context;
    const unsigned char *p = (const unsigned char *)s->bytes.p;
    const size_t n = s->bytes.n, from = block * BLOCK_BYTES;
    const size_t to = n - from < BLOCK_BYTES ? n : from + BLOCK_BYTES;
    struct look look = {from, from, 0, 0, 0, true};
    size_t i = from;

    (void)worker;
    if (block)
        while (i < to && i < from + 3 && (p[i] & 0xC0) == 0x80)
            i++;
    look.first = i;
    while (i < to) {
        const size_t stop = to - i < sizeof(vector) ? to : i + sizeof(vector);

        if (stop - i == sizeof(vector) && plain_bytes(s->bytes.p + i)) {
            i = stop;
            continue;
        }
        while (i < stop)
            i += look_at_one(&look, p + i, n - i);
    }
    look.end = i;
    s->look[block] = look;
}

static enum lc_rc survey(struct lc_slice bytes, struct lc_parallel *pool,
                         struct lc_arena *arena, struct look *all, struct lc_err *err)
{
    const size_t blocks = (bytes.n + BLOCK_BYTES - 1) / BLOCK_BYTES;
    struct survey s = {bytes, LC_NEW(arena, blocks, struct look)};

    if (!s.look)
        return lc_fail_memory(err, "a file");
    lc_parallel_run(pool, blocks, look_at, &s);
    *all = (struct look){.valid = true};
    for (size_t b = 0; b < blocks; b++) {
        const struct look *l = &s.look[b];

        all->controls += l->controls;
        all->nuls += l->nuls;
        all->high += l->high;
        all->valid = all->valid && l->valid && l->first == (b ? all->end : 0);
        all->end = l->end;
    }
    return LC_OK;
}

static bool begins(struct lc_slice s, const char *mark, size_t n)
{
    return s.n >= n && memcmp(s.p, mark, n) == 0;
}

static enum lc_rc refuse_others(struct lc_slice bytes, struct lc_err *err)
{
    if (begins(bytes, "PK\3\4", 4))
        return lc_fail(err, LC_EFORMAT,
                       "is a workbook or an archive, not text; open it and save it as CSV");
    if (begins(bytes, "\xd0\xcf\x11\xe0", 4))
        return lc_fail(err, LC_EFORMAT,
                       "is an old Excel workbook, not text; open it and save it as CSV");
    if (begins(bytes, "\x1f\x8b", 2))
        return lc_fail(err, LC_EFORMAT, "is packed with gzip; unpack it first");
    if (begins(bytes, "%PDF", 4))
        return lc_fail(err, LC_EFORMAT, "is a PDF, not text; export the report as CSV");
    return LC_OK;
}

/* "UTF-16LE" or "UTF-16BE" by the places of NULs among the first bytes, else NULL. */
static const char *pattern(struct lc_slice s)
{
    const size_t pairs = (s.n < SAMPLE_BYTES ? s.n : SAMPLE_BYTES) / 2;
    size_t even = 0, odd = 0;

    for (size_t i = 0; i < pairs; i++) {
        even += s.p[2 * i] == 0;
        odd += s.p[2 * i + 1] == 0;
    }
    if (pairs < 2)
        return NULL;
    if (5 * odd > 2 * pairs && 20 * even <= pairs)
        return "UTF-16LE";
    return 5 * even > 2 * pairs && 20 * odd <= pairs ? "UTF-16BE" : NULL;
}

/* From UTF-16 or Windows-1252; what cannot be converted becomes U+FFFD and is counted. */
static enum lc_rc convert(struct lc_slice from, const char *encoding, size_t unit,
                          struct lc_arena *arena, struct lc_decoded *out, struct lc_err *err)
{
    const size_t room = from.n > SIZE_MAX / 4 ? 0 : from.n / unit * 3 + 8;
    char *to = room ? lc_arena_alloc(arena, room, 1) : NULL, *at = to;
    size_t in_left = from.n, out_left = room;
    iconv_t c;
    char *in;

    memcpy(&in, &from.p, sizeof in); /* iconv's prototype lacks a const; it only reads */
    if (!to)
        return lc_fail_memory(err, "converting a file to UTF-8");
    c = iconv_open("UTF-8", encoding);
    if (c == (iconv_t)-1) /* NOLINT(performance-no-int-to-ptr): how iconv says no */
        return lc_fail(err, LC_EFORMAT,
                       "is %.40s, which this system cannot convert; save it as UTF-8",
                       encoding);
    while (in_left && iconv(c, &in, &in_left, &at, &out_left) == (size_t)-1) {
        const size_t skip = in_left < unit ? in_left : unit;

        assert(errno != E2BIG && out_left >= REPLACEMENT_N);
        memcpy(at, replacement, sizeof replacement);
        at += REPLACEMENT_N;
        out_left -= REPLACEMENT_N;
        out->replaced++;
        in += skip;
        in_left -= skip;
    }
    (void)iconv_close(c);
    out->text = (struct lc_slice){to, (size_t)(at - to)};
    out->encoding = encoding;
    return LC_OK;
}

static enum lc_rc replace_nuls(struct lc_decoded *d, size_t nuls, struct lc_arena *arena,
                               struct lc_err *err)
{
    char *to = lc_arena_alloc(arena, d->text.n + nuls * (REPLACEMENT_N - 1), 1);
    size_t n = 0;

    if (!to)
        return lc_fail_memory(err, "a file");
    for (size_t i = 0; i < d->text.n; i++)
        if (d->text.p[i]) {
            to[n++] = d->text.p[i];
        } else {
            memcpy(to + n, replacement, sizeof replacement);
            n += REPLACEMENT_N;
        }
    d->replaced += nuls;
    d->text = (struct lc_slice){to, n};
    return LC_OK;
}

static enum lc_rc decode_bytes(struct lc_slice bytes, struct lc_parallel *pool,
                               struct lc_arena *arena, struct lc_decoded *d, struct lc_err *err)
{
    struct look all;
    enum lc_rc rc = survey(d->text, pool, arena, &all, err);

    if (rc)
        return rc;
    if (all.controls > d->text.n / MOST_CONTROLS + 1)
        return lc_fail(err, LC_EFORMAT,
                       "is not text: %zu of its %zu bytes are control characters; "
                       "export it as CSV",
                       all.controls, bytes.n);
    if (!all.valid) {
        rc = convert(d->text, "WINDOWS-1252", 1, arena, d, err);
        if (rc)
            return rc;
        d->encoding = "Windows-1252";
        d->converted = all.high - d->replaced;
    }
    return all.nuls ? replace_nuls(d, all.nuls, arena, err) : LC_OK;
}

/* As the person says it is, without the mark that any of them may begin with. */
static enum lc_rc decode_as(struct lc_slice bytes, const char *encoding,
                            struct lc_parallel *pool, struct lc_arena *arena,
                            struct lc_decoded *d, struct lc_err *err)
{
    const bool wide =
        strncasecmp(encoding, "utf-16", 6) == 0 || strncasecmp(encoding, "ucs-2", 5) == 0;
    enum lc_rc rc;

    if (strncasecmp(encoding, "utf-8", 5) == 0 && begins(bytes, "\xef\xbb\xbf", 3))
        d->text = (struct lc_slice){bytes.p + 3, bytes.n - 3};
    rc = convert(d->text, encoding, wide ? 2 : 1, arena, d, err);
    if (!rc && begins(d->text, "\xef\xbb\xbf", 3)) {
        d->text.p += 3;
        d->text.n -= 3;
    }
    return rc ? rc : decode_bytes(d->text, pool, arena, d, err);
}

enum lc_rc lc_decode(struct lc_slice bytes, const char *encoding, struct lc_parallel *pool,
                     struct lc_arena *arena, struct lc_decoded *out, struct lc_err *err)
{
    struct lc_decoded d = {bytes, "UTF-8", 0, 0};
    const char *wide = NULL;
    enum lc_rc rc = refuse_others(bytes, err);

    if (!rc && encoding) {
        rc = decode_as(bytes, encoding, pool, arena, &d, err);
        if (!rc)
            *out = d;
        return rc;
    }
    if (rc)
        return rc;
    if (begins(bytes, "\xef\xbb\xbf", 3)) {
        d.text = (struct lc_slice){bytes.p + 3, bytes.n - 3};
        d.encoding = "UTF-8 with mark";
    } else if (begins(bytes, "\xff\xfe", 2) || begins(bytes, "\xfe\xff", 2)) {
        wide = bytes.p[0] == '\xff' ? "UTF-16LE" : "UTF-16BE";
        d.text = (struct lc_slice){bytes.p + 2, bytes.n - 2};
    } else {
        wide = pattern(bytes);
    }
    if (wide) {
        rc = convert(d.text, wide, 2, arena, &d, err);
        if (!rc)
            rc = decode_bytes(d.text, pool, arena, &d, err);
        d.encoding = wide;
    } else {
        rc = decode_bytes(bytes, pool, arena, &d, err);
    }
    if (!rc)
        *out = d;
    return rc;
}
