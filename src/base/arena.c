#include "leadcal/arena.h"

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

#if defined(__SANITIZE_ADDRESS__)
#define OWN_BLOCK_FROM 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OWN_BLOCK_FROM 0
#endif
#endif

#ifdef OWN_BLOCK_FROM

/* Ends where the piece ends: room for aligning it by hand would hide a short overrun. */
static char *zeroed(size_t size, void **raw)
{
    if (posix_memalign(raw, ALIGN, size) != 0)
        return NULL;
    return memset(*raw, 0, size);
}

#else
#define OWN_BLOCK_FROM (BLOCK_BYTES / 4)

/* calloc, because the system's fresh pages are zero already. */
static char *zeroed(size_t size, void **raw)
{
    *raw = size <= SIZE_MAX - ALIGN ? calloc(1, size + ALIGN) : NULL;
    return *raw ? (char *)*raw + (ALIGN - (uintptr_t)*raw % ALIGN) % ALIGN : NULL;
}

#endif

static struct lc_arena_block *new_block(struct lc_arena *arena, size_t size)
{
    struct lc_arena_block *block = malloc(sizeof *block);

    if (!block)
        return NULL;
    block->bytes = zeroed(size, &block->raw);
    if (!block->bytes) {
        free(block);
        return NULL;
    }
    block->size = size;
    block->before = arena->last;
    return block;
}

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

/* Behind the block in use, which goes on being filled. */
enum lc_rc lc_arena_adopt(struct lc_arena *to, struct lc_arena *from, struct lc_err *err)
{
    struct lc_arena_block *oldest = from->last;

    if (from->used > to->limit - to->used)
        return lc_fail_memory(err, "what was worked out apart");
    if (!oldest)
        return LC_OK;
    while (oldest->before)
        oldest = oldest->before;
    if (to->last) {
        oldest->before = to->last->before;
        to->last->before = from->last;
    } else {
        to->last = from->last;
        to->left = 0;
    }
    to->used += from->used;
    lc_arena_init(from, from->limit);
    return LC_OK;
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
    va_list args;
    char *text;

    va_start(args, fmt);
    text = lc_arena_vformat(arena, fmt, args);
    va_end(args);
    return text;
}

char *lc_arena_vformat(struct lc_arena *arena, const char *fmt, va_list args)
{
    char *text = NULL;
    va_list again;
    int n;

    va_copy(again, args);
    n = vsnprintf(NULL, 0, fmt, args);
    if (n >= 0)
        text = lc_arena_alloc(arena, (size_t)n + 1, 1);
    if (text)
        (void)vsnprintf(text, (size_t)n + 1, fmt, again);
    va_end(again);
    return text;
}
