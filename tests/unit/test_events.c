#include "leadcal/events.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/random.h"
#include "small_table.h"
#include "test.h"

#define MOST_ROWS 64

static struct lc_arena arena;

/* A DATE column of texts as they are written: small_table takes day numbers. */
static struct lc_table_column dates(const char *const *cell, size_t n)
{
    struct lc_table_column c = small_column(&arena, "time", LC_KIND_TEXT, cell, n);
    int32_t *day = LC_NEW(&arena, c.codes.n_levels + 1, int32_t);

    for (uint32_t v = 0; v < c.codes.n_levels; v++) {
        day[v] = LC_NO_DAY;
        if (v != c.codes.missing)
            assert_true(lc_date_parse(lc_slice_of(c.codes.level[v]), LC_DATE_YMD, &day[v]));
    }
    c.kind = LC_KIND_DATE;
    c.day = day;
    return c;
}

/* Events as they are typed into tests. */
struct row {
    const char *lead, *time, *type, *content;
};

static const char *const ids[] = {"7", "8", "9", "7"};
static const char *const decided[] = {"2026-03-10 12:00", "2026-03-20", "", "2026-02-01"};
static const struct lc_spec_events usual = {
    .time = "time", .type = "type", .content = "content"};

static struct lc_events read_as_of(const struct row *row, size_t n,
                                   const struct lc_spec_events *spec, int32_t after,
                                   int32_t undecided)
{
    const char *key[MOST_ROWS], *time[MOST_ROWS], *type[MOST_ROWS], *content[MOST_ROWS];
    struct lc_table_column leads = small_column(&arena, "id", LC_KIND_TEXT, ids, 4);
    struct lc_table_column decision = dates(decided, 4), c[4];
    struct lc_events out;
    struct lc_err err;

    assert_true(n <= MOST_ROWS);
    for (size_t i = 0; i < n; i++) {
        key[i] = row[i].lead;
        time[i] = row[i].time;
        type[i] = row[i].type;
        content[i] = row[i].content ? row[i].content : "";
    }
    c[0] = small_column(&arena, "lead", LC_KIND_TEXT, key, n);
    c[1] = dates(time, n);
    c[2] = small_column(&arena, "type", LC_KIND_TEXT, type, n);
    c[3] = small_column(&arena, "content", LC_KIND_TEXT, content, n);
    assert_int_equal(
        lc_events(&(struct lc_event_columns){&c[0], &c[1], &c[2], &c[3], n, false},
                  &(struct lc_event_decisions){&leads, &decision, after, undecided, 4, NULL},
                  spec, &arena, &out, &err),
        LC_OK);
    return out;
}

static struct lc_events read(const struct row *row, size_t n, const struct lc_spec_events *spec,
                             int32_t after)
{
    return read_as_of(row, n, spec, after, LC_NO_DAY);
}

/* "pricing 3, form 0": what a lead has done. */
static const char *told(const struct lc_events *e, size_t lead)
{
    static char text[500];

    text[0] = '\0';
    for (size_t i = e->begin[lead]; i < e->begin[lead + 1]; i++) {
        const size_t used = strlen(text);

        (void)snprintf(text + used, sizeof text - used, "%s%s %u", used ? ", " : "",
                       e->class[e->of[i]].name, (unsigned)e->age_days[i]);
    }
    return text;
}

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static const struct row history[] = {
    {"7", "2026-01-05 09:30", "page_view", "/pricing"},
    {"7", "2026-03-10 11:59", "page_view", "/product/valves"},
    {"7", "2026-03-10", "form_submission", NULL},       /* the day of the decision: unsure */
    {"7", "2026-03-10 12:01", "page_view", "/pricing"}, /* a minute late */
    {"8", "2026-03-19 23:00", "email_open", "pricing news"},
    {"8", "2026-03-20 08:00", "page_view", "/careers"}, /* the decision has no time of day */
    {"8", "2026-03-18", "page_view", "/careers/welder"},
    {"8", "2026-03-18", "Email Sent", "pricing"}, /* ours */
    {"9", "2026-03-18", "click", NULL},           /* never decided */
    {"4711", "2026-03-18", "click", NULL},
    {"7", "", "click", NULL},
    {"7", "2026-02-01", "interpretive dance", NULL},
};

