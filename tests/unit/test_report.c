#include <stdlib.h>

#include "typed_report.h"

static const char *chapter(const char *text, size_t number)
{
    char head[16];
    const char *at;

    (void)snprintf(head, sizeof head, "\n## %zu. ", number);
    at = strstr(text, head);
    assert_non_null(at);
    return at + 1;
}

/* ---- tests ---- */

static void the_chapters_stand_in_order(void **state_)
{
    const struct lc_report r = whole();
    const char *at = written(&r);

    (void)state_;
    for (size_t number = 1; number <= 12; number++)
        at = chapter(at, number);
}

static void the_leads_that_count_and_those_that_do_not_add_up(void **state_)
{
    const struct lc_report r = whole();
    const char *text = chapter(written(&r), 9);

    (void)state_;
    assert_says(text, "| in the file | 10 | 100.0 % |");
    assert_says(text, "| left out: no decision day | 1 | 10.0 % |");
    assert_says(text, "| left out: younger than the window | 1 | 10.0 % |");
    assert_says(text, "| counted | 8 | 80.0 % |");
    assert_says(text, "| counted: won in time | 3 | 30.0 % |");
    assert_says(text, "| counted: won later, so not won in time | 1 | 10.0 % |");
    assert_says(text, "| counted: lost | 3 | 30.0 % |");
    assert_says(text, "| counted: still open, so not won in time | 1 | 10.0 % |");
    assert_null(strstr(text, "neither won nor lost"));
    assert_says(text, "- 2 were won before the decision");
    assert_says(text, "- 4 share an opportunity that is credited to another lead");
    assert_says(text, "| 60 | 75.0 % | 22 | 9 |");
}

static void grades_are_those_of_the_logistic_model(void **state_)
{
    const struct lc_report r = whole();
    const char *text = chapter(written(&r), 2), *after = strstr(text, "### By cell");

    (void)state_;
    assert_says(
        text,
        "Of: trained on 4 leads with 3 wins. Close rate: won (within the window, where there is one) over all leads");
    assert_says(text, "| A | 100 | 22 | 22.0 % |");
    assert_null(strstr(text, "| A | 10 | 9 |")); /* the ratio's A */
    assert_non_null(after);
    assert_says(after, "| A1 | 12 | 6 | 50.0 % |");
    assert_says(after, "too few leads: go by expected");
    text = chapter(text, 7);
    assert_says(text, "| A | entered to won | 22 | 31 |");
    assert_says(text, "Blank: fewer than 5 wins with dates.");
    assert_says(text, "Of: trained on \\<4\\> leads. Won in time:");
    assert_says(text, "| A | 22 | 6 | 11 | 5 | 31.2 % | 17.5..50.0 | 27 |");
    assert_null(strstr(text, "| A1 | 21 |")); /* cells are left to the file */
    assert_says(text, "- 12 leads \\<decided\\> after\n");
    assert_says(text, "Of: 41 leads by their \\<age\\>. Share won:");
    assert_says(text, "| (all) | 30 | 30 | 4 | 10.0 % | 5.0..16.0 | 50.0 % |");
    assert_says(text, "| source=\\<b\\>Web\\</b\\> | 90 | 10 | 6 | 14.0 % |");
    assert_null(strstr(text, "| (all) | 45 |")); /* an age that the table leaves to the file */
    assert_says(text, "- half of the wins come within \\<48\\> days");
}

/* A picture stands in its place, or what keeps it from being drawn does. */
static void a_picture_is_there_or_the_reason_is(void **state_)
{
    const struct lc_report r = whole();
    const char *text = written(&r);

    (void)state_;
    assert_says(chapter(text, 3),
                "![Rates \\](evil.svg) \\<script\\> \" onerror=\"x](rates.svg)\n");
    assert_says(chapter(text, 2), "A picture is missing here: gnuplot is \\<not\\> there.\n");
    assert_null(strstr(text, "cycle.svg"));
    text = written_by(&r, lc_report_html);
    assert_says(text, "src=\"data:image/svg+xml;base64,PHN2Zz5vZiByYXRlczwvc3ZnPg==\"");
    assert_says(text, "A picture is missing here: gnuplot is &lt;not&gt; there.");
}

static void promises_are_held_against_what_closed(void **state_)
{
    const struct lc_report r = whole();
    const char *text = chapter(written(&r), 5);

    (void)state_;
    assert_says(text, "promised 12.3 % of the test leads, and 11.7 % closed");
    assert_says(text, "Calibration slope: 0.91 ");
    assert_says(text, "| 1 | 125 | 15.0 % | 16.0 % |");
    assert_null(strstr(text, "| 1 | 125 | 10.0 % |")); /* the ratio's */
    text = chapter(text, 6);
    assert_says(text, "| 5.0 % | 62 | 22.50 | 18.0 % | 20 | 17.0 % | 25 | 19.0 % |");
    assert_says(text, "| 10.0 % | 124 | 42.50 | 35.0 % | 40 | 34.0 % | 45 | 36.0 % |");
}

