#include "leadcal/spec_file.h"
#include "leadcal/spec_unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/io.h"
#include "test.h"
#include "whole_spec.h"

static enum lc_rc parse(const char *text, struct lc_arena *arena, struct lc_spec *spec,
                        struct lc_err *err)
{
    return lc_spec_parse("s.json", lc_slice_of(text), arena, spec, err);
}

static void check_agreement(const struct lc_agreement *a)
{
    assert_string_equal(a->definition, "asked for a price");
    assert_int_equal(a->hand_over.n, 2);
    assert_string_equal(a->hand_over.text[1], "B2");
    assert_int_equal(a->n_cells, 2);
    assert_string_equal(a->cell[0].lane, "phone");
    assert_string_equal(a->cell[0].action, "call");
    assert_int_equal(a->cell[0].sla_hours, 4);
    assert_string_equal(a->cell[1].grade, "D4");
    assert_null(a->cell[1].lane);
    assert_int_equal(a->cell[1].sla_hours, LC_SLA_UNSAID);
    assert_int_equal(a->n_owners, 1);
    assert_string_equal(a->owner[0].of, "sales");
    assert_string_equal(a->owner[0].name, "regional lead");
    assert_string_equal(a->approved_by, "board");
    assert_int_equal(a->effective_from, lc_day_of(2026, 4, 1));
    assert_int_equal(a->next_review, lc_day_of(2026, 7, 1));
}

static void check_rules(const struct lc_spec_rule *r, size_t n)
{
    assert_int_equal(n, 5);
    assert_string_equal(r[0].name, "free_mail");
    assert_string_equal(r[0].column, "email");
    assert_int_equal(r[0].kind, LC_RULE_FREE_MAIL);
    assert_int_equal(r[0].effect, LC_RULE_MARKS);
    assert_int_equal(r[0].as_of, LC_AS_OF_UNSAID);
    assert_string_equal(r[1].name, "rivals");
    assert_string_equal(r[1].values.text[1], "7");
    assert_string_equal(r[1].file, "rivals.txt");
    assert_int_equal(r[1].effect, LC_RULE_MARKS);
    assert_true(r[2].served && !r[3].served);
    assert_int_equal(r[2].effect, LC_RULE_EXCLUDES);
    assert_int_equal(r[2].as_of, LC_AS_OF_DECISION);
    assert_string_equal(r[2].values.text[1], "AT");
    assert_string_equal(r[3].values.text[0], "0");
    assert_int_equal(r[4].kind, LC_RULE_CUSTOMER);
    assert_int_equal(r[4].as_of, LC_AS_OF_EXPORT);
}

