#include "leadcal/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MOST_PLACE 200 /* bytes of a place, so that the sentence behind it is still read */

#undef lc_fail

/* Besides ASCII's there are U+0080 to U+009F, 0xc2 and a byte below 0xa0 in UTF-8: to a terminal
 * U+009B is as good as ESC [. */
static void defuse(char *text)
{
    for (unsigned char *p = (unsigned char *)text; *p; p++)
        if (*p < 0x20 || *p == 0x7f)
            *p = '?';
        else if (p[0] == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0)
            p[0] = p[1] = '?';
}

/* A text that was cut may end within a letter of several bytes: what is there of it goes too. */
static void drop_part_letter(char *text)
{
    const size_t n = strlen(text);
    size_t behind = 0, whole = 1;
    unsigned char first;

    while (behind + 1 < n && behind < 3 && ((unsigned char)text[n - 1 - behind] & 0xc0) == 0x80)
        behind++;
    if (n == 0)
        return;
    first = (unsigned char)text[n - 1 - behind];
    if (first >= 0xc0)
        whole = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (behind + 1 < whole)
        text[n - 1 - behind] = 0;
}

enum lc_rc lc_fail(struct lc_err *err, enum lc_rc code, const char *fmt, ...)
{
    va_list args;
    int n;

    va_start(args, fmt);
    /* cppcheck-suppress ctuuninitvar ; the text is written here, not read */
    n = vsnprintf(err->text, sizeof err->text, fmt, args);
    va_end(args);
    if (n >= LC_ERR_TEXT)
        drop_part_letter(err->text);
    defuse(err->text);
    err->code = code;
    return code;
}

enum lc_rc lc_fail_in(struct lc_err *err, const char *where)
{
    char old[LC_ERR_TEXT];
    size_t n;

    (void)snprintf(old, sizeof old, "%s", err->text);
    if (snprintf(err->text, MOST_PLACE, "%s", where) >= MOST_PLACE)
        drop_part_letter(err->text);
    n = strlen(err->text);
    if (snprintf(err->text + n, sizeof err->text - n, "%s%s", *old == ':' ? "" : ": ", old) >=
        (int)(LC_ERR_TEXT - n))
        drop_part_letter(err->text);
    defuse(err->text);
    return err->code;
}
