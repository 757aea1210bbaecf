#include "leadcal/spec_table.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "leadcal/num.h"
#include "spec_file_internal.h"
#include "spec_table_internal.h"

#define MOST_LISTED 240 /* letters of a list of known words in a message */

void lc_sheet_refuse(struct lc_sheet *s, size_t line, enum lc_sheet_column cell,
                     const char *fmt, ...)
{
    char text[LC_ERR_TEXT];
    va_list args;

    if (s->rc)
        return;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    s->rc = lc_fail(s->err, LC_EMISMATCH, "%s:%zu: %s: %s", s->path, line,
                    lc_sheet_column[cell], text);
}

void *lc_sheet_room(struct lc_sheet *s, size_t n, size_t size)
{
    void *p = s->rc ? NULL : lc_arena_alloc(s->arena, n ? n : 1, size);

    if (!p && !s->rc)
        s->rc = lc_fail_memory(s->err, s->path);
    return p;
}

static void list_words(const char *const *word, size_t n, char to[MOST_LISTED])
{
    size_t used = 0;

    to[0] = '\0';
    for (size_t i = 0; i < n && used + strlen(word[i]) + 3 < MOST_LISTED; i++)
        used += (size_t)snprintf(to + used, MOST_LISTED - used, "%s%s", i ? ", " : "", word[i]);
}

size_t lc_sheet_word(struct lc_sheet *s, size_t line, enum lc_sheet_column cell,
                     const char *text, const char *const *word, size_t n)
{
    char plain[LC_WORD_TEXT], list[MOST_LISTED];
    const char *near;

    lc_sheet_plain(lc_slice_of(text), plain);
    for (size_t i = 0; i < n; i++) {
        char known[LC_WORD_TEXT];

        lc_sheet_plain(lc_slice_of(word[i]), known);
        if (strcmp(plain, known) == 0)
            return i;
    }
    near = lc_nearest(plain, word, n);
    list_words(word, n, list);
    if (near)
        lc_sheet_refuse(s, line, cell, "unknown word '%.60s'; did you mean '%s'?", text, near);
    else
        lc_sheet_refuse(s, line, cell, "unknown word '%.60s'; known are %s", text, list);
    return 0;
}

/* ---- values ---- */

const char *lc_sheet_text(const struct lc_sheet_row *row)
{
    return *row->value ? row->value : NULL;
}

int32_t lc_sheet_day(struct lc_sheet *s, const struct lc_sheet_row *row)
{
    int32_t day = LC_NO_DAY;

    if (*row->value && !lc_spec_day_of(row->value, &day))
        lc_sheet_refuse(s, row->line, LC_SHEET_VALUE,
                        "needs a day written YYYY-MM-DD, not '%.40s'; a spreadsheet writes "
                        "dates its own way: format the cell as text",
                        row->value);
    return day;
}

int64_t lc_sheet_whole(struct lc_sheet *s, const struct lc_sheet_row *row, int64_t low,
                       int64_t high)
{
    int64_t number = low;

    if (*row->value && !lc_whole_parse(lc_slice_of(row->value), low, high, &number))
        lc_sheet_refuse(s, row->line, LC_SHEET_VALUE,
                        "needs a whole number from %lld to %lld, not '%.40s'", (long long)low,
                        (long long)high, row->value);
    return number;
}

bool lc_sheet_truth(struct lc_sheet *s, const struct lc_sheet_row *row)
{
    static const char *const word[] = {"no", "false", "yes", "true"};

    return *row->value && lc_sheet_word(s, row->line, LC_SHEET_VALUE, row->value, word, 4) >= 2;
}

/* ---- settings ---- */

static void check_version(struct lc_sheet *s, const struct lc_sheet_row *row)
{
    int64_t version;

    if (!lc_whole_parse(lc_slice_of(row->value), LC_SPEC_VERSION, LC_SPEC_VERSION, &version))
        lc_sheet_refuse(s, row->line, LC_SHEET_VALUE,
                        "this program reads version %d of the spec", LC_SPEC_VERSION);
}

static void set_window(struct lc_sheet *s, const struct lc_sheet_row *row)
{
    char plain[LC_WORD_TEXT];

    lc_sheet_plain(lc_slice_of(row->value), plain);
    if (strcmp(plain, "none") == 0)
        s->spec.window_days = LC_WINDOW_NONE;
    else if (strcmp(plain, "auto") != 0)
        s->spec.window_days = (int32_t)lc_sheet_whole(s, row, 1, MOST_WINDOW);
}