static void check_whole(const struct lc_spec *s)
{
    assert_string_equal(s->file[1].created, "made");
    assert_true(s->file[1].list);
    assert_string_equal(s->date.first_touch, "f");
    assert_string_equal(s->acceptance.grade, "grade_then");
    assert_string_equal(s->owner, "rep");
    assert_string_equal(s->source, "channel");
    assert_string_equal(s->account, "company");
    assert_string_equal(s->current, "column:old score");
    assert_true(s->capacity == 12.5);
    assert_int_equal(s->credit, LC_CREDIT_SHARE);
    check_agreement(&s->agreement);
    assert_int_equal(s->n_files, 5);
    assert_null(s->file[1].events);
    assert_string_equal(s->file[2].events->time, "at");
    assert_string_equal(s->file[2].events->type, "what");
    assert_string_equal(s->file[2].events->content, "page");
    assert_string_equal(s->file[2].events->decay, "half-life 21 cap 3");
    assert_int_equal(s->file[2].events->n, 2);
    assert_string_equal(s->file[2].events->of[0].words.text[1], "Ventil");
    assert_null(s->file[2].events->of[0].decay);
    assert_int_equal(s->file[2].events->of[1].words.n, 0);
    assert_string_equal(s->file[2].events->of[1].decay, "window 14");
    assert_null(s->file[2].history);
    assert_string_equal(s->file[3].join, "deals.id");
    assert_string_equal(s->file[3].history->time, "at");
    assert_string_equal(s->file[3].history->value, "NewValue");
    assert_string_equal(s->file[3].history->field, "Field");
    assert_string_equal(s->file[3].history->is, "StageName");
    assert_false(s->file[3].domain || s->file[3].first);
    assert_true(s->file[4].domain && s->file[4].first);
    assert_null(s->file[0].name);
    assert_string_equal(s->file[0].match, "*leads*");
    assert_string_equal(s->file[1].name, "deals");
    assert_string_equal(s->file[1].key, "lead_id");
    assert_string_equal(s->file[1].join, "id");
    assert_string_equal(s->outcome.column, "deals.stage");
    assert_int_equal(s->outcome.won.n, 3);
    assert_string_equal(s->outcome.won.text[1], "1");
    assert_string_equal(s->outcome.won.text[2], "2.5");
    assert_string_equal(s->outcome.lost.text[0], "Closed Lost");
    assert_int_equal(s->outcome.open.n, 0);
    assert_string_equal(s->date.entered, "a");
    assert_string_equal(s->date.handed_over, "b");
    assert_string_equal(s->date.accepted, "c");
    assert_string_equal(s->date.closed, "d");
    assert_string_equal(s->date.opportunity, "e");
    assert_string_equal(s->acceptance.column, "status");
    assert_string_equal(s->acceptance.accepted.text[0], "SAL");
    assert_string_equal(s->acceptance.rejected.text[0], "no");
    assert_string_equal(s->acceptance.recycled.text[0], "back // again");
    assert_string_equal(s->amount, "deals.amount");
    assert_int_equal(s->window_days, 90);
    assert_int_equal(s->as_of_day, lc_day_of(2026, 3, 31));
    assert_int_equal(s->decision_after_days, 7);
    assert_int_equal(s->date_order, LC_DATE_MDY);
    assert_true(s->order_is_file);
    assert_string_equal(s->missing.text[1], "-1");
    assert_string_equal(s->keep_values.text[0], "-");
    assert_int_equal(s->bins, LC_BINS_DP);
    assert_int_equal(s->decimal, LC_DECIMAL_COMMA);
    assert_int_equal(s->n_attributes, 5);
    assert_string_equal(s->attribute[0].column, "Umsatz \xc3\xa4");
    assert_int_equal(s->attribute[0].n_cuts, 3);
    assert_true(s->attribute[0].cut[1] == 2.385);
    assert_int_equal(s->attribute[0].as_of, LC_AS_OF_DECISION);
    assert_int_equal(s->attribute[1].role, LC_ROLE_ENGAGEMENT);
    assert_int_equal(s->attribute[1].as_of, LC_AS_OF_EXPORT);
    assert_null(s->attribute[1].cut);
    assert_int_equal(s->attribute[0].trend, LC_BIN_UNSAID);
    assert_int_equal(s->attribute[1].trend, LC_BIN_VALLEY);
    assert_false(s->attribute[1].merged);
    assert_null(s->attribute[2].parent);
    assert_null(s->attribute[1].same);
    assert_int_equal(s->attribute[2].n_same, 2);
    assert_string_equal(s->attribute[2].same[0].as, "GTX Pro");
    assert_int_equal(s->attribute[2].same[0].spellings.n, 2);
    assert_string_equal(s->attribute[2].same[0].spellings.text[0], "GTXPro");
    assert_string_equal(s->attribute[2].same[0].spellings.text[1], "=gtx, pro");
    assert_string_equal(s->attribute[2].same[1].as, "7");
    assert_string_equal(s->attribute[2].same[1].spellings.text[0], "7.5");
    assert_true(s->attribute[3].set);
    assert_true(s->attribute[3].cap == 12);
    assert_true(s->attribute[4].merged);
    assert_string_equal(s->attribute[4].parent, "plain");
    assert_int_equal(s->attribute[2].role, LC_ROLE_ENGAGEMENT);
    assert_true(s->attribute[2].intent && !s->attribute[1].intent);
    assert_int_equal(s->attribute[3].role, LC_ROLE_PROFILE);
    assert_int_equal(s->attribute[2].as_of, LC_AS_OF_UNSAID);
    assert_string_equal(s->ignore.text[0], "email");
    check_rules(s->rule, s->n_rules);
}

static void every_key_lands_where_it_belongs(void **state)
{
    struct lc_arena arena;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(parse(whole_spec, &arena, &spec, &err), LC_OK);
    check_whole(&spec);
    assert_string_equal(spec.path, "s.json");
    lc_arena_release(&arena);
}

static char *written(const struct lc_spec *spec, const char *const *comment, size_t n)
{
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    struct lc_err err;

    assert_non_null(to);
    assert_int_equal(lc_spec_write(spec, comment, n, to, &err), LC_OK);
    assert_int_equal(fclose(to), 0);
    return text;
}

