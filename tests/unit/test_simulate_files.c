/* What is said of the made-up contacts and deals is counted here in the files themselves, by a reader
 * of the test's own: the generator is not asked. */
#include "leadcal/simulate_files.h"

#include "test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT       "2026-03-31 18:00"
#define MOST_ROWS    3000
#define MOST_COLUMNS 40

/* A file cell by cell; the bytes are cut up in place. */
struct sheet {
    char *bytes;
    const char *cell[MOST_ROWS][MOST_COLUMNS]; /* row 0 is the header */
    size_t n, k;
};

static struct sheet contacts, deals; /* of the default seed, with 90 wins */

#define MOST_TOGETHER 4

/* Rows of the contacts that each deal lists, and how many they are. */
static size_t member[MOST_ROWS][MOST_TOGETHER], n_members[MOST_ROWS];

/* Strict: quoted cells, quotes doubled, CRLF. */
static void cut(struct sheet *s, char *bytes, size_t n)
{
    char *p = bytes, *end = bytes + n;
    size_t j = 0;

    *s = (struct sheet){.bytes = bytes};
    while (p < end) {
        char *to = p;

        assert_true(s->n < MOST_ROWS && j < MOST_COLUMNS);
        assert_int_equal(*p, '"');
        s->cell[s->n][j++] = to;
        for (p++; *p != '"' || p[1] == '"'; p++) {
            p += *p == '"';
            *to++ = *p;
        }
        *to = 0;
        p++;
        if (*p == ',') {
            p++;
            continue;
        }
        assert_memory_equal(p, "\r\n", 2);
        p += 2;
        s->k = s->n ? s->k : j;
        assert_int_equal(j, s->k);
        s->n++;
        j = 0;
    }
}

static void make(uint64_t seed, uint64_t wins, struct sheet *c, struct sheet *d)
{
    char *bytes[2];
    size_t n[2];
    FILE *to[2] = {open_memstream(&bytes[0], &n[0]), open_memstream(&bytes[1], &n[1])};
    struct lc_err err;

    assert_true(to[0] && to[1]);
    assert_int_equal(lc_simulate_files(seed, wins, to[0], to[1], &err), LC_OK);
    assert_int_equal(fclose(to[0]), 0);
    assert_int_equal(fclose(to[1]), 0);
    cut(c, bytes[0], n[0]);
    cut(d, bytes[1], n[1]);
}

static int tear_down(void **state)
{
    (void)state;
    free(contacts.bytes);
    free(deals.bytes);
    return 0;
}

static size_t column(const struct sheet *s, const char *name)
{
    for (size_t j = 0; j < s->k; j++)
        if (strcmp(s->cell[0][j], name) == 0)
            return j;
    fail_msg("there is no column %s", name);
    return 0;
}

static const char *contact(size_t i, const char *name)
{
    return contacts.cell[i][column(&contacts, name)];
}

static const char *deal(size_t i, const char *name)
{
    return deals.cell[i][column(&deals, name)];
}

static const char *handed(size_t i)
{
    return contact(i, "Became a Marketing Qualified Lead Date");
}

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool is_won(size_t i)
{
    return is(deal(i, "Deal Stage"), "Closed Won");
}

static bool is_closed(size_t i)
{
    return is_won(i) || is(deal(i, "Deal Stage"), "Closed Lost");
}

