#include "test.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/doc.h"
#include "leadcal/num.h"

static struct lc_arena arena;
static struct lc_doc doc;
static FILE *file;

static const char svg_bytes[] = "<svg></svg>";
static const struct lc_slice svg = {svg_bytes, sizeof svg_bytes - 1};

static void begin(enum lc_doc_form form)
{
    file = tmpfile();
    assert_non_null(file);
    lc_doc_begin(&doc, form, "A title & more", file);
}

/* What was written since begin. */
static const char *finish(void)
{
    struct lc_err err;
    char *text;
    long n;

    assert_int_equal(lc_doc_end(&doc, &err), LC_OK);
    n = ftell(file);
    assert_true(n > 0);
    rewind(file);
    text = LC_NEW(&arena, (size_t)n + 1, char);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)n, file), n);
    (void)fclose(file);
    return text;
}

/* The part of a page between its heading and its end. */
static const char *finish_body(void)
{
    static const char from[] = "</h1>\n", to[] = "</section>\n</main>";
    const char *text = finish(), *at = strstr(text, from), *end = strstr(text, to);

    assert_non_null(at);
    assert_non_null(end);
    at += sizeof from - 1;
    return lc_arena_text(&arena, (struct lc_slice){at, (size_t)(end - at)});
}

static void put_blocks(void)
{
    lc_doc_say(&doc, "A **strong** word, `code < 1`, %.1f %% of %s", 12.5, "it & ");
    lc_doc_quote(&doc, "a <b>");
    lc_doc_break(&doc);
    lc_doc_item(&doc);
    lc_doc_say(&doc, "one");
    lc_doc_item(&doc);
    lc_doc_say(&doc, "two, **");
    lc_doc_quote(&doc, "2*2");
    lc_doc_say(&doc, "**");
    lc_doc_break(&doc);
    lc_doc_numbered(&doc, 3);
    lc_doc_say(&doc, "third");
    lc_doc_box(&doc);
    lc_doc_say(&doc, "first");
    lc_doc_break(&doc);
    lc_doc_say(&doc, "second");
    lc_doc_item(&doc);
    lc_doc_say(&doc, "item");
    lc_doc_unbox(&doc);
    lc_doc_chapter(&doc, 2, "Two & more");
    lc_doc_say(&doc, "end");
}

/* ---- forms ---- */

static void blocks_become_markdown(void **state)
{
    (void)state;
    begin(LC_DOC_MARKDOWN);
    put_blocks();
    assert_string_equal(finish(), "# A title & more\n\n"
                                  "A **strong** word, `code < 1`, 12.5 % of it & a \\<b\\>\n\n"
                                  "- one\n"
                                  "- two, **2\\*2**\n\n"
                                  "**3.** third\n\n"
                                  "> first\n>\n> second\n>\n> - item\n\n"
                                  "## 2. Two & more\n\n"
                                  "end\n\n");
}

static void blocks_become_html(void **state)
{
    (void)state;
    begin(LC_DOC_HTML);
    put_blocks();
    assert_string_equal(finish_body(),
                        "<p>A <strong>strong</strong> word, <code>code &lt; 1</code>, "
                        "12.5&nbsp;% of it &amp; a &lt;b&gt;</p>\n"
                        "<ul>\n<li>one</li>\n"
                        "<li>two, <strong>2*2</strong></li>\n</ul>\n"
                        "<p><b class=\"number\">3</b> third</p>\n"
                        "<div class=\"box\">\n<p>first</p>\n<p>second</p>\n"
                        "<ul>\n<li>item</li>\n</ul>\n</div>\n"
                        "<h2 id=\"c2\">2. Two &amp; more</h2>\n"
                        "<p>end</p>\n");
}

/* A reader may be offline and mail is opened by strict programs: nothing but the page itself. */
static void a_page_asks_for_nothing_and_runs_nothing(void **state)
{
    static const char *const never[] = {"<script", "http:", "https:", "url(",  "@import",
                                        "<link",   "<base", "onload", "srcset"};
    const char *text;

    (void)state;
    begin(LC_DOC_HTML);
    put_blocks();
    lc_doc_figure(&doc, "a.svg", "a picture", svg);
    text = finish();
    assert_true(strncmp(text, "<!doctype html>\n<html lang=\"en\">\n", 33) == 0);
    assert_non_null(strstr(text, "<meta charset=\"utf-8\">"));
    assert_non_null(strstr(text,
                           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                           "'none'; img-src data:; style-src 'unsafe-inline'\">"));
    assert_non_null(strstr(text, "<meta name=\"viewport\""));
    assert_non_null(strstr(text, "<meta name=\"color-scheme\" content=\"light dark\">"));
    assert_non_null(strstr(text, "<title>A title &amp; more</title>"));
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_null(strstr(text, never[i]));
}