static void each_model_is_a_row(void **state_)
{
    const struct lc_report r = whole();
    const char *text = chapter(written(&r), 6);

    (void)state_;
    assert_says(text, "| ratio points (the published weighting) | 0.600 |");
    assert_says(text,
                "| logistic (the new model) | 0.713 | 0.660..0.760 | 0.081 | 0.275 | 0.913 | "
                "34.7 % |");
}

/* Points from the card, limits from the fit, ratios from the rates, whatever the order of rows. */
static void points_stand_beside_ratios_and_intervals(void **state_)
{
    const struct lc_report r = whole();
    const char *text = chapter(written(&r), 4);

    (void)state_;
    assert_says(text, "| 5 | 3 | 1.60 |  | 6 | 0.550 | 0.300..0.800 |  |");
    assert_says(text, "| 3 | 0 | 0.40 |  | \\-10 | \\-0.550 | \\-0.800..-0.300 |  |");
    assert_says(text, "| profile | 100.0 % |");
    assert_says(text, "agree on every level");
    assert_says(chapter(written(&r), 3), "(information value): indus\\*try\\* (0.42)");
}

/* Fourteen moves of which the page shows the largest twelve, with the sentence for people. */
static void moves_of_points_are_shown_where_there_was_a_prior(void **state_)
{
    static const struct lc_heading headings[] = {
        {"attribute", LC_CELL_TEXT, NULL, false},
        {"level", LC_CELL_TEXT, NULL, false},
        {"last_points", LC_CELL_REAL, "last points", false},
        {"points", LC_CELL_COUNT, "points now", false},
        {"move", LC_CELL_REAL, NULL, false},
        {"z", LC_CELL_REAL, NULL, false},
        {"forced", LC_CELL_TEXT, NULL, false},
        {"leads", LC_CELL_COUNT, NULL, false},
        {"won", LC_CELL_COUNT, NULL, false},
        {"expected", LC_CELL_REAL, "won as expected", false},
        {"note", LC_CELL_TEXT, NULL, false}};
    struct lc_report r = whole();
    struct lc_frame moves;
    struct lc_err err;
    const char *text;

    (void)state_;
    assert_null(strstr(chapter(written(&r), 4), "since last quarter"));
    lc_frame_init(&moves, "moves", headings, 11, &arena);
    moves.title = "Points against last.json";
    for (size_t i = 0; i < 14; i++) {
        union lc_value *row = NULL;

        assert_int_equal(lc_frame_add(&moves, &row, &err), LC_OK);
        row[0].text = "source";
        row[1].text = lc_arena_format(&arena, "level %zu", i + 1);
        row[2].number = 2.5;
        row[3].number = 14 - (double)i;
        row[4].number = 11.5 - (double)i;
        row[6].text = i ? "no" : "yes";
        row[7].number = 71;
        row[8].number = 17;
        row[9].number = 7.13;
    }
    assert_int_equal(lc_frame_note(&moves, &err, "this quarter's leads forced 1 move"), LC_OK);
    r.moves = &moves;
    text = chapter(written(&r), 4);
    assert_says(text, "- this quarter's leads forced 1 move");
    assert_says(text, "| source | level 1 | 2.50 | 14 | 11.50 | yes | 71 | 17 | 7.13 |");
    assert_says(text, "| source | level 12 |");
    assert_null(strstr(text, "level 13"));
}

/* The table calls models by their files; the reader has a new model and a score in use. */
static void models_of_the_won_amounts_are_called_as_people_do(void **state_)
{
    static const struct lc_heading headings[] = {{"model", LC_CELL_TEXT, NULL, false},
                                                 {"grade", LC_CELL_TEXT, NULL, false},
                                                 {"leads", LC_CELL_COUNT, NULL, false}};
    static const char *const file[] = {"candidate.json", "2026-Q1.json"};
    struct lc_report r = whole();
    struct lc_frame brought;
    struct lc_err err;
    const char *text;

    (void)state_;
    lc_frame_init(&brought, "value", headings, 3, &arena);
    for (size_t i = 0; i < 4; i++) {
        union lc_value *row = add(&brought);

        row[0].text = file[i / 2];
        row[1].text = i % 2 ? "(all)" : "A";
        row[2].number = 7 + (double)i;
    }
    for (size_t m = 0; m < 2; m++)
        assert_int_equal(lc_frame_note(&brought, &err, "%s, grade A: half", file[m]), LC_OK);
    assert_int_equal(lc_frame_note(&brought, &err, "limits are 95 %%"), LC_OK);
    r.value = &brought;
    text = chapter(written(&r), 2);
    assert_says(text, "| the new model | A | 7 |");
    assert_says(text, "| the score in use | (all) | 10 |");
    assert_says(text, "- the new model, grade A: half");
    assert_says(text, "- the score in use, grade A: half");
    assert_says(text, "- limits are 95 %");
    assert_null(strstr(text, ".json"));
}

