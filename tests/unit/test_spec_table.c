#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/io.h"
#include "leadcal/spec_file.h"
#include "leadcal/spec_table.h"
#include "scratch.h"
#include "small_table.h"
#include "whole_spec.h"

static struct lc_arena arena;

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

/* What was written to a stream in memory, as a text of the arena. */
static const char *taken(FILE *to, char **text)
{
    const char *copy;

    assert_int_equal(fclose(to), 0);
    copy = lc_arena_text(&arena, lc_slice_of(*text));
    free(*text);
    return copy;
}

static const char *as_json(const struct lc_spec *spec)
{
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    struct lc_err err;

    assert_non_null(to);
    assert_int_equal(lc_spec_write(spec, NULL, 0, to, &err), LC_OK);
    return taken(to, &text);
}

static const char *as_table(const struct lc_spec *spec, const struct lc_table *table,
                            const struct lc_choices *choices)
{
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    struct lc_err err;

    assert_non_null(to);
    assert_int_equal(lc_spec_table_write(spec, table, choices, &arena, to, &err), LC_OK);
    return taken(to, &text);
}

static struct lc_spec of_json(const char *text)
{
    struct lc_spec spec;
    struct lc_err err;

    if (lc_spec_parse("s.json", lc_slice_of(text), &arena, &spec, &err))
        fail_msg("%s", err.text);
    return spec;
}

static struct lc_spec of_table(const char *text)
{
    struct lc_spec spec;
    struct lc_err err;

    if (lc_spec_table_parse("s.csv", lc_slice_of(text), &arena, &spec, &err))
        fail_msg("%s\n%s", err.text, text);
    return spec;
}

/* The law: spec, table, spec, JSON is what spec, JSON is. */
static void assert_same_spec(const struct lc_spec *spec)
{
    const char *table = as_table(spec, NULL, NULL);
    const struct lc_spec again = of_table(table);

    assert_string_equal(as_json(&again), as_json(spec));
    assert_string_equal(as_table(&again, NULL, NULL), table);
    assert_int_equal(strncmp(table, "\xef\xbb\xbfwhat,name,value,use,", 23), 0);
}

static void a_spec_with_every_key_comes_back_the_same(void **state)
{
    const struct lc_spec spec = of_json(whole_spec);

    (void)state;
    assert_same_spec(&spec);
}

static void every_shipped_spec_comes_back_the_same(void **state)
{
    DIR *folder = opendir("datasets");
    size_t n = 0;

    (void)state;
    assert_non_null(folder);
    for (const struct dirent *d = readdir(folder); d; d = readdir(folder)) {
        struct lc_spec spec;
        struct lc_err err;
        char path[512];

        if (!strstr(d->d_name, ".spec.json"))
            continue;
        (void)snprintf(path, sizeof path, "datasets/%s", d->d_name);
        if (lc_spec_read(path, &arena, &spec, &err))
            fail_msg("%s", err.text);
        if (spec.unit) /* a table has no place for it, and recalibrate writes none then */
            continue;
        assert_same_spec(&spec);
        n++;
    }
    (void)closedir(folder);
    assert_true(n >= 8);
}

