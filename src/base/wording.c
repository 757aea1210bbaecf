#include "leadcal/wording.h"

#include <stdbool.h>
#include <string.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* Does a word begin behind that byte? */
static bool may_stand_before(char c)
{
    return !is_letter(c) && !strchr("_-./'\"=\\", c);
}

/* Does a word of ours end before what stands here? */
static bool may_stand_behind(const char *p)
{
    if (is_letter(*p) || (*p && strchr("_-/=\\", *p)))
        return false;
    if (*p == '.')
        return !is_letter(p[1]);
    return *p != '\'' || !is_letter(p[1]) || (p[1] == 's' && !is_letter(p[2]));
}

static bool begins(const char *p, const char *word)
{
    return strncmp(p, word, strlen(word)) == 0;
}

/* Copies a word, its first letter as large as the one that it takes the place of. */
static char *put(char *to, const char *word, char first)
{
    const bool large = first >= 'A' && first <= 'Z' && *word >= 'a' && *word <= 'z';

    if (large)
        *to++ = (char)(*word++ - 'a' + 'A');
    while (*word)
        *to++ = *word++;
    return to;
}

/* How many bytes here are a word for a lead; many: for several. */
static size_t word_here(const char *p, bool *many)
{
    const bool one = begins(p, "lead") || begins(p, "Lead");

    *many = one && p[4] == 's' && may_stand_behind(p + 5);
    if (*many)
        return 5;
    return one && may_stand_behind(p + 4) ? 4 : 0;
}

/* "a " before a word: how many bytes are the article and its blank. */
static size_t article_here(const char *p)
{
    bool many;

    return (*p == 'a' || *p == 'A') && p[1] == ' ' && word_here(p + 2, &many) && !many ? 2 : 0;
}

/* Puts the unit's word where one for a lead stands, and moves both on; false: there is none. */
static bool put_word(const struct lc_wording *w, const char **text, char **to)
{
    const size_t article = article_here(*text);
    bool many;
    const size_t word = word_here(*text + article, &many);

    if (!word)
        return false;
    if (article)
        *to = put(*to, strchr("aeio", *w->one) ? "an " : "a ", **text);
    *to = put(*to, many ? w->many : w->one, (*text)[article]);
    *text += article + word;
    return true;
}

/* The quote that is open behind a byte; 0: none. An apostrophe in a word opens and ends nothing. */
static char quote_behind(char open, char before, char c, char next)
{
    if (open)
        return c == open && !is_letter(next) ? 0 : open;
    return (c == '\'' || c == '"') && !is_letter(before) ? c : 0;
}

void lc_reword(const struct lc_wording *w, const char *text, char *to)
{
    char before = ' ', quote = 0;

    while (*text) {
        if (w->one && !quote && may_stand_before(before) && put_word(w, &text, &to)) {
            before = 'x';
            continue;
        }
        quote = quote_behind(quote, before, *text, text[1]);
        before = *text;
        *to++ = *text++;
    }
    *to = '\0';
}

static bool reword_in(const struct lc_wording *w, const char **text, struct lc_arena *arena)
{
    char *to;

    if (!*text)
        return true;
    to = LC_NEW(arena, LC_REWORDED * strlen(*text) + 1, char);
    if (!to)
        return false;
    lc_reword(w, *text, to);
    *text = to;
    return true;
}

/* A heading without a label of its own shows its name: that becomes a label where it is a word for leads. */
static bool reword_headings(const struct lc_wording *w, struct lc_frame *f,
                            struct lc_arena *arena)
{
    struct lc_heading *heading = LC_NEW(arena, f->k + 1, struct lc_heading);

    if (!heading)
        return false;
    for (size_t j = 0; j < f->k; j++) {
        heading[j] = f->heading[j];
        if (!heading[j].label && strcmp(heading[j].name, "leads") == 0)
            heading[j].label = heading[j].name;
        if (!reword_in(w, &heading[j].label, arena))
            return false;
    }
    f->heading = heading;
    return true;
}

enum lc_rc lc_reword_frame(const struct lc_wording *w, const struct lc_frame *frame,
                           struct lc_arena *arena, struct lc_frame *to, struct lc_err *err)
{
    struct lc_frame made = *frame;
    const char **note = LC_NEW(arena, frame->n_notes + 1, const char *);
    bool good = note && reword_headings(w, &made, arena) && reword_in(w, &made.title, arena);

    for (size_t i = 0; i < frame->n_notes && good; i++) {
        note[i] = frame->note[i];
        good = reword_in(w, &note[i], arena);
    }
    if (!good)
        return lc_fail_memory(err, "a table");
    made.note = note;
    *to = made;
    return LC_OK;
}
