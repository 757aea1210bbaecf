#include "leadcal/dict.h"

#include <assert.h>

#define FIRST_BITS 8  /* 256 slots, 6 KiB: most columns never need more */
#define FIRST_ROOM 64 /* texts; doubled as it fills */

static struct lc_dict_slot *new_slots(struct lc_arena *scratch, unsigned bits)
{
    return LC_NEW(scratch, (size_t)1 << bits, struct lc_dict_slot);
}

bool lc_dict_init(struct lc_dict *d, struct lc_arena *keep, struct lc_arena *scratch,
                  bool borrow)
{
    *d = (struct lc_dict){.keep = keep, .scratch = scratch, .borrow = borrow};
    d->slot = new_slots(scratch, FIRST_BITS);
    d->mask = ((size_t)1 << FIRST_BITS) - 1;
    d->shift = 64 - FIRST_BITS;
    return d->slot != NULL;
}

static void place(struct lc_dict *d, const struct lc_dict_key *key, uint32_t code)
{
    size_t i = key->hash >> d->shift;

    while (d->slot[i].number)
        i = (i + 1) & d->mask;
    d->slot[i] = (struct lc_dict_slot){key->head, key->tail, key->n, code + 1};
}

static bool widen(struct lc_dict *d)
{
    const unsigned bits = 64 - d->shift + 1;
    struct lc_dict_slot *wider = new_slots(d->scratch, bits);

    if (!wider)
        return false;
    d->slot = wider;
    d->mask = ((size_t)1 << bits) - 1;
    d->shift = 64 - bits;
    for (uint32_t code = 0; code < d->n; code++) {
        const struct lc_dict_key key = lc_dict_key_of(d->text[code]);

        place(d, &key, code);
    }
    return true;
}

static bool more_texts(struct lc_dict *d)
{
    const uint32_t room = d->room ? 2 * d->room : FIRST_ROOM;
    struct lc_slice *wider = LC_NEW(d->keep, room, struct lc_slice);

    if (!wider)
        return false;
    if (d->n)
        memcpy(wider, d->text, d->n * sizeof *wider);
    d->text = wider;
    d->room = room;
    return true;
}

uint32_t lc_dict_add(struct lc_dict *d, const struct lc_dict_key *key, struct lc_slice s)
{
    if (d->n == d->room && (d->n > UINT32_MAX / 4 || !more_texts(d)))
        return LC_NO_CODE;
    if ((size_t)d->n * 2 > d->mask && !widen(d))
        return LC_NO_CODE;
    if (!d->borrow) {
        s.p = lc_arena_text(d->keep, s);
        if (!s.p)
            return LC_NO_CODE;
    }
    d->text[d->n] = s;
    place(d, key, d->n);
    return d->n++;
}

void lc_dict_pop(struct lc_dict *d)
{
    struct lc_dict_key key;
    size_t i;

    assert(d->n);
    key = lc_dict_key_of(d->text[d->n - 1]);
    for (i = key.hash >> d->shift; d->slot[i].number != d->n; i = (i + 1) & d->mask)
        ;
    /* Nothing was placed after it, so no other text's search passes over this slot. */
    d->slot[i] = (struct lc_dict_slot){0, 0, 0, 0};
    d->n--;
}