/* Small specs of one oddity each. */
static void odd_specs_come_back_the_same(void **state)
{
    /* clang-format off */
    static const char *const odd[] = {
        "{\"leadcal_spec\":1}",
        "{\"leadcal_spec\":1,\"outcome\":{\"won\":[\"x\",\"\",\"'007\",\"''=1\"]}}",
        "{\"leadcal_spec\":1,\"outcome\":{\"column\":\"=cmd|'/C calc'!A1\",\"won\":[\"+1\",\"TRUE\"],"
        "\"lost\":[\"true\",\"2026-03-31\",\"10-50\",\"1e3\",\"-x\",\"@y\",\"007\"]}}",
        "{\"leadcal_spec\":1,\"files\":[{\"name\":\"leads\",\"key\":\"id\"},"
        "{\"name\":\"leads\",\"key\":\"k\"}],\"outcome\":{\"won_if_in\":\"leads\"}}",
        "{\"leadcal_spec\":1,\"files\":[{\"name\":\"leads\"}]}",
        "{\"leadcal_spec\":1,\"missing\":[\"\",\"n/a\",\"a,b;c\\td|e\",\"\\\"\",\"two\\nlines\"]}",
        "{\"leadcal_spec\":1,\"files\":[{\"name\":\"leads\",\"key\":\"id\"},"
        "{\"name\":\"a.b\",\"key\":\"k\",\"events\":{\"time\":\"t\",\"type\":\"y\",\"classes\":["
        "{\"name\":\"c.d\",\"words\":[\"2026\",\"=x\"],\"decay\":\"window 2.5\"},"
        "{\"name\":\"e\",\"words\":[\"f g\"]}]}}]}",
        "{\"leadcal_spec\":1,\"current\":\"column:\"}",
        "{\"leadcal_spec\":1,\"current\":\"models/june.json\",\"window_days\":\"none\"}",
        "{\"leadcal_spec\":1,\"dates\":{\"entered\":\"day\",\"handed_over\":\"day\"},"
        "\"owner\":\"source\",\"source\":\"source\",\"attributes\":[{\"column\":\"b\"},"
        "{\"column\":\"source\",\"cuts\":[-1e300,-0.1,0.30000000000000004,12345678.9]},"
        "{\"column\":\"a\"}],\"ignore\":[\"z\",\"day\",\"z\",\"c\"]}",
        "{\"leadcal_spec\":1,\"outcome\":{\"column\":\"status\",\"won\":\"W\"},"
        "\"acceptance\":{\"column\":\"status\",\"accepted\":[\"W\",\"S\"]},\"ignore\":\"status\"}",
        "{\"leadcal_spec\":1,\"agreement\":{\"hand_over\":[\"B2\",\"A1\",\"A1\"],"
        "\"cells\":[{\"grade\":\"D4\"},{\"grade\":\"A1\",\"sla_hours\":0}]}}",
    };
    /* clang-format on */

    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const struct lc_spec spec = of_json(odd[i]);

        assert_same_spec(&spec);
    }
}

static void the_example_of_the_page_on_formats_is_read(void **state)
{
    const char *from, *to;
    struct lc_slice page;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_read_file("docs/formats.md", 1 << 20, &arena, &page, &err), LC_OK);
    from = strstr(page.p, "```csv\n");
    assert_non_null(from);
    from += strlen("```csv\n");
    to = strstr(from, "```");
    assert_non_null(to);
    if (lc_spec_table_parse("docs/formats.md", (struct lc_slice){from, (size_t)(to - from)},
                            &arena, &spec, &err))
        fail_msg("%s", err.text);
    assert_string_equal(spec.outcome.column, "stage");
    assert_string_equal(spec.outcome.won.text[0], "Closed Won");
    assert_string_equal(spec.source, "source");
    assert_int_equal(spec.n_attributes, 3);
    assert_int_equal(spec.attribute[1].n_cuts, 2);
    assert_int_equal(spec.window_days, 90);
    assert_int_equal(spec.agreement.cell[0].sla_hours, 4);
    assert_int_equal(spec.agreement.effective_from, lc_day_of(2026, 4, 1));
    assert_same_spec(&spec);
}

/* ---- what a spreadsheet makes of it ---- */

#define HEAD "what,name,value,use,role,known,cuts,note\n"

static void assert_reads_as(const char *text, const char *json)
{
    const struct lc_spec spec = of_table(text), want = of_json(json);

    assert_string_equal(as_json(&spec), as_json(&want));
}

static const char one_of_each[] =
    "{\"leadcal_spec\":1,\"outcome\":{\"column\":\"stage\",\"won\":[\"Closed Won\"],"
    "\"lost\":[\"+1\"]},\"dates\":{\"first_touch\":\"Erst\xc3\xb6"
    "ffnung\"},"
    "\"as_of\":\"2026-03-31\",\"attributes\":[{\"column\":\"a\",\"role\":\"engagement\","
    "\"as_of\":\"export\",\"cuts\":[0.5,20]}]}";