static void each_lead_has_what_it_did_before_it_was_decided(void **state)
{
    const struct lc_events e = read(history, 12, &usual, 0);

    (void)state;
    assert_string_equal(told(&e, 0), "product_page 0, other 37, pricing 64");
    assert_string_equal(told(&e, 1), "email_open 1, careers 2");
    assert_string_equal(told(&e, 2), "");
    assert_string_equal(told(&e, 3), "pricing 27"); /* an earlier lead of the same person */
    assert_int_equal(e.account.used, 6);
    assert_int_equal(e.account.ours, 1);
    assert_int_equal(e.account.other, 1);
    assert_int_equal(e.account.late, 1);
    assert_int_equal(e.account.same_day, 2);
    assert_int_equal(e.account.undated, 2);
    assert_int_equal(e.account.orphans, 1);
    assert_string_equal(e.stranger, "interpretive dance");
    assert_int_equal(e.last, lc_day_of(2026, 3, 20));
    assert_memory_equal(e.known, "\1\1\0\1", 4);
}

static void classes_are_those_of_the_file_by_name(void **state)
{
    static const char *const want[] = {"careers", "email_open", "other", "pricing",
                                       "product_page"}; /* forms and clicks came too late */
    const struct lc_events e = read(history, 12, &usual, 0);

    (void)state;
    assert_int_equal(e.n_classes, 5);
    for (size_t c = 0; c < 5; c++)
        assert_string_equal(e.class[c].name, want[c]);
    assert_int_equal(e.class[0].kind, LC_EVENT_NEGATIVE);
    assert_int_equal(e.class[3].kind, LC_EVENT_CONTENT);
}

/* Whatever is written behind the decisions, nothing but the counts of late rows and the file's last day can tell. */
static void events_after_the_decision_change_nothing(void **state)
{
    static const char *const type[] = {"page_view", "unsubscribed", "form", "call"};
    struct row more[MOST_ROWS];
    struct lc_random random = {5};
    const struct lc_events before = read(history, 5, &usual, 0);
    struct lc_events after;

    (void)state;
    memcpy(more, history, 5 * sizeof *history);
    for (size_t i = 5; i < MOST_ROWS; i++) {
        const char *time = lc_arena_format(&arena, "2026-%02u-%02u 12:00",
                                           (unsigned)(4 + lc_random_below(&random, 9)),
                                           (unsigned)(1 + lc_random_below(&random, 28)));

        more[i] =
            (struct row){i % 2 ? "7" : "8", time, type[i % 4], i % 3 ? "/pricing" : "/product"};
    }
    after = read(more, MOST_ROWS, &usual, 0);
    assert_int_equal(after.account.late, before.account.late + MOST_ROWS - 5);
    assert_int_equal(after.account.used, before.account.used);
    assert_int_equal(after.n_classes, before.n_classes);
    for (size_t i = 0; i < 4; i++) {
        char was[500];

        (void)snprintf(was, sizeof was, "%s", told(&before, i));
        assert_string_equal(told(&after, i), was);
    }
    assert_memory_equal(after.known, before.known, 4);
}

/* An event a minute after the decision does not say that the file reaches back to before it. */
static void a_lead_is_known_by_an_event_before_its_decision(void **state)
{
    static const struct {
        const char *decision, *event;
        uint8_t known;
    } want[] = {{"2026-03-10 12:00", "2026-03-10 11:59", 1},
                {"2026-03-10 12:00", "2026-03-10 12:01", 0},
                {"2026-03-10", "2026-03-10 00:01", 0},
                {"2026-03-10 12:00", "2026-03-10", 0},
                {"2026-03-10 12:00", "2026-03-09", 1},
                {"2026-03-10T01:00:00Z", "2026-03-09T23:30:00-05:00", 0},
                {"2026-03-09T23:00:00Z", "2026-03-10T00:30:00+02:00", 1},
                {"2026-03-09T23:00:00", "2026-03-10T00:30:00+02:00", 0}};

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const char *const key = "a", *const stranger = "b", *const type = "click";
        const struct lc_table_column id = small_column(&arena, "id", LC_KIND_TEXT, &key, 1);
        const struct lc_table_column of =
            small_column(&arena, "id", LC_KIND_TEXT, &stranger, 1);
        const struct lc_table_column decision = dates(&want[i].decision, 1);
        const struct lc_table_column time = dates(&want[i].event, 1);
        const struct lc_table_column what = small_column(&arena, "t", LC_KIND_TEXT, &type, 1);
        const struct lc_event_columns file = {&of, &time, &what, NULL, 1, false};
        const struct lc_event_decisions leads = {&id, &decision, 0, LC_NO_DAY, 1, NULL};
        struct lc_events e;
        struct lc_err err;

        assert_int_equal(lc_events(&file, &leads, &usual, &arena, &e, &err), LC_OK);
        assert_int_equal(e.known[0], want[i].known);
    }
}

