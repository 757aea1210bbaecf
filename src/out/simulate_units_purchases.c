/* Made-up customers and what they bought. */
#include "simulate_units_internal.h"

#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])
#define MOST_BOUGHT    6   /* in the first year */
#define REFERENCE      365 /* days after the first purchase */
#define WITHIN         180 /* days after that */
#define INTERCEPT      (-0.9)
#define A_MONTH        (-0.15) /* since the last purchase */

static const struct units_term segments[] = {{"School", -0.5}, {"Firm", 0}, {"Hospital", 0.5}};
static const struct units_term products[] = {
    {"Pump", 0}, {"Valve", 0.2}, {"Sensor", 0.8}, {"Service", 0.6}};

struct customer {
    unsigned id;
    size_t segment;
    bool owns[COUNT_OF(products)];
};

static void put_purchase(struct lc_random *random, const struct customer *c, int32_t day,
                         size_t product, unsigned *n, FILE *to)
{
    if (day >= UNITS_EXPORT)
        return;
    (void)fprintf(to, "P%05u,K%04u,%s", ++*n, c->id, segments[c->segment].name);
    units_put_day(day, to);
    (void)fprintf(to, ",%s,%u\n", products[product].name,
                  50 * (unsigned)units_between(random, 2, 60));
}

static size_t draw_product(struct lc_random *random)
{
    const double u = lc_random_unit(random);

    return u < 0.4 ? 0 : u < 0.7 ? 1 : u < 0.88 ? 2 : 3;
}

/* A product that is not owned, six times in ten, where there is one. */
static size_t draw_further(struct lc_random *random, const struct customer *c)
{
    const bool other = lc_random_unit(random) < 0.6;
    size_t product = draw_product(random);

    for (size_t tries = 0; tries < COUNT_OF(products) && c->owns[product] == other; tries++)
        product = (product + 1) % COUNT_OF(products);
    return product;
}

static void make_customer(struct lc_random *random, unsigned id, unsigned *n, FILE *to)
{
    struct customer c = {.id = id, .segment = (size_t)lc_random_below(random, 3)};
    const int32_t first = units_between(random, UNITS_FIRST - 400, UNITS_EXPORT - 60);
    const size_t bought = 1 + (size_t)lc_random_below(random, MOST_BOUGHT) / 2;
    double sum = INTERCEPT + segments[c.segment].effect;
    int32_t day = first;

    for (size_t i = 0; i < bought; i++) {
        const size_t product = draw_product(random);

        sum += c.owns[product] ? 0 : products[product].effect;
        c.owns[product] = true;
        put_purchase(random, &c, day, product, n, to);
        if (i + 1 < bought)
            day = units_between(random, day, first + REFERENCE);
    }
    sum += A_MONTH * (first + REFERENCE - day) / 30;
    if (units_happens(random, sum))
        put_purchase(random, &c, first + REFERENCE + units_between(random, 1, WITHIN + 1),
                     draw_further(random, &c), n, to);
}

void units_purchases(uint64_t seed, FILE *to)
{
    struct lc_random random = {seed + 2};
    unsigned n = 0;

    (void)fputs("purchase_id,customer_id,segment,purchased,product,amount\n", to);
    for (unsigned i = 1; i <= LC_SIMULATED_CUSTOMERS; i++)
        make_customer(&random, i, &n, to);
}

void units_purchases_truth(FILE *to)
{
    const struct units_term others[] = {{"(intercept)", INTERCEPT},
                                        {"30 days since the last purchase", A_MONTH}};

    units_put_terms("customer", "", others, 2, to);
    units_put_terms("customer", "segment", segments, COUNT_OF(segments), to);
    units_put_terms("customer", "any product", products, COUNT_OF(products), to);
}