static void delimiters_marks_line_ends_and_empty_cells_do_not_matter(void **state)
{
    (void)state;
    assert_reads_as(
        "what,name,value,use,role,known,cuts\n"
        "column,stage,,outcome,,,\nvalue,stage,Closed Won,won,,,\nvalue,stage,'+1,lost,,,\n"
        "column,Erst\xc3\xb6"
        "ffnung,,first touch,,,\nsetting,as_of,2026-03-31,,,,\n"
        "column,a,,attribute,engagement,export,<= 0.5 | <= 20\n",
        one_of_each);
    /* Excel set to German: semicolons, a mark, CRLF, columns and rows without anything. */
    assert_reads_as("\xef\xbb\xbfwhat;name;value;use;role;known;cuts;note;;\r\n"
                    ";;;;;;;;;\r\n"
                    "column;stage;;OUTCOME;;;;\"text, 100,0 % filled\";;\r\n"
                    "Value;stage;Closed Won; Won ;;;;;;\r\n\r\n"
                    "value;stage;'+1;lost;;;;;;\r\n"
                    "column;Erst\xc3\xb6"
                    "ffnung;;First_Touch;;;;;;\r\n"
                    "setting;As Of;'2026-03-31;;;;;;;\r\n"
                    "column;a;;attribute;Engagement;EXPORT;<=0.5 | 20;note;;\r\n",
                    one_of_each);
    /* Tabs in Windows-1252, as old Excel saves texts; the columns in another order. */
    assert_reads_as("use\twhat\tname\tvalue\tcuts\tknown\trole\r\n"
                    "outcome\tcolumn\tstage\t\t\t\t\r\n"
                    "won\tvalue\tstage\tClosed Won\t\t\t\r\n"
                    "lost\tvalue\tstage\t'+1\t\t\t\r\n"
                    "first  touch\tcolumn\tErst\xf6"
                    "ffnung\t\t\t\t\r\n"
                    "\tsetting\tas_of\t2026-03-31\t\t\t\r\n"
                    "attribute\tcolumn\ta\t\t\"0.5;20\"\texport\tengagement\r\n",
                    one_of_each);
    /* Excel's own first line. */
    assert_reads_as("sep=;\r\nwhat;name;value;use;role;known;cuts\r\n"
                    "column;stage;;outcome\r\nvalue;stage;Closed Won;won\r\n"
                    "value;stage;'+1;lost\r\ncolumn;Erst\xc3\xb6"
                    "ffnung;;first touch\r\n"
                    "setting;as_of;2026-03-31\r\n"
                    "column;a;;attribute;engagement;export;<= 0.5 | <= 20\r\n",
                    one_of_each);
}

/* clang-format off */
static const char tempting[] = /* everything that a spreadsheet would like to change */
    "{\"leadcal_spec\":1,"
    " \"files\":[{\"name\":\"leads\",\"key\":\"id\"},{\"name\":\"deals\",\"match\":\"*dea"
    "ls*\",\"key\":\"k\",\"list\":true}],"
    " \"outcome\":{\"column\":\"Größe €\",\"won\":[\"true\",\"007\",\"2.5\",\"10-50\",\"1"
    "\",\"=SUM(A1)\",\"+49\",\"2026-03-31\",\"1e3\",\"März\",\"FALSE\",\"1/2\",\"12345678"
    "901234567\",\"a;b,c\",\"\\\"q\\\"\",\"1.234\"],\"lost\":[\"False\",\"x\"]},"
    " \"dates\":{\"entered\":\"Day, created\"},\"as_of\":\"2026-03-31\",\"window_days\":9"
    "0,\"capacity\":12.345,\"missing\":[\"n/a\",\"-\",\"?\"],"
    " \"attributes\":[{\"column\":\"a\",\"role\":\"engagement\",\"cuts\":[1.234],\"as_of\""
    ":\"export\"},{\"column\":\"b\",\"cuts\":[-0.5,2.385,1000]}],"
    " \"ignore\":[\"e-mail\"],"
    " \"agreement\":{\"definition\":\"asked for a price, twice\",\"hand_over\":[\"A1\"],\""
    "cells\":[{\"grade\":\"A1\",\"sla_hours\":4,\"lane\":\"phone\"}],\"owners\":[{\"of\":"
    "\"sales\",\"name\":\"Zoë\"}],\"effective_from\":\"2026-04-01\"}}";
/* clang-format on */

/* The seed is what LibreOffice 7.4 saved, set to German, after it had opened the table of this spec with
 * "detect special numbers": as Windows-1252 with semicolons. */
static void a_table_that_libreoffice_opened_and_saved_is_the_same_spec(void **state)
{
    struct lc_spec spec, want = of_json(tempting);
    struct lc_err err;

    (void)state;
    assert_same_spec(&want);
    if (lc_spec_read("tests/fuzz/fuzz_spec_table.seeds/libreoffice", &arena, &spec, &err))
        fail_msg("%s", err.text);
    assert_string_equal(as_json(&spec), as_json(&want));
}

static void yes_and_no_are_read_in_any_case(void **state)
{
    static const char *const yes[] = {"yes", "YES", "TRUE", "true"};
    static const char *const no[] = {"no", "False", "FALSE", ""};
    const char *const text = HEAD "file,,id,key\nfile,deals,k,key\nfile,deals,%s,list\n";

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        char with[200];
        struct lc_spec spec;

        (void)snprintf(with, sizeof with, text, yes[i]);
        spec = of_table(with);
        assert_true(spec.file[1].list);
        (void)snprintf(with, sizeof with, text, no[i]);
        spec = of_table(with);
        assert_false(spec.file[1].list);
        assert_string_equal(spec.file[0].key, "id");
    }
}

