#include "load_internal.h"

#include "leadcal/io.h"

/* Cells that the column holds and that are no dates in an order; the first of those levels. */
static size_t count_bad(const struct lc_table_column *column, enum lc_date_order order)
{
    size_t bad = 0;

    for (uint32_t i = 0; i < column->codes.n_levels; i++) {
        int32_t day;

        if (i != column->codes.missing &&
            !lc_date_parse(lc_slice_of(column->codes.level[i]), order, &day))
            bad += column->count[i];
    }
    return bad;
}

static size_t first_bad(const struct lc_input *in, const struct lc_table_column *column,
                        enum lc_date_order order)
{
    for (size_t i = 0; i < in->n; i++) {
        const char *cell = lc_table_cell(column, i);
        int32_t day;

        if (cell && !lc_date_parse(lc_slice_of(cell), order, &day))
            return i;
    }
    return 0;
}

static enum lc_rc refuse(const struct lc_input *in, const struct lc_table_column *column,
                         struct lc_err *err)
{
    enum lc_date_order order = in->spec->date_order;
    const char *how = "";
    size_t bad;

    if (order == LC_DATE_ANY)
        order = count_bad(column, LC_DATE_MDY) < count_bad(column, LC_DATE_DMY) ? LC_DATE_MDY
                                                                                : LC_DATE_DMY;
    bad = count_bad(column, order);
    if (count_bad(column, LC_DATE_YMD) > bad)
        how = order == LC_DATE_DMY ? " with the day first" : " with the month first";
    return lc_fail(
        err, LC_EMISMATCH,
        "%.160s:%zu: %.80s: no date%s (%zu cell%s like this); mend them, or list such "
        "texts under \"missing\" in the spec",
        lc_shown(in->path), lc_input_line(in, first_bad(in, column, order)), column->codes.name,
        how, bad, bad == 1 ? " is" : "s are");
}

enum lc_rc lc_input_dates(const struct lc_input *in, struct lc_err *err)
{
    for (size_t s = 0; s < in->n_sinks; s++) {
        const struct lc_table_column *column = &in->column[s];

        if (!in->wish[in->field[s]].date || column->kind == LC_KIND_EMPTY)
            continue;
        if (column->kind != LC_KIND_DATE)
            return refuse(in, column, err);
        if (column->ambiguous)
            return lc_fail(
                err, LC_EMISMATCH,
                "%.160s: %.80s: every date reads both day first and month first; say "
                "which with --date-order dmy or --date-order mdy",
                lc_shown(in->path), column->codes.name);
    }
    return LC_OK;
}