static void what_is_written_reads_back_to_the_same(void **state)
{
    static const char *const comment[] = {"stage: Closed Won is the only value\nwith wins", ""};
    struct lc_arena arena;
    struct lc_spec spec, again;
    struct lc_err err;
    char *first, *second;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(parse(whole_spec, &arena, &spec, &err), LC_OK);
    first = written(&spec, comment, 2);
    assert_int_equal(
        strncmp(first, "// stage: Closed Won is the only value with wins\n//\n{", 52), 0);
    assert_int_equal(parse(first, &arena, &again, &err), LC_OK);
    check_whole(&again);
    second = written(&again, comment, 2);
    assert_string_equal(first, second);
    free(first);
    free(second);
    lc_arena_release(&arena);
}

static void absent_keys_leave_the_defaults(void **state)
{
    struct lc_arena arena;
    struct lc_spec spec;
    struct lc_err err;
    char *text;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(parse("\xef\xbb\xbf{\"leadcal_spec\": 1}", &arena, &spec, &err), LC_OK);
    assert_int_equal(spec.window_days, LC_WINDOW_AUTO);
    assert_int_equal(spec.as_of_day, LC_NO_DAY);
    assert_int_equal(spec.n_files + spec.n_attributes + spec.ignore.n + spec.missing.n, 0);
    assert_false(spec.order_is_file);
    text = written(&spec, NULL, 0);
    assert_string_equal(text, "{\n  \"leadcal_spec\": 1\n}\n");
    free(text);
    assert_int_equal(
        parse("{\"leadcal_spec\":1,\"window_days\":\"none\"}", &arena, &spec, &err), LC_OK);
    assert_int_equal(spec.window_days, LC_WINDOW_NONE);
    text = written(&spec, NULL, 0);
    assert_non_null(strstr(text, "\"window_days\": \"none\""));
    free(text);
    lc_arena_release(&arena);
}

#define V1 "{\"leadcal_spec\":1,"