/* As a value of the export is compared: after trimming. */
static void blanks_at_the_ends_of_texts_are_no_part_of_them(void **state)
{
    const struct lc_spec spec =
        of_table(HEAD "column,\" stage \",,outcome\nvalue,stage,\"Won \xc2\xa0\",won\n"
                      "value,stage,\" '007 \",won\nsetting,window_days, 90 \n");

    (void)state;
    assert_string_equal(spec.outcome.column, "stage");
    assert_string_equal(spec.outcome.won.text[0], "Won");
    assert_string_equal(spec.outcome.won.text[1], "007");
    assert_int_equal(spec.window_days, 90);
}

/* A role that stays behind when a column is no attribute any more, and a use taken away. */
static void what_is_left_of_an_attribute_does_no_harm(void **state)
{
    const struct lc_spec spec =
        of_table(HEAD "column,a,,ignore,engagement,export,<= 5,\ncolumn,b,,,profile,,up,\n"
                      "column,c,,attribute,,,,\nvalue,stage,Open,,,,,\nparent,b,c\n");

    (void)state;
    assert_int_equal(spec.n_attributes, 1);
    assert_string_equal(spec.attribute[0].column, "c");
    assert_int_equal(spec.ignore.n, 1);
    assert_null(spec.outcome.column);
}

