/* fuzz_load - any bytes give one table, or one refusal, however they are cut; and rows add up. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "leadcal/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct result {
    struct lc_arena arena;
    struct lc_table table;
    struct lc_load_account account;
    struct lc_err err;
    enum lc_rc rc;
};

static void load(const char *path, size_t chunk_bytes, struct lc_parallel *pool,
                 struct result *r)
{
    const struct lc_load_options options = {
        .max_bad = SIZE_MAX, .quiet = true, .chunk_bytes = chunk_bytes};
    struct lc_spec spec;

    memset(r, 0, sizeof *r);
    lc_spec_init(&spec);
    lc_arena_init(&r->arena, LC_ARENA_NO_LIMIT);
    r->rc =
        lc_load(&path, 1, &spec, &options, pool, &r->arena, &r->table, &r->account, &r->err);
    assert(r->rc == LC_OK || r->rc == LC_EFORMAT);
}

static void check_column(const struct lc_table_column *c, size_t n)
{
    size_t sum = 0;

    if (c->kind == LC_KIND_MANY)
        return;
    for (uint32_t i = 0; i < c->codes.n_levels; i++) {
        assert(c->count[i] > 0 && c->codes.level[i][0]);
        assert(!c->number || i == c->codes.missing || c->number[i] == c->number[i]);
        sum += c->count[i];
    }
    assert(sum == n);
    for (size_t i = 0; i < n; i++)
        assert(lc_code_at(&c->codes, i) < c->codes.n_levels);
}

static void check_same(const struct lc_table_column *a, const struct lc_table_column *b,
                       size_t n)
{
    assert(strcmp(a->codes.name, b->codes.name) == 0 && a->kind == b->kind);
    assert(a->n_filled == b->n_filled && a->codes.n_levels == b->codes.n_levels);
    if (a->kind == LC_KIND_MANY)
        return;
    assert(a->codes.width == b->codes.width && a->codes.missing == b->codes.missing);
    assert(memcmp(a->codes.code, b->codes.code, n * a->codes.width) == 0);
    for (uint32_t i = 0; i < a->codes.n_levels; i++)
        assert(strcmp(a->codes.level[i], b->codes.level[i]) == 0);
}

static void check(const struct result *a, const struct result *b)
{
    const struct lc_table_file *file = a->table.file;

    assert(a->rc == b->rc);
    if (a->rc) {
        assert(strcmp(a->err.text, b->err.text) == 0);
        return;
    }
    assert(file->rows_used + file->rows_skipped + file->rows_rejected == file->rows_seen);
    assert(a->table.n == file->rows_used && a->table.n == b->table.n &&
           a->table.k == b->table.k);
    assert(a->account.n_complaints == b->account.n_complaints);
    for (size_t i = 0; i < a->account.n_complaints; i++)
        assert(a->account.complaint[i].line == b->account.complaint[i].line);
    for (size_t j = 0; j < a->table.k; j++) {
        check_column(&a->table.column[j], a->table.n);
        check_same(&a->table.column[j], &b->table.column[j], a->table.n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct lc_parallel
        *pool; /* one for all inputs: starting threads costs more than a load */
    const char *folder = getenv("TMPDIR");
    struct result whole, cut;
    char path[512];
    FILE *to;
    int fd;

    if (!pool)
        pool = lc_parallel_new(2);
    (void)snprintf(path, sizeof path, "%s/leadcal-fuzz-XXXXXX", folder ? folder : "/tmp");
    fd = mkstemp(path);
    to = fd < 0 ? NULL : fdopen(fd, "wb");
    assert(to && fwrite(bytes, 1, n, to) == n && fclose(to) == 0);
    load(path, 0, NULL, &whole);
    load(path, 1 + n / 5, pool, &cut);
    check(&whole, &cut);
    lc_arena_release(&whole.arena);
    lc_arena_release(&cut.arena);
    (void)unlink(path);
    return 0;
}