static void wrong_specs_are_refused_with_place_and_remedy(void **state)
{
    static const struct {
        const char *text;
        enum lc_rc code;
        const char *says;
    } wrong[] = {
        {"", LC_EFORMAT, "s.json:1:1: the file is empty"},
        {"{", LC_EFORMAT, "s.json:1:2: the file ends before its JSON does"},
        {"{} x", LC_EFORMAT, "s.json:1:4: nothing may stand behind the end"},
        {"{\n \"a\" 1}", LC_EFORMAT, "s.json:2:6: needs a colon"},
        {"{\"\xc3\xa4\" 1}", LC_EFORMAT, "s.json:1:6: needs a colon"},
        {"[1 2]", LC_EFORMAT, "s.json:1:4: needs a comma or ]"},
        {"[1,]", LC_EFORMAT, "a comma stands before this ]"},
        {"{\"a\":1,}", LC_EFORMAT, "a comma stands before this }"},
        {"{a:1}", LC_EFORMAT, "needs a key in \"quotes\""},
        {"[01]", LC_EFORMAT, "not a number as JSON"},
        {"[1.]", LC_EFORMAT, "a digit behind its point"},
        {"[1e999]", LC_EFORMAT, "too large"},
        {"[NaN]", LC_EFORMAT, "needs a value here"},
        {"[\"a\nb\"]", LC_EFORMAT, "s.json:1:2: the text that begins here is not closed on"},
        {"[\"a\tb\"]", LC_EFORMAT, "a control character"},
        {"[\"\\x\"]", LC_EFORMAT, "a backslash that begins no escape"},
        {"[\"\\u0000\"]", LC_EFORMAT, "\\u0000"},
        {"[\"\\ud800x\"]", LC_EFORMAT, "half of a surrogate pair"},
        {"[\"\xc0\xaf\"]", LC_EFORMAT, "not UTF-8"},
        {"/* open", LC_EFORMAT, "not closed by */"},
        {"{\"a\":1,\n \"\\u0061\":2}", LC_EFORMAT,
         "s.json:2:2: a: this key stands here a second"},
        {"[]", LC_EMISMATCH, "needs an object {...}, not a list [...]"},
        {"{}", LC_EMISMATCH, "\"leadcal_spec\" is missing"},
        {"{\"leadcal_spec\":2}", LC_EMISMATCH, "version 1 of the spec"},
        {V1 "\n\"windows_days\":90}", LC_EFORMAT,
         "s.json:2:1: windows_days: unknown key 'windows_days'; did you mean 'window_days'?"},
        {V1 "\"xyz\":90}", LC_EFORMAT, "unknown key 'xyz'; known are leadcal_spec, files"},
        {V1 "\"window_days\":1.5}", LC_EMISMATCH, "window_days: needs a whole number from 1"},
        {V1 "\"window_days\":\"non\"}", LC_EMISMATCH, "did you mean 'none'?"},
        {V1 "\"as_of\":\"31.03.2026\"}", LC_EMISMATCH, "as_of: needs a day written YYYY-MM-DD"},
        {V1 "\"as_of\":20260331}", LC_EMISMATCH, "as_of: needs a text, not a number"},
        {V1 "\"order\":\"time\"}", LC_EMISMATCH, "unknown word 'time'"},
        {V1 "\"disqualify\":[{\"rule\":\"freemail\",\"column\":\"e\"}]}", LC_EMISMATCH,
         "unknown word 'freemail'; did you mean 'free_mail'?"},
        {V1 "\"disqualify\":[{\"rule\":\"junk\"}]}", LC_EMISMATCH, "\"column\" is missing"},
        {V1 "\"disqualify\":[{\"rule\":\"junk\",\"column\":\"e\",\"values\":[\"a\"]}]}",
         LC_EMISMATCH, "is not asked for: rule \"junk\" has its own list"},
        {V1 "\"disqualify\":[{\"rule\":\"competitor\",\"column\":\"e\"}]}", LC_EMISMATCH,
         "needs \"values\""},
        {V1 "\"disqualify\":[{\"rule\":\"territory\",\"column\":\"e\",\"values\":[\"DE\"]}]}",
         LC_EMISMATCH, "is called \"inside\""},
        {V1 "\"disqualify\":[{\"rule\":\"territory\",\"column\":\"e\",\"inside\":\"DE\","
            "\"outside\":\"FR\"}]}",
         LC_EMISMATCH, "one of them says all"},
        {V1 "\"disqualify\":[{\"rule\":\"test\",\"column\":\"e\",\"inside\":\"DE\"}]}",
         LC_EMISMATCH, "is of the rule \"territory\""},
        {V1 "\"disqualify\":[{\"rule\":\"test\",\"column\":\"e\",\"values\":[\"\"]}]}",
         LC_EMISMATCH, "lists an empty text"},
        {V1 "\"disqualify\":[{\"rule\":\"test\",\"column\":\"e\",\"file\":\"t\"}]}",
         LC_EMISMATCH, "is for domains of competitors"},
        {V1 "\"disqualify\":[{\"rule\":\"junk\",\"column\":\"e\"},"
            "{\"rule\":\"junk\",\"column\":\"f\"}]}",
         LC_EMISMATCH, "two rules have the name 'junk'"},
        {V1
         "\"files\":[{\"name\":\"l\",\"key\":\"i\"},{\"name\":\"w\",\"key\":\"k\",\"events\":{\"time\":\"t\"}}]}",
         LC_EMISMATCH, "events: the key \"type\" is missing"},
        {V1
         "\"files\":[{\"name\":\"l\",\"key\":\"i\"},{\"name\":\"w\",\"key\":\"k\",\"events\":{\"time\":\"t\",\"type\":\"y\",\"kind\":\"z\"}}]}",
         LC_EFORMAT, "unknown key 'kind'"},
        {V1
         "\"files\":[{\"name\":\"l\",\"key\":\"i\"},{\"name\":\"w\",\"key\":\"k\",\"events\":{\"time\":\"t\",\"type\":\"y\"},\"created\":\"c\"}]}",
         LC_EMISMATCH, "all its rows count"},
        {V1
         "\"files\":[{\"name\":\"l\",\"key\":\"i\"},{\"name\":\"w\",\"key\":\"k\",\"events\":{\"time\":\"t\",\"type\":\"y\",\"decay\":\"soon\"}}]}",
         LC_EMISMATCH, "decay: 'soon' is no decay; write none,"},
        {V1
         "\"files\":[{\"name\":\"l\",\"key\":\"i\"},{\"name\":\"w\",\"key\":\"k\",\"events\":{\"time\":\"t\",\"type\":\"y\",\"classes\":[{\"name\":\"a\"}]}}]}",
         LC_EMISMATCH, "needs \"words\" or a \"decay\""},
        {V1
         "\"files\":[{\"name\":\"l\",\"key\":\"i\"},{\"name\":\"w\",\"key\":\"k\",\"events\":{\"time\":\"t\",\"type\":\"y\",\"classes\":[{\"name\":\"a\",\"words\":[\"\"]}]}}]}",
         LC_EMISMATCH, "has an empty word"},
        {V1
         "\"files\":[{\"name\":\"l\",\"key\":\"i\"},{\"name\":\"w\",\"key\":\"k\",\"events\":{\"time\":\"t\",\"type\":\"y\",\"classes\":[{\"name\":\"a\",\"words\":\"b\"},{\"name\":\"a\",\"words\":\"c\"}]}}]}",
         LC_EMISMATCH, "class 'a' is there already"},
        {V1
         "\"files\":[{\"name\":\"l\",\"key\":\"i\"},{\"name\":\"w\",\"key\":\"k\",\"history\":{\"time\":\"t\"}}]}",
         LC_EMISMATCH, "history: the key \"value\" is missing"},
        {V1
         "\"files\":[{\"name\":\"l\",\"key\":\"i\"},{\"name\":\"w\",\"key\":\"k\",\"history\":{\"time\":\"t\",\"value\":\"v\",\"is\":\"Status\"}}]}",
         LC_EMISMATCH, "give both, or none"},
        {V1
         "\"files\":[{\"name\":\"l\",\"key\":\"i\"},{\"name\":\"w\",\"key\":\"k\",\"history\":{\"time\":\"t\",\"value\":\"v\"},\"created\":\"c\"}]}",
         LC_EMISMATCH, "has \"history\": all its rows count"},
        {V1
         "\"files\":[{\"name\":\"l\",\"key\":\"i\"},{\"name\":\"w\",\"key\":\"k\",\"history\":{\"time\":\"t\",\"value\":\"v\"},\"by\":\"domain\"}]}",
         LC_EMISMATCH, "events and histories are joined by a key"},
        {V1
         "\"files\":[{\"name\":\"l\",\"key\":\"i\"},{\"name\":\"w\",\"key\":\"k\",\"by\":\"name\"}]}",
         LC_EMISMATCH, "by: unknown word 'name'"},
        {V1
         "\"files\":[{\"name\":\"l\",\"key\":\"i\"},{\"name\":\"w\",\"key\":\"k\",\"twice\":\"last\"}]}",
         LC_EMISMATCH, "twice: unknown word 'last'"},
        {V1
         "\"files\":[{\"name\":\"l\",\"key\":\"i\"},{\"name\":\"w\",\"key\":\"k\",\"twice\":\"first\",\"created\":\"c\"}]}",
         LC_EMISMATCH, "so take \"created\" and \"events\" out"},
        {V1 "\"files\":[{\"name\":\"l\",\"key\":\"i\",\"by\":\"domain\"}]}", LC_EMISMATCH,
         "the first file holds the leads"},
        {V1 "\"amount\":\"\"}", LC_EMISMATCH, "amount: is empty"},
        {V1 "\"outcome\":{\"column\":\"y\",\"won\":true}}", LC_EMISMATCH,
         "outcome.won: needs a text or a number"},
        {V1 "\"outcome\":{\"won_if_in\":\"deals\"}}", LC_EMISMATCH,
         "outcome.won_if_in: no joined file has the name 'deals'"},
        {V1 "\"files\":[{\"key\":\"a\"},{\"name\":\"d\",\"key\":\"a\"}],"
            "\"outcome\":{\"won_if_in\":\"d\",\"column\":\"y\"}}",
         LC_EMISMATCH, "has \"won_if_in\" and other keys"},
        {V1 "\"files\":[{},{\"name\":\"d\",\"key\":\"a\"}]}", LC_EMISMATCH,
         "files[1]: needs \"join\""},
        {V1 "\"files\":[{},{\"name\":\"d\",\"join\":\"a\"}]}", LC_EMISMATCH,
         "files[1]: the key \"key\" is missing"},
        {V1 "\"files\":[{\"join\":\"a\"}]}", LC_EMISMATCH, "only later ones are joined"},
        {V1
         "\"files\":[{\"key\":\"a\"},{\"name\":\"d\",\"key\":\"a\"},{\"name\":\"d\",\"key\":\"a\"}]}",
         LC_EMISMATCH, "two files have the name 'd'"},
        {V1 "\"acceptance\":{\"accepted\":\"x\"}}", LC_EMISMATCH,
         "acceptance: the key \"column\""},
        {V1 "\"attributes\":[{\"role\":\"profile\"}]}", LC_EMISMATCH,
         "attributes[0]: the key \"column\" is missing"},
        {V1 "\"attributes\":[{\"column\":\"a\",\"role\":\"engagment\"}]}", LC_EMISMATCH,
         "attributes[0].role: unknown word 'engagment'; did you mean 'engagement'?"},
        {V1 "\"attributes\":[{\"column\":\"a\"},{\"column\":\"b\",\"cuts\":[1,\"2\"]}]}",
         LC_EMISMATCH, "attributes[1].cuts[1]: needs a number, not a text"},
        {V1 "\"attributes\":[{\"column\":\"a\",\"cuts\":[1,1]}]}", LC_EMISMATCH,
         "cuts must rise"},
        {V1 "\"attributes\":[{\"column\":\"a\"},{\"column\":\"a\"}]}", LC_EMISMATCH,
         "column 'a' is an attribute already"},
        {V1 "\"attributes\":[{\"column\":\"a\"}],\"ignore\":[\"a\"]}", LC_EMISMATCH,
         "is an attribute and in \"ignore\""},
        {V1 "\"attributes\":[{\"column\":\"a\",\"same\":[\"b\"]}]}", LC_EMISMATCH,
         "attributes[0].same: needs values and their other spellings: {\"GTX Pro\": "},
        {V1 "\"attributes\":[{\"column\":\"a\",\"same\":{\"b\":[]}}]}", LC_EMISMATCH,
         "attributes[0].same.b: needs the other spellings"},
        {V1 "\"attributes\":[{\"column\":\"a\",\"same\":{\"b\":[\"c\"],\"c\":\"d\"}}]}",
         LC_EMISMATCH, "attributes[0].same: 'c' stands in it twice"},
        {V1 "\"attributes\":[{\"column\":\"a\",\"same\":{\"b\":[\"c\",\" b\"]}}]}",
         LC_EMISMATCH, "attributes[0].same: 'b' stands in it twice"},
        {V1 "\"attributes\":[{\"column\":\"a\",\"same\":{\"b\":\" \"}}]}", LC_EMISMATCH,
         "attributes[0].same: has an empty text"},
        {V1 "\"attributes\":[{\"column\":\"a\",\"kind\":\"set\",\"same\":{\"b\":\"c\"}}]}",
         LC_EMISMATCH, "is for columns of texts, and this one is a set"},
        {V1 "\"attributes\":[{\"column\":\"a\",\"cuts\":[1],\"same\":{\"b\":\"c\"}}]}",
         LC_EMISMATCH, "is for columns of texts, and this one is a number"},
        {V1 "\"bins\":\"best\"}", LC_EMISMATCH, "bins: unknown word 'best'"},
        {V1 "\"attributes\":[{\"column\":\"a\",\"trend\":\"rising\"}]}", LC_EMISMATCH,
         "attributes[0].trend: unknown word 'rising'; known are free, up, down, peak, valley"},
        {V1 "\"attributes\":[{\"column\":\"a\",\"trend\":\"up\",\"cuts\":[1]}]}", LC_EMISMATCH,
         "attributes[0].trend: has cuts"},
        {V1 "\"attributes\":[{\"column\":\"a\",\"trend\":\"up\",\"levels\":\"merged\"}]}",
         LC_EMISMATCH, "attributes[0].levels: is for columns of texts"},
        {V1 "\"attributes\":[{\"column\":\"a\",\"levels\":\"own\"}]}", LC_EMISMATCH,
         "attributes[0].levels: unknown word 'own'"},
        {V1 "\"attributes\":[{\"column\":\"a\",\"parent\":\"a\"}]}", LC_EMISMATCH,
         "attributes: the parents of column 'a' lead back to it"},
        {V1
         "\"attributes\":[{\"column\":\"c\",\"parent\":\"a\"},{\"column\":\"a\",\"parent\":\"b\"},"
         "{\"column\":\"b\",\"parent\":\"a\"}]}",
         LC_EMISMATCH, "attributes: the parents of column 'a' lead back to it"},
        {V1 "\"files\":[{\"list\":true}]}", LC_EMISMATCH, "only later ones are joined"},
        {V1 "\"files\":[{\"key\":\"a\"},{\"name\":\"d\",\"key\":\"a\",\"list\":\"yes\"}]}",
         LC_EMISMATCH, "files[1].list: needs"},
        {V1 "\"capacity\":0}", LC_EMISMATCH, "capacity: needs how many leads"},
        {V1 "\"credit\":\"first\"}", LC_EMISMATCH, "credit: unknown word 'first'"},
        {V1 "\"agreement\":{\"hand_over\":[\"A1\",\"E1\"]}}", LC_EMISMATCH,
         "agreement.hand_over: needs cells from A1 to D4"},
        {V1 "\"agreement\":{\"cells\":[{\"grade\":\"A\"}]}}", LC_EMISMATCH,
         "agreement.cells[0].grade: needs a cell"},
        {V1 "\"agreement\":{\"cells\":[{\"grade\":\"A1\"},{\"grade\":\"A1\"}]}}", LC_EMISMATCH,
         "agreement.cells[1]: cell A1 is there already"},
        {V1 "\"agreement\":{\"cells\":[{\"grade\":\"A1\",\"sla_hours\":-1}]}}", LC_EMISMATCH,
         "sla_hours: needs a whole number from 0"},
        {V1 "\"agreement\":{\"owners\":[{\"of\":\"sales\"}]}}", LC_EMISMATCH,
         "agreement.owners[0]: the key \"name\" is missing"},
        {V1 "\"agreement\":{\"next_review\":\"soon\"}}", LC_EMISMATCH,
         "agreement.next_review: needs a day"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct lc_spec spec = {.amount = "untouched"};
        struct lc_err err = {.text = ""};
        struct lc_arena arena;

        lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
        if (parse(wrong[i].text, &arena, &spec, &err) != wrong[i].code ||
            !strstr(err.text, wrong[i].says) || strncmp(err.text, "s.json:", 7) != 0)
            fail_msg("%s\ngives code %d: %s", wrong[i].text, (int)err.code, err.text);
        assert_string_equal(spec.amount, "untouched");
        lc_arena_release(&arena);
    }
}

static void depth_is_limited(void **state)
{
    struct lc_arena arena;
    struct lc_spec spec;
    struct lc_err err;
    char text[200];

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t depth = 32; depth <= 33; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        text[2 * depth] = '\0';
        assert_int_equal(parse(text, &arena, &spec, &err),
                         depth == 32 ? LC_EMISMATCH : LC_EFORMAT);
        assert_non_null(strstr(err.text, depth == 32 ? "needs an object" : "nested too deep"));
    }
    lc_arena_release(&arena);
}

