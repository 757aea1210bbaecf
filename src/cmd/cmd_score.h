/* cmd_score.h - a score column is read twice: first its cells vote on how its numbers are written.   Layer: cmd (private) */
#ifndef LC_CMD_SCORE_H
#define LC_CMD_SCORE_H

#include <stdio.h>

#include "leadcal/csv_stream.h"
#include "leadcal/score.h"

/* cmd_score_vote - reads all of *in, which then stands at its beginning again; what cannot be read
 * twice (a pipe) is copied into a temporary file, and *in is that.
 *
 * scorer  out, bound to the header; lives in arena
 *
 * LC_EFORMAT, LC_EMISMATCH (of lc_scorer_column and lc_scorer_decide; the file is not named), LC_EIO,
 * LC_ENOMEM */
enum lc_rc cmd_score_vote(FILE **in, const struct lc_reading *reading, const char *column,
                          struct lc_arena *arena, struct lc_scorer **scorer,
                          struct lc_err *err) LC_MUST_USE;

#endif
