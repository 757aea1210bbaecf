/* fuzz_model_file - any bytes give a model that scores and round-trips, or a refusal with its place. */
#include <assert.h>
#include <gsl/gsl_errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/model_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static char *written(const struct lc_model *m)
{
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    struct lc_err err;

    assert(to && lc_model_write(m, to, &err) == LC_OK && fclose(to) == 0);
    return text;
}

/* Every attribute answers any text with a level it has, or with unseen. */
static void check_levels(const struct lc_model *m)
{
    static const char *const text[] = {"", "0", "-1e300", "1e300", "(missing)", "x"};

    for (size_t j = 0; j < m->card.k; j++)
        for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
            const struct lc_attribute *a = &m->card.attribute[j].attribute;

            assert(lc_attribute_level(a, lc_slice_of(text[i])) <= a->n_levels);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct lc_model m, again;
    struct lc_arena arena;
    struct lc_err err = {.text = ""};
    struct lc_slice text;
    enum lc_rc rc;

    (void)gsl_set_error_handler_off();
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    text =
        (struct lc_slice){lc_arena_text(&arena, (struct lc_slice){(const char *)bytes, n}), n};
    assert(text.p);
    rc = lc_model_parse("fuzz.json", text, &arena, &m, &err);
    assert(rc == LC_OK || rc == LC_EFORMAT || rc == LC_EMISMATCH);
    if (rc) {
        assert(strncmp(err.text, "fuzz.json:", 10) == 0);
    } else {
        char *first = written(&m), *second;

        check_levels(&m);
        rc = lc_model_parse("again.json", lc_slice_of(first), &arena, &again, &err);
        assert(rc == LC_OK);
        second = written(&again);
        assert(strcmp(first, second) == 0);
        free(first);
        free(second);
    }
    lc_arena_release(&arena);
    return 0;
}