static void every_allocation_refused_is_an_error_and_not_a_crash(void **state)
{
    struct lc_spec spec;
    struct lc_err err;
    bool done = false;

    (void)state;
    for (size_t limit = 0; !done; limit += 16) {
        struct lc_arena arena;
        enum lc_rc rc;

        lc_arena_init(&arena, limit);
        rc = parse(whole_spec, &arena, &spec, &err);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
        done = rc == LC_OK;
        assert_true(limit < 1000000);
        lc_arena_release(&arena);
    }
    assert_true(done);
}

static void the_shipped_specs_are_read_and_round_trip(void **state)
{
    DIR *folder = opendir("datasets");
    size_t n = 0;

    (void)state;
    assert_non_null(folder);
    for (const struct dirent *d = readdir(folder); d; d = readdir(folder)) {
        struct lc_spec spec, again;
        struct lc_arena arena;
        struct lc_err err;
        char path[512], *first, *second;

        if (!strstr(d->d_name, ".spec.json"))
            continue;
        (void)snprintf(path, sizeof path, "datasets/%s", d->d_name);
        lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
        if (lc_spec_read(path, &arena, &spec, &err))
            fail_msg("%s", err.text);
        first = written(&spec, NULL, 0);
        assert_int_equal(parse(first, &arena, &again, &err), LC_OK);
        second = written(&again, NULL, 0);
        assert_string_equal(first, second);
        free(first);
        free(second);
        lc_arena_release(&arena);
        n++;
    }
    (void)closedir(folder);
    assert_true(n >= 8);
}

