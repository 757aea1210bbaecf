#include "leadcal/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#undef lc_fail

static void defuse(char *text)
{
    for (char *p = text; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
}

enum lc_rc lc_fail(struct lc_err *err, enum lc_rc code, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(err->text, sizeof err->text, fmt, args);
    va_end(args);
    defuse(err->text);
    err->code = code;
    return code;
}

enum lc_rc lc_fail_in(struct lc_err *err, const char *where)
{
    char old[LC_ERR_TEXT];

    memcpy(old, err->text, sizeof old);
    (void)snprintf(err->text, sizeof err->text, "%.200s: %.300s", where, old);
    defuse(err->text);
    return err->code;
}
