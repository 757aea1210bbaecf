/* fuzz_join - leads and rows of any keys, lists and days are joined as the rule says in its simplest
 * words: each lead is held against each row. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "leadcal/join.h"
#include "leadcal/record_id.h"
#include "leadcal/slice.h"

#define MOST_LINES 40
#define MOST_TEXT  60

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Lines "key,day"; the leads' end at an empty line. */
struct lines {
    char key[MOST_LINES][MOST_TEXT], day[MOST_LINES][MOST_TEXT];
    size_t n;
};

/* A cell as the loader has it: trimmed, also where a long one was cut. */
static void put(char *to, struct lc_slice s)
{
    s = lc_slice_trim(s);
    if (s.n >= MOST_TEXT)
        s.n = MOST_TEXT - 1;
    s = lc_slice_trim(s);
    memcpy(to, s.p, s.n);
    to[s.n] = 0;
}

static void read_lines(struct lc_slice *text, struct lines *to)
{
    to->n = 0;
    while (text->n && to->n < MOST_LINES) {
        const char *end = memchr(text->p, '\n', text->n);
        const size_t n = end ? (size_t)(end - text->p) : text->n;
        const char *comma = memchr(text->p, ',', n);
        const size_t first = comma ? (size_t)(comma - text->p) : n;

        if (n) {
            put(to->key[to->n], (struct lc_slice){text->p, first});
            put(to->day[to->n++], comma ? (struct lc_slice){comma + 1, n - first - 1}
                                        : (struct lc_slice){text->p, 0});
        }
        text->p += n + (end != NULL);
        text->n -= n + (end != NULL);
        if (!n)
            return;
    }
}

/* The day is the first letter's code: many texts of one day, as with hours. */
static int32_t day_of(const char *text)
{
    return (unsigned char)text[0] / 4;
}

/* A column as the loader makes it: levels in order, the empty cell last. */
struct column {
    const char *level[MOST_LINES + 1];
    uint32_t code[MOST_LINES];
    int32_t day[MOST_LINES + 1];
    size_t count[MOST_LINES + 1];
    struct lc_table_column c;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void make_column(struct column *to, char (*cell)[MOST_TEXT], size_t n, bool days)
{
    uint32_t k = 0;

    for (size_t i = 0; i < n; i++) {
        bool known = !cell[i][0];

        for (uint32_t v = 0; v < k && !known; v++)
            known = strcmp(to->level[v], cell[i]) == 0;
        if (!known)
            to->level[k++] = cell[i];
    }
    /* In byte order texts stand in the order of their first letters, and so of their days. */
    qsort(to->level, k, sizeof *to->level, by_text);
    for (size_t i = 0; i < n; i++) {
        to->code[i] = k;
        for (uint32_t v = 0; v < k; v++)
            if (strcmp(to->level[v], cell[i]) == 0)
                to->code[i] = v;
    }
    for (uint32_t v = 0; v < k; v++)
        to->day[v] = day_of(to->level[v]);
    to->level[k] = LC_MISSING_TEXT;
    to->c = (struct lc_table_column){.codes = {.width = 4,
                                               .code = to->code,
                                               .n_levels = k + 1,
                                               .level = to->level,
                                               .missing = k},
                                     .kind = LC_KIND_DATE,
                                     .day = days ? to->day : NULL};
}

/* One key? Addresses are one in any case, ids of Salesforce in both of their forms. */
static bool one_key(const char *a, const char *b)
{
    char x[LC_LONG_ID + 1] = "", y[LC_LONG_ID + 1] = "";

    if (!lc_record_id_long(lc_slice_of(a), x) || !lc_record_id_long(lc_slice_of(b), y))
        return strchr(a, '@') && strchr(b, '@') ? strcasecmp(a, b) == 0 : strcmp(a, b) == 0;
    return strncmp(x, y, LC_LONG_ID) == 0;
}

static bool belongs(const char *key, const char *lead, bool list, bool *first)
{
    bool found = false, any = false;

    *first = false;
    if (!list) {
        *first = *key && one_key(key, lead);
        return *first;
    }
    while (*key) {
        const size_t n = strcspn(key, ";");
        char member[MOST_TEXT];

        put(member, (struct lc_slice){key, n});
        if (*member && one_key(member, lead)) {
            *first = *first || !any;
            found = true;
        }
        any = any || *member;
        key += n + (key[n] == ';');
    }
    return found;
}

/* Would a lead take row a before row b? */
static bool goes_before(const struct lines *rows, size_t a, size_t b)
{
    int order;

    if (!rows->day[a][0] != !rows->day[b][0])
        return rows->day[a][0];
    order = strcmp(rows->day[a], rows->day[b]);
    if (!order && !rows->key[a][0] != !rows->key[b][0])
        return rows->key[a][0];
    if (!order)
        order = strcmp(rows->key[a], rows->key[b]);
    return order ? order < 0 : a < b;
}

static void check(const struct lines *leads, const struct lines *rows,
                  const struct lc_join_rule *rule, const struct lc_join *join)
{
    size_t matched = 0;

    for (size_t i = 0; i < leads->n; i++) {
        uint32_t want = LC_NO_ROW;
        bool first = false, primary = false;

        for (uint32_t k = 0; k < rows->n && leads->key[i][0]; k++) {
            if (!belongs(rows->key[k], leads->key[i], rule->list, &first) ||
                (rows->day[k][0] && rule->decided[i] != LC_NO_DAY &&
                 day_of(rows->day[k]) < rule->decided[i]))
                continue;
            if (want == LC_NO_ROW || goes_before(rows, k, want)) {
                want = k;
                primary = first;
            }
        }
        assert(join->row[i] == want && join->has_row[i] == (want != LC_NO_ROW));
        assert(!join->primary || want == LC_NO_ROW || join->primary[i] == primary);
        assert(want == LC_NO_ROW || join->fate[want] == LC_FATE_TAKEN);
        matched += want != LC_NO_ROW;
    }
    assert(matched == join->matched);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct lines leads, rows;
    static struct column lead, key, created;
    struct lc_slice text = {(const char *)bytes, n};
    int32_t decided[MOST_LINES];
    struct lc_join_rule rule = {.created = &created.c, .decided = decided};
    struct lc_arena arena;
    struct lc_join join;
    struct lc_err err;
    size_t twice;

    if (n == 0 || memchr(bytes, 0, n))
        return 0;
    rule.list = bytes[0] & 1;
    read_lines(&text, &leads);
    read_lines(&text, &rows);
    for (size_t i = 0; i < leads.n; i++)
        decided[i] = leads.day[i][0] ? day_of(leads.day[i]) : LC_NO_DAY;
    make_column(&lead, leads.key, leads.n, false);
    make_column(&key, rows.key, rows.n, false);
    make_column(&created, rows.day, rows.n, true);
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert(lc_join(&lead.c, leads.n, &key.c, rows.n, &rule, &arena, &join, &twice, &err) ==
           LC_OK);
    check(&leads, &rows, &rule, &join);
    lc_arena_release(&arena);
    return 0;
}
