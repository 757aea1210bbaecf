/* Which columns join a second file to the leads. */
#include <string.h>

#include "leadcal/join.h"
#include "propose_internal.h"

#define LEAST_SHARE 0.5 /* of the filled rows of one side that are met on the other */

bool lc_ends_in(const char *name, const char *end)
{
    const size_t n = strlen(name), k = strlen(end);

    return n >= k && lc_slice_eq_nocase((struct lc_slice){name + n - k, k}, lc_slice_of(end));
}

static const struct lc_table_column *namesake(const struct lc_table *table, const char *name)
{
    for (size_t j = 0; j < table->k; j++)
        if (strcmp(table->column[j].codes.name, name) == 0)
            return &table->column[j];
    return NULL;
}

/* What one person, or one firm, is known by; surer ones first. */
static const enum lc_meaning common[] = {LC_MEANS_EMAIL, LC_MEANS_DOMAIN, LC_MEANS_ACCOUNT,
                                         LC_MEANS_COMPANY};

/* A company's web site, or its domain. */
static bool is_site(const char *name)
{
    return lc_dialect_means(name, LC_MEANS_WEBSITE) ||
           lc_word_in_name(name, LC_MEANS_WEBSITE) != NULL;
}

static bool is_common(const char *name)
{
    if (is_site(name))
        return true;
    for (size_t m = 0; m < sizeof common / sizeof *common; m++)
        if (lc_dialect_means(name, common[m]))
            return true;
    return false;
}

/* "Email" and "E-Mail-Adresse", "Company / Account" and "Account Name". */
static bool same_meaning(const char *a, const char *b)
{
    for (size_t m = 0; m < sizeof common / sizeof *common; m++)
        if (lc_dialect_means(a, common[m]) && lc_dialect_means(b, common[m]))
            return true;
    return false;
}

static bool may_be_key(const struct lc_table_column *c, const struct lc_table *other)
{
    const struct lc_table_column *twin = namesake(other, c->codes.name);

    if (c->kind == LC_KIND_EMPTY || c->kind == LC_KIND_DATE)
        return false;
    if (lc_ends_in(c->codes.name, "id") || lc_ends_in(c->codes.name, "ids") ||
        is_common(c->codes.name))
        return true;
    return c->kind == LC_KIND_MANY &&
           ((twin && twin->kind == LC_KIND_MANY) || !strchr(c->example, ' '));
}

enum lc_rc lc_propose_keys(const struct lc_table *table, const struct lc_table *other,
                           struct lc_arena *arena, struct lc_texts *out, struct lc_err *err)
{
    const char **name = LC_NEW(arena, table->k, const char *);
    size_t n = 0;

    if (!name)
        return lc_fail_memory(err, "the keys of a file");
    for (size_t j = 0; j < table->k; j++)
        if (may_be_key(&table->column[j], other))
            name[n++] = table->column[j].codes.name;
    *out = (struct lc_texts){name, n};
    return LC_OK;
}

/* It tells all rows of its file apart. */
static bool is_primary(const struct lc_table_column *c, size_t n)
{
    return c->n_filled == n && lc_values_of(&c->codes) == n;
}

/* How sure it is that two columns join the files; compared in this order. */
struct bond {
    int rank;     /* 3: by values; 2: by name, and some rows meet; 1: by name alone; 0: none */
    double share; /* of the filled rows of the side that is met more */
    size_t leads; /* that are met */
    bool same_name, lists, domain, owner, lookup;
};

static bool is_surer(const struct bond *a, const struct bond *b)
{
    if (a->domain != b->domain && a->rank && b->rank)
        return a->domain ? a->leads > b->leads : a->leads >= b->leads;
    if (a->rank != b->rank || a->rank < 3)
        return a->rank > b->rank;
    if (a->owner != b->owner)
        return a->owner;
    if (a->share < b->share || a->share > b->share)
        return a->share > b->share;
    return a->same_name && !b->same_name;
}

static double share_of(size_t met, size_t filled)
{
    return filled ? (double)met / (double)filled : 0;
}

