#include "leadcal/text_fold.h"

#include <stdbool.h>
#include <string.h>

#include <utf8proc.h>

#define MOST_PARTS 32 /* code points that one decomposes to; Unicode's longest is 18 */
#define MOST_GROWTH \
    16 /* bytes of a byte; NFKD makes 11 of one at most, by the FAQ of Unicode */

struct folding {
    char *to;
    size_t n;
    bool latin; /* the last letter is one of a to z, whose marks do not count */
};

/* The one ASCII character that stands for a class of them; 0: none does. */
static char stands_for(utf8proc_int32_t c)
{
    static const char plain[UTF8PROC_CATEGORY_CO + 1] = {
        [UTF8PROC_CATEGORY_ZS] = ' ',  [UTF8PROC_CATEGORY_ZL] = ' ',
        [UTF8PROC_CATEGORY_ZP] = ' ',  [UTF8PROC_CATEGORY_CC] = ' ',
        [UTF8PROC_CATEGORY_PD] = '-',  [UTF8PROC_CATEGORY_PC] = '_',
        [UTF8PROC_CATEGORY_PS] = '(',  [UTF8PROC_CATEGORY_PE] = ')',
        [UTF8PROC_CATEGORY_PI] = '\'', [UTF8PROC_CATEGORY_PF] = '\'',
    };

    return c == 0x2212 ? '-' : plain[utf8proc_category(c)]; /* the minus sign is a symbol */
}

static void put_char(struct folding *f, char c)
{
    if (c == ' ' && (!f->n || f->to[f->n - 1] == ' '))
        return;
    f->to[f->n++] = c;
    f->latin = c >= 'a' && c <= 'z';
}

static void put_point(struct folding *f, utf8proc_int32_t c)
{
    const bool mark = c >= 0x300 && c <= 0x36f;
    const char plain = stands_for(c);

    if (utf8proc_category(c) == UTF8PROC_CATEGORY_CF || (mark && f->latin))
        return;
    if (plain || c < 0x80) {
        put_char(f, plain ? plain : (char)c);
        return;
    }
    f->n += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)f->to + f->n);
    f->latin = false;
}

const char *lc_text_fold(const char *text, struct lc_arena *arena)
{
    const size_t n = strlen(text);
    struct folding f = {.to = lc_arena_alloc(arena, MOST_GROWTH * n + 1, 1)};

    if (!f.to)
        return NULL;
    for (const char *end = text + n; text < end;) {
        utf8proc_int32_t c = -1, part[MOST_PARTS];
        int boundary = 0;
        const utf8proc_ssize_t bytes =
            utf8proc_iterate((const utf8proc_uint8_t *)text, end - text, &c);
        const utf8proc_ssize_t k =
            bytes > 0 ? utf8proc_decompose_char(
                            c, part, MOST_PARTS,
                            UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &boundary)
                      : -1;

        for (utf8proc_ssize_t i = 0; i < k && k <= MOST_PARTS; i++)
            put_point(&f, part[i]);
        if (bytes <= 0)
            put_char(&f, *text);
        text += bytes > 0 ? bytes : 1;
    }
    while (f.n && f.to[f.n - 1] == ' ')
        f.n--;
    f.to[f.n] = '\0';
    return f.to;
}