static void rows_in_any_order_give_the_same(void **state)
{
    struct row back[12];
    const struct lc_events first = read(history, 12, &usual, 0);
    struct lc_events again;

    (void)state;
    for (size_t i = 0; i < 12; i++)
        back[i] = history[11 - i];
    again = read(back, 12, &usual, 0);
    assert_memory_equal(first.begin, again.begin, 5 * sizeof *first.begin);
    assert_memory_equal(first.age_days, again.age_days, first.begin[4] * sizeof(uint32_t));
    assert_memory_equal(first.of, again.of, first.begin[4] * sizeof(uint16_t));
    assert_memory_equal(&first.account, &again.account, sizeof first.account);
}

/* DEFINITIONS 1: decision_after. */
static void days_after_entering_bring_later_events_in(void **state)
{
    const struct lc_events e = read(history, 12, &usual, 1);

    (void)state;
    assert_string_equal(told(&e, 0), "form 1, pricing 1, product_page 1, other 38, pricing 65");
}

/* The third lead has no day: as of one, that day's events are among its own, and no others' change. */
static void leads_without_a_day_are_as_of_the_one_given(void **state)
{
    const int32_t day = lc_day_of(2026, 3, 18);
    const struct lc_events e = read_as_of(history, 12, &usual, 0, day);

    (void)state;
    assert_string_equal(told(&e, 2), "click 0");
    assert_string_equal(told(&e, 1), "email_open 1, careers 2");
    assert_int_equal(e.account.undated, 1);
    assert_memory_equal(e.known, "\1\1\1\1", 4);
    assert_string_equal(told(&e, 0), "product_page 0, other 37, pricing 64");
}

/* 13:30 in Berlin's summer is 11:30 UTC; 12:00 of a zone that nobody states is as it is written. */
/* A snapshot of 10 March: all leads are decided on it, and nobody knows at what hour. */
static void a_snapshot_decides_for_all(void **state)
{
    static const char *const lead[] = {"7", "7", "8", "9", "9"};
    static const char *const day[] = {"2026-03-09 23:59", "2026-03-10 00:01", "2026-03-02",
                                      "2026-03-09", "2026-03-11"};
    static const char *const did[] = {"click", "click", "form", "call", "call"};
    const int32_t on = lc_day_of(2026, 3, 10);
    const struct lc_table_column id = small_column(&arena, "id", LC_KIND_TEXT, ids, 4);
    const struct lc_table_column own = dates(decided, 4), time = dates(day, 5);
    const struct lc_table_column key = small_column(&arena, "id", LC_KIND_TEXT, lead, 5);
    const struct lc_table_column type = small_column(&arena, "type", LC_KIND_TEXT, did, 5);
    const struct lc_event_columns file = {&key, &time, &type, NULL, 5, false};
    const struct lc_event_decisions leads = {&id, &own, 3, LC_NO_DAY, 4, &on};
    struct lc_events e;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_events(&file, &leads, &usual, &arena, &e, &err), LC_OK);
    assert_string_equal(told(&e, 0), "click 1");
    assert_string_equal(told(&e, 1), "form 8");
    assert_string_equal(told(&e, 2), "call 1"); /* it has no day of its own */
    assert_string_equal(told(&e, 3), "click 1");
    assert_int_equal(e.account.same_day, 1);
    assert_int_equal(e.account.late, 1);
    assert_memory_equal(e.known, "\1\1\1\1", 4);
}