/* RFC 4648: "<svg></svg>" is PHN2Zz48L3N2Zz4= (checked with base64 of coreutils). */
static void a_picture_is_a_link_in_markdown_and_its_bytes_in_html(void **state)
{
    (void)state;
    begin(LC_DOC_MARKDOWN);
    lc_doc_figure(&doc, "a b.svg", "x ](evil.svg) \"y\"", svg);
    assert_non_null(strstr(finish(), "![x \\](evil.svg) \"y\"](a%20b.svg)\n\n"));
    begin(LC_DOC_HTML);
    lc_doc_figure(&doc, "a b.svg", "x\" onerror=\"y", svg);
    assert_string_equal(finish_body(),
                        "<figure tabindex=\"0\">\n<img alt=\"x&quot; onerror=&quot;y\" "
                        "src=\"data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=\">\n</figure>\n");
}

static void a_command_cannot_end_its_block(void **state)
{
    (void)state;
    begin(LC_DOC_MARKDOWN);
    lc_doc_code(&doc, "a ```` b\n\x1b[1mc");
    assert_non_null(strstr(finish(), "`````sh\na ```` b\n?[1mc\n`````\n\n"));
    begin(LC_DOC_HTML);
    lc_doc_code(&doc, "a </code></pre>\n'b'");
    assert_string_equal(finish_body(), "<pre tabindex=\"0\"><code>a &lt;/code&gt;&lt;/pre&gt;\n"
                                       "&#39;b&#39;</code></pre>\n");
}

static void pages_contents_and_folds_are_of_html_alone(void **state)
{
    static const char *const title[] = {"One", "Two"};
    const struct {
        enum lc_doc_form form;
        const char *want;
    } form[] = {
        {LC_DOC_MARKDOWN, "# A title & more\n\nin\n\n"},
        {LC_DOC_HTML,
         "</section>\n<section class=\"page\">\n<nav aria-label=\"Chapters\">\n"
         "<h2>Contents</h2>\n<ol>\n<li><a href=\"#c1\">One</a></li>\n<li><a "
         "href=\"#c2\">Two</a></li>\n</ol>\n</nav>\n<details>\n<summary>All</summary>\n"
         "<p>in</p>\n</details>\n"},
    };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        begin(form[i].form);
        lc_doc_page(&doc);
        lc_doc_contents(&doc, title, 2);
        lc_doc_fold(&doc, "All");
        lc_doc_say(&doc, "in");
        lc_doc_unfold(&doc);
        assert_non_null(strstr(finish(), form[i].want));
    }
}

/* ---- tables ---- */

static const struct lc_heading heading[] = {
    {"attribute", LC_CELL_TEXT, NULL, false}, {"level", LC_CELL_TEXT, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},    {"rate", LC_CELL_RATE, "close rate", false},
    {"secret", LC_CELL_TEXT, NULL, true},
};

static void add(struct lc_frame *f, const char *attribute, const char *level, double leads)
{
    union lc_value *row = NULL;
    struct lc_err err;

    assert_int_equal(lc_frame_add(f, &row, &err), LC_OK);
    row[0].text = attribute;
    row[1].text = level;
    row[2].number = leads;
    row[3].number = 0.125;
    row[4].text = "hidden";
}

static void make_frame(struct lc_frame *f)
{
    struct lc_err err;

    lc_frame_init(f, "rates", heading, sizeof heading / sizeof *heading, &arena);
    add(f, "size", "(all)", 30);
    add(f, "size", "small", 20);
    add(f, "size", "large", 10);
    add(f, "fair", "yes", 7);
    add(f, NULL, "nobody's", LC_NAN);
    assert_int_equal(lc_frame_note(f, &err, "a note & more"), LC_OK);
}

static void put_table(const struct lc_frame *f, size_t most_rows)
{
    const struct lc_doc_table table = {f, "The table", "9 <leads>", "how to read", most_rows};
    struct lc_err err;

    assert_int_equal(lc_doc_table(&doc, &table, &err), LC_OK);
}

