#include "leadcal/spelling.h"

#include <stdlib.h>
#include <string.h>

#include "leadcal/slice.h"
#include "leadcal/text_fold.h"

#define MOST_SPELLING 100 /* bytes; a longer text is a note or a list */
#define LEAST_KEY     2   /* characters: y and Y may be codes of two things */
#define LEAST_ID      15  /* bytes of a record's id whose case counts */
#define LEAST_WORD    5   /* letters of a word that a slip is looked for in */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Letters of any script: every byte beyond ASCII is part of one, once a text is folded. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_dropped(char c)
{
    return c && strchr(" -_()[]{}'\"`.,:;", c) != NULL;
}

/* What parts two digits is part of the number: 1-10 is not 110, and 1.5 not 1-5. */
static char between(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] != ' ')
            return text[i];
    return ' ';
}

const char *lc_spelling_key(const char *text, struct lc_arena *arena)
{
    const char *p = lc_text_fold(text, arena);
    char *to = p ? LC_NEW(arena, strlen(p) + 1, char) : NULL;
    size_t n = 0;

    while (to && *p) {
        size_t run = 0;

        while (is_dropped(p[run]))
            run++;
        if (run && n && is_digit(to[n - 1]) && is_digit(p[run]))
            to[n++] = between(p, run);
        else if (run && strchr("-.,", p[run - 1]) && is_digit(p[run]) && (run > 1 || n == 0))
            to[n++] = p[run - 1];
        p += run;
        if (*p)
            to[n++] = *p++;
    }
    return to;
}

/* ---- one slip ---- */

static bool is_word(char c)
{
    return is_letter(c) || is_digit(c);
}

static struct lc_slice next_word(const char **text)
{
    struct lc_slice word;

    while (**text && !is_word(**text))
        (*text)++;
    word.p = *text;
    while (is_word(**text))
        (*text)++;
    word.n = (size_t)(*text - word.p);
    return word;
}

static size_t letters(struct lc_slice word)
{
    size_t n = 0;

    for (size_t i = 0; i < word.n; i++)
        n += ((unsigned char)word.p[i] & 0xc0) != 0x80;
    return n;
}

static bool has_digit(struct lc_slice word)
{
    for (size_t i = 0; i < word.n; i++)
        if (is_digit(word.p[i]))
            return true;
    return false;
}

