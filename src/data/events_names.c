/* The class of an event by the words of its type and content. */
#include <string.h>

#include "events_internal.h"

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || is_upper(c) || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

void lc_event_plain(struct lc_slice text, char *to)
{
    char before = ' ';

    *to++ = ' ';
    for (size_t i = 0; i < text.n; i++) {
        const char c = text.p[i];

        if (is_upper(c) && i > 0 && is_word(before) && !is_upper(before) && to[-1] != ' ')
            *to++ = ' ';
        if (is_word(c))
            *to++ = is_upper(c) ? (char)(c - 'A' + 'a') : c;
        else if (to[-1] != ' ')
            *to++ = ' ';
        before = c;
    }
    if (to[-1] != ' ')
        *to++ = ' ';
    *to = '\0';
}

/* The plain form of a text, or NULL. */
static char *plain(const char *text, struct lc_arena *arena)
{
    char *to = lc_arena_alloc(arena, 2 * strlen(text) + 3, 1);

    if (to)
        lc_event_plain(lc_slice_of(text), to);
    return to;
}

/* The spec's words, made plain without the blank at the end, so that a word may go on. */
struct own_word {
    const char *word;
    uint16_t class;
};

struct naming {
    const struct lc_spec_events *spec;
    struct lc_event_names *names;
    struct own_word *own;
    size_t n_own;
    struct lc_arena *arena;
};

static uint16_t class_named(const struct lc_event_names *names, const char *name)
{
    size_t c = 0;

    while (c < names->n && strcmp(names->class[c].name, name) != 0)
        c++;
    return c < names->n ? (uint16_t)c : LC_NO_CLASS;
}

/* An entry without words changes a usual class, and takes its kind. */
static enum lc_event_kind kind_named(const char *name)
{
    size_t n;
    const struct lc_event_word *usual = lc_event_words(&n);

    for (size_t w = 0; w < n; w++)
        if (strcmp(usual[w].class, name) == 0)
            return usual[w].kind;
    return LC_EVENT_CONTENT;
}

static bool add_own(struct naming *g)
{
    size_t words = 0;

    for (size_t c = 0; c < g->spec->n; c++)
        words += g->spec->of[c].words.n;
    g->own = LC_NEW(g->arena, words + 1, struct own_word);
    if (!g->own)
        return false;
    for (size_t c = 0; c < g->spec->n; c++) {
        const struct lc_spec_class *of = &g->spec->of[c];

        g->names->class[g->names->n++] = (struct lc_event_class){
            .name = of->name, .kind = kind_named(of->name), .decay = of->decay};
        for (size_t w = 0; w < of->words.n; w++) {
            char *word = plain(of->words.text[w], g->arena);

            if (!word)
                return false;
            word[strlen(word) - 1] = '\0'; /* it may go on */
            if (*word)                     /* else it has neither letters nor digits */
                g->own[g->n_own++] = (struct own_word){word, (uint16_t)c};
        }
    }
    return true;
}

static bool list_classes(struct naming *g)
{
    size_t n;
    const struct lc_event_word *usual = lc_event_words(&n);

    g->names->class = LC_NEW(g->arena, g->spec->n + n + 1, struct lc_event_class);
    if (!g->names->class || !add_own(g))
        return false;
    for (size_t w = 0; w < n; w++)
        if (class_named(g->names, usual[w].class) == LC_NO_CLASS)
            g->names->class[g->names->n++] =
                (struct lc_event_class){.name = usual[w].class, .kind = usual[w].kind};
    if (class_named(g->names, LC_OTHER_EVENTS) == LC_NO_CLASS)
        g->names->class[g->names->n++] =
            (struct lc_event_class){.name = LC_OTHER_EVENTS, .kind = LC_EVENT_ACTION};
    return true;
}

bool lc_event_has(const char *plain, const char *word)
{
    for (const char *at = strchr(plain, ' '); at; at = strchr(at + 1, ' '))
        if (strncmp(at + 1, word, strlen(word)) == 0)
            return true;
    return false;
}

/* Which words are looked for: in the type those that stand over the content, then all; in the content
 * what it may be about, so that "open positions" is no opened e-mail. */
enum look { LOOK_FIRST, LOOK_CONTENT, LOOK_ALL };

static bool is_looked_for(const struct lc_event_word *word, enum look look)
{
    switch (look) {
    case LOOK_FIRST: return word->first;
    case LOOK_CONTENT:
        return !word->first &&
               (word->kind == LC_EVENT_CONTENT || word->kind == LC_EVENT_NEGATIVE);
    case LOOK_ALL: break;
    }
    return true;
}

static uint16_t class_of(const struct naming *g, const char *text, enum look look)
{
    size_t n;
    const struct lc_event_word *usual = lc_event_words(&n);

    for (size_t w = 0; w < g->n_own && look != LOOK_FIRST; w++)
        if (strstr(text, g->own[w].word))
            return g->own[w].class;
    for (size_t w = 0; w < n; w++)
        if (is_looked_for(&usual[w], look) && lc_event_has(text, usual[w].word))
            return class_named(g->names, usual[w].class);
    return LC_NO_CLASS;
}

/* The class of each level of a column, the missing one aside. */
static uint16_t *classes_of(const struct naming *g, const struct lc_table_column *c,
                            enum look look)
{
    const bool is_type = look != LOOK_CONTENT;
    uint16_t *class = LC_NEW(g->arena, (size_t)c->codes.n_levels + 1, uint16_t);

    for (uint32_t v = 0; class && v < c->codes.n_levels; v++) {
        const char *level = c->codes.level[v];
        char *text = v == c->codes.missing ? NULL
                     : is_type ? plain(lc_event_type_text(c->codes.name, level), g->arena)
                               : plain(level, g->arena);

        class[v] = text ? class_of(g, text, look) : LC_NO_CLASS;
        if (!text && v != c->codes.missing)
            return NULL;
    }
    return class;
}

enum lc_rc lc_event_names_find(const struct lc_event_columns *file,
                               const struct lc_spec_events *spec, struct lc_arena *arena,
                               struct lc_event_names *out, struct lc_err *err)
{
    struct lc_event_names names = {.n = 0};
    struct naming g = {.spec = spec, .names = &names, .arena = arena};

    if (!list_classes(&g))
        return lc_fail_memory(err, "the classes of events");
    names.first = classes_of(&g, file->type, LOOK_FIRST);
    names.action = classes_of(&g, file->type, LOOK_ALL);
    if (file->content)
        names.content = classes_of(&g, file->content, LOOK_CONTENT);
    if (!names.first || !names.action || (file->content && !names.content))
        return lc_fail_memory(err, "the classes of events");
    names.other = class_named(&names, LC_OTHER_EVENTS);
    *out = names;
    return LC_OK;
}

uint16_t lc_event_class_of(const struct lc_event_columns *file,
                           const struct lc_event_names *names, size_t row)
{
    const uint32_t type = lc_code_at(&file->type->codes, row);
    uint16_t class = names->first[type];

    if (class == LC_NO_CLASS && names->content)
        class = names->content[lc_code_at(&file->content->codes, row)];
    if (class == LC_NO_CLASS)
        class = names->action[type];
    return class == LC_NO_CLASS ? names->other : class;
}
