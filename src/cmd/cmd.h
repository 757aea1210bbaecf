/* cmd.h - options, help, messages and exit status: what all programs share.   Layer: cmd */
#ifndef LC_CMD_H
#define LC_CMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/sniff.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"
#include "leadcal/wording.h"

#define LEADCAL_VERSION "0.1.0"

enum cmd_status {
    CMD_DONE = 0,
    CMD_NO = 1,      /* done, and the answer is no */
    CMD_USAGE = 2,   /* wrong usage */
    CMD_INPUT = 3,   /* bad input: EFORMAT, EMISMATCH */
    CMD_MACHINE = 4, /* a file that cannot be opened or written; disk or memory */
    CMD_NUMERIC = 5, /* no numerical answer */
};

#define MOST_GIVEN \
    256 /* times one option may be repeated; a table has fewer columns worth naming */

/* The values of an option that may be repeated, as they were given: not yet split at commas. */
struct cmd_list {
    const char *text[MOST_GIVEN];
    size_t n;
};

enum opt_kind {
    OPT_KIND_END,
    OPT_KIND_SECTION, /* a heading of the help; `name` is its text */
    OPT_KIND_FLAG,
    OPT_KIND_TEXT,
    OPT_KIND_LIST,
    OPT_KIND_REAL,
    OPT_KIND_WHOLE,
    OPT_KIND_CHOICE,
    OPT_KIND_DAY,
};

/* One option. Help, man page, completion, parsing and range errors all come from this row. */
struct opt {
    enum opt_kind kind;
    char letter; /* 0: none */
    const char *name;
    union {
        bool *flag;
        const char **text;
        struct cmd_list *list;
        double *real;
        int64_t *whole;
        int *choice; /* place of the chosen text */
        int32_t *day;
    } to;
    double low, high;          /* of a number */
    const char *const *choice; /* texts, ended by NULL */
    const char *value;         /* what the help calls the value */
    const char *help;
};

/* clang-format off */
#define OPT_SECTION(text_) {.kind = OPT_KIND_SECTION, .name = (text_)}
#define OPT_FLAG(letter_, name_, to_, help_) \
    {.kind = OPT_KIND_FLAG, .letter = (letter_), .name = (name_), .to.flag = (to_), .help = (help_)}
#define OPT_TEXT(letter_, name_, to_, value_, help_) \
    {.kind = OPT_KIND_TEXT, .letter = (letter_), .name = (name_), .to.text = (to_), \
     .value = (value_), .help = (help_)}
#define OPT_LIST(letter_, name_, to_, value_, help_) \
    {.kind = OPT_KIND_LIST, .letter = (letter_), .name = (name_), .to.list = (to_), \
     .value = (value_), .help = (help_)}
#define OPT_REAL(letter_, name_, to_, low_, high_, value_, help_) \
    {.kind = OPT_KIND_REAL, .letter = (letter_), .name = (name_), .to.real = (to_), \
     .low = (low_), .high = (high_), .value = (value_), .help = (help_)}
#define OPT_WHOLE(letter_, name_, to_, low_, high_, value_, help_) \
    {.kind = OPT_KIND_WHOLE, .letter = (letter_), .name = (name_), .to.whole = (to_), \
     .low = (low_), .high = (high_), .value = (value_), .help = (help_)}
#define OPT_CHOICE(letter_, name_, to_, choice_, help_) \
    {.kind = OPT_KIND_CHOICE, .letter = (letter_), .name = (name_), .to.choice = (to_), \
     .choice = (choice_), .help = (help_)}
#define OPT_DAY(letter_, name_, to_, help_) \
    {.kind = OPT_KIND_DAY, .letter = (letter_), .name = (name_), .to.day = (to_), \
     .value = "DATE", .help = (help_)}
#define OPT_END() {.kind = OPT_KIND_END}
/* clang-format on */

#define MOST_TABLES 8

/* What a program says of itself. */
struct cmd_about {
    const char *name;    /* "rates" */
    const char *brief;   /* half a sentence, for the list of programs */
    const char *usage;   /* "[option...] FILE..." */
    const char *about;   /* paragraphs, lines broken at 80 */
    const char *example; /* lines: a command, or "# " and what the next one does */
    const char *notes;   /* paragraphs behind the options; may be NULL */
};

enum opt_answer { OPT_RUN, OPT_HELPED, OPT_WRONG };

/* opt_read - parses argv by the tables; *first is the first argument that is no option.
 * tables  ended by NULL. --help, --version, --man and --words are answered here, on stdout. */
enum opt_answer opt_read(const struct cmd_about *about, const struct opt *const *tables,
                         int argc, char **argv, int *first);

/* The same rows as texts: cmd_help.c. */
void opt_print_help(const struct cmd_about *about, const struct opt *const *tables);
void opt_print_man(const struct cmd_about *about, const struct opt *const *tables);
void opt_print_words(const struct cmd_about *about, const struct opt *const *tables);
void cmd_print_version(void);
void cmd_print_exit_status(const char *before);

/* cmd_wrong - "NAME: what is wrong; leadcal NAME --help shows ..." on stderr; CMD_USAGE. */
int cmd_wrong(const char *name, const char *fmt, ...) LC_PRINTF(2, 3);

/* cmd_fail - "NAME: text" on stderr, and the exit status of the error's code. */
int cmd_fail(const char *name, const struct lc_err *err);

/* cmd_say - "NAME: text" on stderr, quiet or not: why a status is not 0. */
void cmd_say(const char *name, const char *fmt, ...) LC_PRINTF(2, 3);

/* cmd_note - "note: text" on stderr unless quiet; control characters are replaced. */
void cmd_note(bool quiet, const char *fmt, ...) LC_PRINTF(2, 3);

