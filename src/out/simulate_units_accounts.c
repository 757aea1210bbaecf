/* Made-up accounts: contacts who come in one after another, what they look at, and deals. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/arena.h"
#include "simulate_units_internal.h"

#define MOST_CONTACTS 9  /* of an account, those who come afterwards among them */
#define MOST_DEEDS    40 /* of an account */
#define INTERCEPT     (-3.3)
#define HALF_LIFE     14.0 /* days, of a pricing page */
#define PRICING       0.7  /* log-odds of a fresh one */
#define NEW_ROLE      0.9
#define NEW_DAYS      30

#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])

static const struct units_term countries[] = {
    {"Germany", 0}, {"Norway", 0.4}, {"Chile", -0.4}, {"Japan", 0.2}};
static const struct units_term seniorities[] = {
    {"Clerk", 0}, {"Manager", 0.6}, {"Director", 1.4}};
static const struct units_term roles[] = {
    {"Finance", 0.9}, {"IT", 0}, {"Operations", 0.3}, {"Legal", -0.2}};

struct person {
    int32_t came, handed_over;
    size_t role, seniority;
};

struct deed {
    int32_t day;
    uint32_t person; /* number of the contact */
    bool pricing;
};

struct world {
    struct lc_random random;
    const struct lc_unit_files *to;
    struct deed *deed;
    size_t n_deeds;
    uint32_t n_people, n_deals;
};

static size_t draw(struct world *w, size_t n)
{
    return (size_t)lc_random_below(&w->random, n);
}

static struct person somebody(struct world *w, int32_t came)
{
    const double u = lc_random_unit(&w->random);

    return (struct person){came, UNITS_NO_DAY, draw(w, COUNT_OF(roles)),
                           u < 0.5    ? 0
                           : u < 0.85 ? 1
                                      : 2};
}

static void look(struct world *w, uint32_t person, int32_t day, bool pricing)
{
    if (day < UNITS_EXPORT)
        w->deed[w->n_deeds++] = (struct deed){day, person, pricing};
}

/* Did one of the last days bring a role that nobody before had? */
static bool new_role(const struct person *p, size_t n, int32_t decided)
{
    for (size_t i = 0; i < n; i++) {
        bool earlier = false, known = false;

        for (size_t k = 0; k < n; k++)
            if (p[k].came < p[i].came) {
                earlier = true;
                known = known || p[k].role == p[i].role;
            }
        if (earlier && !known && p[i].came > decided - NEW_DAYS)
            return true;
    }
    return false;
}

static double log_odds_of(const struct person *p, size_t n, int32_t decided, size_t country)
{
    double sum = INTERCEPT + countries[country].effect, best = 0;

    for (size_t r = 0; r < COUNT_OF(roles); r++)
        for (size_t i = 0; i < n; i++)
            if (p[i].role == r) {
                sum += roles[r].effect;
                break;
            }
    for (size_t i = 0; i < n; i++)
        best = fmax(best, seniorities[p[i].seniority].effect);
    return sum + best + (new_role(p, n, decided) ? NEW_ROLE : 0);
}

/* What all of them looked at before the day, and what that adds. */
static double browse(struct world *w, size_t n, int32_t decided)
{
    double sum = 0;

    for (size_t k = draw(w, 5); k > 0; k--) {
        const int32_t days = units_between(&w->random, 1, 60);
        const bool pricing = lc_random_unit(&w->random) < 0.4;

        look(w, w->n_people + (uint32_t)draw(w, n), decided - days, pricing);
        sum += pricing ? PRICING * exp2(-days / HALF_LIFE) : 0;
    }
    return sum;
}

static void put_people(struct world *w, const struct person *p, size_t n, size_t account,
                       size_t country)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i].came >= UNITS_EXPORT)
            continue;
        (void)fprintf(w->to->contacts, "C%05u", (unsigned)(w->n_people + i));
        if (account)
            (void)fprintf(w->to->contacts, ",A%04zu", account);
        else
            (void)fputc(',', w->to->contacts);
        (void)fprintf(w->to->contacts, ",%s,%s,%s", countries[country].name,
                      roles[p[i].role].name, seniorities[p[i].seniority].name);
        units_put_day(p[i].came, w->to->contacts);
        units_put_day(p[i].handed_over < UNITS_EXPORT ? p[i].handed_over : UNITS_NO_DAY,
                      w->to->contacts);
        (void)fputc('\n', w->to->contacts);
    }
    w->n_people += (uint32_t)n;
}