static void texts_that_a_spreadsheet_would_change_have_an_apostrophe(void **state)
{
    static const struct {
        const char *text, *written;
    } armour[] = {
        {"007", "'007"},
        {"2.5", "'2.5"},
        {"1e3", "'1e3"},
        {"true", "'true"},
        {"FALSE", "'FALSE"},
        {"10-50", "'10-50"},
        {"2026-03-31", "'2026-03-31"},
        {"1/2", "'1/2"},
        {"50 %", "'50 %"},
        {"=1+1", "'=1+1"},
        {"@x", "'@x"},
        {"-x", "'-x"},
        {"'=x", "''=x"},
        {"14 Nov 2018", "'14 Nov 2018"},
        {"12345678901234567890", "'12345678901234567890"},
        {"1", "1"},
        {"0", "0"},
        {"-5", "-5"},
        {"Web", "Web"},
        {"'s-Hertogenbosch", "'s-Hertogenbosch"},
        {"1st", "1st"},
        {"A1", "A1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof armour / sizeof *armour; i++) {
        const char *value[] = {armour[i].text}, *text, *want;
        struct lc_spec spec;

        lc_spec_init(&spec);
        spec.outcome.column = "stage";
        spec.outcome.won = (struct lc_texts){value, 1};
        text = as_table(&spec, NULL, NULL);
        want = lc_arena_format(&arena, "\nvalue,stage,%s,won,", armour[i].written);
        if (!strstr(text, want))
            fail_msg("%s is not written as %s:\n%s", armour[i].text, armour[i].written, text);
        spec = of_table(text);
        assert_string_equal(spec.outcome.won.text[0], armour[i].text);
    }
}

/* ---- refusals ---- */

static void wrong_tables_are_refused_with_line_and_cell(void **state)
{
    static const struct {
        const char *text;
        enum lc_rc code;
        const char *says;
    } wrong[] = {
        {"", LC_EFORMAT, "s.csv:1: is no spec"},
        {" \n\n", LC_EFORMAT, "s.csv"},
        {"lead,stage\n1,Won\n", LC_EFORMAT, "s.csv:1: is no spec: neither JSON"},
        {"what,name,vaule,use,role\n", LC_EFORMAT,
         "s.csv:1: unknown column 'vaule'; known are what, name, value"},
        {"what,name,use,role\n", LC_EFORMAT, "s.csv:1: is no spec"},
        {"what,name,value,use,role,knowns\n", LC_EFORMAT,
         "s.csv:1: unknown column 'knowns'; did you mean 'known'?"},
        {"what,name,value,use,my thoughts\n", LC_EFORMAT, "write remarks under note"},
        {"what,name,value,use,name\n", LC_EFORMAT, "two columns have the name 'name'"},
        {HEAD "column,a,,ignore,,,,x,y\n", LC_EFORMAT,
         "s.csv:2: has 9 cells where the first line has 8"},
        {HEAD "column,\"a,,ignore\n", LC_EFORMAT, "s.csv:2: a quote is opened"},
        {HEAD "\n\ncolum,a,,ignore\n", LC_EMISMATCH,
         "s.csv:4: what: unknown word 'colum'; did you mean 'column'?"},
        {HEAD ",a,,ignore\n", LC_EMISMATCH, "s.csv:2: what: unknown word ''; known are column"},
        {HEAD "column,a,,atribute\n", LC_EMISMATCH,
         "s.csv:2: use: unknown word 'atribute'; did you mean 'attribute'?"},
        {HEAD "column,a,,\"source, zzzz\"\n", LC_EMISMATCH,
         "use: unknown word 'zzzz'; known are"},
        {HEAD "rule,a,email,\n", LC_EMISMATCH, "use: is empty; a rule has free mail"},
        {HEAD "rule,a,,junk\n", LC_EMISMATCH, "value: is empty; name the column"},
        {HEAD "rule,a,email,competitor\n", LC_EMISMATCH, "needs rows of its values"},
        {HEAD "rule,a,email,junk\nrule,a,x,listed\n", LC_EMISMATCH,
         "s.csv:3: use: does not go with the rule 'junk'"},
        {HEAD "rule,a,land,territory\nrule,a,DE,inside\nrule,a,FR,outside\n", LC_EMISMATCH,
         "s.csv:4: use: rule 'a' has inside and outside"},
        {HEAD "rule,a,type,test\nrule,a,,listed\n", LC_EMISMATCH,
         "s.csv:3: value: is empty; an empty cell is never caught"},
        {HEAD "rule,b,x,listed\n", LC_EMISMATCH, "s.csv:2: name: no rule has the name 'b'"},
        {HEAD "rule,a,email,junk\nrule,a,mail,junk\n", LC_EMISMATCH,
         "s.csv:3: name: two rules have the name 'a'"},
        {HEAD "rule,a,email,junk,drop\n", LC_EMISMATCH, "role: unknown word 'drop'"},
        {HEAD "value,a,b,attribute\n", LC_EMISMATCH,
         "use: unknown word 'attribute'; known are won"},
        {HEAD "column,a,,won\n", LC_EMISMATCH, "use: unknown word 'won'"},
        {HEAD "column,,,ignore\n", LC_EMISMATCH, "s.csv:2: name: is empty; name a column"},
        {HEAD "column,a,,outcome\ncolumn,b,,outcome\n", LC_EMISMATCH,
         "s.csv:3: use: 'b' and, in line 2, 'a' have the use 'outcome'"},
        {HEAD "value,a,b,won\n", LC_EMISMATCH,
         "s.csv:2: use: 'won' needs a column with the use 'outcome'"},
        {HEAD "column,b,,outcome\nvalue,a,b,won\n", LC_EMISMATCH,
         "s.csv:3: name: 'won' goes with a value of 'b'"},
        {HEAD "value,a,b,accepted\n", LC_EMISMATCH, "'accepted' needs a column"},
        {HEAD "column,a,,grade at hand-over\n", LC_EMISMATCH,
         "needs a column with the use 'acc"},
        {HEAD "column,a,,attribute,,,rising\n", LC_EMISMATCH,
         "s.csv:2: cuts: needs numbers such as <= 50 | <= 500, with a decimal point, or one of "
         "free, up, down, peak, valley, merged, set, not 'rising'"},
        {HEAD "column,a,,attribute\nparent,aa,b\n", LC_EMISMATCH,
         "s.csv:3: name: no row of kind column has the name 'aa'"},
        {HEAD "column,a,,attribute\nparent,a,b\nparent,a,c\n", LC_EMISMATCH,
         "s.csv:4: name: 'a' has a parent already"},
        {HEAD "column,a,,attribute\nparent,a,a\n", LC_EMISMATCH,
         "s.csv:3: value: the parents of column 'a' lead back to it"},
        {HEAD "column,a,,attribute\nvalue,aa,b,same as c\n", LC_EMISMATCH,
         "s.csv:3: name: no row of kind column has the name 'aa'"},
        {HEAD "column,a,,attribute\nvalue,a,b,same as c\nvalue,a,c,same as d\n", LC_EMISMATCH,
         "s.csv:4: value: 'c' stands twice among the spellings of 'a'"},
        {HEAD "column,a,,attribute\nvalue,a,,same as c\n", LC_EMISMATCH,
         "s.csv:3: value: is empty; write the spelling under value"},
        {HEAD "column,a,,attribute,,,<= 5\nvalue,a,b,same as c\n", LC_EMISMATCH,
         "s.csv:3: use: 'same as' is for columns of texts"},
        {HEAD "setting,bins,best\n", LC_EMISMATCH, "s.csv:2: value: unknown word 'best'"},
        {HEAD "value,a,b,missing\n", LC_EMISMATCH, "s.csv:2: name: must be empty"},
        {HEAD "column,a,,attribute\ncolumn,a,,attribute\n", LC_EMISMATCH,
         "s.csv:3: use: column 'a' is an attribute already"},
        {HEAD "column,a,,\"attribute, ignore\"\n", LC_EMISMATCH, "is an attribute and ignored"},
        {HEAD "column,a,,attribute,engagment\n", LC_EMISMATCH,
         "s.csv:2: role: unknown word 'engagment'; did you mean 'engagement'?"},
        {HEAD "column,a,,attribute,,exprot\n", LC_EMISMATCH, "s.csv:2: known: unknown word"},
        {HEAD "column,a,,attribute,,,\"0,5 | 20\"\n", LC_EMISMATCH,
         "s.csv:2: cuts: needs numbers such as <= 50 | <= 500, with a decimal point"},
        {HEAD "column,a,,attribute,,,<= 5 | <= 5\n", LC_EMISMATCH,
         "cuts must rise, and number 2 does not"},
        {HEAD "setting,window,90\n", LC_EMISMATCH, "s.csv:2: name: unknown word 'window'"},
        {HEAD "setting,window_days,90\nsetting,window_days,60\n", LC_EMISMATCH,
         "s.csv:3: name: 'window_days' is set in line 2 already"},
        {HEAD "setting,window_days,99999\n", LC_EMISMATCH, "whole number from 1 to 36500"},
        {HEAD "setting,leadcal_spec,2\n", LC_EMISMATCH, "reads version 1"},
        {HEAD "setting,as_of,31.03.2026\n", LC_EMISMATCH,
         "s.csv:2: value: needs a day written YYYY-MM-DD, not '31.03.2026'; a spreadsheet"},
        {HEAD "setting,as_of,3/31/2026\n", LC_EMISMATCH, "needs a day written YYYY-MM-DD"},
        {HEAD "setting,capacity,\"12,5\"\n", LC_EMISMATCH, "with a decimal point"},
        {HEAD "setting,capacity,0\n", LC_EMISMATCH, "above 0"},
        {HEAD "setting,order,random\n", LC_EMISMATCH, "unknown word 'random'; known are file"},
        {HEAD "setting,credit,first\n", LC_EMISMATCH, "known are primary, all, share"},
        {HEAD "setting,credit,all,ignore\n", LC_EMISMATCH,
         "a row of kind 'setting' has no use"},
        {HEAD "setting,current,m.json\ncolumn,s,,score in use\n", LC_EMISMATCH,
         "s.csv:3: use: the setting 'current' names another"},
        {HEAD "file,deals,k,key\n", LC_EMISMATCH,
         "s.csv:2: name: file 'deals' needs a row with join"},
        {HEAD "file,,id,key\nfile,deals,*d*,match\n", LC_EMISMATCH, "needs a row with its key"},
        {HEAD "file,,id,key\nfile,w,k,key\nfile,w,t,event time\n", LC_EMISMATCH,
         "file 'w' has events, and needs a row for the event time and one for the event type"},
        {HEAD "file,,id,key\nfile,w,k,key\nfile,w,t,change time\n", LC_EMISMATCH,
         "file 'w' is a history, and needs a row for the change time and one for the change value"},
        {HEAD "file,,id,key\nfile,w,k,key\nfile,w,name,by\n", LC_EMISMATCH,
         "s.csv:4: value: can only be 'domain', or empty"},
        {HEAD "file,,id,key\nfile,w,k,key\nfile,w,first,twice\nfile,w,c,created\n",
         LC_EMISMATCH, "file 'w' has \"twice\": \"first\", so take"},
        {HEAD "file,,first,twice\n", LC_EMISMATCH, "the file without a name holds the leads"},
        {HEAD "file,,t,event time\n", LC_EMISMATCH, "the file without a name holds the leads"},
        {HEAD "file,,id,key\nfile,w,k,key\nclass,pricing,x,word\n", LC_EMISMATCH,
         "s.csv:4: name: needs the name of a file, a dot and the class, such as web.pricing"},
        {HEAD "file,,id,key\nfile,w,k,key\nclass,w.pricing,,word\n", LC_EMISMATCH,
         "s.csv:4: value: is empty; give a word or a decay"},
        {HEAD "file,,id,key\nfile,w,k,key\nclass,w.pricing,soon,decay\n", LC_EMISMATCH,
         "s.csv:4: value: 'soon' is no decay; write none,"},
        {HEAD "file,,id,key\nclass,w.pricing,x,\n", LC_EMISMATCH,
         "s.csv:3: use: is empty; a class of events has word, decay"},
        {HEAD "file,,id,key\nfile,,ix,key\n", LC_EMISMATCH, "s.csv:3: use: the file has a row"},
        {HEAD "file,,id,join\n", LC_EMISMATCH, "the file without a name holds the leads"},
        {HEAD "file,deals,k,\n", LC_EMISMATCH, "s.csv:2: use: is empty; a file has match"},
        {HEAD "file,deals,k,\"key, join\"\n", LC_EMISMATCH, "two uses; write a row for each"},
        {HEAD "file,,id,key\nfile,d,k,key\nfile,d,maybe,list\n", LC_EMISMATCH,
         "unknown word 'maybe'; known are no, false, yes, true"},
        {HEAD "file,,id,key\nfile,d,k,key\nfile,d,yes,won if in\nfile,e,k,key\n"
              "file,e,yes,won if in\n",
         LC_EMISMATCH, "s.csv:6: value: a row in 'd' means won already"},
        {HEAD "column,a,,outcome\nfile,,id,key\nfile,d,k,key\nfile,d,yes,won if in\n",
         LC_EMISMATCH, "s.csv:5: use: a row in 'd' is the outcome, and so is"},
        {HEAD "agreement,defnition,x\n", LC_EMISMATCH, "did you mean 'definition'?"},
        {HEAD "agreement,definition,x\nagreement,definition,y\n", LC_EMISMATCH,
         "s.csv:3: name: 'definition' is said in line 2 already"},
        {HEAD "agreement,next_review,1.7.2026\n", LC_EMISMATCH, "needs a day"},
        {HEAD "cell,E1,,hand over\n", LC_EMISMATCH,
         "s.csv:2: name: needs a cell from A1 to D4"},
        {HEAD "cell,A1,4,\n", LC_EMISMATCH, "a cell has hand over, lane, action, sla hours"},
        {HEAD "cell,A1,x,lane\ncell,A1,y,lane\n", LC_EMISMATCH,
         "s.csv:3: use: cell A1 has a row"},
        {HEAD "cell,A1,soon,sla hours\n", LC_EMISMATCH, "whole number from 0 to 8784"},
        {HEAD "owner,,somebody\n", LC_EMISMATCH, "s.csv:2: name: is empty; say whose owner"},
        {HEAD "column,a\x01"
              "b,,ignore\n",
         LC_EMISMATCH, "s.csv:2: name: holds a control character"},
        {"PK\x03\x04 and so on", LC_EFORMAT, "s.csv: "},
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct lc_spec spec = {.amount = "untouched"};
        struct lc_err err = {.text = ""};
        const enum lc_rc rc =
            lc_spec_table_parse("s.csv", lc_slice_of(wrong[i].text), &arena, &spec, &err);

        if (rc != wrong[i].code || !strstr(err.text, wrong[i].says) ||
            strncmp(err.text, "s.csv:", 6) != 0)
            fail_msg("%s\ngives code %d: %s", wrong[i].text, (int)rc, err.text);
        assert_string_equal(spec.amount, "untouched");
    }
}

static void lc_spec_read_tells_a_table_from_json_by_its_content(void **state)
{
    char path[SCRATCH_PATH];
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    assert_true(lc_spec_table_is(lc_slice_of("\xef\xbb\xbf\n what,name")));
    assert_true(lc_spec_table_is(lc_slice_of("\"what\";")));
    assert_false(lc_spec_table_is(lc_slice_of("\xef\xbb\xbf\n {")));
    assert_false(lc_spec_table_is(lc_slice_of("// a comment")));
    assert_false(lc_spec_table_is(lc_slice_of(" \n")));
    assert_true(scratch_file(path, HEAD "column,won?,,outcome\nvalue,won?,1,won\n"));
    assert_int_equal(lc_spec_read(path, &arena, &spec, &err), LC_OK);
    assert_string_equal(spec.outcome.column, "won?");
    assert_string_equal(spec.path, path);
    (void)unlink(path);
    assert_true(scratch_file(path, "// mine\n{\"leadcal_spec\":1,\"amount\":\"sum\"}"));
    assert_int_equal(lc_spec_read(path, &arena, &spec, &err), LC_OK);
    assert_string_equal(spec.amount, "sum");
    (void)unlink(path);
}

/* ---- what was found ---- */

static void columns_and_values_without_a_use_are_listed_with_what_was_found(void **state)
{
    static const char *const stage[] = {"Won", "Open", "Lost", "Open"};
    static const char *const source[] = {"Web", "", "Fair", "Web"};
    static const char *const empty[] = {"", "", "", ""};
    static const char *const won[] = {"Won", "Signed"}, *const lost[] = {"Lost"};
    static const struct lc_spec_attribute attribute[] = {{.column = "source"}};
    static const char *const ignore[] = {"gone"};
    struct lc_table_column column[3];
    struct lc_column_choice choice[3] = {{0, LC_CHOICE_LEFT_OUT, "is the outcome", false},
                                         {1, LC_CHOICE_FIT, NULL, false},
                                         {2, LC_CHOICE_LEFT_OUT, "is empty", false}};
    const struct lc_choices choices = {.of = choice, .n = 3};
    struct lc_table table;
    struct lc_spec spec, again;
    const char *text;

    (void)state;
    column[0] = small_column(&arena, "stage", LC_KIND_TEXT, stage, 4);
    column[1] = small_column(&arena, "source", LC_KIND_TEXT, source, 4);
    column[2] = small_column(&arena, "fax", LC_KIND_EMPTY, empty, 4);
    table = small_table(column, 3, 4);
    lc_spec_init(&spec);
    spec.outcome.column = "stage";
    spec.outcome.won = (struct lc_texts){won, 2};
    spec.outcome.lost = (struct lc_texts){lost, 1};
    spec.ignore = (struct lc_texts){ignore, 1};
    spec.attribute = attribute;
    spec.n_attributes = 1;
    text = as_table(&spec, &table, &choices);
    assert_non_null(strstr(
        text, "column,stage,,outcome,,,,\"text, 100.0 % filled, 3 levels; is the outcome\"\n"
              "value,stage,Won,won,,,,1 lead\nvalue,stage,Signed,won,,,,0 leads\n"
              "value,stage,Lost,lost,,,,1 lead\nvalue,stage,Open,,,,,2 leads; counts as open\n"
              "column,source,,attribute,profile,,,\"text, 75.0 % filled, 2 levels\"\n"
              "column,gone,,ignore,,,,not in this export\n"
              "column,fax,,,,,,empty; is empty\n"));
    again = of_table(text);
    assert_string_equal(as_json(&again), as_json(&spec));
    spec.n_attributes = 0;
    text = as_table(&spec, &table, &choices);
    assert_non_null(strstr(text,
                           "column,source,,,,,,\"text, 75.0 % filled, 2 levels; enters the "
                           "model as long as no column has the use attribute\"\n"));
}

/* ---- limits ---- */

static void every_refused_allocation_is_an_error(void **state)
{
    const struct lc_spec spec = of_json(whole_spec);
    const char *text = as_table(&spec, NULL, NULL);
    bool read = false, written = false;
    FILE *to = tmpfile();

    (void)state;
    assert_non_null(to);
    for (size_t limit = 0; !read || !written; limit += 512) {
        struct lc_arena small;
        struct lc_spec again;
        struct lc_err err;
        enum lc_rc rc;

        lc_arena_init(&small, limit);
        rc = lc_spec_table_parse("s.csv", lc_slice_of(text), &small, &again, &err);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
        read = read || rc == LC_OK;
        lc_arena_release(&small);
        rc = lc_spec_table_write(&spec, NULL, NULL, &small, to, &err);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
        written = written || rc == LC_OK;
        lc_arena_release(&small);
        assert_true(limit < 4000000);
    }
    (void)fclose(to);
}

static void a_full_disk_is_an_error(void **state)
{
    FILE *to = fopen("/dev/full", "w");
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    assert_non_null(to);
    (void)setvbuf(to, NULL, _IONBF, 0);
    lc_spec_init(&spec);
    assert_int_equal(lc_spec_table_write(&spec, NULL, NULL, &arena, to, &err), LC_EIO);
    (void)fclose(to);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_spec_with_every_key_comes_back_the_same),
        TEST(every_shipped_spec_comes_back_the_same),
        TEST(odd_specs_come_back_the_same),
        TEST(the_example_of_the_page_on_formats_is_read),
        TEST(delimiters_marks_line_ends_and_empty_cells_do_not_matter),
        TEST(a_table_that_libreoffice_opened_and_saved_is_the_same_spec),
        TEST(yes_and_no_are_read_in_any_case),
        TEST(blanks_at_the_ends_of_texts_are_no_part_of_them),
        TEST(what_is_left_of_an_attribute_does_no_harm),
        TEST(texts_that_a_spreadsheet_would_change_have_an_apostrophe),
        TEST(wrong_tables_are_refused_with_line_and_cell),
        TEST(lc_spec_read_tells_a_table_from_json_by_its_content),
        TEST(columns_and_values_without_a_use_are_listed_with_what_was_found),
        TEST(every_refused_allocation_is_an_error),
        TEST(a_full_disk_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