static void offsets_are_moved_where_both_state_one(void **state)
{
    static const struct {
        const char *event, *decision;
        size_t used;
    } want[] = {{"2026-07-01T13:30:00+02:00", "2026-07-01T12:00:00Z", 1},
                {"2026-07-01T13:30:00", "2026-07-01T12:00:00Z", 0},
                {"2026-07-02T00:30:00+02:00", "2026-07-01T23:00:00Z", 1},
                {"2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z", 1},
                {"2026-06-30T23:30:00-02:00", "2026-07-01T01:00:00Z", 0}};

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const char *const key = "a", *const type = "click";
        const struct lc_table_column id = small_column(&arena, "id", LC_KIND_TEXT, &key, 1);
        const struct lc_table_column decision = dates(&want[i].decision, 1);
        const struct lc_table_column time = dates(&want[i].event, 1);
        const struct lc_table_column what = small_column(&arena, "t", LC_KIND_TEXT, &type, 1);
        struct lc_events e;
        struct lc_err err;

        assert_int_equal(
            lc_events(&(struct lc_event_columns){&id, &time, &what, NULL, 1, false},
                      &(struct lc_event_decisions){&id, &decision, 0, LC_NO_DAY, 1, NULL},
                      &usual, &arena, &e, &err),
            LC_OK);
        assert_int_equal(e.account.used, want[i].used);
        if (want[i].used)
            assert_int_equal(e.age_days[0], 0);
    }
}

/* The types of content and the negative events that a B2B scoring guide lists, as systems and sites write
 * them: the words of HubSpot's, Marketo's, Eloqua's and Mailchimp's own event types among them. */
static void the_usual_contents_and_turns_are_known(void **state)
{
    static const struct {
        const char *type, *content, *class;
        enum lc_event_kind kind;
    } want[] = {
        {"download", "Technical brief: valves", "technical_brief", LC_EVENT_CONTENT},
        {"page view", "https://example.com/product-page/x1", "product_page", LC_EVENT_CONTENT},
        {"page view", "Customer reviews", "review", LC_EVENT_CONTENT},
        {"page view", "/en/pricing", "pricing", LC_EVENT_CONTENT},
        {"Registered", "Webinar: flow control", "webinar", LC_EVENT_CONTENT},
        {"page view", "/about/careers", "careers", LC_EVENT_NEGATIVE},
        {"SPAMREPORT", "Pricing news", "spam_complaint", LC_EVENT_NEGATIVE},
        {"Moved to junk", NULL, "spam_complaint", LC_EVENT_NEGATIVE},
        {"abuse", NULL, "spam_complaint", LC_EVENT_NEGATIVE},
        {"Unsubscribe Email", "Webinar", "unsubscribe", LC_EVENT_NEGATIVE},
        {"Opted-Out", NULL, "unsubscribe", LC_EVENT_NEGATIVE},
        {"Bounceback", NULL, "bounce", LC_EVENT_NEGATIVE},
        {"Email Bounced Soft", NULL, "bounce", LC_EVENT_NEGATIVE},
        {"Newsletter abgemeldet", NULL, "unsubscribe", LC_EVENT_NEGATIVE},
        {"s'est désabonné", NULL, "unsubscribe", LC_EVENT_NEGATIVE},
        {"Seitenaufruf", "/karriere/", "careers", LC_EVENT_NEGATIVE},
        {"page vue", "/recrutement", "careers", LC_EVENT_NEGATIVE},
        {"Seitenaufruf", "Preisliste", "pricing", LC_EVENT_CONTENT},
        {"descarga", "Ficha técnica", "technical_brief", LC_EVENT_CONTENT}};

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct row row = {"7", "2026-01-01", want[i].type, want[i].content};
        const struct lc_events e = read(&row, 1, &usual, 0);

        assert_int_equal(e.n_classes, 1);
        assert_string_equal(e.class[0].name, want[i].class);
        assert_int_equal(e.class[0].kind, want[i].kind);
    }
}