/* The bytes of the letter that begins here. */
static size_t letter_bytes(struct lc_slice s)
{
    size_t n = s.n > 0;

    while (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n++;
    return n;
}

static struct lc_slice behind(struct lc_slice s, size_t n)
{
    return (struct lc_slice){s.p + n, s.n - n};
}

/* Damerau's four slips: what differs begins and ends where the words do not agree any more. */
static bool is_slip(struct lc_slice a, struct lc_slice b)
{
    size_t i = 0, first, second, of_first, of_second;

    while (i < a.n && i < b.n && a.p[i] == b.p[i])
        i++;
    while (i > 0 && i < a.n && ((unsigned char)a.p[i] & 0xc0) == 0x80)
        i--; /* to the beginning of a letter */
    a = behind(a, i);
    b = behind(b, i);
    first = letter_bytes(a);
    of_first = letter_bytes(b);
    if (lc_slice_eq(behind(a, first), behind(b, of_first)) ||
        lc_slice_eq(behind(a, first), b) || lc_slice_eq(a, behind(b, of_first)))
        return true;
    second = letter_bytes(behind(a, first));
    of_second = letter_bytes(behind(b, of_first));
    return first == of_second && second == of_first && second > 0 &&
           memcmp(a.p, b.p + of_first, first) == 0 && memcmp(a.p + first, b.p, second) == 0 &&
           lc_slice_eq(behind(a, first + second), behind(b, of_first + of_second));
}

static bool is_near_word(struct lc_slice a, struct lc_slice b)
{
    const size_t first = letter_bytes(a);

    return letters(a) >= LEAST_WORD && letters(b) >= LEAST_WORD && !has_digit(a) &&
           !has_digit(b) && first == letter_bytes(b) && memcmp(a.p, b.p, first) == 0 &&
           is_slip(a, b);
}

bool lc_spelling_near(const char *folded, const char *other)
{
    size_t near = 0;

    for (;;) {
        const struct lc_slice a = next_word(&folded), b = next_word(&other);

        if (a.n == 0 || b.n == 0)
            return a.n == b.n && near == 1;
        if (lc_slice_eq(a, b))
            continue;
        if (near++ || !is_near_word(a, b))
            return false;
    }
}

/* ---- the values of a column ---- */

struct value {
    uint32_t level;
    const char *text, *key, *folded;
    size_t count, group; /* rows; of it and its twins */
    uint32_t same;       /* place of the most frequent twin; its own where it has none */
};

static bool is_id(const char *text)
{
    bool digit = false, lower = false, upper = false;

    for (const char *p = text; *p; p++) {
        digit = digit || is_digit(*p);
        lower = lower || (*p >= 'a' && *p <= 'z');
        upper = upper || (*p >= 'A' && *p <= 'Z');
        if (*p == ' ')
            return false;
    }
    return strlen(text) >= LEAST_ID && digit && lower && upper;
}

/* By key; the one that its twins are written as comes first. */
static int by_key(const void *a, const void *b)
{
    const struct value *x = a, *y = b;
    const int order = strcmp(x->key, y->key);

    if (order)
        return order;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    if (strlen(x->text) != strlen(y->text))
        return strlen(x->text) > strlen(y->text) ? -1 : 1;
    return strcmp(x->text, y->text);
}

static bool list_values(const struct lc_column *c, const size_t *count, struct lc_arena *arena,
                        struct value *value, uint32_t *n)
{
    *n = 0;
    for (uint32_t v = 0; v < c->n_levels; v++) {
        struct value *to = &value[*n];

        if (v == c->missing || strlen(c->level[v]) > MOST_SPELLING)
            continue;
        *to = (struct value){.level = v, .text = c->level[v], .count = count[v]};
        to->folded = lc_text_fold(to->text, arena);
        to->key = is_id(to->text) ? to->text : lc_spelling_key(to->text, arena);
        if (!to->folded || !to->key)
            return false;
        *n += *to->key != '\0';
    }
    return true;
}

static void find_twins(struct value *value, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const bool twin = i && strcmp(value[i].key, value[i - 1].key) == 0 &&
                          letters(lc_slice_of(value[i].key)) >= LEAST_KEY;

        value[i].same = twin ? value[i - 1].same : i;
        value[value[i].same].group += value[i].count;
    }
}

/* The most frequent value that a value without twins may be a slip of; n: none. */
static uint32_t find_near(const struct value *value, uint32_t n, uint32_t i)
{
    uint32_t best = n;

    for (uint32_t j = 0; j < n; j++)
        if (j != i && value[j].same == j &&
            value[j].group >= LC_SPELLING_OFTEN * value[i].count &&
            (best == n || value[j].group > value[best].group) &&
            lc_spelling_near(value[i].folded, value[j].folded))
            best = j;
    return best;
}

static int by_same(const void *a, const void *b)
{
    const struct lc_spelling *x = a, *y = b;

    if (x->same != y->same)
        return x->same < y->same ? -1 : 1;
    return x->level < y->level ? -1 : x->level > y->level;
}

enum lc_rc lc_spellings_find(const struct lc_column *column, const size_t *count,
                             struct lc_arena *arena, struct lc_spellings *out,
                             struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_spelling *found = LC_NEW(arena, (size_t)column->n_levels + 1, struct lc_spelling);
    struct value *value;
    enum lc_rc rc = LC_OK;
    size_t n_found = 0;
    uint32_t n;

    lc_arena_init(&scratch, arena->limit - arena->used);
    value = LC_NEW(&scratch, (size_t)column->n_levels + 1, struct value);
    if (!found || !value || !list_values(column, count, &scratch, value, &n)) {
        rc = lc_fail_memory(err, "the spellings of values");
        goto out;
    }
    qsort(value, n, sizeof *value, by_key);
    find_twins(value, n);
    for (uint32_t i = 0; i < n; i++) {
        const bool sure = value[i].same != i;
        const uint32_t same = sure                              ? value[i].same
                              : value[i].group > value[i].count ? n
                                                                : find_near(value, n, i);

        if (same < n)
            found[n_found++] = (struct lc_spelling){value[i].level, value[same].level, sure};
    }
    qsort(found, n_found, sizeof *found, by_same);
    *out = (struct lc_spellings){found, n_found};
out:
    lc_arena_release(&scratch);
    return rc;
}