/* The chapter on method says where the weights began. */
static void the_prior_is_said_with_the_leads_that_are_new_to_it(void **state_)
{
    struct lc_report r = whole();
    struct lc_model begun = model;

    (void)state_;
    assert_says(chapter(written(&r), 11), "**No prior.**");
    begun.prior_sd = 0.7;
    r.model = &begun;
    assert_says(chapter(written(&r), 11), "standard deviation 0.7 on the log-odds");
    begun.prior = (struct lc_model_prior){.name = "last_quarter.json", .q = 0.0717};
    begun.boundary.leads = 988;
    begun.boundary.won = 61;
    begun.boundary.overlapping = 5012;
    assert_says(chapter(written(&r), 11), "where those of last\\_quarter.json ended");
    assert_says(chapter(written(&r), 11),
                "The 988 leads that have matured since then (61 won)");
    assert_says(chapter(written(&r), 11), "the 5012 decided before");
    assert_says(chapter(written(&r), 11), "drift by 1.0 points in a quarter");
}

/* The ratio praises a level from which the model takes points: beyond chance in the first report,
 * since 1.28 to 2 leaves out 1; in the second not. */
static void a_disagreement_in_direction_is_said_in_words(void **state_)
{
    static const double against[] = {-4, 10, 0};
    struct lc_card_attribute turned = industry;
    struct lc_model other = model;
    struct lc_report r = whole();
    const char *text;

    (void)state_;
    turned.points = against;
    other.card.attribute = &turned;
    r.model = &other;
    text = chapter(written(&r), 4);
    assert_says(text, "on 2 of 2 levels, 2 of them beyond chance");
    assert_says(text, "- indus\\*try\\*: Banking \\| \\<script\\>alert(1)\\</script\\>: ratio "
                      "1.60 (1.28 to 2.00), but -4 logistic points; 5 leads, 3 won\n");
    assert_says(text, "| opposed |");
    assert_true(strstr(text, "ratio 0.40 (0.32 to 0.50)") < strstr(text, "ratio 1.60"));
    for (size_t i = 2; i < 4; i++) {
        rates.value[i * rates.k + 8].number = 0.2;
        rates.value[i * rates.k + 9].number = 3.5;
    }
    assert_says(chapter(written(&r), 4), "on 2 of 2 levels, 0 of them beyond chance");
}

static void the_audit_stands_with_what_was_left_out(void **state_)
{
    struct lc_report r = whole();
    const char *text = strstr(written(&r), "Which columns know the outcome?");

    (void)state_;
    assert_non_null(text);
    assert_says(text, "| column | severity | step | reason | evidence |\n");
    assert_says(text,
                "| e\\_mail\\<script\\> | reject | fill | It is filled in when a lead is won | "
                "filled for 97 % of the won \\| 3 % of the rest |");
    audit.n = 0;
    assert_says(written(&r), "Nothing was found.");
    r.audit = NULL;
    assert_null(strstr(written(&r), "Which columns know the outcome?"));
}

static void the_funnel_is_shown_twice_and_its_difference_explained(void **state_)
{
    struct lc_report r = whole();
    const char *text = chapter(written(&r), 1);

    (void)state_;
    assert_says(text,
                "| period | leads | accepted | won | lost | open | cohort\\_rate | note |");
    assert_says(text, "| 2025-Q2 | 120 | 60 | 12 | 105 | 3 | 10.0 % |  |");
    assert_says(text, "| 2025-Q3 | 80 | 40 | 4 | 73 | 3 | 5.0 % | few \\<leads\\> |");
    assert_says(text,
                "Not in this export: hand-overs (`dates.handed_over` in the spec would name "
                "the column), opportunities (`dates.opportunity_created`), amounts "
                "(`amount`).");
    assert_says(text, "**Why a CRM dashboard shows another number.**");
    assert_says(text, "| 2025-Q3 | 4 | 5 | 10 | 80 | 12.5 % | 5.0 % |");
    r.funnel = NULL;
    r.no_funnel = "no column of entry <dates>: name it with --entered";
    assert_says(chapter(written(&r), 1),
                "no column of entry \\<dates\\>: name it with --entered.");
}

