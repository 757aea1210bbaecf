/* cmd_propose.h - what files without a spec are taken for: guesses, and questions about them.   Layer: cmd */
#ifndef LC_CMD_PROPOSE_H
#define LC_CMD_PROPOSE_H

#include "cmd_study.h"
#include "leadcal/look.h"
#include "leadcal/propose.h"

/* What joins the files that were named, in words. */
struct cmd_joined {
    const char **comment; /* [n_comments] a sentence for each file but the first */
    size_t n_comments;
    struct lc_mapped *mapped; /* [n_mapped] which columns of files of events are what */
    size_t n_mapped;
};

/* cmd_propose_join - loads the files of a study whose spec names none: those that a key joins to the
 * first make one table, and the spec names them; the others are noted, and shown on their own in
 * the frames where there are frames (both, or both NULL). */
enum lc_rc cmd_propose_join(struct cmd_study *s, struct lc_frame *files,
                            struct lc_frame *columns, struct cmd_joined *joined,
                            struct lc_err *err) LC_MUST_USE;

/* cmd_joined_text - a sentence on the f-th file of the table, which the spec does not name yet: by what it
 * is joined, and which of its rows count (cmd_joined_text.c). NULL: memory is refused. */
const char *cmd_joined_text(struct cmd_study *s, size_t f, const struct lc_spec_file *file,
                            const struct lc_proposed_events *events);

/* cmd_propose - loads the files, and guesses what their columns mean; --engagement has the last word
 * on roles. The comments begin with how the files are joined. frames: as above. */
enum lc_rc cmd_propose(struct cmd_study *s, struct lc_frame *files, struct lc_frame *columns,
                       struct cmd_joined *joined, struct lc_proposal *p,
                       struct lc_err *err) LC_MUST_USE;

/* cmd_propose_again - the guesses once more, now that `given` is known; the table is as it was. */
enum lc_rc cmd_propose_again(struct cmd_study *s, const struct lc_spec *given,
                             const struct cmd_joined *joined, struct lc_proposal *p,
                             struct lc_err *err) LC_MUST_USE;

/* cmd_mapping_frame - what was found in which column, and for how many rows. */
enum lc_rc cmd_mapping_frame(const struct lc_table *table, const struct lc_proposal *p,
                             struct lc_frame *frame, struct lc_arena *arena,
                             struct lc_err *err) LC_MUST_USE;

/* cmd_orphans_frame - the rows of joined files that no lead has, their keys unless these name persons,
 * and why: cmd_inspect_orphans.c. */
enum lc_rc cmd_orphans_frame(const struct lc_table *table, const struct lc_spec *spec,
                             struct lc_frame *frame, struct lc_arena *arena,
                             struct lc_err *err) LC_MUST_USE;

/* cmd_look_screen - a first look on standard output, as wide as the terminal; width: 0, or as somebody
 * said. cmd_look_page - the same as a page: cmd_inspect_look.c. LC_EIO, LC_EMISMATCH, LC_ENOMEM. */
enum lc_rc cmd_look_screen(const struct cmd_output *out, const struct lc_look *look,
                           size_t width, struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_look_page(struct cmd_study *s, const struct lc_look *look, const char *path,
                         bool replace, struct lc_err *err) LC_MUST_USE;

/* ---- questions: cmd_ask.c ---- */

struct cmd_question {
    const char *why;   /* half a line: what it is about, and why the guess is what it is */
    const char *text;  /* the question itself */
    const char *guess; /* taken where the answer is empty; NULL: there is none */
    /* Takes an answer. LC_EMISMATCH: it cannot be used, and the text says why. */
    enum lc_rc (*take)(void *context, const char *answer, struct lc_err *err);
    void *context;
};

/* Somebody at the other end, or a pipe. */
struct cmd_asker {
    const char *name; /* of the program */
    size_t n;         /* questions asked */
    bool stopped;     /* no more answers: the sentence was printed, and the exit status is 2 */
};

/* cmd_ask - asks on standard error and reads a line of standard input, up to three times.
 * answered  out: false where the guess holds */
enum lc_rc cmd_ask(struct cmd_asker *a, const struct cmd_question *q, bool *answered,
                   struct lc_err *err) LC_MUST_USE;

/* ---- the questions of recalibrate: cmd_questions.c ---- */

/* cmd_propose_spec - loads the files, guesses, asks (with `yes`: notes the guesses instead), and
 * leaves in s->spec what came of it. The table must then be loaded anew.
 * comment, n  out: what is said in the spec of each guess
 * a->stopped  there is no answer; what was made so far is of no use */
enum lc_rc cmd_propose_spec(struct cmd_study *s, bool yes, struct cmd_asker *a,
                            const char *const **comment, size_t *n,
                            struct lc_err *err) LC_MUST_USE;

#endif
