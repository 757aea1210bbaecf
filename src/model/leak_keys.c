/* Columns that tell leads apart: names of persons, and keys. */
#include <math.h>
#include <string.h>

#include "leadcal/attribute.h"
#include "leadcal/propose.h"
#include "leak_internal.h"

#define PERSONS 10 /* more values than this under a person's heading: persons */

static bool has_word(const char *name, const char *const *word, size_t n)
{
    for (size_t w = 0; w < n; w++)
        if (lc_name_has(name, word[w]))
            return true;
    return false;
}

static bool holds_addresses(const struct lc_column *c)
{
    size_t addresses = 0, values = c->n_levels - (c->missing != LC_NO_CODE);

    for (uint32_t v = 0; v < c->n_levels; v++) {
        const char *at = v == c->missing ? NULL : strchr(c->level[v], '@');

        addresses += at && at != c->level[v] && strchr(at, '.') != NULL;
    }
    return values && 2 * addresses > values;
}

bool lc_names_a_person(const struct lc_table_column *c, const char *name)
{
    static const char *const always[] = {
        "firstname", "first name",      "first_name",   "lastname",  "last name",
        "last_name", "fullname",        "full name",    "full_name", "surname",
        "phone",     "mobile",          "contact name", "lead name", "contact_name",
        "lead_name", "ansprechpartner", "fax",          "owner",     "birthdate",
        "birthday",  "street",          "linkedin",     "vorname",   "nachname",
        "telefon",   "handy",           "besitzer",     "inhaber"};
    static const char *const in_many[] = {"email", "e-mail", "address"};

    if (holds_addresses(&c->codes))
        return true;
    if (has_word(name, always, sizeof always / sizeof *always))
        return !lc_says_yes_or_no(&c->codes); /* "phone" may say whether there is one */
    if (c->kind != LC_KIND_TEXT || c->codes.n_levels <= PERSONS)
        return false;
    return has_word(name, in_many, sizeof in_many / sizeof *in_many) ||
           lc_slice_eq_nocase(lc_slice_of(name), lc_slice_of("name"));
}

static bool all_whole(const struct lc_table_column *c)
{
    for (uint32_t v = 0; v < c->codes.n_levels; v++)
        if (v != c->codes.missing && c->number[v] != floor(c->number[v]))
            return false;
    return true;
}

/* "No. of Employees" is a size: the same number twice is chance, and near ones are alike. */
static bool counts_people(const char *name)
{
    static const char *const people[] = {"employees",       "headcount", "anzahl",
                                         "mitarbeiterzahl", "employés",  "empleados"};

    return has_word(name, people, sizeof people / sizeof *people);
}

bool lc_nearly_unique(const struct lc_table_column *c, const char *name, size_t n)
{
    static const char *const key[] = {"id", "key", "record", "number", "no", "nr"};
    const size_t values = c->codes.n_levels - (c->codes.missing != LC_NO_CODE);

    if (values > 1 && values == c->n_filled && lc_name_has(name, "id"))
        return true;
    if (n <= LC_MOST_PLAIN_NUMBERS || 2 * values <= n)
        return false;
    if (c->kind == LC_KIND_TEXT)
        return true;
    return c->kind == LC_KIND_NUMBER && !counts_people(name) && all_whole(c) &&
           (values == c->n_filled || has_word(name, key, sizeof key / sizeof *key));
}