static void acceptance_is_shown_in_all_by_quarter_and_by_group(void **state_)
{
    struct lc_report r = whole();
    const char *text = chapter(written(&r), 8), *at;

    (void)state_;
    assert_says(text,
                "**Sales accepted 62.5 % (58.5 % to 65.5 %)** of the leads handed over: 250 "
                "of 400, with 10 still within their time left out.");
    at = strstr(text, "### By quarter of the hand-over");
    assert_non_null(at);
    assert_says(at, "Of: grade as of \\<export\\>. ");
    assert_says(at, "| 2025-Q3 | 210 | 140 | 30 | 10 | 70.0 % | 66.0..73.0 |");
    at = strstr(at, "### By grade");
    assert_non_null(at);
    assert_says(at, "| A1 | 110 | 90 | 30 | 10 | 90.0 % |");
    assert_null(strstr(at, "| A1 | 60 |")); /* a grade's quarters are in the file */
    at = strstr(at, "### By owner");
    assert_non_null(at);
    assert_says(at, "| Owner 11\\|\\`x\\` | 67 |");
    assert_null(strstr(at, "Owner 12"));
    assert_says(at, "The 12 with the most hand-overs of 14.");
    assert_says(at, "- nobody \\<knows\\> when\n");
    assert_says(at, "| grade | A1 | 24 | 110 | 80 | 25 | 76.2 % | 7.25 |");
    assert_null(strstr(text, "would name its column"));
    for (size_t i = 0; i < accept.n; i++)
        if (strcmp(accept.value[i * accept.k].text, "owner") == 0)
            accept.value[i * accept.k].text = "grade"; /* of grades all are shown */
    text = chapter(written(&r), 8);
    assert_says(text, "| Owner 13\\|\\`x\\` | 61 |");
    assert_says(text, "- There is no owner: `owner` in the spec would name its column.");
    r.accept_sla = NULL;
    assert_says(chapter(written(&r), 8),
                "How soon sales called is not known: `dates.handed_over`");
    r.accept = NULL;
    assert_says(chapter(written(&r), 8), "is not known: `acceptance.column` in the spec");
    r.no_accept = "the export has no column of acceptance";
    assert_says(chapter(written(&r), 8), "the export has no column of acceptance.");
}

static void what_has_changed_stands_behind_the_rates(void **state_)
{
    struct lc_report r = whole();
    const char *text;

    (void)state_;
    assert_null(strstr(written(&r), "since the model in use was made")); /* there is none */
    r.no_drift = "no lead was decided after <that>";
    assert_says(chapter(written(&r), 3), "is not known: no lead was decided after \\<that\\>.");
    r.drift = &drift_table;
    r.drift_says = "the leads have changed; *look*";
    text = chapter(written(&r), 3);
    text = strstr(text, "### What has changed since the model in use was made");
    assert_non_null(text);
    assert_says(text, "| indus\\*try\\* | 211 | 97 | yes |");
    assert_says(text, "| letter | 215 | 93 | yes |");
    assert_says(text, "In short: the leads have changed; \\*look\\*.");
    assert_says(text, "- left \\<out\\>: 3 leads\n");
    assert_says(text, "| indus\\*try\\* | Pod\\|cast | 212 | 96 | 25.0 % | 28.0 % |");
    assert_null(strstr(text, "Quiet"));        /* at rest */
    assert_null(strstr(text, "| letter | A")); /* the score's grades are in the CSV file */
    assert_null(strstr(text, "expects of the new leads"));
    assert_says(written(&r),
                "Since the model in use was made: the leads have changed; \\*look\\*.");
    r.expected = &expected_table;
    r.expected_says = "about 7 will be won";
    text = strstr(written(&r), "### What the model in use expects of the new leads");
    assert_non_null(text);
    assert_says(text, "| (all) | 61 | 12.3 % |");
    assert_says(text, "| B | 61 | 22.3 % |");
    assert_says(text, "In short: about 7 will be won.");
    assert_null(strstr(text, "| B2 | 61"));
}

