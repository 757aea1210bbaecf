#include "leadcal/dialect.h"

#include <ctype.h>
#include <string.h>

#include "dialect_internal.h"

#define LEAST_KNOWN 3       /* names of a table in a header: one may be there by chance */
#define WORDS       "words" /* the system of the tables of words, which no file is of */

/* ---- names ---- */

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A run of blanks, or of no-break spaces, is one blank; a letter is small. Returns the byte, and
 * moves on; 0 at the end. Of U+00C0..U+00DE only the second byte tells the case. */
static unsigned char next_byte(const char **p)
{
    const unsigned char *s = (const unsigned char *)*p;
    unsigned char c = *s;

    if (is_blank(c) || (c == 0xc2 && s[1] == 0xa0)) {
        while (is_blank(*s) || (*s == 0xc2 && s[1] == 0xa0))
            s += *s == 0xc2 ? 2 : 1;
        *p = (const char *)s;
        return ' ';
    }
    *p += c != 0;
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 'a' - 'A') : c;
}

static unsigned char fold(unsigned char before, unsigned char c)
{
    return before == 0xc3 && c >= 0x80 && c <= 0x9e && c != 0x97 ? (unsigned char)(c + 0x20)
                                                                 : c;
}

/* Behind quotes and blanks. */
static const char *skip_edge(const char *p)
{
    while (*p == '"' || *p == '\'' || is_blank((unsigned char)*p))
        p++;
    return p;
}

bool lc_dialect_same(const char *name, const char *alias)
{
    const char *p = skip_edge(name), *q = alias;
    unsigned char before = 0;

    while (*q) {
        const unsigned char b = next_byte(&q), a = next_byte(&p);

        if (fold(before, a) != fold(before, b))
            return false;
        before = b;
    }
    return !*skip_edge(p);
}

/* ---- whose export ---- */

static size_t place_of(const char *alias, const char *const *name, size_t k)
{
    for (size_t j = 0; j < k; j++)
        if (lc_dialect_same(name[j], alias))
            return j;
    return k;
}

/* A column counts once, however many meanings its name has in the table. */
static void count_known(struct lc_signature *s, const char *const *name, size_t k)
{
    for (size_t j = 0; j < k; j++) {
        bool known = false, mark = false;

        for (size_t i = 0; i < lc_aliases && !mark; i++)
            if (lc_alias[i].table == s->table && lc_dialect_same(name[j], lc_alias[i].name)) {
                known = true;
                mark = lc_alias[i].meaning == LC_MEANS_MARK;
            }
        s->known += known;
        if (mark && s->marks++ == 0)
            s->mark = name[j];
    }
}

struct lc_signature lc_dialect_find(const char *const *name, size_t k)
{
    struct lc_signature best = {0};

    for (size_t t = 0; t < lc_alias_tables; t++) {
        struct lc_signature s = {
            .system = lc_alias_table[t].system, .object = lc_alias_table[t].object, .table = t};

        if (strcmp(s.system, WORDS) == 0)
            continue;
        count_known(&s, name, k);
        if (s.marks == 0 || s.known < LEAST_KNOWN)
            continue;
        if (s.marks > best.marks || (s.marks == best.marks && s.known > best.known)) {
            best = s;
        } else if (s.marks == best.marks && s.known == best.known && !best.rival[0]) {
            best.rival[0] = best.system;
            best.rival[1] = s.system;
        }
    }
    if (best.rival[0] || !best.system)
        return (struct lc_signature){.rival = {best.rival[0], best.rival[1]}};
    return best;
}

size_t lc_dialect_column(const struct lc_signature *s, enum lc_meaning meaning,
                         const char *const *name, size_t k, size_t *from)
{
    for (size_t i = *from; s->system && i < lc_aliases; i++) {
        size_t at = k;

        if (lc_alias[i].table == s->table && lc_alias[i].meaning == meaning)
            at = place_of(lc_alias[i].name, name, k);
        if (at < k) {
            *from = i + 1;
            return at;
        }
    }
    *from = lc_aliases;
    return k;
}

