/* The option table over getopt_long: one row gives parsing, range and the words of an error. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "leadcal/date.h"
#include "leadcal/num.h"
#include "leadcal/slice.h"

#define MOST_OPTIONS 96   /* rows of all tables of a program */
#define FIRST_KEY    1000 /* getopt_long's values; letters are below */

enum built_in { KEY_HELP, KEY_VERSION, KEY_MAN, KEY_WORDS, N_BUILT_IN };

/* The tables of one program flattened for getopt_long. */
struct reader {
    const struct cmd_about *about;
    const struct opt *row[MOST_OPTIONS];
    struct option option[MOST_OPTIONS + N_BUILT_IN + 1];
    char letters[2 * MOST_OPTIONS + 4];
    size_t n;
};

static void flatten(struct reader *r, const struct opt *const *tables)
{
    static const char *const built_in[N_BUILT_IN] = {"help", "version", "man", "words"};
    char *letter = r->letters;

    *letter++ = ':';
    *letter++ = 'h';
    for (; *tables; tables++)
        for (const struct opt *o = *tables; o->kind != OPT_KIND_END; o++) {
            const bool flag = o->kind == OPT_KIND_FLAG;

            if (o->kind == OPT_KIND_SECTION || r->n == MOST_OPTIONS)
                continue;
            r->option[r->n] = (struct option){o->name, flag ? no_argument : required_argument,
                                              NULL, FIRST_KEY + N_BUILT_IN + (int)r->n};
            r->row[r->n++] = o;
            if (o->letter)
                *letter++ = o->letter;
            if (o->letter && !flag)
                *letter++ = ':';
        }
    *letter = 0;
    for (size_t i = 0; i < N_BUILT_IN; i++)
        r->option[r->n + i] =
            (struct option){built_in[i], no_argument, NULL, FIRST_KEY + (int)i};
}

static const struct opt *row_of(const struct reader *r, int key)
{
    if (key >= FIRST_KEY + N_BUILT_IN)
        return r->row[key - FIRST_KEY - N_BUILT_IN];
    for (size_t i = 0; i < r->n; i++)
        if (r->row[i]->letter && r->row[i]->letter == key)
            return r->row[i];
    return NULL;
}

static bool wrong_value(const struct reader *r, const struct opt *o, const char *needs,
                        const char *text)
{
    (void)fprintf(stderr, "%s: --%s needs %s, not '%.60s'\n", r->about->name, o->name, needs,
                  text);
    return false;
}

static bool take_number(const struct reader *r, const struct opt *o, const char *text)
{
    const bool whole = o->kind == OPT_KIND_WHOLE;
    char low[LC_REAL_TEXT], high[LC_REAL_TEXT], needs[128];
    int64_t number;
    double real;

    lc_real_text(o->low, low);
    lc_real_text(o->high, high);
    if (whole &&
        lc_whole_parse(lc_slice_of(text), (int64_t)o->low, (int64_t)o->high, &number)) {
        *o->to.whole = number;
        return true;
    }
    if (!whole && lc_real_parse(lc_slice_of(text), &real) && real >= o->low &&
        real <= o->high) {
        *o->to.real = real;
        return true;
    }
    (void)snprintf(needs, sizeof needs, "a %s from %s to %s", whole ? "whole number" : "number",
                   low, high);
    return wrong_value(r, o, needs, text);
}

/* The place of a choice by its name, or by a beginning of it that no other has, as getopt_long takes
 * the names of options; -1: none. */
static int find_choice(const char *const *choice, const char *text)
{
    const size_t length = strlen(text);
    int found = -1;

    for (int i = 0; choice[i]; i++)
        if (strcmp(choice[i], text) == 0)
            return i;
    for (int i = 0; choice[i] && length > 0; i++)
        if (strncmp(choice[i], text, length) == 0) {
            if (found >= 0)
                return -1;
            found = i;
        }
    return found;
}