static enum lc_rc judge(const struct lc_table *leads, size_t j, const struct lc_table *other,
                        size_t i, struct bond *bond, struct lc_err *err)
{
    const struct lc_table_column *a = &leads->column[j], *b = &other->column[i];
    struct lc_overlap met;
    const enum lc_rc rc = lc_join_overlap(a, b, false, &met, err);
    double back;

    if (rc)
        return rc;
    *bond = (struct bond){.share = share_of(met.rows, b->n_filled),
                          .leads = met.leads,
                          .owner = lc_dialect_means(a->codes.name, LC_MEANS_OWNER),
                          .lookup = is_primary(b, other->n) && 2 * met.leads >= 3 * met.rows,
                          .same_name = strcmp(a->codes.name, b->codes.name) == 0,
                          .lists = met.lists || lc_ends_in(b->codes.name, "ids")};
    back = share_of(met.leads, a->n_filled);
    if (back > bond->share)
        bond->share = back;
    if (bond->share >= LEAST_SHARE && (is_primary(a, leads->n) || is_primary(b, other->n)))
        bond->rank = 3;
    else if ((bond->same_name && met.rows && lc_values_of(&b->codes) == b->n_filled) ||
             (bond->share >= LEAST_SHARE && same_meaning(a->codes.name, b->codes.name)))
        bond->rank = 2;
    else if (bond->same_name)
        bond->rank = 1;
    return LC_OK;
}

/* Persons have addresses of their own, and are no companies. */
static bool holds_persons(const struct lc_table *other)
{
    for (size_t i = 0; i < other->k; i++)
        if (lc_dialect_means(other->column[i].codes.name, LC_MEANS_EMAIL))
            return true;
    return false;
}

/* An address of the leads, or what else has a domain, and a web site of the second file. */
static enum lc_rc judge_domains(const struct lc_table *leads, size_t j,
                                const struct lc_table *other, size_t i, struct bond *bond,
                                struct lc_err *err)
{
    const struct lc_table_column *a = &leads->column[j], *b = &other->column[i];
    const char *from = a->codes.name;
    struct lc_overlap met;
    enum lc_rc rc;

    *bond = (struct bond){.domain = true, .lookup = true};
    if (!is_site(b->codes.name) || holds_persons(other) ||
        !(lc_dialect_means(from, LC_MEANS_EMAIL) || lc_dialect_means(from, LC_MEANS_DOMAIN) ||
          is_site(from)))
        return LC_OK;
    rc = lc_join_overlap(a, b, true, &met, err);
    if (rc)
        return rc;
    bond->leads = met.leads;
    bond->share = share_of(met.leads, met.of_leads);
    if (share_of(met.rows, met.of_rows) > bond->share)
        bond->share = share_of(met.rows, met.of_rows);
    bond->rank = bond->share >= LEAST_SHARE ? 3 : 0;
    return LC_OK;
}

/* Does a lead have a key that stands in the second file twice? */
static enum lc_rc stands_twice(const struct lc_table *leads, const struct lc_table *other,
                               struct lc_proposed_join *join, struct lc_err *err)
{
    const struct lc_join_rule rule = {.list = join->list, .domain = join->domain};
    struct lc_arena scratch;
    struct lc_join made;
    size_t twice;
    enum lc_rc rc;

    lc_arena_init(&scratch, LC_ARENA_NO_LIMIT);
    rc = lc_join(&leads->column[join->leads], leads->n, &other->column[join->other], other->n,
                 &rule, &scratch, &made, &twice, err);
    lc_arena_release(&scratch);
    join->twice = rc == LC_EMISMATCH;
    return rc == LC_EMISMATCH ? LC_OK : rc;
}

enum lc_rc lc_propose_join(const struct lc_table *leads, const struct lc_table *other,
                           bool domains, struct lc_proposed_join *out, struct lc_err *err)
{
    struct lc_proposed_join best = {.leads = leads->k, .other = other->k};
    const int ways = domains ? 2 : 1;
    struct bond surest = {0};

    for (size_t j = 0; j < leads->k; j++)
        for (size_t i = 0; i < other->k; i++)
            for (int by_domain = 0; by_domain < ways; by_domain++) {
                struct bond bond;
                const enum lc_rc rc = by_domain ? judge_domains(leads, j, other, i, &bond, err)
                                                : judge(leads, j, other, i, &bond, err);

                if (rc)
                    return rc;
                if (!is_surer(&bond, &surest))
                    continue;
                surest = bond;
                best = (struct lc_proposed_join){.leads = j,
                                                 .other = i,
                                                 .list = bond.lists,
                                                 .domain = bond.domain,
                                                 .lookup = bond.lookup,
                                                 .met = bond.rank > 1};
            }
    *out = best;
    return surest.rank > 1 ? stands_twice(leads, other, out, err) : LC_OK;
}
