/* Numbers that a decimal comma keeps from being numbers: said, not guessed. */
#include <ctype.h>

#include "load_internal.h"

/* "9,3", "-1.166,77", "1.026,69 €": digits, a comma, digits, perhaps a sign and a unit. */
static bool has_decimal_comma(const char *text)
{
    size_t before = 0, after = 0;

    if (*text == '-' || *text == '+')
        text++;
    for (; isdigit((unsigned char)*text) || *text == '.'; text++)
        before += *text != '.';
    if (before == 0 || *text != ',')
        return false;
    for (text++; isdigit((unsigned char)*text); text++)
        after++;
    if (after == 0)
        return false;
    while (*text == ' ' || (unsigned char)*text >= 0x80 || *text == '%' || *text == '$')
        text++;
    return *text == 0;
}

static bool all_have_commas(const struct lc_table_column *c)
{
    size_t values = 0;

    if (c->kind == LC_KIND_MANY)
        return c->example && has_decimal_comma(c->example);
    if (c->kind != LC_KIND_TEXT)
        return false;
    for (uint32_t v = 0; v < c->codes.n_levels; v++)
        if (v != c->codes.missing) {
            if (!has_decimal_comma(c->codes.level[v]))
                return false;
            values++;
        }
    return values > 0;
}

enum lc_rc lc_note_decimal_commas(struct lc_rejects *rejects, const struct lc_table *table,
                                  struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t j = 0; j < table->k && !rc; j++)
        if (all_have_commas(&table->column[j]))
            rc = lc_reject_note(rejects, err,
                                "column '%.80s' looks like numbers with a decimal comma, which "
                                "are read as texts; export it with points to use it as numbers",
                                table->column[j].codes.name);
    return rc;
}