static void a_table_names_its_rows_and_columns_for_everybody(void **state)
{
    struct lc_frame f;

    (void)state;
    make_frame(&f);
    begin(LC_DOC_HTML);
    put_table(&f, 0);
    assert_string_equal(
        finish_body(),
        "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-labelledby=\"t1\">\n<table>\n"
        "<caption><span id=\"t1\">The table</span></caption>\n"
        "<thead>\n<tr><th scope=\"col\" class=\"t\">attribute</th><th scope=\"col\" "
        "class=\"t\">level</th><th scope=\"col\">leads</th><th scope=\"col\">close "
        "rate</th></tr>\n</thead>\n<tbody>\n"
        "<tr class=\"all\"><th scope=\"row\" rowspan=\"3\">size</th><th "
        "scope=\"row\">(all)</th><td>30</td><td>12.5 %</td></tr>\n"
        "<tr><th scope=\"row\">small</th><td>20</td><td>12.5 %</td></tr>\n"
        "<tr><th scope=\"row\">large</th><td>10</td><td>12.5 %</td></tr>\n"
        "<tr><th scope=\"row\">fair</th><th scope=\"row\">yes</th><td>7</td><td>12.5 "
        "%</td></tr>\n"
        "<tr><td class=\"t\"></td><th scope=\"row\">nobody&#39;s</th><td></td><td>12.5 "
        "%</td></tr>\n"
        "</tbody>\n</table>\n</div>\n"
        "<p class=\"note\">Of: 9 &lt;leads&gt;. how to read.</p>\n"
        "<p class=\"note\">a note &amp; more</p>\n");
}

static void rows_that_are_left_out_are_counted_and_their_file_named(void **state)
{
    struct lc_frame f;
    const char *text;

    (void)state;
    make_frame(&f);
    begin(LC_DOC_HTML);
    put_table(&f, 1);
    text = finish_body();
    assert_non_null(strstr(text, "rowspan=\"2\">size</th>"));
    assert_null(strstr(text, ">large<"));
    assert_non_null(strstr(text, "... and 1 more level (all of them in rates.csv)"));
}

static void a_table_in_markdown_has_its_reading_above_it(void **state)
{
    struct lc_frame f;

    (void)state;
    make_frame(&f);
    begin(LC_DOC_MARKDOWN);
    put_table(&f, 0);
    assert_non_null(strstr(finish(), "### The table\n\nOf: 9 \\<leads\\>. how to read.\n\n"
                                     "| attribute | level | leads | close rate |\n"));
}

/* A name as long as a mail stays a name; the CSV has it whole. */
static void a_cell_is_cut_where_it_would_be_a_page(void **state)
{
    char name[2000];
    struct lc_frame f;
    const char *text, *at;

    (void)state;
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    make_frame(&f);
    add(&f, "long", name, 3);
    begin(LC_DOC_HTML);
    put_table(&f, 0);
    text = finish_body();
    at = strstr(text, "xxxx");
    assert_non_null(at);
    assert_int_equal(strspn(at, "x"), 159);
    assert_int_equal(strncmp(at + 159, "\xe2\x80\xa6</th>", 8), 0);
}

/* ---- hostile texts ---- */

static const char *const hostile[] = {
    "<script>alert(1)</script>",     "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",       "javascript:alert(1)",
    "](javascript:alert(1))",        "a | b ` c ** d _ e",
    "two\nlines\n# Heading\n- item", "--></style></title></code></pre><svg onload=alert(1)>",
    "&lt;script&gt; &#60;",          "\xe2\x80\xae right to left \x1b[31m \xff\xfe",
};

static void put_hostile(const char *text)
{
    struct lc_frame f;
    const struct lc_doc_table table = {&f, "Table", text, "how", 0};
    struct lc_err err;

    lc_frame_init(&f, text, heading, sizeof heading / sizeof *heading, &arena);
    add(&f, text, text, 1);
    add(&f, "b", text, 2);
    assert_int_equal(lc_frame_note(&f, &err, "%s", text), LC_OK);
    lc_doc_quote(&doc, text);
    lc_doc_item(&doc);
    lc_doc_quote(&doc, text);
    assert_int_equal(lc_doc_table(&doc, &table, &err), LC_OK);
    lc_doc_figure(&doc, text, text, svg);
    lc_doc_code(&doc, text);
}

