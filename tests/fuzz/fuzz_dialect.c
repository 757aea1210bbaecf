/* fuzz_dialect - names and ids of any bytes: a stage lies within its name, a name is the same as itself, and the
 * longer form of an id is its own, whatever became of its case. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/dialect.h"
#include "leadcal/record_id.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_name(const char *name, size_t n)
{
    const char *const header[] = {name, "StageName", "Amount", "CloseDate"};
    const struct lc_signature s = lc_dialect_find(header, 4);
    struct lc_slice stage, pipeline;
    size_t from = 0;

    assert(s.system ? s.known >= 3 && s.marks >= 1 : s.marks == 0);
    assert(lc_dialect_column(&s, LC_MEANS_OUTCOME, header, 4, &from) <= 4);
    if (!lc_dialect_stage(name, &stage, &pipeline))
        return;
    assert(stage.p > name && stage.p + stage.n <= name + n);
    assert(pipeline.n == 0 || (pipeline.p > name && pipeline.p + pipeline.n <= name + n));
}

static void check_id(struct lc_slice id)
{
    char once[LC_LONG_ID + 1], again[LC_LONG_ID + 1];

    (void)lc_record_id_rounded(id);
    if (!lc_record_id_long(id, once))
        return;
    assert(strlen(once) == LC_LONG_ID);
    assert(lc_record_id_long(lc_slice_of(once), again) && strcmp(once, again) == 0);
    for (size_t i = 0; i < LC_LONG_ID; i++)
        if (once[i] >= 'a' && once[i] <= 'z')
            once[i] = (char)(once[i] - 'a' + 'A');
    assert(lc_record_id_long(lc_slice_of(once), once) && strcmp(once, again) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    char *text = malloc(n + 1);

    if (!text)
        return 0;
    if (n)
        memcpy(text, bytes, n);
    text[n] = '\0';
    check_id((struct lc_slice){text, n});
    check_name(text, strlen(text));
    free(text);
    return 0;
}
