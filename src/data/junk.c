#include "leadcal/junk.h"

#include <string.h>

#define MOST_WORD   40 /* bytes; a longer word is somebody's */
#define LEAST_PHONE 7  /* digits */

const char *lc_junk_text(enum lc_junk why)
{
    switch (why) {
    case LC_JUNK_NOT: break;
    case LC_JUNK_NO_LETTER: return "no letter";
    case LC_JUNK_WORD: return "a word for nothing";
    case LC_JUNK_REPEATED: return "one letter over and over";
    case LC_JUNK_KEYBOARD: return "keys side by side";
    case LC_JUNK_ADDRESS: return "an address for examples";
    }
    return "";
}

static bool is_letter(char c)
{
    const unsigned char u = (unsigned char)c;

    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static bool has_letter(struct lc_slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_letter(s.p[i]))
            return true;
    return false;
}

/* A number to be called: seven digits or more, which are neither all the same nor counted up or down. */
static bool is_phone(struct lc_slice s)
{
    size_t digits = 0, same = 0, up = 0, down = 0;
    int last = -1;

    for (size_t i = 0; i < s.n; i++) {
        const int digit = is_digit(s.p[i]) ? s.p[i] - '0' : -1;

        if (digit < 0 && !strchr("+-()./ ", s.p[i]))
            return false;
        if (digit < 0)
            continue;
        if (last >= 0) {
            same += digit == last;
            up += digit == (last + 1) % 10;
            down += last == (digit + 1) % 10;
        }
        last = digit;
        digits++;
    }
    return digits >= LEAST_PHONE && same + 1 < digits && up + 1 < digits && down + 1 < digits;
}

/* ---- one word ---- */

/* What people write who do not want to say. Names of people and places are none of them: no "foo" and no
 * "muster", which are families, no "na" and no "none". ABC in capitals is a firm. */
static bool stands_for_nothing(const char *word, bool capitals)
{
    static const char *const list[] = {
        "abcd",       "abcde",  "abcdef",  "anonym",   "anonymous", "asd",    "blabla",
        "blah",       "demo",   "dummy",   "fake",     "firstname", "foobar", "lastname",
        "mustermann", "nobody", "noname",  "nombre",   "prueba",    "qwe",    "sdf",
        "test",       "teste",  "testing", "testtest", "xyz"};

    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (strcmp(list[i], word) == 0)
            return true;
    return !capitals && strcmp(word, "abc") == 0;
}

static bool is_repeated(const char *word, size_t n, bool capitals)
{
    for (size_t i = 1; i < n; i++)
        if (word[i] != word[0])
            return false;
    return (unsigned char)word[0] < 0x80 &&
           (n > 3 || (n == 3 && (!capitals || word[0] == 'x')));
}

/* The letters of a row that a word is a run of; -1: none. Backwards counts, too. */
static int place_in_row(const char *row, const char *word, size_t n)
{
    char back[MOST_WORD + 1];
    const char *at;

    for (size_t i = 0; i < n; i++)
        back[i] = word[n - 1 - i];
    back[n] = '\0';
    at = strstr(row, word);
    if (at)
        return (int)(at - row);
    at = strstr(row, back);
    return at ? (int)(at - row) + 1 : -1; /* the end of a row is no beginning */
}

static bool lies_in_a_row(const char *word, size_t n)
{
    static const char *const upper[] = {"qwertyuiop", "qwertzuiop", "azertyuiop"};
    static const char *const lower_rows[] = {"asdfghjkl", "qsdfghjklm", "zxcvbnm", "yxcvbnm",
                                             "wxcvbn"};

    for (size_t r = 0; r < sizeof upper / sizeof *upper && n >= 4; r++) {
        const int at = place_in_row(upper[r], word, n);

        if (at == 0 || (at > 0 && n >= 5))
            return true;
    }
    for (size_t r = 0; r < sizeof lower_rows / sizeof *lower_rows && n >= 4; r++)
        if (place_in_row(lower_rows[r], word, n) >= 0)
            return true;
    return false;
}

/* "asdasd", "qweqweqwe": a run of three keys, twice or more. */
static bool is_typed_again(const char *word, size_t n)
{
    static const char *const run[] = {"asd", "sdf", "dfg", "fgh", "ghj", "hjk", "jkl",
                                      "qwe", "zxc", "yxc", "aze", "qsd", "wxc"};

    if (n < 6 || n % 3)
        return false;
    for (size_t i = 3; i < n; i++)
        if (word[i] != word[i - 3])
            return false;
    for (size_t r = 0; r < sizeof run / sizeof *run; r++)
        if (memcmp(run[r], word, 3) == 0)
            return true;
    return false;
}

