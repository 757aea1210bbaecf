/* The databases that an export as SQL is written for. A new one is a row of `dialects`. */
#include <string.h>

#include "export_sql_internal.h"
#include "json.h"

#define MOST_ARGUMENTS 100 /* of char(); SQLite takes 127 */
#define MOST_PIECES    300 /* SQLite nests 1,000 deep, and a sum has as many levels as terms */

const char *const lc_export_dialects[] = {"postgresql", "sqlite", NULL};

/* ASCII whatever the text: a client that believes in another character set changes nothing. */
static void put_postgresql_text(FILE *to, const char *text)
{
    bool plain = true;

    for (const char *p = text; *p; p++)
        plain = plain && *p >= ' ' && *p < 0x7f && *p != '\\';
    (void)fputs(plain ? "'" : "E'", to);
    while (*text) {
        const uint32_t c = lc_export_step(&text);

        if (c == '\'')
            (void)fputs("''", to);
        else if (c == '\\')
            (void)fputs("\\\\", to);
        else if (c >= ' ' && c < 0x7f)
            (void)fputc((int)c, to);
        else if (c > 0xffff)
            (void)fprintf(to, "\\U%08x", (unsigned)c);
        else
            (void)fprintf(to, "\\u%04x", (unsigned)c);
    }
    (void)fputc('\'', to);
}

/* What an editor may show as nothing, turn around, compose or translate. SQLite reads UTF-8 alone and
 * has no escapes: other characters stand as they are, these by their number. */
static bool is_hazard(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } hazard[] = {{0, 0x1f},        {0x7f, 0xa0},       {0xad, 0xad},     {0x300, 0x36f},
                  {0x200b, 0x200f}, {0x2028, 0x202e},   {0x2060, 0x206f}, {0xfeff, 0xfeff},
                  {0xfff9, 0xfffb}, {0xe0000, 0x10ffff}};

    for (size_t i = 0; i < sizeof hazard / sizeof *hazard; i++)
        if (c >= hazard[i].first && c <= hazard[i].last)
            return true;
    return false;
}

/* The length of the run of like characters that a text begins with: shown, or by their numbers. */
static const char *run_of(const char *text, bool *hazard)
{
    const char *p = text, *before = text;

    *hazard = is_hazard(lc_export_step(&p));
    for (size_t n = 1; *p && !(*hazard && n == MOST_ARGUMENTS); n++) {
        before = p;
        if (is_hazard(lc_export_step(&p)) != *hazard)
            return before;
    }
    return p;
}

size_t lc_sql_pieces(const char *text)
{
    size_t n = 0;
    bool hazard;

    for (; *text; n++)
        text = run_of(text, &hazard);
    return n;
}

static void put_shown(FILE *to, const char *text, const char *end)
{
    (void)fputc('\'', to);
    for (; text < end; text++) {
        if (*text == '\'')
            (void)fputc('\'', to);
        (void)fputc(*text, to);
    }
    (void)fputc('\'', to);
}

static void put_numbers(FILE *to, const char *text, const char *end)
{
    (void)fputs("char(", to);
    for (bool first = true; text < end; first = false)
        (void)fprintf(to, "%s%u", first ? "" : ", ", (unsigned)lc_export_step(&text));
    (void)fputc(')', to);
}

static void put_sqlite_text(FILE *to, const char *text)
{
    const size_t pieces = lc_sql_pieces(text);

    if (pieces == 0)
        (void)fputs("''", to);
    if (pieces > 1)
        (void)fputc('(', to);
    for (size_t i = 0; i < pieces; i++) {
        bool hazard;
        const char *end = run_of(text, &hazard);

        (void)fputs(i ? " || " : "", to);
        if (hazard)
            put_numbers(to, text, end);
        else
            put_shown(to, text, end);
        text = end;
    }
    if (pieces > 1)
        (void)fputc(')', to);
}

/* An exponent of five digits is beyond every double but would be an error in numeric; the limits are
 * half a step beyond the largest double and below the smallest, where a cast is an error too. The cast
 * sees only what the expression let through, in whatever order the planner works. */
#define POSTGRESQL_MANTISSA "^[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)"
static const char postgresql_number[] =
    "(SELECT CASE WHEN abs(lc_number.n) >= 1.797693134862315807937e308 THEN NULL\n"
    "           WHEN abs(lc_number.n) <= 2.4703282292062328e-324 THEN 0\n"
    "           ELSE CAST(lc_number.n AS double precision) END\n"
    "      FROM (SELECT CAST(CASE WHEN length(lc_cell.c) <= 400 THEN coalesce(\n"
    "           substring(lc_cell.c FROM '" POSTGRESQL_MANTISSA
    "(?:[eE][+-]?0*[0-9]{1,4})?$'),\n"
    "           CASE WHEN lc_cell.c ~ '" POSTGRESQL_MANTISSA "[eE]-[0-9]+$'\n"
    "                  OR lc_cell.c ~ '^[+-]?(?:0+[.]?0*|[.]0+)[eE][+-]?[0-9]+$' THEN '0' END)\n"
    "           END AS numeric) AS n) AS lc_number)";

