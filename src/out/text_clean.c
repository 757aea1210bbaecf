#include <string.h>

#include <utf8proc.h>

#include "text_clean_internal.h"

#define HANGING 2 /* blanks before the further lines of a sentence */

/* Shown as it is, it would move the cursor, hide text or turn the direction of writing
 * (Unicode TR 36: bidirectional spoofing). */
static bool is_hazard(utf8proc_int32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

size_t lc_text_step(const char **text, char to[5])
{
    utf8proc_int32_t c = -1;
    const utf8proc_ssize_t k = utf8proc_iterate((const utf8proc_uint8_t *)*text, -1, &c);
    const size_t bytes = k > 0 ? (size_t)k : 1;
    int width;

    to[0] = **text == '\n' || **text == '\r' || **text == '\t' ? ' ' : '?';
    to[1] = '\0';
    width = 1;
    if (k > 0 && !is_hazard(c)) {
        memcpy(to, *text, bytes);
        to[bytes] = '\0';
        width = utf8proc_charwidth(c);
    }
    *text += bytes;
    return width > 0 ? (size_t)width : 0;
}

size_t lc_text_width(const char *text)
{
    char one[5];
    size_t width = 0;

    while (*text)
        width += lc_text_step(&text, one);
    return width;
}

size_t lc_text_clean(const char *text, size_t most, char *to, size_t room)
{
    const bool cut = lc_text_width(text) > most;
    const size_t keep = cut && most ? most - 1 : most;
    const size_t end = cut ? strlen(LC_ELLIPSIS) + 1 : 1;
    size_t width = 0, n = 0;

    while (*text) {
        char one[5];
        const size_t w = lc_text_step(&text, one), bytes = strlen(one);

        if (width + w > keep || n + bytes + end > room)
            break;
        memcpy(to + n, one, bytes);
        n += bytes;
        width += w;
    }
    if (cut && n + end <= room) {
        memcpy(to + n, LC_ELLIPSIS, strlen(LC_ELLIPSIS));
        n += strlen(LC_ELLIPSIS);
        width++;
    }
    to[n] = '\0';
    return width;
}

void lc_text_wrap(FILE *to, const char *text, size_t width)
{
    size_t at = 0;

    while (*text) {
        char one[5];
        const char *end = text + strcspn(text, " "), *p = text;
        size_t word = 0;

        while (p < end)
            word += lc_text_step(&p, one);
        if (at && width && at + 1 + word > width) {
            (void)fprintf(to, "\n%*s", HANGING, "");
            at = HANGING;
        } else if (at) {
            (void)fputc(' ', to);
            at++;
        }
        for (p = text; p < end;) {
            (void)lc_text_step(&p, one);
            (void)fputs(one, to);
        }
        at += word;
        text = end + strspn(end, " ");
    }
    (void)fputc('\n', to);
}