static void words_find_the_class(void **state)
{
    static const struct {
        const char *type, *content, *class;
    } want[] = {{"PageView", "https://example.com/en/pricing?plan=2", "pricing"},
                {"page_view", "/", "page_view"},
                {"download", "Technical Brief - Valves.pdf", "technical_brief"},
                {"download", "WhitePaper_2026.pdf", "technical_brief"},
                {"download", "catalogue", "download"},
                {"page view", "Customer stories", "review"},
                {"EmailOpened", "our new pricing", "email_open"},
                {"email clicked", "our new pricing", "pricing"},
                {"unsubscribed", "/pricing", "unsubscribe"},
                {"marked as spam", NULL, "spam_complaint"},
                {"page view", "/jobs/berlin", "careers"},
                {"page view", "/careers/open-positions", "careers"},
                {"download", "Open letter, sent to all", "download"},
                {"page view", "/product/jobless-claims", "careers"},
                {"webinar attended", NULL, "webinar"},
                {"Registered", "Valves live", "registration"},
                {"Responded", NULL, "response"},
                {"xyz", "/about", "other"},
                {"", "", "other"}};

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct row row = {"7", "2026-01-01", want[i].type, want[i].content};
        const struct lc_events e = read(&row, 1, &usual, 0);

        assert_int_equal(e.begin[1], 1);
        assert_string_equal(e.class[e.of[0]].name, want[i].class);
    }
}

/* The numbers of Marketo's reference; a column of another name holds no such numbers. */
static void marketos_numbers_say_what_was_done(void **state)
{
    static const char *const lead[] = {"a", "a", "a", "a", "a"};
    static const char *const day[] = {"2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04",
                                      "2026-01-05"};
    static const char *const number[] = {"10", "9", "1", "13", "777"};
    static const char *const about[] = {"Pricing news", "Pricing news", "/pricing", "Score",
                                        ""};
    static const char *const name[] = {"web.activityTypeId", "Activity Type ID", "web.code"};
    static const char *const want[] = {"other 4, pricing 6, unsubscribe 7, email_open 8",
                                       "other 4, pricing 6, unsubscribe 7, email_open 8",
                                       "other 4, other 5, pricing 6, pricing 7, pricing 8"};
    const char *const key = "a", *const decided_on = "2026-01-09";
    const struct lc_table_column id = small_column(&arena, "id", LC_KIND_TEXT, &key, 1);
    const struct lc_table_column decision = dates(&decided_on, 1), time = dates(day, 5);
    const struct lc_table_column of = small_column(&arena, "lead", LC_KIND_TEXT, lead, 5);
    const struct lc_table_column page = small_column(&arena, "about", LC_KIND_TEXT, about, 5);

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const struct lc_table_column what =
            small_column(&arena, name[i], LC_KIND_TEXT, number, 5);
        const struct lc_event_columns file = {&of, &time, &what, &page, 5, false};
        const struct lc_event_decisions leads = {&id, &decision, 0, LC_NO_DAY, 1, NULL};
        struct lc_events e;
        struct lc_err err;

        assert_int_equal(lc_events(&file, &leads, &usual, &arena, &e, &err), LC_OK);
        assert_string_equal(told(&e, 0), want[i]);
        assert_int_equal(e.account.ours, i < 2); /* a data value was changed, by whomever */
    }
}

/* A call with two people, as HubSpot lists them, is an event of both. */
static void an_event_may_be_of_several_leads(void **state)
{
    static const char *const id[] = {"501", "502", "503"};
    static const char *const on[] = {"2026-01-09", "2026-01-03", "2026-01-09"};
    static const char *const who[] = {"501; 502", ";503;999", "999"};
    static const char *const day[] = {"2026-01-04", "2026-01-05", "2026-01-06"};
    static const char *const did[] = {"call", "demo", "call"};
    const struct lc_table_column lead = small_column(&arena, "id", LC_KIND_TEXT, id, 3);
    const struct lc_table_column key = small_column(&arena, "ids", LC_KIND_TEXT, who, 3);
    const struct lc_table_column decision = dates(on, 3), time = dates(day, 3);
    const struct lc_table_column type = small_column(&arena, "type", LC_KIND_TEXT, did, 3);
    const struct lc_event_columns file = {&key, &time, &type, NULL, 3, true};
    struct lc_events e;
    struct lc_err err;

    (void)state;
    assert_int_equal(
        lc_events(&file, &(struct lc_event_decisions){&lead, &decision, 0, LC_NO_DAY, 3, NULL},
                  &usual, &arena, &e, &err),
        LC_OK);
    assert_string_equal(told(&e, 0), "call 5");
    assert_string_equal(told(&e, 1), ""); /* it was decided the day before */
    assert_string_equal(told(&e, 2), "demo 4");
    assert_int_equal(e.account.used, 2);
    assert_int_equal(e.account.orphans, 1);
}

