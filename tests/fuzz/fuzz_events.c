/* fuzz_events - what leads did, by any times and words: each lead is held against each event by the rule
 * in its simplest words; what came after its decision, and the order of rows, leave no trace. */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/date.h"
#include "leadcal/events.h"
#include "leadcal/num.h"
#include "leadcal/slice.h"

#define MOST_LINES 24
#define MOST_TEXT  48
#define CELLS      4

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Lines of cells parted by commas; the leads' (key, decision) end at an empty line, the events' are
 * key, time, type, content. A key is a word without ';', '@' or digits: keys have a target of their own. */
struct lines {
    char cell[CELLS][MOST_LINES][MOST_TEXT];
    size_t n;
};

static void put(char *to, struct lc_slice s, bool key)
{
    size_t used = 0;

    s = lc_slice_trim(s);
    for (size_t i = 0; i < s.n && used + 1 < MOST_TEXT; i++)
        if (!key || (s.p[i] >= 'a' && s.p[i] <= 'z'))
            to[used++] = s.p[i];
    to[used] = 0;
}

static void read_line(struct lc_slice line, struct lines *to)
{
    for (size_t j = 0; j < CELLS; j++) {
        const char *comma = memchr(line.p, ',', line.n);
        const size_t n = comma ? (size_t)(comma - line.p) : line.n;

        put(to->cell[j][to->n], (struct lc_slice){line.p, n}, j == 0);
        line.p += n + (comma != NULL);
        line.n -= n + (comma != NULL);
    }
    to->n++;
}

static void read_lines(struct lc_slice *text, struct lines *to)
{
    to->n = 0;
    while (text->n && to->n < MOST_LINES) {
        const char *end = memchr(text->p, '\n', text->n);
        const size_t n = end ? (size_t)(end - text->p) : text->n;

        if (n)
            read_line((struct lc_slice){text->p, n}, to);
        text->p += n + (end != NULL);
        text->n -= n + (end != NULL);
        if (!n)
            return;
    }
}

/* ---- columns as the loader makes them: levels in order, the empty cell last ---- */

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
    qsort(to->level, k, sizeof *to->level, by_text);
    memset(to->count, 0, sizeof to->count);
    for (size_t i = 0; i < n; i++) {
        to->code[i] = k;
        for (uint32_t v = 0; v < k; v++)
            if (strcmp(to->level[v], cell[i]) == 0)
                to->code[i] = v;
        to->count[to->code[i]]++;
    }
    for (uint32_t v = 0; v <= k; v++)
        if (v == k || !lc_date_parse(lc_slice_of(to->level[v]), LC_DATE_YMD, &to->day[v]))
            to->day[v] = LC_NO_DAY;
    to->level[k] = LC_MISSING_TEXT;
    to->c = (struct lc_table_column){.codes = {.name = "column",
                                               .width = 4,
                                               .code = to->code,
                                               .n_levels = k + 1,
                                               .level = to->level,
                                               .missing = k},
                                     .kind = days ? LC_KIND_DATE : LC_KIND_TEXT,
                                     .day = days ? to->day : NULL,
                                     .count = to->count,
                                     .order = LC_DATE_YMD};
}

static struct lc_events run(const struct lines *leads, const struct lines *rows,
                            struct lc_arena *arena)
{
    struct lines *copy = LC_NEW(arena, 2, struct lines); /* the result borrows from it */
    static struct column id, decided, key, time, type, content;
    const struct lc_spec_events spec = {.time = "time", .type = "type"};
    struct lc_event_columns file = {&key.c, &time.c, &type.c, &content.c, rows->n, false};
    struct lc_event_decisions decisions = {&id.c, &decided.c, 0, LC_NO_DAY, leads->n, NULL};
    struct lc_events out;
    struct lc_err err;

    assert(copy);
    copy[0] = *leads;
    copy[1] = *rows;
    make_column(&id, copy[0].cell[0], leads->n, false);
    make_column(&decided, copy[0].cell[1], leads->n, true);
    make_column(&key, copy[1].cell[0], rows->n, false);
    make_column(&time, copy[1].cell[1], rows->n, true);
    make_column(&type, copy[1].cell[2], rows->n, false);
    make_column(&content, copy[1].cell[3], rows->n, false);
    assert(lc_events(&file, &decisions, &spec, arena, &out, &err) == LC_OK);
    return out;
}

/* ---- the rule in its simplest words ---- */

/* Is the event known to be no later? age: whole days between the two days as they are written. */
static bool counts(const char *event, const char *decision, uint32_t *age)
{
    struct lc_time a = {LC_NAN, LC_NO_OFFSET}, b = {LC_NAN, LC_NO_OFFSET};
    int32_t from, to;

    if (!lc_date_parse(lc_slice_of(event), LC_DATE_YMD, &from) ||
        !lc_date_parse(lc_slice_of(decision), LC_DATE_YMD, &to))
        return false;
    *age = to > from ? (uint32_t)(to - from) : 0;
    (void)lc_time_parse(lc_slice_of(event), LC_DATE_YMD,
                        &a); /* without one it is left as it is */
    (void)lc_time_parse(lc_slice_of(decision), LC_DATE_YMD, &b);
    if (isnan(a.second) || isnan(b.second))
        return from < to || (from == to && b.second >= 86400);
    if (a.offset != LC_NO_OFFSET && b.offset != LC_NO_OFFSET) {
        a.second -= a.offset;
        b.second -= b.offset;
    }
    return 86400.0 * from + a.second <= 86400.0 * to + b.second;
}