/* A run of letters and digits; a word of digits alone is junk among junk words. */
static enum lc_junk junk_word(struct lc_slice word)
{
    char text[MOST_WORD + 1];
    bool capitals = true;
    size_t n = word.n;

    while (n > 0 && is_digit(word.p[n - 1]))
        n--;
    if (n == 0)
        return LC_JUNK_WORD;
    if (n > MOST_WORD)
        return LC_JUNK_NOT;
    for (size_t i = 0; i < n; i++) {
        text[i] = lower(word.p[i]);
        capitals = capitals && text[i] != word.p[i];
    }
    text[n] = '\0';
    if (stands_for_nothing(text, capitals))
        return LC_JUNK_WORD;
    if (is_repeated(text, n, capitals))
        return LC_JUNK_REPEATED;
    return lies_in_a_row(text, n) || is_typed_again(text, n) ? LC_JUNK_KEYBOARD : LC_JUNK_NOT;
}

/* All words of a text are junk: the rule of the first that has letters. */
static enum lc_junk junk_words(struct lc_slice s)
{
    enum lc_junk first = LC_JUNK_NOT;

    for (size_t i = 0; i < s.n;) {
        size_t end = i;
        enum lc_junk why;

        while (end < s.n && (is_letter(s.p[end]) || is_digit(s.p[end])))
            end++;
        if (end == i) {
            i++;
            continue;
        }
        why = junk_word((struct lc_slice){s.p + i, end - i});
        if (why == LC_JUNK_NOT)
            return LC_JUNK_NOT;
        if (first == LC_JUNK_NOT && has_letter((struct lc_slice){s.p + i, end - i}))
            first = why;
        i = end;
    }
    return first;
}

/* ---- addresses ---- */

static bool ends_in(struct lc_slice s, const char *end)
{
    const size_t n = strlen(end);

    return s.n >= n &&
           lc_slice_eq_nocase((struct lc_slice){s.p + s.n - n, n}, lc_slice_of(end)) &&
           (s.n == n || end[0] == '.' || s.p[s.n - n - 1] == '.');
}

static bool is_for_examples(struct lc_slice domain)
{
    static const char *const name[] = {"example.com", "example.net", "example.org", ".example",
                                       ".test",       ".invalid",    ".localhost"};

    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (ends_in(domain, name[i]))
            return true;
    return false;
}

/* What stands before the first dot of a domain, the www aside. */
static struct lc_slice first_label(struct lc_slice domain)
{
    size_t n = 0;

    if (domain.n > 4 && lc_slice_eq_nocase((struct lc_slice){domain.p, 4}, lc_slice_of("www.")))
        domain = (struct lc_slice){domain.p + 4, domain.n - 4};
    while (n < domain.n && domain.p[n] != '.')
        n++;
    return (struct lc_slice){domain.p, n};
}

/* "firm.com", "www.firm.de": no blank, and two letters or more behind the last dot. */
static bool is_domain(struct lc_slice s)
{
    size_t letters = 0;

    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == ' ' || s.p[i] == '/' || s.p[i] == ',')
            return false;
    while (letters < s.n && is_letter(s.p[s.n - 1 - letters]))
        letters++;
    return letters >= 2 && letters + 1 < s.n && s.p[s.n - 1 - letters] == '.';
}

static bool is_junk_address(struct lc_slice local, struct lc_slice domain)
{
    const struct lc_slice label = first_label(domain);

    return is_for_examples(domain) || junk_words(local) != LC_JUNK_NOT ||
           (has_letter(label) && junk_words(label) != LC_JUNK_NOT);
}

enum lc_junk lc_junk(struct lc_slice cell)
{
    const struct lc_slice s = lc_slice_trim(cell);
    const char *at = s.n ? memchr(s.p, '@', s.n) : NULL;

    if (s.n == 0)
        return LC_JUNK_NOT;
    if (at) {
        const size_t n = (size_t)(at - s.p);

        return is_junk_address((struct lc_slice){s.p, n},
                               (struct lc_slice){at + 1, s.n - n - 1})
                   ? LC_JUNK_ADDRESS
                   : LC_JUNK_NOT;
    }
    if (!has_letter(s))
        return is_phone(s) ? LC_JUNK_NOT : LC_JUNK_NO_LETTER;
    if (is_domain(s))
        return is_junk_address((struct lc_slice){"", 0}, s) ? LC_JUNK_ADDRESS : LC_JUNK_NOT;
    return junk_words(s);
}