static void the_method_says_how_levels_and_grades_were_cut(void **state_)
{
    static const double cut[] = {4.5};
    static const struct lc_attribute_value value[] = {{"Banking", 0}};
    static const char *const says[LC_CUTS_METHODS] = {"Each grade has its fixed share",
                                                      "Each grade has a quarter",
                                                      "as many leads a week as sales can take",
                                                      "where the close rate changes most",
                                                      "where a contact begins to pay",
                                                      "with the fewest leads (F1)",
                                                      "were typed in"};
    struct lc_card_attribute attribute[3] = {industry, industry, industry};
    struct lc_model m = model;
    struct lc_report r = whole();
    const char *text;

    (void)state_;
    r.model = &m;
    for (int method = LC_CUTS_SHARES; method < LC_CUTS_METHODS; method++) {
        m.grades.method = (enum lc_cuts)method;
        text = chapter(written(&r), 11);
        for (int other = LC_CUTS_SHARES; other < LC_CUTS_METHODS; other++)
            assert_true((strstr(text, says[other]) != NULL) == (other == method));
        assert_null(strstr(text, "**Bins and levels.**"));
    }
    attribute[0].attribute.cut = attribute[1].attribute.cut = cut;
    attribute[2].attribute.value = value;
    m.card.attribute = attribute;
    m.card.k = 3;
    text = chapter(written(&r), 11);
    assert_says(text, "Numbers are cut into ranges in 2 attributes:");
    assert_says(text, "In 1 attribute values that are won alike share a level (`merged`).");
    text = chapter(written(&r), 12);
    assert_says(text, "`leadcal promote` asks whether sentence 1 lets it");
    assert_says(text, "`leadcal score --contributions`");
    assert_says(text, "`leadcal card`");
    r.model = NULL;
    assert_null(strstr(written(&r), "leadcal promote"));
    assert_null(strstr(written(&r), "Each grade has"));
}

static void a_slower_cell_that_closes_more_often_is_named(void **state_)
{
    const struct lc_report r = whole();
    const char *text = chapter(written(&r), 2);

    (void)state_;
    assert_says(text,
                "- C1 (no clock, 12.0 %) is expected to close more often than A3 (48 h, 8.0 "
                "%), yet waits longer.");
    assert_null(strstr(text, "- D4")); /* B3 has 10 leads, too few to be held against it */
    assert_null(strstr(text, "- A3"));
    assert_says(text, "Cannot be judged (fewer than 20 leads): B3.");
    assert_says(text,
                "By expected close rate: A1 40.0 %, C1 12.0 %, A3 8.0 %, D4 2.0 %, B3 1.0 %.");
    assert_says(text, "| B3 | 10 |  | 7 |  | 1.0 % | 48 |"); /* no close rate of ten leads */
}

static void the_agreement_is_said_with_who_stands_for_it(void **state_)
{
    static const struct lc_spec_owner owner[] = {{"sales", "<b>Lead</b>"},
                                                 {"marketing", "Ops"}};
    const struct lc_report r = whole();
    struct lc_agreement *a = &model.agreement;

    (void)state_;
    assert_says(
        chapter(written(&r), 2),
        "**Qualified** is a lead in a hand-over cell: A1, A2, A3, B1, B2, B3. Nobody is "
        "named who approved it (`agreement` in the spec).\n");
    a->definition = "what <both> agreed";
    a->owner = owner;
    a->n_owners = 2;
    a->approved_by = "the board";
    a->effective_from = 19358;
    a->next_review = 19365;
    assert_says(chapter(written(&r), 2),
                "**Qualified** is what \\<both\\> agreed. Answers for it: sales: "
                "\\<b\\>Lead\\</b\\>; marketing: Ops. Approved by the board. In force from "
                "2023-01-01. To be reviewed on 2023-01-08.\n");
}

static void hostile_names_are_text(void **state_)
{
    const struct lc_report r = whole();
    const char *text = written(&r);

    (void)state_;
    for (const char *at = strchr(text, '<'); at; at = strchr(at + 1, '<'))
        assert_true(at > text && at[-1] == '\\');
    assert_says(text, "Banking \\| \\<script\\>alert(1)\\</script\\>");
    assert_says(text, "\\`rm\\` \\# Other"); /* the line end is a blank */
    assert_null(strstr(text, "\n# Other"));
    assert_says(text, "\\](evil.svg)");
    assert_null(strstr(text, "\n# id"));
    assert_says(text, "leads\\|2024.csv");
    assert_says(text, "````sh\nleadcal recalibrate 'a```b.csv' -o out\n````\n");
}

