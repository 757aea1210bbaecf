/* fuzz_points_file - any bytes give a card or a refusal with its place; a card's levels are found
 * again by their own texts, and no lead gets more than the caps allow. */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "leadcal/points_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct lc_arena arena;
    struct lc_model m;
    struct lc_err err = {.text = ""};
    enum lc_rc rc;

    lc_arena_init(&arena, (size_t)64 << 20);
    rc = lc_points_parse("fuzz.csv", (struct lc_slice){(const char *)bytes, n}, &arena, &m,
                         &err);
    assert(rc == LC_OK || rc == LC_EFORMAT || rc == LC_EMISMATCH);
    if (rc)
        assert(strncmp(err.text, "fuzz.csv:", 9) == 0);
    for (size_t j = 0; !rc && j < m.card.k; j++) {
        const struct lc_card_attribute *a = &m.card.attribute[j];

        assert(a->attribute.n_levels >= 1);
        assert(a->attribute.missing == a->attribute.n_levels - 1);
        for (size_t v = 0; v <= a->attribute.n_levels; v++)
            assert(isfinite(a->points[v]));
        for (size_t v = 0; v < a->attribute.n_levels && !a->attribute.cut; v++)
            assert(lc_attribute_level(&a->attribute, lc_slice_of(a->attribute.level[v])) == v);
        for (size_t c = 1; c < a->attribute.n_cuts; c++)
            assert(a->attribute.cut[c - 1] < a->attribute.cut[c]);
    }
    lc_arena_release(&arena);
    return 0;
}
