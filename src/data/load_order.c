/* Whether a column holds dates, and in which order: its own vote, by decisions 0140 and 0189. */
#include "load_internal.h"

#define MOST_SPAN 5479 /* days, 15 years: an export seldom goes farther back */

/* The orders in which every level is a date; false where some are no dates at all. */
static bool all_dates(const struct lc_merged *m, struct lc_date_look *all)
{
    *all = (struct lc_date_look){true, true, true, true, true, false};
    for (size_t i = 0; i < m->n_levels; i++) {
        const struct lc_date_look look = lc_date_look(m->level[i].text);

        all->dmy = all->dmy && look.dmy;
        all->mdy = all->mdy && look.mdy;
        all->ymd = all->ymd && look.ymd;
        all->yymd = all->yymd && look.yymd;
        all->short_year = all->short_year || look.short_year;
        if (!all->dmy && !all->mdy && !all->yymd)
            return false;
    }
    return true;
}

static void fill_days(struct lc_merged *m, enum lc_date_order order)
{
    for (size_t i = 0; i < m->n_levels; i++)
        (void)lc_date_parse(m->level[i].text, order, &m->level[i].day);
}

/* Whether two orders in which all levels are dates say different days. */
static bool differ(const struct lc_merged *m, enum lc_date_order a, enum lc_date_order b)
{
    for (size_t i = 0; i < m->n_levels; i++) {
        int32_t one = LC_NO_DAY, other = LC_NO_DAY;

        if (lc_date_parse(m->level[i].text, a, &one) &&
            lc_date_parse(m->level[i].text, b, &other) && one != other)
            return true;
    }
    return false;
}

/* Whether all dates of an order lie as near to each other as those of one export do. */
static bool is_near(const struct lc_merged *m, enum lc_date_order order)
{
    int32_t first = INT32_MAX, last = INT32_MIN, day = 0;

    for (size_t i = 0; i < m->n_levels; i++) {
        if (!lc_date_parse(m->level[i].text, order, &day))
            return false;
        first = day < first ? day : first;
        last = day > last ? day : last;
    }
    return (int64_t)last - first <= MOST_SPAN;
}

/* A year of two digits may stand first or last. Where the days of the month are taken for years, the
 * dates are scattered over three decades; so the reading counts that alone is near. True: nothing
 * tells. */
static bool choose_end(const struct lc_merged *m, struct lc_date_look *all)
{
    const enum lc_date_order last = all->dmy ? LC_DATE_DMY : LC_DATE_MDY;
    bool last_near, first_near;

    if (!all->yymd || (!all->dmy && !all->mdy) || !differ(m, LC_DATE_YYMD, last))
        return false;
    last_near = (all->dmy && is_near(m, LC_DATE_DMY)) || (all->mdy && is_near(m, LC_DATE_MDY));
    first_near = is_near(m, LC_DATE_YYMD);
    if (last_near == first_near)
        return true;
    all->yymd = first_near;
    all->dmy = all->dmy && last_near;
    all->mdy = all->mdy && last_near;
    return false;
}

/* The order of the column's own vote; LC_DATE_ANY: it leaves it open. */
static enum lc_date_order vote(const struct lc_merged *m, struct lc_date_look all)
{
    if (choose_end(m, &all) || (all.dmy && all.mdy && differ(m, LC_DATE_DMY, LC_DATE_MDY)))
        return LC_DATE_ANY;
    return all.dmy ? LC_DATE_DMY : all.mdy ? LC_DATE_MDY : LC_DATE_YYMD;
}

/* The column's vote; the spec's order holds where the column can be read in it. */
static bool choose_order(struct lc_merged *m, const struct lc_date_look *all,
                         enum lc_date_order said, bool named)
{
    const bool fits = (said == LC_DATE_DMY && all->dmy) || (said == LC_DATE_MDY && all->mdy) ||
                      (said == LC_DATE_YMD && all->yymd);

    if (all->ymd) {
        m->order = LC_DATE_ANY;
    } else if (fits) {
        m->order = said == LC_DATE_YMD ? LC_DATE_YYMD : said;
    } else if (said != LC_DATE_ANY && named) {
        return false;
    } else {
        m->order = vote(m, *all);
        m->ambiguous = m->order == LC_DATE_ANY;
    }
    m->short_year = all->short_year;
    fill_days(m, m->order != LC_DATE_ANY ? m->order : all->dmy ? LC_DATE_DMY : LC_DATE_MDY);
    return true;
}

/* Numbers where the spec wants dates: Excel's days or UNIX milliseconds, all of them. */
static bool all_counts(struct lc_merged *m, enum lc_date_order order)
{
    for (size_t i = 0; i < m->n_levels; i++) {
        int32_t day;

        if (!lc_date_parse(m->level[i].text, order, &day))
            return false;
    }
    fill_days(m, order);
    m->order = order;
    return true;
}

bool lc_merged_dates(const struct lc_input *in, const struct lc_wish *wish, bool numbers,
                     struct lc_merged *m)
{
    struct lc_date_look all;

    if ((!numbers || wish->date) && all_dates(m, &all) &&
        choose_order(m, &all, in->spec->date_order, wish->date))
        return true;
    return wish->date && (all_counts(m, LC_DATE_EXCEL) || all_counts(m, LC_DATE_UNIX));
}
