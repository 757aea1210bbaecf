/* The command that gives a report again, as a shell reads it. */
#include <stdio.h>
#include <string.h>

#include "cmd_quarter.h"

/* A command being written into a buffer that may be too small. */
struct writing {
    char *to;
    size_t room, used;
    bool full;
};

/* One word, in quotes where a shell would read more into it. */
static void put_word(struct writing *w, const char *text)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,/=+:@%-";
    const bool quote = !*text || text[strspn(text, plain)];
    char *to = w->to + w->used;

    w->full = w->full || w->used + 4 * strlen(text) + 4 > w->room;
    if (w->full)
        return;
    *to++ = ' ';
    if (quote)
        *to++ = '\'';
    for (; *text; text++) {
        if (*text == '\'') {
            *to++ = '\'';
            *to++ = '\\';
            *to++ = '\'';
        }
        *to++ = *text;
    }
    if (quote)
        *to++ = '\'';
    *to = '\0';
    w->used = (size_t)(to - w->to);
}

/* Words of the command line without what changes nothing in the report. */
static void put_words(struct writing *w, char *const *word, int n)
{
    static const char *const silent[] = {"--threads", "--force", "--quiet",
                                         "-q",        "--yes",   "--"};

    for (int i = 0; i < n; i++) {
        bool skip = strncmp(word[i], "--threads=", 10) == 0;

        for (size_t k = 0; k < sizeof silent / sizeof *silent; k++)
            skip = skip || strcmp(word[i], silent[k]) == 0;
        if (strcmp(word[i], silent[0]) == 0)
            i++;
        if (!skip)
            put_word(w, word[i]);
    }
}

static struct writing begin(char *to, size_t room)
{
    return (struct writing){to, room, (size_t)snprintf(to, room, "leadcal recalibrate"), false};
}

bool cmd_command_text(int argc, char *const *argv, char *to, size_t room)
{
    struct writing w = begin(to, room);

    put_words(&w, argv + 1, argc - 1);
    return !w.full;
}

bool cmd_command_again(char *const *option, int n_options, const char *const *path,
                       size_t n_paths, char *to, size_t room)
{
    struct writing w = begin(to, room);

    put_word(&w, "--spec");
    put_word(&w, "spec.json");
    for (size_t i = 0; i < n_paths; i++)
        put_word(&w, path[i]);
    put_words(&w, option, n_options);
    return !w.full;
}