/* cmd_put_plain - a text on stderr, with '?' for control characters; _to: on another stream. */
void cmd_put_plain(const char *text);
void cmd_put_plain_to(FILE *to, const char *text);

/* cmd_close_stdout - flushes stdout; CMD_MACHINE with a sentence where it could not be written. */
int cmd_close_stdout(const char *name);

/* cmd_catch_signals - Ctrl-C, SIGTERM and a reader that has gone away remove unfinished files and
 * folders before the program ends. */
void cmd_catch_signals(void);

/* A folder that is built under a temporary name beside its place: cmd_folder.c. */
struct cmd_folder {
    const char *path; /* where it will stand */
    char *temp;       /* heap */
    bool replace;
};

/* cmd_folder_open - begins. LC_EMISMATCH: something stands there and `replace` is false, or what
 * stands there holds files that recalibrate does not write. */
enum lc_rc cmd_folder_open(struct cmd_folder *f, const char *path, bool replace,
                           struct lc_err *err) LC_MUST_USE;

/* cmd_folder_path - the temporary path of one of the files that recalibrate writes. */
const char *cmd_folder_path(const struct cmd_folder *f, const char *name,
                            struct lc_arena *arena);

/* cmd_folder_commit - puts the folder in its place; what stood there goes. */
enum lc_rc cmd_folder_commit(struct cmd_folder *f, struct lc_err *err) LC_MUST_USE;

/* cmd_folder_drop - gives up: the temporary folder goes. Accepts a committed one. */
void cmd_folder_drop(struct cmd_folder *f);

/* cmd_folder_drop_open - the same for a signal handler. */
void cmd_folder_drop_open(void);

/* cmd_split - every text of a list cut at commas, blanks around the pieces dropped.
 * whole  may be NULL; where it knows the uncut text, the text stays whole */
enum lc_rc cmd_split(const struct cmd_list *list,
                     bool (*whole)(const void *context, const char *text), const void *context,
                     struct lc_arena *arena, struct lc_texts *out,
                     struct lc_err *err) LC_MUST_USE;

/* What the options of the section "Reading" say: cmd_reading.c. */
struct cmd_reading {
    const char *delimiter, *quote, *escape, *encoding, *reject;
    int64_t skip_rows, header_rows, skip_footer, max_bad;
    int64_t cell_bytes, cell_lines, row_cells, row_bytes;
    bool strict, fill_rows;
};

#define CMD_READING_ROWS 14

/* cmd_reading_rows - the rows of that section, without its heading. Also initialises *r. */
size_t cmd_reading_rows(struct cmd_reading *r, struct opt *to);

/* cmd_reading_is_fine - false: what is wrong was printed. */
bool cmd_reading_is_fine(const struct cmd_reading *r, const char *name);

/* cmd_reading - what they mean. Borrows the texts. */
struct lc_reading cmd_reading(const struct cmd_reading *r);

/* Where tables go. */
struct cmd_output {
    const char *path; /* NULL: stdout */
    int format;       /* place in "table", "csv", "json"; -1: by the ending of the path, or a
                       * table on a terminal and CSV elsewhere */
    bool force, quiet, no_color;
    struct lc_wording word; /* what a row is called in tables; all zero: a lead */
    struct opt row[8];
};

/* cmd_output_rows - the rows of --format, --output, --force, --quiet, --no-color. */
const struct opt *cmd_output_rows(struct cmd_output *out);

/* cmd_is_table - people will read it: several frames may follow each other. */
bool cmd_is_table(const struct cmd_output *out);

/* cmd_note_worded - a note of ours that speaks of leads, in the words of the unit. */
void cmd_note_worded(const struct cmd_output *out, const char *text);

/* cmd_width - columns of the terminal; 0: it is none, or does not say. */
size_t cmd_width(const struct cmd_output *out, bool *color);

/* cmd_note_frame - the frame's notes on stderr, where the format has no place for them. */
void cmd_note_frame(const struct cmd_output *out, const struct lc_frame *frame);

/* cmd_put_frame - one frame to where --output says. most_rows: of one value of the first
 * column, in a table; 0: all. */
enum lc_rc cmd_put_frame(const struct cmd_output *out, const struct lc_frame *frame,
                         size_t most_rows, struct lc_err *err) LC_MUST_USE;

/* cmd_put_frames - some frames, one behind the other as tables; the first alone as CSV or JSON. */
enum lc_rc cmd_put_frames(const struct cmd_output *out, const struct lc_frame *const *frame,
                          size_t n, size_t most_rows, struct lc_err *err) LC_MUST_USE;

/* cmd_write_frame - frame to a path in a format of enum lc_format. */
enum lc_rc cmd_write_frame(const struct lc_frame *frame, int format, const char *path,
                           bool replace, struct lc_err *err) LC_MUST_USE;

int cmd_inspect(int argc, char **argv);
int cmd_rates(int argc, char **argv);
int cmd_audit(int argc, char **argv);
int cmd_cuts(int argc, char **argv);
int cmd_fit(int argc, char **argv);
int cmd_card(int argc, char **argv);
int cmd_backtest(int argc, char **argv);
int cmd_accept(int argc, char **argv);
int cmd_funnel(int argc, char **argv);
int cmd_maturity(int argc, char **argv);
int cmd_events(int argc, char **argv);
int cmd_value(int argc, char **argv);
int cmd_fairness(int argc, char **argv);
int cmd_score(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_drift(int argc, char **argv);
int cmd_recalibrate(int argc, char **argv);
int cmd_promote(int argc, char **argv);
int cmd_stages(int argc, char **argv);
int cmd_units(int argc, char **argv);
int cmd_simulate(int argc, char **argv);

#endif