static void the_spec_names_classes_of_its_own(void **state)
{
    static const char *const valve[] = {"/valves", "Ventil"}, *const nothing[] = {"/?"};
    static const struct lc_spec_class of[] = {{"valves", {valve, 2}, "window 14"},
                                              {"empty", {nothing, 1}, NULL},
                                              {"pricing", {NULL, 0}, "half-life 9"}};
    static const struct lc_spec_events spec = {.of = of, .n = 3};
    static const struct row row[] = {{"7", "2026-01-01", "page_view", "/valves/pricing"},
                                     {"7", "2026-01-02", "download", "Ventilkatalog"},
                                     {"7", "2026-01-03", "page_view", "/pricing"}};
    const struct lc_events e = read(row, 3, &spec, 0);

    (void)state;
    assert_string_equal(told(&e, 0), "pricing 66, valves 67, valves 68");
    assert_int_equal(e.n_classes, 3); /* those named have their place without an event, too */
    assert_string_equal(e.class[0].name, "empty");
    assert_string_equal(e.class[1].decay, "half-life 9");
    assert_string_equal(e.class[2].decay, "window 14");
}

static void a_class_of_the_table_is_plain_and_of_one_kind(void **state)
{
    size_t n;
    const struct lc_event_word *word = lc_event_words(&n);

    (void)state;
    for (size_t i = 0; i < n; i++) {
        char plain[200];

        assert_true(2 * strlen(word[i].word) + 3 <= sizeof plain);
        lc_event_plain(lc_slice_of(word[i].word), plain);
        assert_int_equal(strncmp(plain + 1, word[i].word, strlen(word[i].word)), 0);
        for (size_t j = 0; j < i; j++) {
            assert_true(strcmp(word[i].word, word[j].word) != 0);
            if (strcmp(word[i].class, word[j].class) == 0)
                assert_int_equal(word[i].kind, word[j].kind);
        }
    }
}

static void every_allocation_can_be_refused(void **state)
{
    const char *const key[] = {"7", "8"}, *const type[] = {"click", "form"};
    const char *const when[] = {"2026-01-01", "2026-01-02"};
    const struct lc_table_column id = small_column(&arena, "id", LC_KIND_TEXT, key, 2);
    const struct lc_table_column time = dates(when, 2), decision = dates(decided, 2);
    const struct lc_table_column what = small_column(&arena, "t", LC_KIND_TEXT, type, 2);
    size_t refused = 0;
    enum lc_rc rc = LC_ENOMEM;

    (void)state;
    for (size_t limit = 0; limit < 100000 && rc; limit += 16) {
        struct lc_events e = {.n = 4711};
        struct lc_arena small;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_events(&(struct lc_event_columns){&id, &time, &what, &what, 2, false},
                       &(struct lc_event_decisions){&id, &decision, 0, LC_NO_DAY, 2, NULL},
                       &usual, &small, &e, &err);
        assert_true(!rc || (rc == LC_ENOMEM && e.n == 4711));
        refused += rc != LC_OK;
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_lead_has_what_it_did_before_it_was_decided, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(classes_are_those_of_the_file_by_name, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(events_after_the_decision_change_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_lead_is_known_by_an_event_before_its_decision, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(rows_in_any_order_give_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(days_after_entering_bring_later_events_in, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(leads_without_a_day_are_as_of_the_one_given, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_snapshot_decides_for_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(offsets_are_moved_where_both_state_one, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_usual_contents_and_turns_are_known, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(words_find_the_class, set_up, tear_down),
        cmocka_unit_test_setup_teardown(marketos_numbers_say_what_was_done, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_event_may_be_of_several_leads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_spec_names_classes_of_its_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_class_of_the_table_is_plain_and_of_one_kind, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(every_allocation_can_be_refused, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
