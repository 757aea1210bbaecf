#include "leadcal/look_screen.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "text_clean_internal.h"

#define LEAST_WIDTH   40
#define MOST_SECTIONS 16
#define HANGING       2 /* blanks before the further lines of a sentence */

/* A screen being written, word by word. */
struct screen {
    FILE *to; /* NULL: the lines are only counted */
    size_t width, at, lines;
    size_t most; /* lines, of which the last ends in an ellipsis where there is more; 0: any */
    bool full;
};

/* The last line that there may be has room for its ellipsis. */
static size_t width_of(const struct screen *s)
{
    return s->most && s->lines == s->most ? s->width - 2 : s->width;
}

static void put_blanks(struct screen *s, size_t n)
{
    if (s->to && !s->full)
        (void)fprintf(s->to, "%*s", (int)n, "");
    s->at += n;
}

static void break_line(struct screen *s, size_t indent)
{
    if (s->most && s->lines == s->most && !s->full && s->to)
        (void)fputs(" " LC_ELLIPSIS, s->to);
    s->full = s->full || (s->most && s->lines == s->most);
    if (s->full)
        return;
    if (s->to)
        (void)fputc('\n', s->to);
    s->lines++;
    s->at = 0;
    put_blanks(s, indent);
}

static size_t word_width(const char *text, const char *end)
{
    size_t width = 0;

    while (text < end) {
        char one[5];

        width += lc_text_step(&text, one);
    }
    return width;
}

/* A word, broken where it is wider than a line. */
static void put_word(struct screen *s, const char *text, const char *end, size_t indent)
{
    while (text < end) {
        char one[5];
        const size_t width = lc_text_step(&text, one);

        if (s->at + width > width_of(s))
            break_line(s, indent);
        if (s->to && !s->full)
            (void)fputs(one, s->to);
        s->at += width;
    }
}

/* A number and its per cent sign stay together. */
static const char *word_end(const char *text)
{
    const char *end = text + strcspn(text, " ");

    return strncmp(end, " %", 2) == 0 ? end + 1 + strcspn(end + 1, " ") : end;
}

static void put_words(struct screen *s, const char *text, size_t indent)
{
    bool first = true;

    while (*text) {
        const char *end = word_end(text);
        const size_t width = word_width(text, end);

        if (!first && s->at + 1 + width > width_of(s))
            break_line(s, indent);
        else if (!first)
            put_blanks(s, 1);
        put_word(s, text, end, indent);
        first = false;
        text = end + strspn(end, " ");
    }
}

/* Sentences, one below the other; or items, one behind the other: the first n of them. */
static void put_lines(struct screen *s, const struct lc_look_section *part, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const bool fits =
            part->is_list && s->at + 2 + lc_text_width(part->line[i]) <= width_of(s);

        if (i && fits)
            put_blanks(s, 2);
        else if (i)
            break_line(s, LC_LOOK_MARGIN);
        put_words(s, part->line[i], LC_LOOK_MARGIN + (part->is_list ? 0 : HANGING));
    }
}

/* The lines of the screen that the first n lines of a section take. */
static size_t lines_of(const struct lc_look_section *part, size_t n, size_t width)
{
    struct screen s = {.width = width, .at = LC_LOOK_MARGIN, .lines = 1};

    put_lines(&s, part, n);
    return s.lines;
}

/* How many of its lines a section shows in so many of the screen; one of these says how many are left
 * out. */
static size_t fitting(const struct lc_look_section *part, size_t width, size_t most)
{
    for (size_t n = part->n; n > 1; n--)
        if (lines_of(part, n, width) + (n < part->n) <= most)
            return n;
    return 1;
}

/* What sections do not need goes to those that need more, the last in order first. */
static void share_lines(const struct lc_look *look, size_t width, size_t *most)
{
    size_t left = LC_LOOK_MOST_LINES;

    for (size_t i = 0; i < look->n_sections; i++) {
        const struct lc_look_section *part = &look->section[i];
        const size_t all = lines_of(part, part->n, width);

        most[i] = all < part->most ? all : part->most;
        left -= most[i] < left ? most[i] : left;
    }
    for (size_t turn = look->n_sections; turn-- > 0;) {
        const size_t all = lines_of(&look->section[turn], look->section[turn].n, width);
        const size_t more = all - most[turn] < left ? all - most[turn] : left;

        most[turn] += more;
        left -= more;
    }
}

static void put_section(struct screen *s, const struct lc_look_section *part, size_t most,
                        bool color)
{
    const size_t shown = fitting(part, s->width, most);

    (void)fprintf(s->to, "%s%s%s", color ? "\033[1m" : "", part->label, color ? "\033[0m" : "");
    s->at = strlen(part->label);
    put_blanks(s, LC_LOOK_MARGIN - s->at);
    s->lines = 1;
    s->most = most - (shown < part->n && most > 1);
    if (lines_of(part, shown, s->width) <= s->most)
        s->most = 0; /* all of it fits */
    put_lines(s, part, shown);
    s->most = 0;
    s->full = false;
    if (shown < part->n) {
        break_line(s, LC_LOOK_MARGIN);
        (void)fprintf(s->to, "and %zu more", part->n - shown);
    }
    break_line(s, 0);
}

enum lc_rc lc_look_screen(const struct lc_look *look, size_t width, bool color, FILE *to,
                          struct lc_err *err)
{
    struct screen s = {.to = to, .width = width < LEAST_WIDTH ? LEAST_WIDTH : width};
    size_t most[MOST_SECTIONS];

    errno = 0;
    assert(look->n_sections <= MOST_SECTIONS);
    share_lines(look, s.width, most);
    for (size_t i = 0; i < look->n_sections; i++)
        put_section(&s, &look->section[i], most[i], color);
    if (ferror(to))
        return lc_fail(err, LC_EIO, "the output cannot be written: %s",
                       strerror(errno ? errno : EIO));
    return LC_OK;
}