static const char sqlite_number[] =
    "(SELECT CASE WHEN length(lc_part.c) <= 400\n"
    "            AND lc_part.m GLOB '*[0-9]*' AND lc_part.m NOT GLOB '*[^0-9.]*'\n"
    "            AND lc_part.m NOT GLOB '*.*.*'\n"
    "            AND (lc_part.q GLOB '[0-9]*' OR lc_part.q GLOB '[+-][0-9]*')\n"
    "            AND substr(lc_part.q, 2) NOT GLOB '*[^0-9]*'\n"
    "            AND abs(CAST(lc_part.c AS REAL)) < 9e999\n"
    "           THEN CAST(lc_part.c AS REAL) END\n"
    "      FROM (SELECT lc_e.c, CASE WHEN lc_e.e > 0 THEN substr(lc_e.u, 1, lc_e.e - 1) ELSE lc_e.u END AS m,\n"
    "                   CASE WHEN lc_e.e > 0 THEN substr(lc_e.u, lc_e.e + 1) ELSE '0' END AS q\n"
    "              FROM (SELECT lc_u.c, lc_u.u, instr(lc_u.u, 'e') AS e\n"
    "                      FROM (SELECT lc_cell.c, replace(CASE WHEN lc_cell.c GLOB '[+-]*'\n"
    "                                   THEN substr(lc_cell.c, 2) ELSE lc_cell.c END, 'E', 'e') AS u) AS lc_u\n"
    "                   ) AS lc_e) AS lc_part)";

/* SQLite has nothing that splits: one member after the other is taken off the list. */
static const char sqlite_list[] = " IN (WITH RECURSIVE lc_list (lc_one, lc_rest) AS (\n"
                                  "          SELECT NULL, ";
static const char sqlite_list_end[] =
    " || ';'\n"
    "          UNION ALL\n"
    "          SELECT trim(substr(lc_rest, 1, instr(lc_rest, ';') - 1), ' ' || char(9, 10, 13, 160)),\n"
    "                 substr(lc_rest, instr(lc_rest, ';') + 1)\n"
    "            FROM lc_list WHERE lc_rest <> '')\n"
    "        SELECT lc_one FROM lc_list WHERE lc_one IS NOT NULL)";

static const struct lc_sql_dialect dialects[] = {
    {
        .name = "postgresql",
        .title = "SQL for PostgreSQL",
        .usage = "--     psql -d CRM --csv -f THIS_FILE.sql\n"
                 "--     (echo 'CREATE VIEW scored AS'; cat THIS_FILE.sql) | psql -d CRM\n",
        .most_name = 63,
        .real_before = "float8 '",
        .real_after = "'",
        .trim_before = "coalesce(btrim(CAST(",
        .trim_after = " AS text), E' \\t\\r\\n\\u00a0'), '') COLLATE \"C\"",
        .whole_before = "CAST(floor(",
        .whole_after = ") AS bigint)",
        .least = "least",
        .greatest = "greatest",
        .differs = "IS DISTINCT FROM",
        .fence = "OFFSET 0",
        .member_between = " = ANY (regexp_split_to_array(",
        .member_after = ", E'[ \\t\\r\\n\\u00a0]*;[ \\t\\r\\n\\u00a0]*'))",
        .number = postgresql_number,
        .put_text = put_postgresql_text,
    },
    {
        .name = "sqlite",
        .title = "SQL for SQLite",
        .usage =
            "--     sqlite3 -csv -header CRM.db <THIS_FILE.sql\n"
            "--     (echo 'CREATE VIEW scored AS'; cat THIS_FILE.sql) | sqlite3 CRM.db\n"
            "--\n"
            "-- It needs exp(), which came with SQLite 3.35 and may be left out of a build (Debian's\n"
            "-- has it): SELECT exp(0) tells. SQLite reads a number to its last place but one, so a\n"
            "-- value that near to a cut of a bin may fall on the other side.\n",
        .most_pieces = MOST_PIECES,
        .folds_names = true,
        .real_before = "",
        .real_after = "",
        .trim_before = "coalesce(trim(",
        .trim_after = ", ' ' || char(9, 10, 13, 160)), '')",
        .whole_before = "CAST(",
        .whole_after = " AS bigint)",
        .least = "min",
        .greatest = "max",
        .differs = "IS NOT",
        .fence = "LIMIT -1 OFFSET 0",
        .member_between = sqlite_list,
        .member_after = sqlite_list_end,
        .number = sqlite_number,
        .put_text = put_sqlite_text,
    },
};

const struct lc_sql_dialect *lc_sql_dialect_of(const char *name)
{
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++)
        if (strcmp(dialects[i].name, name) == 0)
            return &dialects[i];
    return NULL;
}