/* Not one of the names becomes a tag, an attribute or an address. */
static void hostile_names_are_text_in_a_page_too(void **state_)
{
    static const char *const never[] = {
        "<script", "<img src=x", "<b>",     "<not>",          "<won>",
        "<knows>", "<export>",   "<leads>", "\" onerror=\"x", "href=\"javascript"};
    const struct lc_report r = whole();
    const char *text = written_by(&r, lc_report_html);

    (void)state_;
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_null(strstr(text, never[i]));
    assert_says(text, "Banking | &lt;script&gt;alert(1)&lt;/script&gt;");
    assert_says(text, ">&lt;img src=x onerror=alert(1)&gt;<");
    assert_says(text, "alt=\"Rates ](evil.svg) &lt;script&gt; &quot; onerror=&quot;x\"");
    assert_says(text, "leadcal recalibrate &#39;a```b.csv&#39; -o out</code></pre>");
}

/* Each chapter of a page without data still says something between its heading and the next. */
static void no_chapter_of_an_empty_report_is_empty(void **state_)
{
    const struct lc_report r = {.command = NULL};
    const char *at = written_by(&r, lc_report_html), *end;

    (void)state_;
    for (size_t number = 1; number <= 12; number++) {
        at = strstr(at, "<h2 id=\"c");
        assert_non_null(at);
        at = strstr(at, "</h2>\n");
        assert_non_null(at);
        at += strlen("</h2>\n");
        assert_true(strncmp(at, "<p>", 3) == 0 || strncmp(at, "<ul>", 4) == 0);
        end = strstr(at, "<h2 id=\"c");
        assert_int_equal(end == NULL, number == 12);
        assert_true((end ? (size_t)(end - at) : strlen(at)) > 20);
    }
}

/* ---- both forms ---- */

#define EDGE '\x1f' /* where a cell or a block ended */

