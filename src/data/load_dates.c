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

/* What the cells of a column say of its order. */
struct votes {
    size_t day, month, either,
        plain;     /* the day first alone, the month first alone, both; neither
                                       * can be mistaken */
    size_t turned; /* of either: a year of two digits that may stand first or last */
    size_t none;   /* no dates */
};

static struct votes count_votes(const struct lc_table_column *column)
{
    struct votes v = {0};

    for (uint32_t i = 0; i < column->codes.n_levels; i++) {
        const struct lc_slice text = lc_slice_of(column->codes.level[i]);
        const struct lc_date_look look = lc_date_look(text);
        int32_t day;

        if (i == column->codes.missing)
            continue;
        if (!look.is_date)
            v.none += column->count[i];
        else if (lc_date_parse(text, LC_DATE_ANY, &day)) {
            v.plain += look.dmy && look.mdy ? column->count[i] : 0;
            v.day += look.mdy ? 0 : column->count[i];
            v.month += look.dmy ? 0 : column->count[i];
        } else {
            v.either += column->count[i];
            v.turned += look.yymd ? column->count[i] : 0;
        }
    }
    return v;
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

/* Some of its dates have a day above 12 where the others have their month. */
static enum lc_rc refuse_two_orders(const struct lc_input *in,
                                    const struct lc_table_column *column, const struct votes *v,
                                    struct lc_err *err)
{
    const enum lc_date_order more = v->month > v->day ? LC_DATE_MDY : LC_DATE_DMY;

    return lc_fail(err, LC_EMISMATCH,
                   "%.160s:%zu: %.80s: %zu date%s can only have the day first, %zu only the "
                   "month, and %zu read both ways; this line is the first of the fewer: write "
                   "all of them in one order, best year first",
                   lc_shown(in->path), lc_input_line(in, first_bad(in, column, more)),
                   column->codes.name, v->day, plural(v->day), v->month, v->either);
}

static enum lc_rc refuse(const struct lc_input *in, const struct lc_table_column *column,
                         struct lc_err *err)
{
    const struct votes v = count_votes(column);
    enum lc_date_order order = in->spec->date_order;
    const char *how = "";
    size_t bad;

    if (order == LC_DATE_ANY && v.day && v.month && !v.none)
        return refuse_two_orders(in, column, &v, err);
    if (order == LC_DATE_ANY)
        order = v.month > v.day ? LC_DATE_MDY : LC_DATE_DMY;
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

static enum lc_rc refuse_either(const struct lc_input *in, const struct lc_table_column *column,
                                struct lc_err *err)
{
    const struct votes v = count_votes(column);

    if (v.turned)
        return lc_fail(
            err, LC_EMISMATCH,
            "%.160s: %.80s: %zu date%s with a year of two digits read%s in more than "
            "one order, and neither a day above 12 nor the years that they span tell "
            "which; say which with --date-order dmy, mdy or ymd, or \"date_order\" "
            "in the spec",
            lc_shown(in->path), column->codes.name, v.turned, plural(v.turned),
            v.turned == 1 ? "s" : "");
    return lc_fail(
        err, LC_EMISMATCH,
        "%.160s: %.80s: %zu date%s read%s both day first and month first, and none has a "
        "day above 12 to tell (%zu cannot be mistaken); say which with --date-order "
        "dmy or --date-order mdy, or \"date_order\" in the spec",
        lc_shown(in->path), column->codes.name, v.either, plural(v.either),
        v.either == 1 ? "s" : "", v.plain);
}

/* Numbers that are taken as days, and how to see that they are: an assumption is said. */
static enum lc_rc note_count(const struct lc_input *in, const struct lc_table_column *column,
                             struct lc_err *err)
{
    char day[LC_DAY_TEXT];

    lc_day_text(column->day[0], day);
    return lc_reject_note(
        in->rejects, err,
        "column '%.80s' holds numbers, read as %s: %.20s is %s; name another column if these are "
        "no dates",
        column->codes.name,
        column->order == LC_DATE_EXCEL ? "Excel's count of days" : "UNIX time in UTC",
        column->codes.level[0], day);
}

/* The century and the order of years of two digits are assumptions, too. */
static enum lc_rc note_short(const struct lc_input *in, const struct lc_table_column *column,
                             struct lc_err *err)
{
    char day[LC_DAY_TEXT];
    uint32_t v = 0;

    while (v + 1 < column->codes.n_levels &&
           !lc_date_look(lc_slice_of(column->codes.level[v])).short_year)
        v++;
    lc_day_text(column->day[v], day);
    return lc_reject_note(
        in->rejects, err,
        "column '%.80s' has years of two digits, read as 1969 to 2068: %.20s is %s; --date-order "
        "decides where that is wrong",
        column->codes.name, column->codes.level[v], day);
}

enum lc_rc lc_input_dates(const struct lc_input *in, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t s = 0; s < in->n_sinks && !rc; s++) {
        const struct lc_table_column *column = &in->column[s];

        if (!in->wish[in->field[s]].date || column->kind == LC_KIND_EMPTY)
            continue;
        if (column->kind != LC_KIND_DATE)
            rc = refuse(in, column, err);
        else if (column->ambiguous)
            rc = refuse_either(in, column, err);
        else if (column->order == LC_DATE_EXCEL || column->order == LC_DATE_UNIX)
            rc = note_count(in, column, err);
        else if (column->short_year)
            rc = note_short(in, column, err);
    }
    return rc;
}
