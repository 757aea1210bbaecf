#include "leadcal/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/hash.h"
#include "leadcal/slice.h"
#include "load_internal.h"

#define MOST_LISTED 200 /* letters of a list of names in a message; the rest is counted */

/* "a, b, c and 19 more". */
static void list_names(const char *const *name, size_t n, char *to, size_t room)
{
    size_t used = 0, i;

    to[0] = 0;
    for (i = 0; i < n; i++) {
        const size_t more = strlen(name[i]) + 2;

        if (used + more + 16 > room)
            break;
        used += (size_t)snprintf(to + used, room - used, "%s%s", i ? ", " : "", name[i]);
    }
    if (i < n)
        (void)snprintf(to + used, room - used, " and %zu more", n - i);
}

enum lc_rc lc_no_such_column(const char *path, const char *wanted, const char *const *name,
                             size_t n, struct lc_err *err)
{
    const char *near = lc_nearest(wanted, name, n);
    char list[MOST_LISTED];

    if (near)
        return lc_fail(err, LC_EMISMATCH,
                       "%.160s: there is no column '%.80s'; did you mean '%.80s'?",
                       lc_shown(path), wanted, near);
    list_names(name, n, list, sizeof list);
    return lc_fail(err, LC_EMISMATCH, "%.100s: there is no column '%.80s'; its columns are %s",
                   lc_shown(path), wanted, list);
}

enum lc_rc lc_table_find(const struct lc_table *t, const char *name, size_t *at,
                         struct lc_err *err)
{
    const char **names;
    enum lc_rc rc;

    for (size_t j = 0; j < t->k; j++)
        if (strcmp(t->column[j].codes.name, name) == 0) {
            *at = j;
            return LC_OK;
        }
    names = calloc(t->k + 1, sizeof *names);
    if (!names)
        return lc_fail_memory(err, "column names");
    for (size_t j = 0; j < t->k; j++)
        names[j] = t->column[j].codes.name;
    rc = lc_no_such_column(t->n_files ? t->file[0].path : "the table", name, names, t->k, err);
    free(names);
    return rc;
}

const char *lc_table_cell(const struct lc_table_column *c, size_t i)
{
    const uint32_t code = lc_code_at(&c->codes, i);

    return code == c->codes.missing ? NULL : c->codes.level[code];
}

enum lc_rc lc_table_file_hash(struct lc_table_file *file, struct lc_err *err)
{
    struct lc_source source;
    enum lc_rc rc;

    if (file->sha256[0])
        return LC_OK;
    rc = lc_source_open(&source, file->path, 0, err);
    if (rc)
        return rc;
    if (source.bytes.n == file->bytes)
        lc_sha256_text(source.bytes.p, source.bytes.n, file->sha256);
    else
        rc = lc_fail(err, LC_EMISMATCH, "%s: has changed since it was read; run again",
                     lc_shown(file->path));
    lc_source_close(&source);
    return rc;
}

static const char *date_text(const struct lc_table_column *c)
{
    static const char *const text[] = {[LC_DATE_ANY] = "date",
                                       [LC_DATE_DMY] = "date (dmy)",
                                       [LC_DATE_MDY] = "date (mdy)",
                                       [LC_DATE_YMD] = "date",
                                       [LC_DATE_YYMD] = "date (ymd)",
                                       [LC_DATE_EXCEL] = "date (Excel's number)",
                                       [LC_DATE_UNIX] = "date (UNIX time)"};
    static const char *const with_short_year[] = {[LC_DATE_ANY] = "date (two-digit years)",
                                                  [LC_DATE_DMY] = "date (dmy; two-digit years)",
                                                  [LC_DATE_MDY] = "date (mdy; two-digit years)",
                                                  [LC_DATE_YMD] = "date",
                                                  [LC_DATE_YYMD] =
                                                      "date (ymd; two-digit years)",
                                                  [LC_DATE_EXCEL] = "date",
                                                  [LC_DATE_UNIX] = "date"};

    if (c->ambiguous)
        return "date, order unsure";
    return c->short_year ? with_short_year[c->order] : text[c->order];
}

const char *lc_table_type_text(const struct lc_table_column *c)
{
    switch (c->kind) {
    case LC_KIND_NUMBER: return "number";
    case LC_KIND_DATE: return date_text(c);
    case LC_KIND_EMPTY: return "empty";
    case LC_KIND_MANY: return "text, many values";
    case LC_KIND_TEXT: break;
    }
    return "text";
}

const char *lc_table_standard(const struct lc_table_column *c, const char *text)
{
    for (size_t i = 0; i < c->n_spellings; i++)
        if (strcmp(c->spelling[i].text, text) == 0)
            return c->spelling[i].as;
    return text;
}