static const struct lc_event_word *find_word(const char *text, bool first_alone, bool content)
{
    static char plain[2 * MOST_TEXT + 3];
    size_t n;
    const struct lc_event_word *word = lc_event_words(&n);

    lc_event_plain(lc_slice_of(text), plain);
    for (size_t w = 0; w < n; w++) {
        char behind_blank[64] = " ";

        if ((first_alone && !word[w].first) ||
            (content && (word[w].first || word[w].kind == LC_EVENT_ACTION ||
                         word[w].kind == LC_EVENT_OURS)))
            continue;
        strcat(behind_blank, word[w].word); /* NOLINT: words of our own table are short */
        if (strstr(plain, behind_blank))
            return &word[w];
    }
    return NULL;
}

static const char *class_of(const struct lines *rows, size_t row, bool *ours)
{
    const char *type = rows->cell[2][row], *content = rows->cell[3][row];
    const struct lc_event_word *word = find_word(type, true, false);

    if (!word)
        word = find_word(content, false, true);
    if (!word)
        word = find_word(type, false, false);
    *ours = word && word->kind == LC_EVENT_OURS;
    return word ? word->class : "other";
}

/* Events and days of a lead and class, counted anew. */
static void recount(const struct lines *leads, const struct lines *rows, size_t i,
                    const char *class, size_t *events, size_t *days)
{
    *events = *days = 0;
    for (size_t k = 0; k < rows->n; k++) {
        uint32_t age;
        bool ours;

        if (!leads->cell[0][i][0] || strcmp(leads->cell[0][i], rows->cell[0][k]) != 0 ||
            strcmp(class_of(rows, k, &ours), class) != 0 || ours ||
            !counts(rows->cell[1][k], leads->cell[1][i], &age))
            continue;
        ++*events;
        *days += age;
    }
}

static void count(const struct lc_events *e, size_t i, const char *class, size_t *events,
                  size_t *days)
{
    *events = *days = 0;
    for (size_t k = e->begin[i]; k < e->begin[i + 1]; k++) {
        assert(e->of[k] < e->n_classes);
        assert(k == e->begin[i] || e->age_days[k - 1] <= e->age_days[k]);
        if (strcmp(e->class[e->of[k]].name, class) != 0)
            continue;
        ++*events;
        *days += e->age_days[k];
    }
}

static void check(const struct lines *leads, const struct lines *rows,
                  const struct lc_events *e)
{
    size_t all = 0;

    for (size_t i = 0; i < leads->n; i++) {
        bool known = false;
        uint32_t age;

        for (size_t k = 0; k < rows->n; k++)
            known = known || counts(rows->cell[1][k], leads->cell[1][i], &age);
        assert(e->known[i] == known);
        for (size_t c = 0; c < e->n_classes; c++) {
            size_t want, want_days, got, got_days;

            recount(leads, rows, i, e->class[c].name, &want, &want_days);
            count(e, i, e->class[c].name, &got, &got_days);
            assert(want == got && want_days == got_days);
            all += want;
        }
    }
    assert(all == e->begin[leads->n]); /* no class was forgotten */
    assert(e->account.used + e->account.orphans + e->account.undated + e->account.late +
               e->account.same_day ==
           rows->n);
}

/* ---- laws ---- */

static void assert_same(const struct lc_events *a, const struct lc_events *b, size_t i)
{
    const size_t n = a->begin[i + 1] - a->begin[i];

    assert(a->known[i] == b->known[i] && b->begin[i + 1] - b->begin[i] == n);
    for (size_t k = 0; k < n; k++) {
        const size_t x = a->begin[i] + k, y = b->begin[i] + k;

        assert(a->age_days[x] == b->age_days[y] &&
               strcmp(a->class[a->of[x]].name, b->class[b->of[y]].name) == 0);
    }
}

/* Without the rows that are not known to be before the decision of one lead, that lead is as it was. */
static void check_after(const struct lines *leads, const struct lines *rows,
                        const struct lc_events *e, struct lc_arena *arena)
{
    static struct lines kept;

    for (size_t i = 0; i < leads->n; i++) {
        struct lc_events again;
        uint32_t age;

        kept.n = 0;
        for (size_t k = 0; k < rows->n; k++) {
            if (!counts(rows->cell[1][k], leads->cell[1][i], &age))
                continue;
            for (size_t j = 0; j < CELLS; j++)
                memcpy(kept.cell[j][kept.n], rows->cell[j][k], MOST_TEXT);
            kept.n++;
        }
        again = run(leads, &kept, arena);
        assert_same(e, &again, i);
    }
}

static void check_order(const struct lines *leads, const struct lines *rows,
                        const struct lc_events *e, struct lc_arena *arena)
{
    static struct lines back;
    struct lc_events again;

    back.n = rows->n;
    for (size_t k = 0; k < rows->n; k++)
        for (size_t j = 0; j < CELLS; j++)
            memcpy(back.cell[j][k], rows->cell[j][rows->n - 1 - k], MOST_TEXT);
    again = run(leads, &back, arena);
    assert(again.n_classes == e->n_classes && again.last == e->last);
    assert(!e->stranger == !again.stranger &&
           (!e->stranger || strcmp(e->stranger, again.stranger) == 0));
    for (size_t i = 0; i < leads->n; i++)
        assert_same(e, &again, i);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct lines leads, rows;
    struct lc_slice text = {(const char *)bytes, n};
    struct lc_arena arena;
    struct lc_events e;

    if (n == 0 || memchr(bytes, 0, n))
        return 0;
    read_lines(&text, &leads);
    read_lines(&text, &rows);
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    e = run(&leads, &rows, &arena);
    check(&leads, &rows, &e);
    check_order(&leads, &rows, &e, &arena);
    check_after(&leads, &rows, &e, &arena);
    lc_arena_release(&arena);
    return 0;
}
