/* cmd_reject.h - the file of rows that were turned away, and of what was assumed.   Layer: cmd */
#ifndef LC_CMD_REJECT_H
#define LC_CMD_REJECT_H

#include "cmd.h"
#include "leadcal/load.h"

/* cmd_reject_frame - file, line, byte, column, cells, reason, done, note. */
void cmd_reject_frame(struct lc_frame *frame, struct lc_arena *arena);

enum lc_rc cmd_reject_add(struct lc_frame *frame, const char *path, const struct lc_away *away,
                          struct lc_err *err) LC_MUST_USE;

/* cmd_reject_notes - the block "what was assumed": each note with the option that changes it. */
enum lc_rc cmd_reject_notes(struct lc_frame *frame, const struct lc_load_account *account,
                            struct lc_err *err) LC_MUST_USE;

enum lc_rc cmd_reject_write(const struct lc_frame *frame, const char *path, bool force,
                            struct lc_err *err) LC_MUST_USE;

#endif
