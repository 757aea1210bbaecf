/* Questions on standard error, answers on standard input: from a terminal, or from a pipe. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd_propose.h"

#define MOST_TRIES 3

/* One line without its end; NULL where the input has ended. On the heap. */
static char *read_line(void)
{
    char *line = NULL;
    size_t room = 0;
    const ssize_t n = getline(&line, &room, stdin);

    if (n < 0) {
        free(line);
        return NULL;
    }
    line[strcspn(line, "\r\n")] = '\0';
    for (size_t end = strlen(line); end && strchr(" \t", line[end - 1]); end--)
        line[end - 1] = '\0';
    return line;
}

static void put_question(const struct cmd_question *q)
{
    (void)fputs("   ", stderr);
    cmd_put_plain(q->text);
    if (q->guess) {
        (void)fputs(" [", stderr);
        cmd_put_plain(q->guess);
        (void)fputc(']', stderr);
    }
    (void)fputc(' ', stderr);
    (void)fflush(stderr);
}

/* What a terminal shows by itself is written where the answer came from a pipe. */
static void echo(const char *answer)
{
    if (isatty(STDIN_FILENO))
        return;
    cmd_put_plain(answer);
    (void)fputc('\n', stderr);
}

static void stop(struct cmd_asker *a, const struct cmd_question *q, const char *why)
{
    a->stopped = true;
    if (q->guess)
        (void)cmd_wrong(a->name, "%s; use --yes to take the guesses, or --spec FILE", why);
    else
        (void)cmd_wrong(a->name,
                        "%s, and there is no guess; use --outcome COLUMN --won VALUE, or "
                        "--spec FILE",
                        why);
}

/* LC_EMISMATCH: asked again. */
static enum lc_rc take(const struct cmd_question *q, const char *line, bool *answered,
                       struct lc_err *err)
{
    const char *from = line + strspn(line, " \t");

    if (*from) {
        const enum lc_rc rc = q->take(q->context, from, err);

        *answered = rc == LC_OK;
        return rc;
    }
    if (q->guess)
        return LC_OK;
    return lc_fail(err, LC_EMISMATCH, "there is no guess, so an answer is needed");
}

enum lc_rc cmd_ask(struct cmd_asker *a, const struct cmd_question *q, bool *answered,
                   struct lc_err *err)
{
    enum lc_rc rc = LC_EMISMATCH;

    *answered = false;
    (void)fprintf(stderr, "%zu. ", ++a->n);
    cmd_put_plain(q->why);
    (void)fputc('\n', stderr);
    for (size_t i = 0; i < MOST_TRIES && rc == LC_EMISMATCH; i++) {
        char *line;

        put_question(q);
        line = read_line();
        if (!line) {
            (void)fputc('\n', stderr);
            stop(a, q, "the input ended before an answer");
            return LC_OK;
        }
        echo(line);
        rc = take(q, line, answered, err);
        free(line);
        if (rc != LC_EMISMATCH)
            return rc;
        (void)fputs("   ", stderr);
        cmd_put_plain(err->text);
        (void)fputc('\n', stderr);
    }
    stop(a, q, "three answers could not be used");
    return LC_OK;
}
