/* fuzz_spec_table - any bytes give a spec or a refusal with its place; a spec is written as a table, and
 * as JSON, and both are read back to the same. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/spec_file.h"
#include "leadcal/spec_table.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static char *as_json(const struct lc_spec *spec)
{
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    struct lc_err err;

    assert(to && lc_spec_write(spec, NULL, 0, to, &err) == LC_OK && fclose(to) == 0);
    return text;
}

static char *as_table(const struct lc_spec *spec, struct lc_arena *arena)
{
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    struct lc_err err;

    assert(to && lc_spec_table_write(spec, NULL, NULL, arena, to, &err) == LC_OK &&
           fclose(to) == 0);
    return text;
}

static void check_round_trip(const struct lc_spec *spec, struct lc_arena *arena)
{
    char *table = as_table(spec, arena), *json = as_json(spec), *again;
    struct lc_spec read;
    struct lc_err err;

    if (lc_spec_table_parse("again.csv", lc_slice_of(table), arena, &read, &err)) {
        (void)fprintf(stderr, "%s\n%s", err.text, table);
        abort();
    }
    again = as_json(&read);
    assert(strcmp(json, again) == 0);
    free(again);
    again = as_table(&read, arena);
    assert(strcmp(table, again) == 0);
    free(again);
    if (lc_spec_parse("again.json", lc_slice_of(json), arena, &read, &err)) {
        (void)fprintf(stderr, "%s\n%s", err.text, json);
        abort();
    }
    free(json);
    free(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct lc_spec spec;
    struct lc_arena arena;
    struct lc_err err = {.text = ""};
    struct lc_slice text;
    enum lc_rc rc;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    text =
        (struct lc_slice){lc_arena_text(&arena, (struct lc_slice){(const char *)bytes, n}), n};
    assert(text.p);
    rc = lc_spec_table_parse("fuzz.csv", text, &arena, &spec, &err);
    assert(rc == LC_OK || rc == LC_EFORMAT || rc == LC_EMISMATCH);
    if (rc)
        assert(strncmp(err.text, "fuzz.csv:", 9) == 0);
    else
        check_round_trip(&spec, &arena);
    lc_arena_release(&arena);
    return 0;
}
