/* dict.h - distinct texts of one column, numbered by first appearance.   Layer: data */
#ifndef LC_DICT_H
#define LC_DICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "leadcal/arena.h"
#include "leadcal/codes.h"
#include "leadcal/hash.h"
#include "leadcal/slice.h"

/* What is compared of a text before its bytes are: both ends and the length tell all texts of up
 * to 16 bytes apart, and of longer ones nearly all. */
struct lc_dict_key {
    uint64_t head, tail, hash;
    uint32_t n;
};

struct lc_dict_slot {
    uint64_t head, tail;
    uint32_t n, number; /* number: the code + 1; 0 is an empty slot */
};

/* A hash table that only grows. The codes are 0, 1, 2, ... in the order of first appearance. */
struct lc_dict {
    struct lc_dict_slot *slot; /* [mask + 1], in `scratch` */
    size_t mask;
    unsigned shift;
    uint32_t n, room;
    struct lc_slice *text; /* [n], in `keep` */
    struct lc_arena *keep, *scratch;
    bool borrow; /* the texts outlive the dictionary: not copied */
};

/* lc_dict_init - an empty dictionary.
 *
 * keep     where the texts live
 * scratch  where the hash table lives; after its release only `text` and `n` may be used
 * borrow   the texts are not copied
 *
 * Returns false where memory is refused. */
bool lc_dict_init(struct lc_dict *d, struct lc_arena *keep, struct lc_arena *scratch,
                  bool borrow) LC_MUST_USE;

/* lc_dict_add - the slow half of lc_dict_code: a text that is known to be new. */
uint32_t lc_dict_add(struct lc_dict *d, const struct lc_dict_key *key, struct lc_slice s);

/* lc_dict_pop - forgets the text that was added last, as if it had never come. */
void lc_dict_pop(struct lc_dict *d);

static inline uint64_t lc_dict_word(const char *p)
{
    uint64_t x;

    memcpy(&x, p, sizeof x);
    return x;
}

static inline uint64_t lc_dict_half(const char *p)
{
    uint32_t x;

    memcpy(&x, p, sizeof x);
    return x;
}

static inline struct lc_dict_key lc_dict_key_of(struct lc_slice s)
{
    struct lc_dict_key key = {0, 0, 0, (uint32_t)s.n};

    if (s.n >= 8) {
        key.head = lc_dict_word(s.p);
        key.tail = lc_dict_word(s.p + s.n - 8);
    } else if (s.n >= 4) {
        key.head = lc_dict_half(s.p) | lc_dict_half(s.p + s.n - 4) << 32;
    } else if (s.n) {
        key.head = (uint64_t)(unsigned char)s.p[0] |
                   (uint64_t)(unsigned char)s.p[s.n / 2] << 8 |
                   (uint64_t)(unsigned char)s.p[s.n - 1] << 16;
    }
    key.hash = (key.head ^ (key.tail << 29 | key.tail >> 35) ^ s.n) * 0x9E3779B97F4A7C15U;
    if (s.n > 16) /* web addresses share both ends */
        key.hash ^= lc_hash_bytes(s.p + 8, s.n - 16);
    return key;
}

static inline bool lc_dict_is(const struct lc_dict *d, const struct lc_dict_slot *slot,
                              const struct lc_dict_key *key, struct lc_slice s)
{
    return slot->head == key->head && slot->tail == key->tail && slot->n == key->n &&
           (s.n <= 16 || memcmp(d->text[slot->number - 1].p + 8, s.p + 8, s.n - 16) == 0);
}

/* lc_dict_code - the code of a text, new or not; LC_NO_CODE where memory is refused. It is new
 * where the code equals what d->n was before. Texts are shorter than 4 GiB. */
static inline uint32_t lc_dict_code(struct lc_dict *d, struct lc_slice s)
{
    const struct lc_dict_key key = lc_dict_key_of(s);

    for (size_t i = key.hash >> d->shift;; i = (i + 1) & d->mask) {
        const struct lc_dict_slot *slot = &d->slot[i];

        if (slot->number == 0)
            return lc_dict_add(d, &key, s);
        if (lc_dict_is(d, slot, &key, s))
            return slot->number - 1;
    }
}

/* lc_dict_find - the code of a text that may not be there: then LC_NO_CODE. */
static inline uint32_t lc_dict_find(const struct lc_dict *d, struct lc_slice s)
{
    const struct lc_dict_key key = lc_dict_key_of(s);

    for (size_t i = key.hash >> d->shift; d->slot[i].number; i = (i + 1) & d->mask)
        if (lc_dict_is(d, &d->slot[i], &key, s))
            return d->slot[i].number - 1;
    return LC_NO_CODE;
}

#endif
