/* Messages, exit status, signals, and where tables go. */
#include "cmd.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "leadcal/io.h"
#include "leadcal/table_file.h"
#include "leadcal/text_table.h"

void cmd_put_plain_to(FILE *to, const char *text)
{
    for (const char *p = text; *p; p++)
        (void)fputc((unsigned char)*p < 0x20 || *p == 0x7f ? '?' : *p, to);
}

void cmd_put_plain(const char *text)
{
    cmd_put_plain_to(stderr, text);
}

static void put_defused(const char *name, const char *text)
{
    (void)fprintf(stderr, "%s: ", name);
    cmd_put_plain(text);
}

int cmd_wrong(const char *name, const char *fmt, ...)
{
    char text[LC_ERR_TEXT];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    put_defused(name, text);
    (void)fprintf(stderr, "%s leadcal %s --help shows how\n",
                  text[0] && text[strlen(text) - 1] == '?' ? "" : ";", name);
    return CMD_USAGE;
}

int cmd_fail(const char *name, const struct lc_err *err)
{
    put_defused(name, err->text);
    (void)fputc('\n', stderr);
    switch (err->code) {
    case LC_EFORMAT:
    case LC_EMISMATCH: return CMD_INPUT;
    case LC_EIO:
    case LC_ENOMEM: return CMD_MACHINE;
    case LC_EDEGENERATE:
    case LC_ENOCONV: return CMD_NUMERIC;
    case LC_EINTR: return 128 + SIGINT;
    case LC_OK:
    case LC_END: break;
    }
    abort(); /* not an error: our own bug */
}

void cmd_say(const char *name, const char *fmt, ...)
{
    char text[4096];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    put_defused(name, text);
    (void)fputc('\n', stderr);
}

#define MOST_NOTE 4096 /* bytes of a note */

void cmd_note(bool quiet, const char *fmt, ...)
{
    char text[MOST_NOTE];
    va_list args;

    if (quiet)
        return;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    put_defused("note", text);
    (void)fputc('\n', stderr);
}

int cmd_close_stdout(const char *name)
{
    const bool bad = ferror(stdout) != 0;
    const int before =
        bad ? errno : 0; /* of a write that failed already: nothing is left to flush */

    errno = 0;
    if (fflush(stdout) == 0 && !bad)
        return CMD_DONE;
    (void)fprintf(stderr, "%s: the output cannot be written: %s\n", name,
                  strerror(errno    ? errno
                           : before ? before
                                    : EIO));
    return CMD_MACHINE;
}

/* Dies of the same signal, so that a shell loop around us ends too. */
static void on_signal(int number)
{
    lc_file_out_drop_all();
    cmd_folder_drop_open();
    (void)signal(number, SIG_DFL); /* NOLINT(cert-sig30-c): POSIX allows it here */
    (void)raise(number);
}

