/* fuzz_spec_file - any bytes give a spec or a refusal with its place; a spec is written and read
 * back to the same. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/spec_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static char *written(const struct lc_spec *spec)
{
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    struct lc_err err;

    assert(to && lc_spec_write(spec, NULL, 0, to, &err) == LC_OK && fclose(to) == 0);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct lc_spec spec, again;
    struct lc_arena arena;
    struct lc_err err = {.text = ""};
    struct lc_slice text;
    enum lc_rc rc;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    text =
        (struct lc_slice){lc_arena_text(&arena, (struct lc_slice){(const char *)bytes, n}), n};
    assert(text.p);
    rc = lc_spec_parse("fuzz.json", text, &arena, &spec, &err);
    assert(rc == LC_OK || rc == LC_EFORMAT || rc == LC_EMISMATCH);
    if (rc) {
        assert(strncmp(err.text, "fuzz.json:", 10) == 0);
    } else {
        char *first = written(&spec), *second;

        rc = lc_spec_parse("again.json", lc_slice_of(first), &arena, &again, &err);
        assert(rc == LC_OK);
        second = written(&again);
        assert(strcmp(first, second) == 0);
        free(first);
        free(second);
    }
    lc_arena_release(&arena);
    return 0;
}
