/* io.h - whole files in, atomic files out.   Layer: base */
#ifndef LC_IO_H
#define LC_IO_H

#include <stdbool.h>
#include <stdio.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/slice.h"

/* lc_read_file - all bytes of a file ("-" is standard input), with a NUL behind them.
 *
 * most   refuse a longer file
 * text   out; lives in `arena`
 *
 * LC_EIO       it cannot be opened or read (the text names the path and the reason)
 * LC_EFORMAT   it is longer than `most`
 * LC_ENOMEM */
enum lc_rc lc_read_file(const char *path, size_t most, struct lc_arena *arena,
                        struct lc_slice *text, struct lc_err *err) LC_MUST_USE;

/* A file being written under a temporary name in the folder it will live in. */
struct lc_file_out {
    FILE *to;          /* write here; NULL when not open */
    char *path, *temp; /* heap; owned */
    bool replace;
};

/* lc_file_out_open - begins an atomic write.
 *
 * replace  may it take the place of an existing file (--force)? Checked at once, so that a
 *          long run does not fail at its end, and again at the commit.
 *
 * The file gets the permissions that the umask leaves; call from one thread at a time.
 *
 * LC_EMISMATCH  the file exists and `replace` is false, or is not a plain file (a folder, a device)
 * LC_EIO, LC_ENOMEM */
enum lc_rc lc_file_out_open(struct lc_file_out *out, const char *path, bool replace,
                            struct lc_err *err) LC_MUST_USE;

/* lc_file_out_commit - flush, fsync, rename. On failure the temporary file is removed and
 * what stood at `path` is as it was. LC_EIO, LC_EMISMATCH. */
enum lc_rc lc_file_out_commit(struct lc_file_out *out, struct lc_err *err) LC_MUST_USE;

/* lc_file_out_drop - gives up an open write: the temporary file goes. Accepts a closed one. */
void lc_file_out_drop(struct lc_file_out *out);

/* lc_file_out_drop_all - removes every temporary file still open; safe in a signal handler. */
void lc_file_out_drop_all(void);

/* lc_make_folder - makes a folder if it is not there yet (its parent must be). LC_EIO. */
enum lc_rc lc_make_folder(const char *path, struct lc_err *err) LC_MUST_USE;

/* lc_file_exists - something stands at that path. */
bool lc_file_exists(const char *path);

/* lc_base_name - the part of a path after its last '/'. */
const char *lc_base_name(const char *path);

#endif