/* The words of a page: tags inside a line are gone, others are an edge, entities are read. */
static char *words_of_page(const char *page)
{
    static const char *const inside[] = {"strong", "/strong", "code", "/code", "b", "/b"};
    static const char *const entity[][2] = {{"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"},
                                            {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", " "}};
    char *words = LC_NEW(&arena, strlen(page) + 1, char), *to = words;

    assert_non_null(words);
    for (const char *p = strstr(page, "<h1>"); *p;) {
        bool read = false;

        for (size_t i = 0; i < sizeof entity / sizeof *entity && !read; i++)
            if (strncmp(p, entity[i][0], strlen(entity[i][0])) == 0) {
                *to++ = *entity[i][1];
                p += strlen(entity[i][0]);
                read = true;
            }
        if (read)
            continue;
        if (*p != '<') {
            *to++ = *p++;
            continue;
        }
        for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
            read = read || (strncmp(p + 1, inside[i], strlen(inside[i])) == 0 &&
                            strchr("> ", p[1 + strlen(inside[i])]));
        if (!read)
            *to++ = EDGE;
        p += strcspn(p, ">") + 1;
    }
    return words;
}

/* The words of a line of Markdown: bars between cells are edges, marks and escapes are gone. */
static char *words_of_line(const char *line, size_t n)
{
    char *words = LC_NEW(&arena, n + 1, char), *to = words;

    assert_non_null(words);
    for (size_t i = 0; i < n; i++)
        if (line[i] == '\\' && i + 1 < n)
            *to++ = line[++i];
        else if (strncmp(line + i, " | ", 3) == 0) {
            if (to == words || to[-1] != EDGE)
                *to++ = EDGE;
            i += 2;
        } else if (line[i] != '`' && strncmp(line + i, "**", 2) != 0)
            *to++ = line[i];
        else
            i += line[i] == '*';
    return words;
}

/* Is the text in the page, where two edges that follow each other count as one? */
static bool has_words(const char *page, const char *words)
{
    for (const char *at = page; *at; at++) {
        const char *p = at, *q = words;

        while (*q && *p == *q) {
            if (*p == EDGE)
                while (p[1] == EDGE)
                    p++;
            p++;
            q++;
        }
        if (!*q)
            return true;
    }
    return false;
}

/* Whatever a person reads in the one stands in the other: each sentence whole, each row of a table
 * but for its first cell, which a page may write once for several rows. */
static void the_page_says_what_the_markdown_says(void **state_)
{
    const struct lc_report r = whole();
    const char *page = words_of_page(written_by(&r, lc_report_html));
    size_t sentences = 0, rows = 0;

    (void)state_;
    for (const char *line = written(&r); *line;) {
        const size_t n = strcspn(line, "\n");
        size_t skip = strspn(line, "#>- ");

        if (strncmp(line + skip, "**", 2) == 0 && strncmp(line + skip + 3, ".** ", 4) == 0)
            skip += 7; /* a number that the page sets apart */

        if (*line == '|') {
            const char *second = strstr(line + 1, " | ");

            skip = second ? (size_t)(second + 3 - line) : n;
            rows++;
        }
        if (n > skip + 2 && strncmp(line, "| ---", 5) != 0 && *line != '!' && *line != '`' &&
            strncmp(line, "Of: ", 4) != 0 && strncmp(line, "leadcal ", 8) != 0) {
            const char *words;
            size_t end = n;

            while (*line == '|' && end > skip && strchr(" |", line[end - 1]))
                end--; /* empty cells at the end, too */
            words = words_of_line(line + skip, end - skip);
            if (!has_words(page, words)) {
                print_error("the page does not say: %s\n", words);
                fail();
            }
            sentences++;
        }
        line += n + (line[n] == '\n');
    }
    assert_true(sentences > 80);
    assert_true(rows > 40);
}

/* ---- size ---- */

/* 60 attributes of 60 levels, with names as long as campaigns have them: 3 MB at most with eight
 * pictures of 60 kB, which is twice what the largest has. */
static void a_wide_report_can_still_be_mailed(void **state_)
{
    static const struct {
        size_t attributes, levels;
    } size[] = {{60, 60}, {1000, 5}};

    (void)state_;
    for (size_t k = 0; k < 2; k++) {
        struct lc_report r = whole();

        FRAME(rates, "rates", rates_heading);
        for (size_t a = 0; a < size[k].attributes; a++)
            for (size_t v = 0; v <= size[k].levels; v++) {
                union lc_value *row = add(&rates);

                row[0].text = lc_arena_format(&arena, "attribute_number_%zu", a);
                row[1].text =
                    v ? lc_arena_format(&arena, "Campaign of the quarter, level %zu", v)
                      : "(all)";
                for (size_t j = 2; j < rates.k; j++)
                    row[j].number = 1.234567;
            }
        r.fit = &rates;
        r.model = NULL; /* the table of the fit is then as long */
        assert_true(strlen(written_by(&r, lc_report_html)) < 3000000 - 8 * 80000);
        assert_says(written(&r), "(all of them in rates.csv)");
    }
}

/* Every number has at most ten digits, so that a committed report is the same on every machine. */
static void no_number_has_more_than_ten_digits(void **state_)
{
    const struct lc_report r = whole();
    size_t digits = 0;

    (void)state_;
    for (const char *p = written(&r); *p; p++) {
        digits = *p >= '0' && *p <= '9' ? digits + 1 : *p == '.' && digits ? digits : 0;
        assert_true(digits <= 10);
    }
}

static void the_same_report_gives_the_same_bytes(void **state_)
{
    const struct lc_report r = whole();

    (void)state_;
    assert_string_equal(written(&r), written(&r));
}

static void what_is_missing_is_said_with_what_would_fill_it(void **state_)
{
    struct lc_report r = {.cohort = &cohort};
    const char *text;

    (void)state_;
    r.no_model = "nothing was <won>";
    text = written(&r);
    assert_says(text, "**1.** **Not enough evidence.** Nothing was \\<won\\>.");
    assert_says(chapter(text, 10), "There is no account of the files");
    assert_says(chapter(text, 2), "a shorter `--window`");
    assert_says(chapter(text, 3), "name columns with `--by`");
    assert_says(chapter(text, 4), "hold the ratios against: nothing was");
    assert_says(chapter(text, 2), "no cells and no clocks, since there is no model");
    for (size_t number = 5; number <= 7; number++)
        assert_says(chapter(text, number), "There was no test on later leads: nothing was");
    assert_says(chapter(text, 1), "Name its column with `--entered`.");
    assert_says(chapter(text, 8), "`acceptance.column` in the spec");
    assert_says(chapter(text, 9), "No column was left out");
    assert_says(chapter(text, 12), "too long to be kept");
    r = whole();
    r.backtest = NULL;
    r.no_backtest = "not enough history: 7 training wins";
    text = written(&r);
    assert_says(chapter(text, 4), "| profile | 100.0 % |");
}

static void without_dates_the_option_that_names_them_is_given(void **state_)
{
    const struct lc_cohort undated = {.n = 8, .y = y, .state = state, .n_won = 3};
    struct lc_report r = whole();
    const char *text;

    (void)state_;
    r.cohort = &undated;
    backtest.split.by_time = false;
    for (size_t i = 0; i < backtest.grades.n; i++)
        backtest.grades.value[i * backtest.grades.k + 8].text = NULL;
    text = written(&r);
    assert_says(chapter(text, 7), "with `--entered` and `--closed`");
}

static void one_dimension_has_no_cells_and_no_clocks(void **state_)
{
    struct lc_report r = whole();
    const char *text;

    (void)state_;
    FRAME(cells, "cells", cells_heading);
    add_cell("A", 50, 0.4, LC_NAN);
    add_cell("B", 60, 0.1, LC_NAN);
    agree();
    text = chapter(written(&r), 2);
    assert_says(text, "name the columns of engagement with `--engagement`");
    assert_null(strstr(text, "waits longer"));
}

static const writer form[] = {lc_report_markdown, lc_report_html};

static void a_full_disk_is_said(void **state_)
{
    const struct lc_report r = whole();

    (void)state_;
    for (size_t i = 0; i < 2; i++) {
        FILE *to = fopen("/dev/full", "wb");
        struct lc_err err;

        if (!to) {
            print_message("skipped: %s: there is no /dev/full\n", __func__);
            skip();
        }
        assert_int_equal(form[i](&r, to, &err), LC_EIO);
        assert_non_null(strstr(err.text, "No space left"));
        (void)fclose(to);
    }
}

/* Every limit below what is needed is refused, and every one above it is enough. */
static void every_refused_allocation_is_an_error(void **state_)
{
    struct lc_report r = whole();
    struct lc_arena limited;

    (void)state_;
    lc_arena_init(&limited, 0);
    files.arena = &limited;
    for (size_t i = 0; i < 2; i++) {
        size_t refused = 0;
        enum lc_rc rc = LC_ENOMEM;

        for (size_t limit = 0; rc == LC_ENOMEM && limit < 1 << 20; limit += 64) {
            FILE *to = tmpfile();
            struct lc_err err;

            assert_non_null(to);
            limited.limit = limit;
            rc = form[i](&r, to, &err);
            refused += rc == LC_ENOMEM;
            (void)fclose(to);
        }
        assert_int_equal(rc, LC_OK);
        assert_true(refused > 10);
    }
    lc_arena_release(&limited);
}

/* The list of pictures is as long as there are parts, and memory may be refused on the way. */
static void pictures_are_asked_for_where_there_is_something_to_show(void **state_)
{
    struct lc_picture asked[LC_MOST_PICTURES];
    struct lc_report r = whole();
    struct lc_arena limited;
    struct lc_err err;
    size_t n = 0;

    (void)state_;
    assert_int_equal(lc_report_pictures(&r, &arena, asked, &n, &err), LC_OK);
    assert_int_equal(n, LC_MOST_PICTURES);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(asked[i].name, lc_figure_name(asked[i].figure));
        assert_true(asked[i].frame->n > 0);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(asked[i].name, asked[j].name);
    }
    lc_arena_init(&limited, 64);
    assert_int_equal(lc_report_pictures(&r, &limited, asked, &n, &err), LC_ENOMEM);
    lc_arena_release(&limited);
    r = (struct lc_report){.cohort = &cohort};
    assert_int_equal(lc_report_pictures(&r, &arena, asked, &n, &err), LC_OK);
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_chapters_stand_in_order),
        TEST(the_leads_that_count_and_those_that_do_not_add_up),
        TEST(grades_are_those_of_the_logistic_model),
        TEST(each_model_is_a_row),
        TEST(a_picture_is_there_or_the_reason_is),
        TEST(promises_are_held_against_what_closed),
        TEST(points_stand_beside_ratios_and_intervals),
        TEST(moves_of_points_are_shown_where_there_was_a_prior),
        TEST(models_of_the_won_amounts_are_called_as_people_do),
        TEST(the_prior_is_said_with_the_leads_that_are_new_to_it),
        TEST(a_disagreement_in_direction_is_said_in_words),
        TEST(the_audit_stands_with_what_was_left_out),
        TEST(the_funnel_is_shown_twice_and_its_difference_explained),
        TEST(acceptance_is_shown_in_all_by_quarter_and_by_group),
        TEST(what_has_changed_stands_behind_the_rates),
        TEST(the_method_says_how_levels_and_grades_were_cut),
        TEST(a_slower_cell_that_closes_more_often_is_named),
        TEST(the_agreement_is_said_with_who_stands_for_it),
        TEST(hostile_names_are_text),
        TEST(hostile_names_are_text_in_a_page_too),
        TEST(no_chapter_of_an_empty_report_is_empty),
        TEST(the_page_says_what_the_markdown_says),
        TEST(a_wide_report_can_still_be_mailed),
        TEST(no_number_has_more_than_ten_digits),
        TEST(the_same_report_gives_the_same_bytes),
        TEST(what_is_missing_is_said_with_what_would_fill_it),
        TEST(without_dates_the_option_that_names_them_is_given),
        TEST(one_dimension_has_no_cells_and_no_clocks),
        TEST(a_full_disk_is_said),
        TEST(every_refused_allocation_is_an_error),
        TEST(pictures_are_asked_for_where_there_is_something_to_show),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
