/* The words of a spec table, and texts that a spreadsheet leaves as they are. */
#include <stddef.h>
#include <string.h>

#include "leadcal/date.h"
#include "leadcal/num.h"
#include "spec_table_internal.h"

#define MOST_EXACT INT64_C(999999999999999) /* a spreadsheet keeps 15 digits of a number */

const char *const lc_sheet_column[LC_SHEET_COLUMNS] = {
    "what", "name", "value", "use", "role", "known", "cuts", "note",
};
const char *const lc_sheet_kind[LC_SHEET_KINDS] = {
    "column", "value", "file",   "setting", "agreement",
    "cell",   "owner", "parent", "class",   "rule",
};
const char *const lc_setting_name[LC_SETTINGS] = {
    "leadcal_spec", "window_days", "as_of",       "decision_after", "date_order",
    "order",        "credit",      "capacity",    "current",        "bins",
    "decimal",      "local",       "local_least",
};
const char *const lc_agreed_name[LC_AGREED] = {
    "definition",
    "approved_by",
    "effective_from",
    "next_review",
};

const struct lc_use_word lc_use_word[LC_USES] = {
    [LC_USE_OUTCOME] = {LC_SHEET_OF_COLUMN, "outcome"},
    [LC_USE_ENTERED] = {LC_SHEET_OF_COLUMN, "entered"},
    [LC_USE_HANDED_OVER] = {LC_SHEET_OF_COLUMN, "handed over"},
    [LC_USE_FIRST_TOUCH] = {LC_SHEET_OF_COLUMN, "first touch"},
    [LC_USE_ACCEPTED_ON] = {LC_SHEET_OF_COLUMN, "accepted on"},
    [LC_USE_CLOSED] = {LC_SHEET_OF_COLUMN, "closed"},
    [LC_USE_OPPORTUNITY] = {LC_SHEET_OF_COLUMN, "opportunity created"},
    [LC_USE_AMOUNT] = {LC_SHEET_OF_COLUMN, "amount"},
    [LC_USE_ACCEPTANCE] = {LC_SHEET_OF_COLUMN, "acceptance"},
    [LC_USE_GRADE] = {LC_SHEET_OF_COLUMN, "grade at hand over"},
    [LC_USE_OWNER] = {LC_SHEET_OF_COLUMN, "owner"},
    [LC_USE_SOURCE] = {LC_SHEET_OF_COLUMN, "source"},
    [LC_USE_ACCOUNT] = {LC_SHEET_OF_COLUMN, "account"},
    [LC_USE_UNIQUE] = {LC_SHEET_OF_COLUMN, "unique"},
    [LC_USE_SCORE] = {LC_SHEET_OF_COLUMN, "score in use"},
    [LC_USE_ATTRIBUTE] = {LC_SHEET_OF_COLUMN, "attribute"},
    [LC_USE_IGNORE] = {LC_SHEET_OF_COLUMN, "ignore"},
    [LC_USE_AUDIT] = {LC_SHEET_OF_COLUMN, "audit"},
    [LC_USE_WON] = {LC_SHEET_OF_VALUE, "won"},
    [LC_USE_LOST] = {LC_SHEET_OF_VALUE, "lost"},
    [LC_USE_OPEN] = {LC_SHEET_OF_VALUE, "open"},
    [LC_USE_ACCEPTED] = {LC_SHEET_OF_VALUE, "accepted"},
    [LC_USE_REJECTED] = {LC_SHEET_OF_VALUE, "rejected"},
    [LC_USE_RECYCLED] = {LC_SHEET_OF_VALUE, "recycled"},
    [LC_USE_MISSING] = {LC_SHEET_OF_VALUE, "missing"},
    [LC_USE_KEPT] = {LC_SHEET_OF_VALUE, "kept"},
    [LC_USE_MATCH] = {LC_SHEET_OF_FILE, "match"},
    [LC_USE_KEY] = {LC_SHEET_OF_FILE, "key"},
    [LC_USE_JOIN] = {LC_SHEET_OF_FILE, "join"},
    [LC_USE_CREATED] = {LC_SHEET_OF_FILE, "created"},
    [LC_USE_LIST] = {LC_SHEET_OF_FILE, "list"},
    [LC_USE_BY] = {LC_SHEET_OF_FILE, "by"},
    [LC_USE_TWICE] = {LC_SHEET_OF_FILE, "twice"},
    [LC_USE_WON_IF_IN] = {LC_SHEET_OF_FILE, "won if in"},
    [LC_USE_EVENT_TIME] = {LC_SHEET_OF_FILE, "event time"},
    [LC_USE_EVENT_TYPE] = {LC_SHEET_OF_FILE, "event type"},
    [LC_USE_EVENT_CONTENT] = {LC_SHEET_OF_FILE, "event content"},
    [LC_USE_EVENT_DECAY] = {LC_SHEET_OF_FILE, "event decay"},
    [LC_USE_CHANGE_TIME] = {LC_SHEET_OF_FILE, "change time"},
    [LC_USE_CHANGE_VALUE] = {LC_SHEET_OF_FILE, "change value"},
    [LC_USE_CHANGE_FIELD] = {LC_SHEET_OF_FILE, "change field"},
    [LC_USE_CHANGE_IS] = {LC_SHEET_OF_FILE, "change is"},
    [LC_USE_WORD] = {LC_SHEET_OF_CLASS, "word"},
    [LC_USE_CLASS_DECAY] = {LC_SHEET_OF_CLASS, "decay"},
    [LC_USE_FREE_MAIL] = {LC_SHEET_OF_RULE, "free mail"},
    [LC_USE_COMPETITOR] = {LC_SHEET_OF_RULE, "competitor"},
    [LC_USE_JUNK] = {LC_SHEET_OF_RULE, "junk"},
    [LC_USE_TERRITORY] = {LC_SHEET_OF_RULE, "territory"},
    [LC_USE_TEST] = {LC_SHEET_OF_RULE, "test"},
    [LC_USE_CUSTOMER] = {LC_SHEET_OF_RULE, "customer"},
    [LC_USE_LISTED] = {LC_SHEET_OF_RULE, "listed"},
    [LC_USE_INSIDE] = {LC_SHEET_OF_RULE, "inside"},
    [LC_USE_OUTSIDE] = {LC_SHEET_OF_RULE, "outside"},
    [LC_USE_LIST_FILE] = {LC_SHEET_OF_RULE, "list file"},
    [LC_USE_HAND_OVER] = {LC_SHEET_OF_CELL, "hand over"},
    [LC_USE_LANE] = {LC_SHEET_OF_CELL, "lane"},
    [LC_USE_ACTION] = {LC_SHEET_OF_CELL, "action"},
    [LC_USE_HOURS] = {LC_SHEET_OF_CELL, "sla hours"},
};

