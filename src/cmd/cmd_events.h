/* cmd_events.h - the export of leads with columns computed from events.   Layer: cmd */
#ifndef LC_CMD_EVENTS_H
#define LC_CMD_EVENTS_H

#include "cmd_study.h"

/* cmd_events_flat - the rows of the leads' file that were used, and behind their columns those of the
 * table that are computed; UTF-8 with commas, whatever the file is.
 * path   written atomically; force: over what stands there
 * LC_EMISMATCH  the leads came from standard input, or the file has changed
 * LC_EFORMAT, LC_EIO, LC_ENOMEM */
enum lc_rc cmd_events_flat(struct cmd_study *s, const char *path, bool force,
                           struct lc_err *err) LC_MUST_USE;

/* cmd_events_model - the spec's files of events as a model was learnt on them: its decays take the place of
 * the spec's, and its classes have columns whether somebody did such a thing or not.
 * LC_EFORMAT, LC_EIO  the model file. LC_EMISMATCH  it needs a file of events that the spec lacks */
enum lc_rc cmd_events_model(struct cmd_study *s, const char *path,
                            struct lc_err *err) LC_MUST_USE;

#endif
