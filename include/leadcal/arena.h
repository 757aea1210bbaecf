/* arena.h - memory that dies together, with a limit.   Layer: base */
#ifndef LC_ARENA_H
#define LC_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "leadcal/error.h"
#include "leadcal/slice.h"

struct lc_arena_block;

/* One lifetime: everything allocated in it is released together. Not for two threads at once.
 * Under AddressSanitizer each piece is its own malloc, so that overruns are seen. */
struct lc_arena {
    struct lc_arena_block *last;
    size_t left;  /* bytes left in the last block */
    size_t used;  /* bytes handed out */
    size_t limit; /* bytes it will hand out at most; what is asked beyond fails */
};

#define LC_ARENA_NO_LIMIT ((size_t)-1)

void lc_arena_init(struct lc_arena *arena, size_t limit);

/* Frees everything; the arena is then as after lc_arena_init with the same limit. */
void lc_arena_release(struct lc_arena *arena);

/* lc_arena_adopt - what `from` holds becomes that of `to`, and dies with it; `from` is then as released.
 * LC_ENOMEM where it is more than `to` may hand out: nothing has changed then. */
enum lc_rc lc_arena_adopt(struct lc_arena *to, struct lc_arena *from,
                          struct lc_err *err) LC_MUST_USE;

/* lc_arena_alloc - n * size zeroed bytes, aligned for any type; 64 bytes where it is large.
 * NULL where the limit, the machine or the product refuses. n == 0 gives a valid pointer. */
void *lc_arena_alloc(struct lc_arena *arena, size_t n, size_t size) LC_MUST_USE;

/* LC_NEW - n zeroed things of a type, or NULL. */
#define LC_NEW(arena, n, type) ((type *)lc_arena_alloc((arena), (n), sizeof(type)))

/* lc_arena_text - a copy of the bytes with a NUL behind them, or NULL. */
char *lc_arena_text(struct lc_arena *arena, struct lc_slice s) LC_MUST_USE;

/* lc_arena_format - a formatted C string, or NULL. */
char *lc_arena_format(struct lc_arena *arena, const char *fmt, ...) LC_PRINTF(2, 3) LC_MUST_USE;

/* lc_arena_vformat - the same, of arguments already taken. */
char *lc_arena_vformat(struct lc_arena *arena, const char *fmt, va_list args)
    LC_PRINTF(2, 0) LC_MUST_USE;

#endif