static void set_capacity(struct lc_sheet *s, const struct lc_sheet_row *row)
{
    double leads = 0;

    if (lc_real_parse(lc_slice_of(row->value), &leads) && leads > 0 && leads <= MOST_CAPACITY)
        s->spec.capacity = leads;
    else
        lc_sheet_refuse(s, row->line, LC_SHEET_VALUE,
                        "needs how many leads sales takes a week, above 0, with a decimal "
                        "point, not '%.40s'",
                        row->value);
}

static void set_order(struct lc_sheet *s, const struct lc_sheet_row *row)
{
    static const char *const word[] = {"file"};

    (void)lc_sheet_word(s, row->line, LC_SHEET_VALUE, row->value, word, 1);
    s->spec.order_is_file = true;
}

static void set_one(struct lc_sheet *s, const struct lc_sheet_row *row, enum lc_setting setting)
{
    switch (setting) {
    case LC_SETTING_VERSION: check_version(s, row); break;
    case LC_SETTING_WINDOW: set_window(s, row); break;
    case LC_SETTING_AS_OF: s->spec.as_of_day = lc_sheet_day(s, row); break;
    case LC_SETTING_AFTER:
        s->spec.decision_after_days = (int32_t)lc_sheet_whole(s, row, 0, MOST_WINDOW);
        break;
    case LC_SETTING_DATE_ORDER:
        s->spec.date_order = (enum lc_date_order)(
            LC_DATE_DMY + lc_sheet_word(s, row->line, LC_SHEET_VALUE, row->value,
                                        lc_spec_orders, LC_SPEC_ORDERS));
        break;
    case LC_SETTING_ORDER: set_order(s, row); break;
    case LC_SETTING_CREDIT:
        s->spec.credit = (enum lc_credit)lc_sheet_word(s, row->line, LC_SHEET_VALUE, row->value,
                                                       lc_spec_credits, LC_SPEC_CREDITS);
        break;
    case LC_SETTING_CAPACITY: set_capacity(s, row); break;
    case LC_SETTING_CURRENT: s->spec.current = row->value; break;
    case LC_SETTING_BINS:
        s->spec.bins = (enum lc_bins)lc_sheet_word(s, row->line, LC_SHEET_VALUE, row->value,
                                                   lc_spec_bins, LC_SPEC_BINS);
        break;
    case LC_SETTING_DECIMAL:
        s->spec.decimal = (enum lc_decimal)(
            LC_DECIMAL_POINT + lc_sheet_word(s, row->line, LC_SHEET_VALUE, row->value,
                                             lc_spec_decimals, LC_SPEC_DECIMALS));
        break;
    case LC_SETTING_LOCAL: s->spec.local.by = row->value; break;
    case LC_SETTING_LOCAL_LEAST:
        s->spec.local.least = (double)lc_sheet_whole(s, row, 1, LC_MOST_LOCAL_LEAST);
        break;
    case LC_SETTINGS: break;
    }
}

/* A setting without a value is unsaid. */
static void read_settings(struct lc_sheet *s)
{
    size_t seen[LC_SETTINGS] = {0};

    for (size_t i = 0; i < s->n && !s->rc; i++) {
        const struct lc_sheet_row *row = &s->row[i];
        size_t setting;

        if (row->kind != LC_SHEET_OF_SETTING)
            continue;
        setting =
            lc_sheet_word(s, row->line, LC_SHEET_NAME, row->name, lc_setting_name, LC_SETTINGS);
        if (s->rc || !*row->value)
            continue;
        if (seen[setting])
            lc_sheet_refuse(s, row->line, LC_SHEET_NAME, "'%s' is set in line %zu already",
                            row->name, seen[setting]);
        seen[setting] = row->line;
        set_one(s, row, (enum lc_setting)setting);
    }
}

bool lc_spec_table_is(struct lc_slice text)
{
    if (text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0)
        text = (struct lc_slice){text.p + 3, text.n - 3};
    text = lc_slice_trim(text);
    return text.n && !(text.p[0] == '{' || text.p[0] == '[' || text.p[0] == '/');
}

enum lc_rc lc_spec_table_parse(const char *path, struct lc_slice text, struct lc_arena *arena,
                               struct lc_spec *spec, struct lc_err *err)
{
    struct lc_sheet s = {.path = path, .arena = arena, .err = err};

    lc_spec_init(&s.spec);
    lc_sheet_rows(&s, text);
    if (s.rc)
        return s.rc;
    read_settings(&s);
    lc_sheet_files(&s);
    lc_sheet_columns(&s);
    lc_sheet_values(&s);
    lc_sheet_rules(&s);
    lc_sheet_agreement(&s);
    if (s.rc)
        return s.rc;
    s.spec.path = lc_arena_text(arena, lc_slice_of(path));
    if (!s.spec.path)
        return lc_fail_memory(err, path);
    *spec = s.spec;
    return LC_OK;
}
