#include "leadcal/simulate_units.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "leadcal/date.h"
#include "leadcal/num.h"
#include "simulate_units_internal.h"

#define FILES 5

void units_put_day(int32_t day, FILE *to)
{
    char text[LC_DAY_TEXT] = "";

    if (day != UNITS_NO_DAY)
        lc_day_text(day, text);
    (void)fprintf(to, ",%s", text);
}

bool units_happens(struct lc_random *random, double log_odds)
{
    return lc_random_unit(random) < 1 / (1 + exp(-log_odds));
}

int32_t units_between(struct lc_random *random, int32_t low, int32_t high)
{
    return low + (int32_t)lc_random_below(random, (uint64_t)(high - low));
}

void units_put_terms(const char *unit, const char *name, const struct units_term *term,
                     size_t n, FILE *to)
{
    for (size_t i = 0; i < n; i++) {
        char number[LC_REAL_TEXT];

        lc_real_text(term[i].effect, number);
        (void)fprintf(to, "%s,%s%s%s,%s\n", unit, name, *name ? "=" : "", term[i].name, number);
    }
}

static enum lc_rc refused(FILE *to, struct lc_err *err)
{
    if (!ferror(to))
        return LC_OK;
    return lc_fail(err, LC_EIO, "the file cannot be written: %s; is the disk full?",
                   strerror(errno ? errno : EIO));
}

enum lc_rc lc_simulate_units(uint64_t seed, const struct lc_unit_files *to, struct lc_err *err)
{
    FILE *const file[FILES] = {to->contacts, to->events, to->deals, to->opportunities,
                               to->purchases};
    enum lc_rc rc = LC_OK;

    if (!units_accounts(seed, to))
        return lc_fail_memory(err, "made-up accounts");
    units_opportunities(seed, to->opportunities);
    units_purchases(seed, to->purchases);
    for (size_t i = 0; i < FILES && !rc; i++)
        rc = refused(file[i], err);
    return rc;
}

enum lc_rc lc_simulate_units_truth(FILE *to, struct lc_err *err)
{
    (void)fputs("unit,term,coefficient\n", to);
    units_accounts_truth(to);
    units_opportunities_truth(to);
    units_purchases_truth(to);
    return refused(to, err);
}
