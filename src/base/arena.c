#include "leadcal/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES 65536 /* small lifetimes cost one block; large pieces get their own */
#define ALIGN       64    /* a cache line, and the widest vector */

struct lc_arena_block {
    struct lc_arena_block *before;
    char *bytes; /* aligned; inside `raw` */
    size_t size;
    void *raw;
};

void lc_arena_init(struct lc_arena *arena, size_t limit)
{
    *arena = (struct lc_arena){.limit = limit};
}

void lc_arena_release(struct lc_arena *arena)
{
    struct lc_arena_block *block = arena->last;

    while (block) {
        struct lc_arena_block *before = block->before;

        free(block->raw);
        free(block);
        block = before;
    }
    lc_arena_init(arena, arena->limit);
}

static struct lc_arena_block *new_block(struct lc_arena *arena, size_t size)
{
    struct lc_arena_block *block = malloc(sizeof *block);

    if (!block)
        return NULL;
    block->raw = size <= SIZE_MAX - ALIGN ? calloc(1, size + ALIGN) : NULL;
    if (!block->raw) {
        free(block);
        return NULL;
    }
    block->bytes = (char *)block->raw + (ALIGN - (uintptr_t)block->raw % ALIGN) % ALIGN;
    block->size = size;
    block->before = arena->last;
    return block;
}

#if defined(__SANITIZE_ADDRESS__)
#define OWN_BLOCK_FROM 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OWN_BLOCK_FROM 0
#endif
#endif
#ifndef OWN_BLOCK_FROM
#define OWN_BLOCK_FROM (BLOCK_BYTES / 4)
#endif

void *lc_arena_alloc(struct lc_arena *arena, size_t n, size_t size)
{
    struct lc_arena_block *block;
    size_t asked, bytes;

    if (size && n > (SIZE_MAX - ALIGN) / size)
        return NULL;
    asked = n * size;
    if (asked == 0)
        asked = 1;
    bytes = (asked + 15) / 16 * 16;
    if (bytes > arena->limit - arena->used)
        return NULL;
    if (bytes > OWN_BLOCK_FROM) { /* behind the block in use, which goes on being filled */
        block = new_block(arena, asked);
        if (!block)
            return NULL;
        if (arena->last) {
            block->before = arena->last->before;
            arena->last->before = block;
        } else {
            arena->last = block;
            arena->left = 0;
        }
        arena->used += bytes;
        return block->bytes;
    }
    if (bytes > arena->left) {
        block = new_block(arena, BLOCK_BYTES);
        if (!block)
            return NULL;
        arena->last = block;
        arena->left = BLOCK_BYTES;
    }
    block = arena->last;
    arena->left -= bytes;
    arena->used += bytes;
    return block->bytes + (block->size - arena->left - bytes);
}

char *lc_arena_text(struct lc_arena *arena, struct lc_slice s)
{
    char *copy = lc_arena_alloc(arena, s.n + 1, 1);

    if (copy && s.n)
        memcpy(copy, s.p, s.n);
    return copy;
}

char *lc_arena_format(struct lc_arena *arena, const char *fmt, ...)
{
    va_list args, again;
    char *text = NULL;
    int n;

    va_start(args, fmt);
    va_copy(again, args);
    n = vsnprintf(NULL, 0, fmt, args);
    if (n >= 0)
        text = lc_arena_alloc(arena, (size_t)n + 1, 1);
    if (text)
        (void)vsnprintf(text, (size_t)n + 1, fmt, again);
    va_end(again);
    va_end(args);
    return text;
}
