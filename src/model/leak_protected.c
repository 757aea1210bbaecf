/* Traits by which nobody may be treated worse: left out unless somebody asks for them. */
#include <string.h>

#include "leadcal/leak.h"
#include "leadcal/propose.h"
#include "leadcal/slice.h"

static const char *find_word(const char *name, const char *const *word, size_t n)
{
    for (size_t w = 0; w < n; w++)
        if (lc_name_has(name, word[w]))
            return word[w];
    return NULL;
}

/* Forms of address and nothing else: the title of a letter, not of a job. */
static bool addresses_people(const struct lc_column *c)
{
    static const char *const form[] = {"mr",
                                       "mrs",
                                       "ms",
                                       "miss",
                                       "mx",
                                       "mr.",
                                       "mrs.",
                                       "ms.",
                                       "herr",
                                       "frau",
                                       "male",
                                       "female",
                                       "m\xc3\xa4nnlich",
                                       "weiblich",
                                       "divers",
                                       "dr",
                                       "dr.",
                                       "prof",
                                       "prof."};
    size_t said = 0;

    for (uint32_t v = 0; v < c->n_levels; v++) {
        bool known = v == c->missing;

        for (size_t w = 0; !known && w < sizeof form / sizeof *form; w++)
            known = lc_slice_eq_nocase(lc_slice_of(c->level[v]), lc_slice_of(form[w]));
        if (!known)
            return false;
        said += v != c->missing;
    }
    return said > 0;
}

const char *lc_protected_word(const char *name, const struct lc_column *column)
{
    static const char *const always[] = {"gender",
                                         "sex",
                                         "birth",
                                         "birthdate",
                                         "birthday",
                                         "birthyear",
                                         "dob",
                                         "salutation",
                                         "honorific",
                                         "nationality",
                                         "citizenship",
                                         "religion",
                                         "ethnicity",
                                         "ethnic",
                                         "race",
                                         "disability",
                                         "disabled",
                                         "marital",
                                         "pregnant",
                                         "veteran",
                                         "geschlecht",
                                         "geburt",
                                         "anrede",
                                         "geburtsdatum",
                                         "geburtstag",
                                         "geburtsjahr",
                                         "staatsangeh\xc3\xb6rigkeit",
                                         "konfession",
                                         "ethnie",
                                         "behinderung",
                                         "familienstand",
                                         "nationalit\xc3\xa4t",
                                         "schwerbehinderung"};
    static const char *const age[] = {"age", "alter"};
    static const char *const of_a_thing[] = {
        "company", "account", "lead",  "deal",   "domain", "website", "contact",
        "record",  "days",    "firma", "firmen", "tage",   "email",   "unternehmen"};
    static const char *const title[] = {"title", "titel"};
    const char *word = find_word(name, always, sizeof always / sizeof *always);

    if (word)
        return word;
    word = find_word(name, age, sizeof age / sizeof *age);
    if (word && !find_word(name, of_a_thing, sizeof of_a_thing / sizeof *of_a_thing))
        return word;
    word = find_word(name, title, sizeof title / sizeof *title);
    return word && addresses_people(column) ? word : NULL;
}
