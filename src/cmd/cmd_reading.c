/* How exports are read: one section of options for every program that reads any. */
#include <stdio.h>
#include <string.h>

#include "cmd.h"

size_t cmd_reading_rows(struct cmd_reading *r, struct opt *to)
{
    const struct opt rows[] = {
        OPT_TEXT(0, "delimiter", &r->delimiter, "TEXT",
                 "between fields, up to 5 bytes, or the word tab; default: found by looking"),
        OPT_TEXT(0, "quote", &r->quote, "CHAR|none",
                 "around fields; default: found by looking, mostly \""),
        OPT_TEXT(0, "escape", &r->escape, "CHAR|none",
                 "before a quote that is a letter; none: it is doubled; default: by looking"),
        OPT_TEXT(0, "encoding", &r->encoding, "NAME",
                 "such as utf-8, utf-16le, windows-1252; default: found by looking"),
        OPT_WHOLE(0, "skip-rows", &r->skip_rows, 0, 1e9, "N",
                  "lines before the header; default: titles are found by looking"),
        OPT_WHOLE(0, "header-rows", &r->header_rows, 0, 100, "N",
                  "rows that name the columns; 0: none does; default: by looking, mostly 1"),
        OPT_WHOLE(0, "skip-footer", &r->skip_footer, 0, 1e9, "N",
                  "lines behind the last row; default: a footer is found by looking"),
        OPT_FLAG(0, "fill-rows", &r->fill_rows,
                 "cells that a row lacks at its end are empty; default: it is rejected"),
        OPT_WHOLE(0, "max-cell-bytes", &r->cell_bytes, 1, 1e12, "N",
                  "most that a cell may hold; default 1048576"),
        OPT_WHOLE(0, "max-cell-lines", &r->cell_lines, 1, 1e12, "N",
                  "line ends in a quoted cell; default 10000"),
        OPT_WHOLE(0, "max-row-cells", &r->row_cells, 1, 1e9, "N",
                  "cells of a row; default 16384"),
        OPT_WHOLE(0, "max-row-bytes", &r->row_bytes, 1, 1e12, "N",
                  "most that a row may hold; default 16777216"),
        OPT_WHOLE(0, "max-bad", &r->max_bad, 0, 1e12, "N",
                  "rows that may be rejected before the file is refused; default 0"),
        OPT_FLAG(0, "strict", &r->strict,
                 "refuse what can only be read by guessing or mending"),
    };

    _Static_assert(sizeof rows / sizeof *rows == CMD_READING_ROWS, "CMD_READING_ROWS");
    *r = (struct cmd_reading){.skip_rows = -1, .header_rows = -1, .skip_footer = -1};
    memcpy(to, rows, sizeof rows);
    return CMD_READING_ROWS;
}

static const char *delimiter_of(const char *text)
{
    return text && strcmp(text, "tab") == 0 ? "\t" : text;
}

/* "none" is no character at all. */
static const char *character_of(const char *text)
{
    return text && strcmp(text, "none") == 0 ? "" : text;
}

static bool is_character(const char *text)
{
    const char *c = character_of(text);

    return !c || (strlen(c) <= 1 && !strpbrk(c, "\r\n"));
}

bool cmd_reading_is_fine(const struct cmd_reading *r, const char *name)
{
    const char *quote = character_of(r->quote ? r->quote : "\"");
    struct lc_dialect dialect = {.delimiter = 0};

    if (r->delimiter && (!lc_delimiter_put(&dialect, delimiter_of(r->delimiter)) ||
                         dialect.delimiter == *quote))
        (void)fprintf(stderr,
                      "%s: --delimiter needs one to %d bytes that are no quote, or the word "
                      "tab, not '%.40s'\n",
                      name, MOST_DELIMITER, r->delimiter);
    else if (!is_character(r->quote))
        (void)fprintf(stderr, "%s: --quote needs one character or the word none, not '%.40s'\n",
                      name, r->quote);
    else if (!is_character(r->escape))
        (void)fprintf(stderr,
                      "%s: --escape needs one character or the word none, not '%.40s'\n", name,
                      r->escape);
    else
        return true;
    return false;
}

/* A count that was not given is found by looking; none is none. */
static int64_t lines_of(int64_t given)
{
    return given < 0 ? 0 : given == 0 ? LC_NONE : given;
}

struct lc_reading cmd_reading(const struct cmd_reading *r)
{
    return (struct lc_reading){.delimiter = delimiter_of(r->delimiter),
                               .quote = character_of(r->quote),
                               .escape = character_of(r->escape),
                               .encoding = r->encoding,
                               .skip_rows = lines_of(r->skip_rows),
                               .header_rows = lines_of(r->header_rows),
                               .skip_footer = lines_of(r->skip_footer),
                               .caps = {(size_t)r->cell_bytes, (size_t)r->cell_lines,
                                        (size_t)r->row_cells, (size_t)r->row_bytes},
                               .strict = r->strict,
                               .fill_rows = r->fill_rows};
}
