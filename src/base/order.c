#include "leadcal/order.h"

#include <stdbool.h>
#include <string.h>

#define DIGIT_BITS 11
#define DIGITS     6 /* of 11 bits hold 64 */
#define VALUES     ((size_t)1 << DIGIT_BITS)
#define FEW        ((size_t)64) /* so many are sorted faster by moving each to its place */

struct keyed {
    uint64_t key;
    uint32_t place;
};

/* Rises as x does: the sign bit is turned, and all the others too where x is negative. */
static uint64_t key_of(double x)
{
    const double one_zero = x + 0.0; /* -0 is 0 */
    uint64_t bits;

    memcpy(&bits, &one_zero, sizeof bits);
    return bits ^ (bits >> 63 ? UINT64_MAX : (uint64_t)1 << 63);
}

static double of_key(uint64_t key)
{
    const uint64_t bits = key ^ (key >> 63 ? (uint64_t)1 << 63 : UINT64_MAX);
    double x;

    memcpy(&x, &bits, sizeof x);
    return x;
}

static size_t digit(uint64_t key, size_t d)
{
    return (size_t)(key >> (d * DIGIT_BITS)) % VALUES;
}

static void insert(struct keyed *a, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const struct keyed one = a[i];
        size_t j = i;

        for (; j > 0 && a[j - 1].key > one.key; j--)
            a[j] = a[j - 1];
        a[j] = one;
    }
}

/* count: [DIGITS * VALUES] zeros. The sorted ones are in a or in b, as returned. */
static struct keyed *distribute(struct keyed *a, struct keyed *b, size_t n, uint32_t *count)
{
    for (size_t i = 0; i < n; i++)
        for (size_t d = 0; d < DIGITS; d++)
            count[d * VALUES + digit(a[i].key, d)]++;
    for (size_t d = 0; d < DIGITS; d++) {
        uint32_t *begin = count + d * VALUES, before = 0;
        struct keyed *from = a;

        if (begin[digit(a[0].key, d)] == n)
            continue;
        for (size_t v = 0; v < VALUES; v++) {
            const uint32_t here = begin[v];

            begin[v] = before;
            before += here;
        }
        for (size_t i = 0; i < n; i++)
            b[begin[digit(from[i].key, d)]++] = from[i];
        a = b;
        b = from;
    }
    return a;
}

static enum lc_rc sort(const double *x, size_t n, struct lc_arena *scratch,
                       const struct keyed **sorted, struct lc_err *err)
{
    const bool few = n <= FEW;
    struct keyed *a = LC_NEW(scratch, n + 1, struct keyed);
    struct keyed *b = few ? a : LC_NEW(scratch, n, struct keyed);
    uint32_t *count = few ? NULL : LC_NEW(scratch, DIGITS * VALUES, uint32_t);

    if (!a || !b || (!few && !count))
        return lc_fail_memory(err, "sorting");
    for (size_t i = 0; i < n; i++)
        a[i] = (struct keyed){key_of(x[i]), (uint32_t)i};
    if (few)
        insert(a, n);
    *sorted = few ? a : distribute(a, b, n, count);
    return LC_OK;
}

enum lc_rc lc_order_rising(const double *x, size_t n, struct lc_arena *arena, uint32_t *place,
                           struct lc_err *err)
{
    struct lc_arena scratch;
    const struct keyed *sorted = NULL;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = sort(x, n, &scratch, &sorted, err);
    for (size_t i = 0; i < n && !rc; i++)
        place[i] = sorted[i].place;
    lc_arena_release(&scratch);
    return rc;
}

enum lc_rc lc_sort_rising(double *x, size_t n, struct lc_arena *arena, struct lc_err *err)
{
    struct lc_arena scratch;
    const struct keyed *sorted = NULL;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = sort(x, n, &scratch, &sorted, err);
    for (size_t i = 0; i < n && !rc; i++)
        x[i] = of_key(sorted[i].key);
    lc_arena_release(&scratch);
    return rc;
}