static void the_example_of_the_page_on_formats_is_read(void **state)
{
    struct lc_arena arena;
    struct lc_slice page;
    struct lc_spec spec;
    struct lc_err err;
    const char *from, *to;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_read_file("docs/formats.md", 1 << 20, &arena, &page, &err), LC_OK);
    from = strstr(page.p, "```json\n");
    assert_non_null(from);
    from += strlen("```json\n");
    to = strstr(from, "```");
    assert_non_null(to);
    if (lc_spec_parse("docs/formats.md", (struct lc_slice){from, (size_t)(to - from)}, &arena,
                      &spec, &err))
        fail_msg("%s", err.text);
    assert_string_equal(spec.amount, "deals.amount");
    assert_int_equal(spec.n_attributes, 3);
    lc_arena_release(&arena);
}

static void a_missing_file_and_a_full_disk_are_errors_of_the_machine(void **state)
{
    struct lc_arena arena;
    struct lc_spec spec;
    struct lc_err err;
    FILE *to = fopen("/dev/full", "w");

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_spec_read("no-such.json", &arena, &spec, &err), LC_EIO);
    assert_non_null(to);
    (void)setvbuf(to, NULL, _IONBF, 0);
    lc_spec_init(&spec);
    assert_int_equal(lc_spec_write(&spec, NULL, 0, to, &err), LC_EIO);
    (void)fclose(to);
    lc_arena_release(&arena);
}

