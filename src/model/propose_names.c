/* Words in the names of columns, and what may be shown of their values. */
#include <ctype.h>
#include <string.h>

#include "leadcal/propose.h"
#include "leadcal/slice.h"

static bool word_ends(char before, char here)
{
    if (!isalnum((unsigned char)before) || !isalnum((unsigned char)here))
        return true;
    return islower((unsigned char)before) && isupper((unsigned char)here);
}

bool lc_name_has(const char *name, const char *word)
{
    const size_t n = strlen(word), all = strlen(name);

    for (size_t i = 0; i + n <= all; i++)
        if ((i == 0 || word_ends(name[i - 1], name[i])) &&
            (i + n == all || word_ends(name[i + n - 1], name[i + n])) &&
            lc_slice_eq_nocase((struct lc_slice){name + i, n}, lc_slice_of(word)))
            return true;
    return false;
}

bool lc_says_no(const char *text)
{
    static const char *const word[] = {"no", "false", "0", "n"};

    for (size_t w = 0; w < sizeof word / sizeof *word; w++)
        if (lc_slice_eq_nocase(lc_slice_of(text), lc_slice_of(word[w])))
            return true;
    return false;
}

bool lc_says_yes_or_no(const struct lc_column *c)
{
    static const char *const yes[] = {"yes", "true", "1", "y"};

    for (uint32_t v = 0; v < c->n_levels; v++) {
        bool plain = v == c->missing || lc_says_no(c->level[v]);

        for (size_t w = 0; w < sizeof yes / sizeof *yes; w++)
            plain = plain || lc_slice_eq_nocase(lc_slice_of(c->level[v]), lc_slice_of(yes[w]));
        if (!plain)
            return false;
    }
    return true;
}

/* "email_opens" counts, and "free_email" is yes or no: neither names anybody. */
static bool only_counts(const struct lc_table_column *c)
{
    static const char *const count[] = {"opens",   "clicks", "visits", "opened",
                                        "clicked", "count",  "number", "views"};

    for (size_t w = 0; w < sizeof count / sizeof *count; w++)
        if (lc_name_has(c->codes.name, count[w]))
            return c->kind == LC_KIND_NUMBER;
    return lc_says_yes_or_no(&c->codes);
}

/* German writes compounds as one word: "Leadbesitzer". */
static bool holds(const char *name, const char *part)
{
    const size_t n = strlen(part), all = strlen(name);

    for (size_t i = 0; i + n <= all; i++)
        if (lc_slice_eq_nocase((struct lc_slice){name + i, n}, lc_slice_of(part)))
            return true;
    return false;
}

/* "StageName" and "Campaign Name" name a thing. */
static bool names_a_thing(const char *name)
{
    static const char *const thing[] = {"stage",  "status",  "campaign", "product",
                                        "source", "channel", "industry", "segment"};
    static const char *const person[] = {"owner", "contact", "person", "user", "agent"};
    bool is_thing = false;

    for (size_t w = 0; w < sizeof thing / sizeof *thing; w++)
        is_thing = is_thing || lc_name_has(name, thing[w]);
    for (size_t w = 0; w < sizeof person / sizeof *person; w++)
        is_thing = is_thing && !lc_name_has(name, person[w]);
    return is_thing;
}

/* Headings of persons and of what is written about them: whole words, and parts of compounds. */
/* clang-format off */
static const char *const person_word[] = {
    "firstname", "lastname", "fullname", "surname", "email", "e-mail", "mail", "phone",
    "mobile", "fax", "street", "address", "birthdate", "birthday", "linkedin", "owner",
    "contact", "person", "ip", "latitude", "note", "notes", "comment", "comments", "text",
    "longitude", "salesrep", "salesperson", "assignee", "assigned", "description", "vorname",
    "nachname", "telefon", "mobil", "strasse", "straße", "adresse", "kontakt", "notiz",
    "kommentar", "nom", "prenom", "propietario", "eigenaar", "nombre", "responsable",
    "proprietaire", "verantwortlicher", "propriétaire", "prénom", "proprietario",
};
/* clang-format on */
static const char *const person_part[] = {
    "besitzer", "inhaber", "ansprechpartner", "bearbeiter", "betreuer", "owner",
};

static bool names_a_person(const char *name)
{
    for (size_t w = 0; w < sizeof person_word / sizeof *person_word; w++)
        if (lc_name_has(name, person_word[w]))
            return true;
    for (size_t w = 0; w < sizeof person_part / sizeof *person_part; w++)
        if (holds(name, person_part[w]))
            return true;
    return lc_name_has(name, "name") && !names_a_thing(name);
}

bool lc_may_show(const struct lc_table_column *c)
{
    size_t addresses = 0, values = 0;

    if (c->kind == LC_KIND_MANY || c->kind == LC_KIND_EMPTY)
        return false;
    if (names_a_person(c->codes.name) && !only_counts(c))
        return false;
    for (uint32_t v = 0; v < c->codes.n_levels; v++) {
        values += v != c->codes.missing;
        addresses += v != c->codes.missing && strchr(c->codes.level[v], '@') != NULL;
    }
    return values > 0 && 2 * addresses < values;
}