static bool take_choice(const struct reader *r, const struct opt *o, const char *text)
{
    const int found = find_choice(o->choice, text);
    char needs[160] = "";
    size_t n = 0, used = 0;

    if (found >= 0) {
        *o->to.choice = found;
        return true;
    }
    while (o->choice[n])
        n++;
    for (size_t i = 0; i < n && used < sizeof needs; i++)
        used += (size_t)snprintf(needs + used, sizeof needs - used, "%s%s",
                                 i == 0       ? ""
                                 : i + 1 == n ? " or "
                                              : ", ",
                                 o->choice[i]);
    return wrong_value(r, o, needs, text);
}

static bool take(const struct reader *r, const struct opt *o, const char *text)
{
    switch (o->kind) {
    case OPT_KIND_FLAG: *o->to.flag = true; return true;
    case OPT_KIND_TEXT: *o->to.text = text; return true;
    case OPT_KIND_LIST:
        if (o->to.list->n == MOST_GIVEN)
            return wrong_value(r, o, "to be given less often", text);
        o->to.list->text[o->to.list->n++] = text;
        return true;
    case OPT_KIND_REAL:
    case OPT_KIND_WHOLE: return take_number(r, o, text);
    case OPT_KIND_CHOICE: return take_choice(r, o, text);
    case OPT_KIND_DAY:
        if (lc_date_parse(lc_slice_of(text), LC_DATE_YMD, o->to.day))
            return true;
        return wrong_value(r, o, "a date such as 2026-03-31", text);
    case OPT_KIND_END:
    case OPT_KIND_SECTION: break;
    }
    abort(); /* flatten leaves these rows out */
}

static enum opt_answer answer_built_in(int key, const struct cmd_about *about,
                                       const struct opt *const *tables)
{
    switch (key - FIRST_KEY) {
    case KEY_VERSION: cmd_print_version(); break;
    case KEY_MAN: opt_print_man(about, tables); break;
    case KEY_WORDS: opt_print_words(about, tables); break;
    default: opt_print_help(about, tables); break;
    }
    return OPT_HELPED;
}

/* getopt_long answers '?' for an unknown option, an ambiguous one and a flag with a value. */
static void explain_unknown(const struct reader *r, const char *given)
{
    const char *name[MOST_OPTIONS + 2], *near;
    char plain[80];
    size_t n = 0;

    for (; n < r->n; n++)
        name[n] = r->row[n]->name;
    name[n++] = "help";
    name[n++] = "version";
    (void)snprintf(plain, sizeof plain, "%s", given + strspn(given, "-"));
    plain[strcspn(plain, "=")] = 0;
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(plain, name[i]) == 0) {
            (void)cmd_wrong(r->about->name, "--%s takes no value", plain);
            return;
        }
    near = lc_nearest(plain, name, n);
    if (near)
        (void)cmd_wrong(r->about->name, "there is no option %.60s; did you mean --%s?", given,
                        near);
    else
        (void)cmd_wrong(r->about->name, "there is no option %.60s", given);
}

enum opt_answer opt_read(const struct cmd_about *about, const struct opt *const *tables,
                         int argc, char **argv, int *first)
{
    struct reader r = {.about = about};
    int key;

    flatten(&r, tables);
    opterr = 0;
    optind = 0; /* glibc: begin anew, for a second call in one process */
    while ((key = getopt_long(argc, argv, r.letters, r.option, NULL)) != -1) {
        const struct opt *o;

        if (key == 'h' || (key >= FIRST_KEY && key < FIRST_KEY + N_BUILT_IN))
            return answer_built_in(key, about, tables);
        if (key == ':') {
            (void)cmd_wrong(about->name, "%.60s needs a value", argv[optind - 1]);
            return OPT_WRONG;
        }
        o = key == '?' ? NULL : row_of(&r, key);
        if (!o) {
            char one[3] = {'-', (char)optopt, 0};
            const bool letter = optopt > 0 && optopt < FIRST_KEY;

            explain_unknown(&r, letter ? one : argv[optind - 1]);
            return OPT_WRONG;
        }
        if (!take(&r, o, optarg))
            return OPT_WRONG;
    }
    *first = optind;
    return OPT_RUN;
}
