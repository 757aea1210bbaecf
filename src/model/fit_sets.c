/* The points of a set's members: rounded together where they stand for one thing, and capped together. */
#include <math.h>
#include <string.h>

#include "fit_internal.h"
#include "leadcal/num.h"

/* The attributes of a card while their points may still be written. */
struct members {
    const struct lc_card_attribute *attribute;
    double *const *points; /* [k] of each attribute's levels */
    size_t k, first;       /* the set is that of attribute `first` */
};

static bool is_of_set(const struct members *m, size_t j)
{
    const char *set = m->attribute[m->first].attribute.set_of;
    const char *own = m->attribute[j].attribute.set_of;

    return own && strcmp(own, set) == 0;
}

/* The empty cell is the missing level of every member: that its small parts are not all rounded to
 * nothing, each is rounded so that the sums so far are the rounded sums. */
static void round_missing(const struct members *m)
{
    double exact = 0, given = 0;

    for (size_t j = m->first; j < m->k; j++) {
        const struct lc_card_attribute *a = &m->attribute[j];
        const uint32_t missing = a->attribute.missing;
        double one;

        if (!is_of_set(m, j) || missing == LC_NO_CODE)
            continue;
        exact += LC_POINTS_PER_DOUBLING / log(2) * a->value[missing];
        one = lc_round_away(exact) - given;
        m->points[j][missing] = one;
        given += one;
    }
}

/* The most that the members give together, and the most that they take. */
static double reach(const struct members *m)
{
    double high = 0, low = 0;

    for (size_t j = m->first; j < m->k; j++) {
        double most = 0, least = 0;

        for (size_t v = 0; is_of_set(m, j) && v < m->attribute[j].attribute.n_levels; v++) {
            most = fmax(most, m->points[j][v]);
            least = fmin(least, m->points[j][v]);
        }
        high += most;
        low += least;
    }
    return fmax(high, -low);
}

static void cap(const struct members *m)
{
    const double most = m->attribute[m->first].attribute.cap, all = reach(m);

    for (size_t j = m->first; most > 0 && all > most && j < m->k; j++)
        for (size_t v = 0; is_of_set(m, j) && v < m->attribute[j].attribute.n_levels; v++)
            m->points[j][v] = trunc(m->points[j][v] * most / all);
}

void lc_fit_set_points(const struct lc_card_attribute *attribute, double *const *points,
                       size_t k)
{
    for (size_t j = 0; j < k; j++) {
        struct members m = {attribute, points, k, j};
        size_t before = 0;

        if (!attribute[j].attribute.set_of)
            continue;
        while (before < j && !is_of_set(&m, before))
            before++;
        if (before < j)
            continue; /* the set was done with its first member */
        round_missing(&m);
        cap(&m);
    }
}