bool lc_dialect_means(const char *name, enum lc_meaning meaning)
{
    for (size_t i = 0; i < lc_aliases; i++)
        if (lc_alias[i].meaning == meaning &&
            strcmp(lc_alias_table[lc_alias[i].table].system, WORDS) != 0 &&
            lc_dialect_same(name, lc_alias[i].name))
            return true;
    return false;
}

/* ---- files of changes ---- */

/* The column of a meaning in one table; k where the header has none of its names. */
static size_t column_in(size_t table, enum lc_meaning meaning, const char *const *name,
                        size_t k)
{
    const struct lc_signature s = {.system = lc_alias_table[table].system, .table = table};
    size_t from = 0;

    return lc_dialect_column(&s, meaning, name, k, &from);
}

bool lc_dialect_changes(const char *const *name, size_t k, struct lc_change_columns *out)
{
    for (size_t t = 0; t < lc_alias_tables; t++) {
        const struct lc_change_columns c = {column_in(t, LC_MEANS_CONTACT, name, k),
                                            column_in(t, LC_MEANS_CHANGED, name, k),
                                            column_in(t, LC_MEANS_NEW_VALUE, name, k),
                                            column_in(t, LC_MEANS_FIELD, name, k), t};
        size_t at = 0;

        if (c.record == k || c.changed == k || c.value == k ||
            (c.field == k && lc_dialect_stage_field(t, &at)))
            continue;
        *out = c;
        return true;
    }
    return false;
}

const char *lc_dialect_stage_field(size_t table, size_t *at)
{
    for (size_t i = *at; i < lc_aliases; i++)
        if (lc_alias[i].table == table && lc_alias[i].meaning == LC_MEANS_STAGE_FIELD) {
            *at = i + 1;
            return lc_alias[i].name;
        }
    *at = lc_aliases;
    return NULL;
}

/* ---- words ---- */

static const char *next_word(const char *object, enum lc_meaning meaning, size_t *at)
{
    for (size_t i = *at; i < lc_aliases; i++) {
        const struct lc_alias_table *t = &lc_alias_table[lc_alias[i].table];

        if (lc_alias[i].meaning == meaning && strcmp(t->system, WORDS) == 0 &&
            strcmp(t->object, object) == 0) {
            *at = i + 1;
            return lc_alias[i].name;
        }
    }
    *at = lc_aliases;
    return NULL;
}

const char *lc_dialect_name_word(enum lc_meaning meaning, size_t *at)
{
    return next_word("names", meaning, at);
}

const char *lc_dialect_value_word(enum lc_meaning meaning, size_t *at)
{
    return next_word("values", meaning, at);
}

bool lc_dialect_is_footer(struct lc_slice cell)
{
    const struct lc_slice s = lc_slice_trim(cell);
    const char *word;
    size_t at = 0;

    while ((word = next_word("lines", LC_MEANS_FOOTER, &at)) != NULL) {
        const size_t n = strlen(word);

        if (s.n >= n && lc_slice_eq_nocase((struct lc_slice){s.p, n}, lc_slice_of(word)) &&
            (s.n == n || !isalnum((unsigned char)s.p[n])))
            return true;
    }
    return false;
}

/* ---- stages ---- */

/* What stands in quotes behind the words. */
static bool in_quotes(const char *name, const char *before, struct lc_slice *inside)
{
    static const char *const quote[] = {"\"", "“", "”", "„", "«", "»", "'"};
    const size_t n = strlen(before);
    struct lc_slice s = lc_slice_of(name);

    if (s.n < n || !lc_slice_eq_nocase((struct lc_slice){s.p, n}, lc_slice_of(before)))
        return false;
    s = lc_slice_trim((struct lc_slice){s.p + n, s.n - n});
    for (size_t i = 0; i < sizeof quote / sizeof *quote; i++) {
        const size_t m = strlen(quote[i]);

        if (s.n >= m && memcmp(s.p, quote[i], m) == 0)
            s = lc_slice_trim((struct lc_slice){s.p + m, s.n - m});
        if (s.n >= m && memcmp(s.p + s.n - m, quote[i], m) == 0)
            s = lc_slice_trim((struct lc_slice){s.p, s.n - m});
    }
    *inside = s;
    return s.n > 0;
}