void cmd_catch_signals(void)
{
    static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    struct sigaction what = {.sa_handler = on_signal};

    (void)sigemptyset(&what.sa_mask);
    what.sa_flags = (int)SA_NODEFER;
    for (size_t i = 0; i < sizeof caught / sizeof *caught; i++) {
        struct sigaction old;

        /* Whoever started us with a signal ignored (nohup, a background job) meant it. */
        if (sigaction(caught[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            (void)sigaction(caught[i], &what, NULL);
    }
}

enum lc_rc cmd_split(const struct cmd_list *list,
                     bool (*whole)(const void *context, const char *text), const void *context,
                     struct lc_arena *arena, struct lc_texts *out, struct lc_err *err)
{
    const char **text;
    size_t n = 0, most = 0;

    for (size_t i = 0; i < list->n; i++) {
        most++;
        for (const char *p = list->text[i]; *p; p++)
            most += *p == ',';
    }
    text = LC_NEW(arena, most, const char *);
    for (size_t i = 0; text && i < list->n; i++) {
        struct lc_slice rest = lc_slice_of(list->text[i]);

        if (whole && whole(context, list->text[i])) {
            text[n++] = list->text[i];
            continue;
        }
        for (bool more = true; more;) {
            const char *comma = memchr(rest.p, ',', rest.n);
            const size_t length = comma ? (size_t)(comma - rest.p) : rest.n;
            const struct lc_slice piece = lc_slice_trim((struct lc_slice){rest.p, length});

            if (piece.n && !(text[n++] = lc_arena_text(arena, piece)))
                return lc_fail_memory(err, "an option");
            more = comma != NULL;
            rest = (struct lc_slice){rest.p + length + more, rest.n - length - more};
        }
    }
    if (!text)
        return lc_fail_memory(err, "an option");
    *out = (struct lc_texts){text, n};
    return LC_OK;
}

static const char *const formats[] = {"table", "csv", "json", NULL};

const struct opt *cmd_output_rows(struct cmd_output *out)
{
    const struct opt rows[] = {
        OPT_SECTION("Output"),
        OPT_CHOICE('f', "format", &out->format, formats,
                   "how the table is written; default: a table on a terminal, CSV in a pipe or "
                   "a file, JSON in a file that ends in .json"),
        OPT_TEXT('o', "output", &out->path, "FILE",
                 "write there instead of standard output; the file appears when it is whole"),
        OPT_FLAG(0, "force", &out->force, "replace what stands there"),
        OPT_FLAG('q', "quiet", &out->quiet, "no notes and no progress on standard error"),
        OPT_FLAG(0, "no-color", &out->no_color,
                 "no colours (also: NO_COLOR in the environment)"),
        OPT_END(),
    };

    _Static_assert(sizeof rows <= sizeof out->row, "struct cmd_output has too little room");
    out->format = -1;
    memcpy(out->row, rows, sizeof rows);
    return out->row;
}

static int format_of(const struct cmd_output *out)
{
    const size_t n = out->path ? strlen(out->path) : 0;

    if (out->format >= 0)
        return out->format;
    if (n > 5 && strcmp(out->path + n - 5, ".json") == 0)
        return LC_FORMAT_JSON;
    return !out->path && isatty(STDOUT_FILENO) ? LC_FORMAT_TABLE : LC_FORMAT_CSV;
}

bool cmd_is_table(const struct cmd_output *out)
{
    return format_of(out) == LC_FORMAT_TABLE;
}

void cmd_note_worded(const struct cmd_output *out, const char *text)
{
    char said[LC_REWORDED * MOST_NOTE];

    if (out->quiet || strlen(text) >= MOST_NOTE) {
        cmd_note(out->quiet, "%s", text);
        return;
    }
    lc_reword(&out->word, text, said);
    cmd_note(false, "%s", said);
}

void cmd_note_frame(const struct cmd_output *out, const struct lc_frame *frame)
{
    for (size_t i = 0; i < frame->n_notes && format_of(out) == LC_FORMAT_CSV; i++)
        cmd_note_worded(out, frame->note[i]);
}

static struct lc_text_style style_of(const struct cmd_output *out, size_t most_rows)
{
    const char *const no_color = getenv("NO_COLOR"), *const term = getenv("TERM");
    struct lc_text_style style = {.most_rows = most_rows};
    struct winsize window;

    if (out->path || !isatty(STDOUT_FILENO))
        return style;
    style.color =
        !out->no_color && !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col >= 40)
        style.width = window.ws_col;
    return style;
}

size_t cmd_width(const struct cmd_output *out, bool *color)
{
    const struct lc_text_style style = style_of(out, 0);

    *color = style.color;
    return style.width;
}

static enum lc_rc write_as(const struct lc_frame *frame, int format,
                           const struct lc_text_style *style, FILE *to, struct lc_err *err)
{
    switch (format) {
    case LC_FORMAT_CSV: return lc_frame_csv(frame, to, err);
    case LC_FORMAT_JSON: return lc_frame_json(frame, to, err);
    default: return lc_frame_text(frame, style, to, err);
    }
}

/* In the words of the unit, where that is none of leads. */
static enum lc_rc write_worded(const struct lc_wording *word, const struct lc_frame *frame,
                               int format, const struct lc_text_style *style, FILE *to,
                               struct lc_err *err)
{
    struct lc_arena arena;
    struct lc_frame said;
    enum lc_rc rc;

    if (!word->one)
        return write_as(frame, format, style, to, err);
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    rc = lc_reword_frame(word, frame, &arena, &said, err);
    if (!rc)
        rc = write_as(&said, format, style, to, err);
    lc_arena_release(&arena);
    return rc;
}

enum lc_rc cmd_put_frames(const struct cmd_output *out, const struct lc_frame *const *frame,
                          size_t n, size_t most_rows, struct lc_err *err)
{
    const int format = format_of(out);
    const struct lc_text_style style = style_of(out, most_rows);
    struct lc_file_out file = {0};
    enum lc_rc rc = LC_OK;

    if (out->path && strcmp(out->path, "-") != 0) {
        rc = lc_file_out_open(&file, out->path, out->force, err);
        if (rc)
            return rc;
    }
    for (size_t i = 0; !rc && i < (format == LC_FORMAT_TABLE ? n : 1); i++) {
        FILE *to = file.to ? file.to : stdout;

        if (i)
            (void)fputc('\n', to);
        rc = write_worded(&out->word, frame[i], format, &style, to, err);
    }
    if (file.to && rc) {
        lc_file_out_drop(&file);
        rc = lc_fail_in(err, out->path);
    } else if (file.to) {
        rc = lc_file_out_commit(&file, err);
    }
    return rc;
}

enum lc_rc cmd_put_frame(const struct cmd_output *out, const struct lc_frame *frame,
                         size_t most_rows, struct lc_err *err)
{
    return cmd_put_frames(out, &frame, 1, most_rows, err);
}

enum lc_rc cmd_write_frame(const struct lc_frame *frame, int format, const char *path,
                           bool replace, struct lc_err *err)
{
    const struct cmd_output out = {.path = path, .format = format, .force = replace};

    return cmd_put_frame(&out, frame, 0, err);
}