/* Contacts stand in the order of their ids, which are of one length. */
static size_t row_of(const char *id)
{
    const size_t column_of_id = column(&contacts, "Record ID");
    size_t low = 1, high = contacts.n;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (strcmp(contacts.cell[middle][column_of_id], id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < contacts.n && strcmp(contacts.cell[low][column_of_id], id) == 0 ? low : 0;
}

static void find_members(void)
{
    const size_t ids = column(&deals, "Associated Contact IDs");

    for (size_t k = 1; k < deals.n; k++) {
        const char *at = deals.cell[k][ids];

        n_members[k] = 0;
        while (*at) {
            char id[32];
            size_t row;

            (void)snprintf(id, sizeof id, "%.*s", (int)strcspn(at, ";"), at);
            at += strcspn(at, ";");
            at += *at == ';';
            row = row_of(id);
            if (row) {
                assert_true(n_members[k] < MOST_TOGETHER);
                member[k][n_members[k]++] = row;
            }
        }
    }
}

static int set_up(void **state)
{
    (void)state;
    make(LC_SIMULATED_SEED, LC_SIMULATED_WINS, &contacts, &deals);
    find_members();
    return 0;
}

/* Texts of one length and form: their order is that of time. Days alone count. */
static bool on_or_after(const char *time, const char *day)
{
    return *day && strncmp(time, day, 10) >= 0;
}

/* The rule of DEFINITIONS 1, once more and in the simplest words: each handed-over contact's first
 * deal since its hand-over. took: [contacts.n] row of the deal, or 0. */
static void first_deals(size_t *took)
{
    memset(took, 0, contacts.n * sizeof *took);
    for (size_t k = 1; k < deals.n; k++)
        for (size_t m = 0; m < n_members[k]; m++) {
            const size_t i = member[k][m];

            if (on_or_after(deal(k, "Create Date"), handed(i)) &&
                (!took[i] || strcmp(deal(k, "Create Date"), deal(took[i], "Create Date")) < 0))
                took[i] = k;
        }
}

static void the_columns_are_those_of_hubspot(void **state)
{
    static const char *const of_contacts[] = {"Record ID",
                                              "Email",
                                              "Job Title",
                                              "Industry",
                                              "Number of Employees",
                                              "Country/Region",
                                              "Original Traffic Source",
                                              "HubSpot Score",
                                              "Lead Status",
                                              "Lifecycle Stage",
                                              "Create Date",
                                              "Number of Pageviews",
                                              "Number of Form Submissions",
                                              "Marketing emails opened",
                                              "First outreach date",
                                              "Contact owner",
                                              "Became a Marketing Qualified Lead Date",
                                              "Days To Close"};
    static const char *const of_deals[] = {
        "Record ID",
        "Deal Name",
        "Pipeline",
        "Deal Stage",
        "Amount",
        "Close Date",
        "Create Date",
        "Deal owner",
        "Deal Type",
        "Closed Lost Reason",
        "Original Traffic Source",
        "Record source",
        "Date entered \"Appointment Scheduled (Sales Pipeline)\"",
        "Date entered \"Closed Won (Sales Pipeline)\"",
        "Associated Contact",
        "Associated Contact IDs"};

    (void)state;
    for (size_t j = 0; j < sizeof of_contacts / sizeof *of_contacts; j++)
        (void)column(&contacts, of_contacts[j]);
    for (size_t j = 0; j < sizeof of_deals / sizeof *of_deals; j++)
        (void)column(&deals, of_deals[j]);
    assert_int_equal(column(&deals, "Associated Contact IDs"), deals.k - 1);
}

static void there_are_2400_contacts_and_as_many_wins_as_asked_for(void **state)
{
    static struct sheet few_contacts, few_deals;
    size_t won = 0, few = 0;

    (void)state;
    assert_int_equal(contacts.n - 1, LC_SIMULATED_CONTACTS);
    for (size_t k = 1; k < deals.n; k++)
        won += is_won(k);
    assert_int_equal(won, LC_SIMULATED_WINS);
    make(LC_SIMULATED_SEED, 25, &few_contacts, &few_deals);
    for (size_t k = 1; k < few_deals.n; k++)
        few += is(few_deals.cell[k][column(&few_deals, "Deal Stage")], "Closed Won");
    assert_int_equal(few, 25);
    assert_int_equal(few_contacts.n - 1, LC_SIMULATED_CONTACTS);
    free(few_contacts.bytes);
    free(few_deals.bytes);
}

static void a_seed_means_bytes(void **state)
{
    static struct sheet again[2], other[2];
    bool same = true;

    (void)state;
    make(LC_SIMULATED_SEED, LC_SIMULATED_WINS, &again[0], &again[1]);
    make(LC_SIMULATED_SEED + 1, LC_SIMULATED_WINS, &other[0], &other[1]);
    assert_int_equal(again[1].n, deals.n);
    for (size_t i = 0; i < contacts.n; i++)
        for (size_t j = 0; j < contacts.k; j++) {
            assert_string_equal(again[0].cell[i][j], contacts.cell[i][j]);
            same = same && is(other[0].cell[i][j], contacts.cell[i][j]);
        }
    for (size_t i = 0; i < deals.n; i++)
        for (size_t j = 0; j < deals.k; j++)
            assert_string_equal(again[1].cell[i][j], deals.cell[i][j]);
    assert_false(same);
    for (size_t f = 0; f < 2; f++) {
        free(again[f].bytes);
        free(other[f].bytes);
    }
}

static void seven_contacts_in_ten_are_handed_over(void **state)
{
    size_t n = 0;

    (void)state;
    for (size_t i = 1; i < contacts.n; i++)
        n += *handed(i) != 0;
    assert_true(n > 1600 && n < 1760);
}

/* 90 = 87 that credit a lead + 1 without a contact + 1 before its hand-over + 1 second deal. */
static void three_won_deals_credit_no_lead_each_for_a_reason_of_its_own(void **state)
{
    static size_t took[MOST_ROWS];
    size_t credited = 0, nobody = 0, early = 0, later = 0;

    (void)state;
    first_deals(took);
    for (size_t k = 1; k < deals.n; k++) {
        bool anybody = false, in_time = false, taken = false;

        if (!is_won(k))
            continue;
        for (size_t m = 0; m < n_members[k]; m++) {
            const size_t i = member[k][m];

            anybody = true;
            in_time = in_time || on_or_after(deal(k, "Create Date"), handed(i));
            taken = taken || took[i] == k;
        }
        credited += taken;
        nobody += !anybody;
        early += anybody && !in_time;
        later += anybody && in_time && !taken;
    }
    assert_int_equal(credited, 87);
    assert_int_equal(nobody, 1);
    assert_int_equal(early, 1);
    assert_int_equal(later, 1);
}

/* Handed-over contacts with a score of low..high, and those of them whose first deal was won. */
static double close_rate(int low, int high, size_t *leads)
{
    static size_t took[MOST_ROWS];
    size_t won = 0;

    first_deals(took);
    *leads = 0;
    for (size_t i = 1; i < contacts.n; i++) {
        const char *text = contact(i, "HubSpot Score");
        const int score = *text ? (int)strtol(text, NULL, 10) : -1;

        if (!*handed(i) || score < low || score > high)
            continue;
        ++*leads;
        won += took[i] && is_won(took[i]);
    }
    return (double)won / (double)*leads;
}

static void the_score_is_honest_but_for_the_40s_and_the_80s(void **state)
{
    static const int low[] = {0, 20, 50, 60, 90}, high[] = {19, 39, 59, 79, 100};
    double before = 0, forties, eighties;
    size_t leads, n40, n80;

    (void)state;
    for (size_t b = 0; b < 5; b++) {
        const double rate = close_rate(low[b], high[b], &leads);

        assert_true(leads > 50);
        assert_true(b == 1 || rate > before); /* under 40 hardly anything is won */
        assert_true(b > 1 || rate < 0.02);
        before = rate;
    }
    forties = close_rate(40, 49, &n40);
    eighties = close_rate(80, 89, &n80);
    assert_true(n40 > 200 && n80 > 150);
    assert_true(forties > 2 * eighties);
    assert_true(forties > 2 * close_rate(50, 59, &leads));
}

static void an_unknown_score_is_empty_and_no_zero(void **state)
{
    size_t unknown = 0, zero = 0;

    (void)state;
    for (size_t i = 1; i < contacts.n; i++) {
        unknown += is(contact(i, "HubSpot Score"), "");
        zero += is(contact(i, "HubSpot Score"), "0");
    }
    assert_true(unknown > 120 && unknown < 280);
    assert_true(zero > 0);
}

static void what_knows_the_outcome_was_filled_in_after_it(void **state)
{
    static size_t won[MOST_ROWS], all[MOST_ROWS];
    size_t customers = 0;

    (void)state;
    for (size_t k = 1; k < deals.n; k++)
        for (size_t m = 0; m < n_members[k]; m++) {
            won[member[k][m]] += is_won(k);
            all[member[k][m]]++;
        }
    for (size_t i = 1; i < contacts.n; i++) {
        assert_int_equal(*contact(i, "Days To Close") != 0, won[i] > 0);
        assert_int_equal(*contact(i, "Recent Deal Amount") != 0, won[i] > 0);
        assert_int_equal(is(contact(i, "Lifecycle Stage"), "Customer"), won[i] > 0);
        assert_int_equal(strtol(contact(i, "Number of Associated Deals"), NULL, 10), all[i]);
        customers += won[i] > 0;
    }
    assert_true(customers > LC_SIMULATED_WINS);
}

static void deals_are_shared_open_lost_and_without_a_contact(void **state)
{
    size_t shared = 0, open = 0, lost = 0, reasons = 0, alone = 0, stranger = 0, again = 0;

    (void)state;
    for (size_t k = 1; k < deals.n; k++) {
        const char *ids = deal(k, "Associated Contact IDs");
        char first[32];

        (void)snprintf(first, sizeof first, "%.*s", (int)strcspn(ids, ";"), ids);
        alone += !*ids;
        stranger += *ids && !row_of(first);
        shared += strchr(ids, ';') != NULL;
        open += !is_closed(k);
        lost += is(deal(k, "Deal Stage"), "Closed Lost");
        reasons += *deal(k, "Closed Lost Reason") != 0;
        assert_int_equal(*deal(k, "Closed Lost Reason") != 0,
                         is(deal(k, "Deal Stage"), "Closed Lost"));
    }
    for (size_t i = 1; i < contacts.n; i++)
        again += strtol(contact(i, "Number of Associated Deals"), NULL, 10) > 1;
    assert_true(shared > 40);
    assert_true(open > 20 && open < 60);
    assert_true(lost > 150 && reasons == lost);
    assert_int_equal(alone, 1);
    assert_true(stranger > 5);
    assert_true(again >= 10);
}

static void recycled_contacts_come_back_after_a_lost_deal(void **state)
{
    size_t back = 0, recycled = 0;

    (void)state;
    for (size_t i = 1; i < contacts.n; i++)
        recycled += is(contact(i, "Lead Status"), "Bad Timing");
    for (size_t k = 1; k < deals.n; k++)
        for (size_t m = 0; m < n_members[k]; m++)
            back += is(deal(k, "Deal Stage"), "Closed Lost") && *handed(member[k][m]) &&
                    strcmp(deal(k, "Close Date"), handed(member[k][m])) < 0;
    assert_true(recycled > 100);
    assert_true(back >= 10 && back <= 30);
}

static void the_export_knows_only_its_past(void **state)
{
    (void)state;
    for (size_t i = 1; i < contacts.n; i++)
        for (size_t j = 0; j < contacts.k; j++)
            if (strstr(contacts.cell[0][j], "Date") || strstr(contacts.cell[0][j], "date"))
                assert_true(strcmp(contacts.cell[i][j], EXPORT) <= 0);
    for (size_t k = 1; k < deals.n; k++) {
        for (size_t j = 0; j < deals.k; j++)
            if (strstr(deals.cell[0][j], "Create Date") || strstr(deals.cell[0][j], "entered"))
                assert_true(strcmp(deals.cell[k][j], EXPORT) <= 0);
        /* Of an open deal it is what somebody hopes for. */
        assert_int_equal(strcmp(deal(k, "Close Date"), EXPORT) > 0, !is_closed(k));
        assert_true(strcmp(deal(k, "Create Date"), deal(k, "Close Date")) <= 0);
    }
}

/* Hours between two times of the form YYYY-MM-DD HH:MM, at most one change of month apart. */
static double hours_between(const char *from, const char *to)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    const char *const text[] = {from, to};
    double minute[2];

    for (size_t i = 0; i < 2; i++) {
        int year, month, day, hour, min;

        assert_int_equal(
            sscanf(text[i], "%d-%d-%d %d:%d", &year, &month, &day, &hour, &min), /* NOLINT */
            5);
        minute[i] = 1440.0 * (365 * (year - 2024) + (year > 2024 || month > 2) +
                              before[month - 1] + day) +
                    60 * hour + min;
    }
    return (minute[1] - minute[0]) / 60;
}

static void some_are_called_in_time_and_some_late_or_never(void **state)
{
    size_t met = 0, breached = 0, never = 0;

    (void)state;
    for (size_t i = 1; i < contacts.n; i++) {
        if (!*handed(i))
            assert_string_equal(contact(i, "First outreach date"), "");
        if (!*handed(i))
            continue;
        if (!*contact(i, "First outreach date")) {
            assert_string_equal(contact(i, "Lead Status"), "New");
            never++;
            continue;
        }
        assert_true(hours_between(handed(i), contact(i, "First outreach date")) >= 0);
        if (hours_between(handed(i), contact(i, "First outreach date")) <= 24)
            met++;
        else
            breached++;
    }
    assert_true(met > 300 && breached > 300 && never > 60);
}

static void nobody_is_named_and_texts_are_awkward(void **state)
{
    bool quote = false, comma = false, semicolon = false, wide = false;

    (void)state;
    for (size_t i = 1; i < contacts.n; i++) {
        const char *mail = strchr(contact(i, "Email"), '@'), *firm = contact(i, "Company Name");

        assert_true(mail && (is(mail, "@example.com") || is(mail, "@example.org")));
        assert_true(strlen(contact(i, "First Name")) <= 3);
        assert_true(strlen(contact(i, "Last Name")) <= 3);
        quote = quote || strchr(firm, '"');
        comma = comma || strchr(firm, ',');
        semicolon = semicolon || strchr(firm, ';');
        wide = wide || strstr(firm, "見本");
    }
    assert_true(quote && comma && semicolon && wide);
}

/* ---- the truth ---- */

struct effect {
    char attribute[40], level[60];
    double coefficient;
};

static size_t read_truth(struct effect *effect, size_t most)
{
    char *bytes;
    size_t length, n = 0;
    FILE *to = open_memstream(&bytes, &length);
    struct lc_err err;

    assert_non_null(to);
    assert_int_equal(lc_simulate_files_truth(LC_SIMULATED_SEED, LC_SIMULATED_WINS, to, &err),
                     LC_OK);
    assert_int_equal(fclose(to), 0);
    assert_memory_equal(bytes, "attribute,level,coefficient\n", 28);
    for (char *line = bytes + 28, *end; (end = strchr(line, '\n')); line = end + 1) {
        char *last = end;

        assert_true(n < most);
        while (last[-1] != ',')
            last--;
        effect[n].coefficient = strtod(last, NULL);
        (void)snprintf(effect[n].attribute, sizeof effect[n].attribute, "%.*s",
                       (int)strcspn(line, ","), line);
        line += strcspn(line, ",") + 1;
        line += *line == '"';
        (void)snprintf(effect[n].level, sizeof effect[n].level, "%.*s",
                       (int)(last - 1 - line - (last[-2] == '"')), line);
        n++;
    }
    free(bytes);
    return n;
}

/* Does a cell belong to a level: "(missing)", "(2,8]", or the text itself? */
static bool belongs(const char *cell, const char *level)
{
    double low = -1e9, high = 1e9;
    const char *comma = strchr(level, ',');

    if (is(level, "(missing)") || !*cell)
        return is(level, "(missing)") && !*cell;
    if (level[0] != '(')
        return is(cell, level);
    assert_non_null(comma);
    if (strncmp(level, "(-inf", 5) != 0)
        low = strtod(level + 1, NULL);
    if (strncmp(comma, ",inf", 4) != 0)
        high = strtod(comma + 1, NULL);
    return strtod(cell, NULL) > low && strtod(cell, NULL) <= high;
}

/* What the truth file says of each contact: the probability that it is won. */
static void true_chances(double *p)
{
    static struct effect effect[100];
    const size_t n = read_truth(effect, 100);

    assert_string_equal(effect[0].attribute, "(intercept)");
    for (size_t i = 1; i < contacts.n; i++) {
        double log_odds = effect[0].coefficient;

        for (size_t e = 1; e < n; e++)
            if (belongs(contact(i, effect[e].attribute), effect[e].level))
                log_odds += effect[e].coefficient;
        p[i] = 1 / (1 + exp(-log_odds));
    }
}

/* Accepted of those that sales decided, of all with a chance from low to high. */
static double acceptance(const double *p, double low, double high)
{
    size_t accepted = 0, decided = 0;

    for (size_t i = 1; i < contacts.n; i++) {
        const char *status = contact(i, "Lead Status");
        const bool yes =
            is(status, "Connected") || is(status, "In Progress") || is(status, "Open Deal");

        if (p[i] < low || p[i] > high)
            continue;
        accepted += yes;
        decided += yes || is(status, "Unqualified") || is(status, "Bad Timing");
    }
    assert_true(decided > 100);
    return (double)accepted / (double)decided;
}

static void better_leads_are_accepted_more_often(void **state)
{
    static double p[MOST_ROWS];

    (void)state;
    true_chances(p);
    assert_true(acceptance(p, 0.1, 1) > acceptance(p, 0.02, 0.1) + 0.1);
    assert_true(acceptance(p, 0.02, 0.1) > acceptance(p, 0, 0.02) + 0.1);
}

/* The model of the truth file expects as many wins as there are, and ranks them high. Counters grow a
 * little until the export, so that it is not exact. */
static void the_truth_explains_the_wins(void **state)
{
    static double p[MOST_ROWS];
    static size_t took[MOST_ROWS];
    double expected = 0, above = 0, pairs = 0;

    (void)state;
    first_deals(took);
    true_chances(p);
    for (size_t i = 1; i < contacts.n; i++)
        expected += *handed(i) ? p[i] : 0;
    assert_true(expected > 70 && expected < 110);
    for (size_t i = 1; i < contacts.n; i++) {
        if (!took[i] || !is_won(took[i]))
            continue;
        for (size_t k = 1; k < contacts.n; k++)
            if (*handed(k) && !(took[k] && is_won(took[k]))) {
                pairs += 1;
                above += p[i] > p[k] ? 1 : p[i] < p[k] ? 0 : 0.5;
            }
    }
    assert_true(above / pairs > 0.8 && above / pairs < 0.95);
}

static void a_full_disk_and_too_many_wins_are_said(void **state)
{
    FILE *full = fopen("/dev/full", "w"), *null = fopen("/dev/null", "w");
    struct lc_err err;

    (void)state;
    assert_true(full && null);
    assert_int_equal(setvbuf(full, NULL, _IONBF, 0), 0);
    assert_int_equal(lc_simulate_files(1, 20, null, full, &err), LC_EIO);
    clearerr(full);
    assert_int_equal(lc_simulate_files(1, 20, full, null, &err), LC_EIO);
    clearerr(full);
    assert_int_equal(lc_simulate_files_truth(1, 20, full, &err), LC_EIO);
    assert_int_equal(lc_simulate_files(1, 2000, null, null, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "ask for fewer wins"));
    (void)fclose(full);
    (void)fclose(null);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_columns_are_those_of_hubspot),
        cmocka_unit_test(there_are_2400_contacts_and_as_many_wins_as_asked_for),
        cmocka_unit_test(a_seed_means_bytes),
        cmocka_unit_test(seven_contacts_in_ten_are_handed_over),
        cmocka_unit_test(three_won_deals_credit_no_lead_each_for_a_reason_of_its_own),
        cmocka_unit_test(the_score_is_honest_but_for_the_40s_and_the_80s),
        cmocka_unit_test(an_unknown_score_is_empty_and_no_zero),
        cmocka_unit_test(what_knows_the_outcome_was_filled_in_after_it),
        cmocka_unit_test(deals_are_shared_open_lost_and_without_a_contact),
        cmocka_unit_test(recycled_contacts_come_back_after_a_lost_deal),
        cmocka_unit_test(the_export_knows_only_its_past),
        cmocka_unit_test(some_are_called_in_time_and_some_late_or_never),
        cmocka_unit_test(better_leads_are_accepted_more_often),
        cmocka_unit_test(nobody_is_named_and_texts_are_awkward),
        cmocka_unit_test(the_truth_explains_the_wins),
        cmocka_unit_test(a_full_disk_and_too_many_wins_are_said),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