bool lc_dialect_stage(const char *name, struct lc_slice *stage, struct lc_slice *pipeline)
{
    static const char *const label[] = {"Date entered ", "Eingangsdatum ", "Date d'entrée ",
                                        "Fecha de entrada ", "Datum des Eintritts "};
    static const char api[] = "hs_v2_date_entered_";
    struct lc_slice all;

    *pipeline = (struct lc_slice){"", 0};
    if (strncmp(name, api, sizeof api - 1) == 0 && name[sizeof api - 1]) {
        *stage = lc_slice_of(name + sizeof api - 1);
        return true;
    }
    for (size_t i = 0; i < sizeof label / sizeof *label; i++) {
        if (!strpbrk(name, "\"'") && !strstr(name, "„") && !strstr(name, "«"))
            return false;
        if (!in_quotes(name, label[i], &all))
            continue;
        *stage = all;
        for (size_t at = all.n; at-- > 1;)
            if (all.p[all.n - 1] == ')' && all.p[at] == '(') {
                *stage = lc_slice_trim((struct lc_slice){all.p, at});
                *pipeline = (struct lc_slice){all.p + at + 1, all.n - at - 2};
                break;
            }
        return true;
    }
    return false;
}

const char *lc_meaning_text(enum lc_meaning meaning)
{
    static const char *const text[] = {
        [LC_MEANS_NOTHING] = "nothing",
        [LC_MEANS_MARK] = "mark",
        [LC_MEANS_ID] = "id",
        [LC_MEANS_EMAIL] = "email",
        [LC_MEANS_COMPANY] = "company",
        [LC_MEANS_DOMAIN] = "domain",
        [LC_MEANS_WEBSITE] = "website",
        [LC_MEANS_ACCOUNT] = "account",
        [LC_MEANS_CONTACT] = "contact",
        [LC_MEANS_CONVERTED_TO] = "converted_to",
        [LC_MEANS_ENTERED] = "entered",
        [LC_MEANS_HANDED_OVER] = "handed_over",
        [LC_MEANS_FIRST_TOUCH] = "first_touch",
        [LC_MEANS_ACCEPTED] = "accepted",
        [LC_MEANS_CLOSED] = "closed",
        [LC_MEANS_OPPORTUNITY] = "opportunity",
        [LC_MEANS_BEGAN] = "began",
        [LC_MEANS_OUTCOME] = "outcome",
        [LC_MEANS_IS_WON] = "is_won",
        [LC_MEANS_IS_CLOSED] = "is_closed",
        [LC_MEANS_AMOUNT] = "amount",
        [LC_MEANS_STATUS] = "status",
        [LC_MEANS_OWNER] = "owner",
        [LC_MEANS_SOURCE] = "source",
        [LC_MEANS_SCORE] = "score",
        [LC_MEANS_CHANGED] = "changed",
        [LC_MEANS_NEW_VALUE] = "new_value",
        [LC_MEANS_FIELD] = "field",
        [LC_MEANS_STAGE_FIELD] = "stage_field",
        [LC_MEANS_EVENT_TIME] = "event_time",
        [LC_MEANS_EVENT_TYPE] = "event_type",
        [LC_MEANS_EVENT_CONTENT] = "event_content",
        [LC_MEANS_WON] = "won",
        [LC_MEANS_LOST] = "lost",
        [LC_MEANS_OPEN] = "open",
        [LC_MEANS_CUSTOMER] = "customer",
        [LC_MEANS_YES] = "yes",
        [LC_MEANS_NOT] = "not",
        [LC_MEANS_REJECTED] = "rejected",
        [LC_MEANS_RECYCLED] = "recycled",
        [LC_MEANS_FOOTER] = "footer",
    };

    return text[meaning];
}
