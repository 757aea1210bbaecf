/* The level of a cell, cleaned and looked up once per spelling. */
#include "leadcal/hash.h"
#include "score_internal.h"

/* Distinct spellings remembered of one attribute: a column with more is free text or a key, whose
 * cells hardly repeat; they are looked up each time, so that memory stays bounded. */
#define MOST_SPELLINGS 100000
#define FIRST_SLOTS    64 /* a power of two, as every size after it */

/* The slot of these bytes, or the free one where they belong. */
static struct lc_spelling *slot_of(struct lc_spelling *slot, size_t n_slots, uint64_t hash,
                                   struct lc_slice bytes)
{
    size_t at = (size_t)hash & (n_slots - 1);

    while (slot[at].bytes.p && (slot[at].hash != hash || !lc_slice_eq(slot[at].bytes, bytes)))
        at = (at + 1) & (n_slots - 1);
    return &slot[at];
}

static bool widen(struct lc_spellings *b, struct lc_arena *arena)
{
    const size_t n_slots = b->slot ? 2 * b->n_slots : FIRST_SLOTS;
    struct lc_spelling *slot = LC_NEW(arena, n_slots, struct lc_spelling);

    if (!slot)
        return false;
    for (size_t i = 0; b->slot && i < b->n_slots; i++)
        if (b->slot[i].bytes.p)
            *slot_of(slot, n_slots, b->slot[i].hash, b->slot[i].bytes) = b->slot[i];
    b->slot = slot;
    b->n_slots = n_slots;
    return true;
}

enum lc_rc lc_spelling_find(const struct lc_model *model, size_t j, struct lc_spellings *b,
                            struct lc_arena *arena, struct lc_slice cell,
                            struct lc_spelling *out, struct lc_err *err)
{
    const struct lc_attribute *a = &model->card.attribute[j].attribute;
    struct lc_spelling *at;
    const uint64_t hash = lc_hash_bytes(cell.n ? cell.p : "", cell.n);

    if (2 * (b->n_used + 1) > b->n_slots && b->n_used < MOST_SPELLINGS && !widen(b, arena))
        return lc_fail_memory(err, "the spellings of the levels");
    at = slot_of(b->slot, b->n_slots, hash, cell);
    if (at->bytes.p) {
        *out = *at;
        return LC_OK;
    }
    out->level = (uint32_t)lc_model_level(model, j, cell, &out->empty);
    out->differs = out->level == a->n_levels && !out->empty &&
                   lc_attribute_differs(a, lc_slice_trim(cell));
    if (b->n_used >= MOST_SPELLINGS)
        return LC_OK;
    out->bytes.p = lc_arena_text(arena, cell);
    out->bytes.n = cell.n;
    out->hash = hash;
    if (!out->bytes.p)
        return lc_fail_memory(err, "the spellings of the levels");
    *at = *out;
    b->n_used++;
    return LC_OK;
}