/* A tag of ours, with attributes of ours, well-formed; returns its end. */
static const char *read_tag(const char *at)
{
    static const char *const ours[] = {
        "/p",    "/li",    "/ul",    "/div",    "/table",  "/caption", "/th",   "/td",
        "/tr",   "/thead", "/tbody", "/figure", "/pre",    "/code",    "/span", "p",
        "li",    "ul",     "div",    "table",   "caption", "th",       "td",    "tr",
        "thead", "tbody",  "figure", "img",     "pre",     "code",     "span"};
    static const char *const known[] = {"class",    "id",  "scope", "rowspan",        "role",
                                        "tabindex", "alt", "src",   "aria-labelledby"};
    const char *end = at + strcspn(at, " >");
    bool found = false;

    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        found = found || (strlen(ours[i]) == (size_t)(end - at) &&
                          strncmp(at, ours[i], (size_t)(end - at)) == 0);
    assert_true(found);
    while (*end == ' ') {
        const char *name = end + 1;

        end = strchr(name, '=');
        assert_non_null(end);
        found = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            found = found || (strlen(known[i]) == (size_t)(end - name) &&
                              strncmp(name, known[i], (size_t)(end - name)) == 0);
        assert_true(found);
        assert_int_equal(end[1], '"');
        end = strchr(end + 2, '"');
        assert_non_null(end);
        end++;
    }
    assert_int_equal(*end, '>');
    return end + 1;
}

static void hostile_texts_never_become_a_tag_or_an_attribute(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        const char *at;

        begin(LC_DOC_HTML);
        put_hostile(hostile[i]);
        at = finish_body();
        assert_null(strstr(at, "src=\"javascript"));
        assert_null(strstr(at, "href"));
        assert_null(strchr(at, '\x1b'));
        assert_null(strstr(at, "\xe2\x80\xae"));
        while ((at = strchr(at, '<')))
            at = read_tag(at + 1);
    }
}

static void hostile_texts_stay_text_in_markdown(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        const char *text, *code;

        begin(LC_DOC_MARKDOWN);
        put_hostile(hostile[i]);
        text = finish();
        code = strstr(text, "```sh\n"); /* whose content is as it is */
        assert_non_null(code);
        for (const char *at = strchr(text, '<'); at && at < code; at = strchr(at + 1, '<'))
            assert_int_equal(at[-1], '\\');
        for (const char *at = strstr(text, "]("); at && at < code; at = strstr(at + 1, "]("))
            if (at[-1] != '\\') /* the picture's own link */
                assert_int_equal(at[strcspn(at, ")") + 1], '\n');
        assert_true(strstr(text, "\n# Heading") == NULL || strstr(text, "\n# Heading") > code);
    }
}

/* ---- what the machine refuses ---- */

static void a_full_disk_is_said(void **state)
{
    struct lc_err err;

    (void)state;
    file = fopen("/dev/full", "wb");
    if (!file) {
        print_message("skipped: %s: there is no /dev/full\n", __func__);
        skip();
    }
    lc_doc_begin(&doc, LC_DOC_HTML, "Full", file);
    put_blocks();
    assert_int_equal(lc_doc_end(&doc, &err), LC_EIO);
    assert_non_null(strstr(err.text, "No space left"));
    (void)fclose(file);
}

static void every_refused_allocation_of_a_table_is_an_error(void **state)
{
    struct lc_arena limited;
    struct lc_frame f;
    const struct lc_doc_table table = {&f, "Table", NULL, NULL, 1};
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    make_frame(&f);
    lc_arena_init(&limited, 0);
    f.arena = &limited;
    begin(LC_DOC_HTML);
    for (size_t limit = 0; rc == LC_ENOMEM && limit < 1 << 16; limit += 16) {
        struct lc_err err;

        limited.limit = limit;
        rc = lc_doc_table(&doc, &table, &err);
        refused += rc == LC_ENOMEM;
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 3);
    (void)finish();
    lc_arena_release(&limited);
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(blocks_become_markdown),
        TEST(blocks_become_html),
        TEST(a_page_asks_for_nothing_and_runs_nothing),
        TEST(a_picture_is_a_link_in_markdown_and_its_bytes_in_html),
        TEST(a_command_cannot_end_its_block),
        TEST(pages_contents_and_folds_are_of_html_alone),
        TEST(a_table_names_its_rows_and_columns_for_everybody),
        TEST(rows_that_are_left_out_are_counted_and_their_file_named),
        TEST(a_table_in_markdown_has_its_reading_above_it),
        TEST(a_cell_is_cut_where_it_would_be_a_page),
        TEST(hostile_texts_never_become_a_tag_or_an_attribute),
        TEST(hostile_texts_stay_text_in_markdown),
        TEST(a_full_disk_is_said),
        TEST(every_refused_allocation_of_a_table_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