const char **lc_use_place(struct lc_spec *spec, enum lc_use use)
{
    const char **const place[LC_USES_OF_ONE] = {
        [LC_USE_OUTCOME] = &spec->outcome.column,
        [LC_USE_ENTERED] = &spec->date.entered,
        [LC_USE_HANDED_OVER] = &spec->date.handed_over,
        [LC_USE_FIRST_TOUCH] = &spec->date.first_touch,
        [LC_USE_ACCEPTED_ON] = &spec->date.accepted,
        [LC_USE_CLOSED] = &spec->date.closed,
        [LC_USE_OPPORTUNITY] = &spec->date.opportunity,
        [LC_USE_AMOUNT] = &spec->amount,
        [LC_USE_ACCEPTANCE] = &spec->acceptance.column,
        [LC_USE_GRADE] = &spec->acceptance.grade,
        [LC_USE_OWNER] = &spec->owner,
        [LC_USE_SOURCE] = &spec->source,
        [LC_USE_ACCOUNT] = &spec->account,
        [LC_USE_UNIQUE] = &spec->unique,
        [LC_USE_SCORE] = &spec->current,
    };

    return place[use];
}

struct lc_texts *lc_use_values(struct lc_spec *spec, enum lc_use use)
{
    struct lc_texts *const list[] = {
        &spec->outcome.won,
        &spec->outcome.lost,
        &spec->outcome.open,
        &spec->acceptance.accepted,
        &spec->acceptance.rejected,
        &spec->acceptance.recycled,
        &spec->missing,
        &spec->keep_values,
    };

    return list[use - LC_USE_WON];
}

/* ---- apostrophes ---- */

static bool is_all_of(struct lc_slice s, const char *bytes)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr(bytes, s.p[i]))
            return false;
    return true;
}

/* "007", "2.5", "1e3": a spreadsheet shows, and saves, another text for the same number; which one
 * depends on the country that it is set to. */
static bool is_unsteady_number(struct lc_slice s)
{
    char back[LC_REAL_TEXT];
    int64_t whole;
    double x;

    if (!lc_real_parse(s, &x))
        return false;
    if (!lc_whole_parse(s, -MOST_EXACT, MOST_EXACT, &whole))
        return true;
    lc_real_text((double)whole, back);
    return !lc_slice_eq(s, lc_slice_of(back));
}

/* Digits with marks between them, such as the band 10-50, which Excel takes for October. */
static bool is_like_a_date(struct lc_slice s)
{
    int64_t whole;

    if (lc_date_look(s).is_date)
        return true;
    return s.n && s.p[0] >= '0' && s.p[0] <= '9' && is_all_of(s, "0123456789-/.:, %") &&
           !lc_whole_parse(s, 0, INT64_MAX, &whole);
}

static bool is_changed(struct lc_slice text)
{
    static const char formula[] = {'=', '+', '-', '@', '\t', '\r'};
    const struct lc_slice s = lc_slice_trim(text);
    double x;

    if (text.n && memchr(formula, text.p[0], sizeof formula) && !lc_real_parse(text, &x))
        return true;
    return is_unsteady_number(s) || is_like_a_date(s) ||
           lc_slice_eq_nocase(s, lc_slice_of("true")) ||
           lc_slice_eq_nocase(s, lc_slice_of("false"));
}

/* Would an apostrophe before this be ours? Also where others stand there already, so that one more
 * or less can be told from none. */
static bool wants_armour(struct lc_slice text)
{
    while (text.n && text.p[0] == '\'')
        text = (struct lc_slice){text.p + 1, text.n - 1};
    return is_changed(text);
}

const char *lc_sheet_armour(const char *text, struct lc_arena *arena)
{
    return wants_armour(lc_slice_of(text)) ? lc_arena_format(arena, "'%s", text) : text;
}

struct lc_slice lc_sheet_bare(struct lc_slice text)
{
    if (text.n && text.p[0] == '\'' && wants_armour(text))
        return (struct lc_slice){text.p + 1, text.n - 1};
    return text;
}

/* ---- words ---- */

void lc_sheet_plain(struct lc_slice text, char to[LC_WORD_TEXT])
{
    size_t n = 0;
    bool gap = false;

    text = lc_slice_trim(text);
    for (size_t i = 0; i < text.n && n + 2 < LC_WORD_TEXT; i++) {
        const char c = text.p[i];
        const bool no_break =
            c == '\xc2' && i + 1 < text.n && text.p[i + 1] == '\xa0'; /* U+00A0 */

        i += no_break;
        if (no_break || strchr(" \t\r\n_-", c)) {
            gap = true;
            continue;
        }
        if (gap && n)
            to[n++] = ' ';
        gap = false;
        to[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    to[n] = '\0';
}