/* The deal of an account, which names one of its contacts. */
static void put_deal(struct world *w, uint32_t person, int32_t decided, bool won)
{
    const int32_t began = decided + units_between(&w->random, 1, 20);
    const int32_t closed = began + units_between(&w->random, 10, won ? 120 : 160);
    const bool open = closed >= UNITS_EXPORT;
    const unsigned amount = 500 * (unsigned)units_between(&w->random, 4, 80);

    if (began >= UNITS_EXPORT)
        return;
    (void)fprintf(w->to->deals, "D%05u,C%05u", (unsigned)++w->n_deals, (unsigned)person);
    units_put_day(began, w->to->deals);
    (void)fprintf(w->to->deals, ",%s",
                  open  ? "Negotiation"
                  : won ? "Closed Won"
                        : "Closed Lost");
    units_put_day(open ? UNITS_NO_DAY : closed, w->to->deals);
    (void)fprintf(w->to->deals, ",%u\n", amount);
}

/* One account; one in fifteen is a person without a firm. */
static void make_account(struct world *w, size_t account)
{
    struct person p[MOST_CONTACTS] = {{0, 0, 0, 0}};
    const bool alone = lc_random_unit(&w->random) < 1.0 / 15;
    const size_t n = alone ? 1 : 1 + draw(w, 5), country = draw(w, COUNT_OF(countries));
    const int32_t began = units_between(&w->random, UNITS_FIRST, UNITS_EXPORT);
    int32_t day = began;
    size_t later = 0, decider = draw(w, n);
    double sum;
    bool won;

    for (size_t i = 0; i < n; i++) {
        p[i] = somebody(w, day);
        day += units_between(&w->random, 1, 25);
    }
    p[decider].handed_over = p[n - 1].came + units_between(&w->random, 0, 12);
    day = p[decider].handed_over;
    sum = log_odds_of(p, n, day, country) + browse(w, n, day);
    won = units_happens(&w->random, sum);
    later = alone ? 0 : draw(w, won ? 4 : 2);
    for (size_t i = n; i < n + later; i++) {
        p[i] = somebody(w, day + units_between(&w->random, 1, 90));
        if (lc_random_unit(&w->random) < 0.3)
            p[i].handed_over = p[i].came + units_between(&w->random, 1, 20);
    }
    for (size_t k = draw(w, won ? 8 : 3); k > 0; k--)
        look(w, w->n_people + (uint32_t)draw(w, n + later),
             day + units_between(&w->random, 1, 60), won);
    if (won || lc_random_unit(&w->random) < 0.7)
        put_deal(w, w->n_people + (uint32_t)draw(w, n), day, won);
    put_people(w, p, n + later, alone ? 0 : account, country);
}

static int by_day(const void *a, const void *b)
{
    const struct deed *x = a, *y = b;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

bool units_accounts(uint64_t seed, const struct lc_unit_files *to)
{
    struct world w = {.random = {seed}, .to = to, .n_people = 1};
    struct lc_arena arena;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    w.deed = LC_NEW(&arena, (size_t)LC_SIMULATED_ACCOUNTS * MOST_DEEDS, struct deed);
    if (!w.deed)
        return false;
    (void)fputs("contact_id,account_id,country,role,seniority,created,handed_over\n",
                to->contacts);
    (void)fputs("contact_id,at,type,about\n", to->events);
    (void)fputs("deal_id,contact_id,created,stage,closed,amount\n", to->deals);
    for (size_t a = 1; a <= LC_SIMULATED_ACCOUNTS; a++)
        make_account(&w, a);
    qsort(w.deed, w.n_deeds, sizeof *w.deed, by_day);
    for (size_t i = 0; i < w.n_deeds; i++) {
        (void)fprintf(to->events, "C%05u", (unsigned)w.deed[i].person);
        units_put_day(w.deed[i].day, to->events);
        (void)fprintf(to->events, ",page_view,%s\n",
                      w.deed[i].pricing ? "/pricing" : "/products/valves");
    }
    lc_arena_release(&arena);
    return true;
}

void units_accounts_truth(FILE *to)
{
    const struct units_term others[] = {{"(intercept)", INTERCEPT},
                                        {"new role=yes", NEW_ROLE},
                                        {"pricing (half-life 14 days)", PRICING}};

    units_put_terms("account", "", others, 3, to);
    units_put_terms("account", "country", countries, COUNT_OF(countries), to);
    units_put_terms("account", "best seniority", seniorities, COUNT_OF(seniorities), to);
    units_put_terms("account", "any role", roles, COUNT_OF(roles), to);
}
