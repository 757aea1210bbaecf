/* cmd_inspect_clean.h - what was read, as plain CSV.   Layer: cmd */
#ifndef LC_CMD_INSPECT_CLEAN_H
#define LC_CMD_INSPECT_CLEAN_H

#include "cmd.h"

struct cmd_clean {
    const char *clean, *reject; /* where to; "-" is standard output; reject may be NULL */
    struct lc_reading reading;
    bool force, quiet;
};

/* cmd_inspect_clean - the header and all rows that are used or rejected, as UTF-8 text of
 * RFC 4180. LC_EFORMAT, LC_EIO, LC_ENOMEM. */
enum lc_rc cmd_inspect_clean(const struct cmd_clean *set, const char *path,
                             struct lc_err *err) LC_MUST_USE;

#endif