/* A unit as it is written is read again, of every kind. */
static void a_unit_is_written_as_it_was_read(void **state)
{
    static const char *const units[] = {
        "{\"of\": \"account\", \"key\": \"firm\", \"no_key\": \"left out\", \"roll_up\": [{\"take\": "
        "\"count\"}, {\"take\": \"best\", \"column\": \"level\", \"order\": [\"low\", \"high\"]}, "
        "{\"take\": \"new\", \"column\": \"role\", \"days\": 45}]}",
        "{\"of\": \"opportunity\", \"stage\": \"Demo\", \"stages\": [{\"stage\": \"Demo\", "
        "\"entered\": \"on\"}]}",
        "{\"of\": \"customer\", \"key\": \"who\", \"purchased\": \"on\", \"product\": \"what\", "
        "\"reference\": \"quarter\", \"further\": \"other product\"}",
        "{\"of\": \"customer\", \"key\": \"who\", \"purchased\": \"on\", \"reference\": "
        "\"2026-01-31\"}",
        "{\"of\": \"customer\", \"key\": \"who\", \"purchased\": \"on\", \"reference\": 90}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        struct lc_arena arena;
        struct lc_spec spec, again;
        struct lc_err err;
        char text[700], *out[2] = {NULL, NULL};
        size_t n[2];

        lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
        (void)snprintf(text, sizeof text, "{\"leadcal_spec\": 1, \"unit\": %s}", units[i]);
        assert_int_equal(parse(text, &arena, &spec, &err), LC_OK);
        for (size_t k = 0; k < 2; k++) {
            FILE *to = open_memstream(&out[k], &n[k]);

            assert_non_null(to);
            assert_int_equal(lc_spec_write(k ? &again : &spec, NULL, 0, to, &err), LC_OK);
            assert_int_equal(fclose(to), 0);
            assert_int_equal(parse(out[k], &arena, &again, &err), LC_OK);
        }
        assert_string_equal(out[0], out[1]);
        assert_int_equal(again.unit->of, spec.unit->of);
        assert_int_equal(again.unit->n_rolls, spec.unit->n_rolls);
        assert_int_equal(again.unit->reference, spec.unit->reference);
        assert_int_equal(again.unit->keyed_only, spec.unit->keyed_only);
        assert_int_equal(again.unit->after_days, spec.unit->after_days);
        free(out[0]);
        free(out[1]);
        lc_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_unit_is_written_as_it_was_read),
        cmocka_unit_test(every_key_lands_where_it_belongs),
        cmocka_unit_test(what_is_written_reads_back_to_the_same),
        cmocka_unit_test(absent_keys_leave_the_defaults),
        cmocka_unit_test(wrong_specs_are_refused_with_place_and_remedy),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(every_allocation_refused_is_an_error_and_not_a_crash),
        cmocka_unit_test(the_shipped_specs_are_read_and_round_trip),
        cmocka_unit_test(the_example_of_the_page_on_formats_is_read),
        cmocka_unit_test(a_missing_file_and_a_full_disk_are_errors_of_the_machine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
