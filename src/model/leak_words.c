/* What a column is called: words of the outcome and of what comes after it, in English and German,
 * as HubSpot, Salesforce, Dynamics, Marketo and Zoho name their fields. */
#include <string.h>

#include "leadcal/num.h"
#include "leak_internal.h"

#define MOST_NAME 256 /* bytes of a name that are looked at */

/* How an entry is looked for in the words of a name. */
enum how {
    WORDS, /* as words that follow each other: "last activity" in LastActivityDate */
    WHOLE, /* the name is nothing else */
    PART,  /* anywhere, in compounds too: "abschluss" in Abschlussdatum */
};

enum { TEXTS = 1U << LC_KIND_TEXT, NUMBERS = 1U << LC_KIND_NUMBER, DATES = 1U << LC_KIND_DATE };
#define ANY UINT32_MAX

struct entry {
    const char *text; /* lower case, words parted by one blank */
    enum how how;
    enum lc_severity severity;
    unsigned kinds; /* of columns that it speaks of */
};

#define SUSPECT LC_SEVERITY_SUSPECT
#define NOTE    LC_SEVERITY_NOTE

/* The first that fits counts, so suspects stand before notes. */
/* clang-format off */
static const struct entry lexicon[] = {
    /* how it ended */
    {"accepted", WORDS, SUSPECT, ANY}, {"acceptance", WORDS, SUSPECT, ANY}, {"won", WORDS, SUSPECT, ANY},
    {"win", WORDS, SUSPECT, ANY}, {"lost", WORDS, SUSPECT, ANY}, {"loss reason", WORDS, SUSPECT, ANY}, {"reason for loss", WORDS, SUSPECT, ANY},
    {"closed", WORDS, SUSPECT, ANY}, {"close", WORDS, SUSPECT, ANY}, {"closing", WORDS, SUSPECT, ANY},
    {"converted", WORDS, SUSPECT, ANY}, {"lead conversion", WORDS, SUSPECT, ANY}, {"opportunity", WORDS, SUSPECT, ANY},
    {"opportunities", WORDS, SUSPECT, ANY}, {"deal", WORDS, SUSPECT, ANY}, {"deals", WORDS, SUSPECT, ANY},
    {"forecast", WORDS, SUSPECT, ANY}, {"churn", WORDS, SUSPECT, ANY}, {"churned", WORDS, SUSPECT, ANY},
    {"disqualified", WORDS, SUSPECT, ANY}, {"unqualified", WORDS, SUSPECT, ANY},
    {"disqualification", WORDS, SUSPECT, ANY}, {"rejection", WORDS, SUSPECT, ANY},
    {"gewonnen", PART, SUSPECT, ANY}, {"verloren", PART, SUSPECT, ANY}, {"abschluss", PART, SUSPECT, ANY},
    {"konvertiert", PART, SUSPECT, ANY}, {"verkaufschance", PART, SUSPECT, ANY},
    {"opportunityid", PART, SUSPECT, ANY}, {"dealstage", PART, SUSPECT, ANY},
    {"verlustgrund", PART, SUSPECT, ANY}, {"absagegrund", PART, SUSPECT, ANY},
    {"ablehnungsgrund", PART, SUSPECT, ANY}, {"akzeptiert", WORDS, SUSPECT, ANY},
    /* where it stands now */
    {"status", WHOLE, SUSPECT, TEXTS}, {"stage", WHOLE, SUSPECT, TEXTS}, {"phase", WHOLE, SUSPECT, TEXTS},
    {"stufe", WHOLE, SUSPECT, TEXTS}, {"outcome", WHOLE, SUSPECT, ANY}, {"result", WHOLE, SUSPECT, ANY},
    {"ergebnis", WHOLE, SUSPECT, ANY}, {"current status", WORDS, SUSPECT, ANY},
    {"lead status", WORDS, SUSPECT, ANY}, {"leadstatus", PART, SUSPECT, ANY},
    {"contact status", WORDS, SUSPECT, ANY}, {"status reason", WORDS, SUSPECT, ANY},
    {"statuscode", PART, SUSPECT, ANY}, {"statecode", PART, SUSPECT, ANY},
    {"lifecycle stage", WORDS, SUSPECT, ANY}, {"lifecyclestage", PART, SUSPECT, ANY},
    {"lebenszyklusphase", PART, SUSPECT, ANY}, {"sales stage", WORDS, SUSPECT, ANY},
    {"salesstage", PART, SUSPECT, ANY}, {"stage name", WORDS, SUSPECT, ANY},
    {"stepname", PART, SUSPECT, ANY}, {"revenue stage", WORDS, SUSPECT, ANY},
    {"verkaufsphase", PART, SUSPECT, ANY}, {"vertriebsphase", PART, SUSPECT, ANY},
    {"probability", WORDS, SUSPECT, NUMBERS}, {"closeprobability", PART, SUSPECT, ANY},
    {"wahrscheinlichkeit", PART, SUSPECT, NUMBERS}, {"prognose", PART, SUSPECT, ANY},
    {"next step", WORDS, SUSPECT, ANY}, {"nächster schritt", WORDS, SUSPECT, ANY},
    {"naechster schritt", WORDS, SUSPECT, ANY},
    {"account id", WORDS, SUSPECT, ANY}, {"parentaccountid", PART, SUSPECT, ANY},
    {"customer date", WORDS, SUSPECT, ANY}, {"customer since", WORDS, SUSPECT, ANY},
    {"kunde seit", WORDS, SUSPECT, ANY}, {"qualified lead date", WORDS, SUSPECT, ANY},
    /* what comes after it */
    {"amount", WHOLE, SUSPECT, NUMBERS}, {"betrag", WHOLE, SUSPECT, NUMBERS},
    {"expected revenue", WORDS, SUSPECT, ANY}, {"total revenue", WORDS, SUSPECT, ANY},
    {"actualvalue", PART, SUSPECT, ANY}, {"estimatedvalue", PART, SUSPECT, ANY},
    {"actualclosedate", PART, SUSPECT, ANY}, {"closedate", PART, SUSPECT, ANY},
    {"invoice", WORDS, SUSPECT, ANY}, {"invoiced", WORDS, SUSPECT, ANY}, {"rechnung", PART, SUSPECT, ANY},
    {"onboarding", WORDS, SUSPECT, ANY}, {"auftragsnummer", PART, SUSPECT, ANY},
    {"auftragswert", PART, SUSPECT, ANY}, {"vertragsbeginn", PART, SUSPECT, ANY},
    {"vertragsnummer", PART, SUSPECT, ANY}, {"kündigung", PART, SUSPECT, ANY},
    {"kuendigung", PART, SUSPECT, ANY}, {"contract start", WORDS, SUSPECT, ANY},
    {"contract sent", WORDS, SUSPECT, ANY}, {"contract signed", WORDS, SUSPECT, ANY},
    {"contract number", WORDS, SUSPECT, ANY}, {"quote sent", WORDS, SUSPECT, ANY},
    /* as of the export, not of the decision */
    {"modified", WORDS, SUSPECT, ANY}, {"lastmodified", PART, SUSPECT, ANY}, {"modifiedon", PART, SUSPECT, ANY},
    {"system modstamp", WORDS, SUSPECT, ANY}, {"last activity", WORDS, SUSPECT, ANY},
    {"lastactivity", PART, SUSPECT, ANY}, {"last sales activity", WORDS, SUSPECT, ANY},
    {"last contacted", WORDS, SUSPECT, ANY}, {"last updated", WORDS, SUSPECT, ANY},
    {"updated at", WORDS, SUSPECT, ANY}, {"last viewed", WORDS, SUSPECT, ANY},
    {"last referenced", WORDS, SUSPECT, ANY}, {"last meeting", WORDS, SUSPECT, ANY},
    {"letzte aktivität", WORDS, SUSPECT, ANY}, {"letzte aktivitaet", WORDS, SUSPECT, ANY},
    {"letzte änderung", WORDS, SUSPECT, ANY}, {"letzte aenderung", WORDS, SUSPECT, ANY},
    {"geändert", WORDS, SUSPECT, ANY}, {"geaendert", WORDS, SUSPECT, ANY},
    {"zuletzt", WORDS, SUSPECT, DATES}, {"last", WORDS, SUSPECT, DATES}, {"letzter", WORDS, SUSPECT, DATES},
    {"letzte", WORDS, SUSPECT, DATES}, {"letztes", WORDS, SUSPECT, DATES},
    /* what may be harmless */
    {"amount", WORDS, NOTE, NUMBERS}, {"betrag", PART, NOTE, NUMBERS}, {"reason", WORDS, NOTE, TEXTS},
    {"grund", WORDS, NOTE, TEXTS}, {"stage", WORDS, NOTE, ANY}, {"status", PART, NOTE, ANY},
    {"phase", PART, NOTE, TEXTS}, {"pipeline", WORDS, NOTE, ANY}, {"quote", WORDS, NOTE, ANY},
    {"quoted", WORDS, NOTE, ANY}, {"angebot", PART, NOTE, ANY}, {"contract", WORDS, NOTE, ANY},
    {"vertrag", PART, NOTE, ANY}, {"rating", WORDS, NOTE, ANY}, {"score", WORDS, NOTE, ANY},
    {"customer", WORDS, NOTE, ANY}, {"renewal", WORDS, NOTE, ANY}, {"owner", WORDS, NOTE, ANY}, {"besitzer", PART, NOTE, ANY},
    {"last", WORDS, NOTE, NUMBERS}, {"since last", WORDS, NOTE, ANY},
};
/* clang-format on */

/* Budget, authority, need and timing: sales asks for them when it works a lead. Labels of Dynamics,
 * Salesforce and HubSpot, and their German, French and Spanish translations. A "need" or a "Bedarf" must be
 * the whole name; a form field such as "needs demo" is none. */
/* clang-format off */
static const struct entry bant[] = {
    {"bant", WORDS, SUSPECT, ANY}, {"budget", WORDS, SUSPECT, ANY}, {"budgetamount", PART, SUSPECT, ANY},
    {"authority confirmed", WORDS, SUSPECT, ANY}, {"budgetstatus", PART, SUSPECT, ANY}, {"budgetbetrag", PART, SUSPECT, ANY}, {"presupuesto", WORDS, SUSPECT, ANY},
    {"authority", WHOLE, SUSPECT, ANY}, {"buying authority", WORDS, SUSPECT, ANY}, {"decision maker", WORDS, SUSPECT, ANY}, {"decisionmaker", PART, SUSPECT, ANY},
    {"buying role", WORDS, SUSPECT, ANY}, {"entscheider", WORDS, SUSPECT, ANY}, {"entscheidungsträger", PART, SUSPECT, ANY},
    {"entscheidungstraeger", PART, SUSPECT, ANY}, {"entscheidungsbefugnis", PART, SUSPECT, ANY},
    {"décideur", WORDS, SUSPECT, ANY}, {"decideur", WORDS, SUSPECT, ANY}, {"autorité", WORDS, SUSPECT, ANY},
    {"autoridad", WORDS, SUSPECT, ANY}, {"decisor", WORDS, SUSPECT, ANY}, {"responsable de la decisión", WORDS, SUSPECT, ANY},
    {"need", WHOLE, SUSPECT, ANY}, {"need confirmed", WORDS, SUSPECT, ANY}, {"need identified", WORDS, SUSPECT, ANY},
    {"bedarf", WHOLE, SUSPECT, ANY}, {"besoin", WHOLE, SUSPECT, ANY}, {"necesidad", WHOLE, SUSPECT, ANY},
    {"timing", WHOLE, SUSPECT, ANY}, {"timeline", WHOLE, SUSPECT, ANY}, {"timeframe", WORDS, SUSPECT, ANY},
    {"time frame", WORDS, SUSPECT, ANY}, {"purchasetimeframe", PART, SUSPECT, ANY}, {"purchase timeline", WORDS, SUSPECT, ANY},
    {"buying timeline", WORDS, SUSPECT, ANY}, {"project timeline", WORDS, SUSPECT, ANY}, {"purchase process", WORDS, SUSPECT, ANY},
    {"purchaseprocess", PART, SUSPECT, ANY}, {"zeitrahmen", PART, SUSPECT, ANY}, {"kaufzeitpunkt", PART, SUSPECT, ANY},
    {"kaufzeitraum", PART, SUSPECT, ANY}, {"échéance", WORDS, SUSPECT, ANY}, {"délai d achat", WORDS, SUSPECT, ANY},
    {"calendrier d achat", WORDS, SUSPECT, ANY}, {"plazo", WORDS, SUSPECT, ANY}, {"plazo de compra", WORDS, SUSPECT, ANY},
};
/* clang-format on */

static bool is_upper(unsigned char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(unsigned char c)
{
    return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* A-Z, and the capitals of the second UTF-8 page behind their first byte, in lower case. */
static char lower(unsigned char c, unsigned char before)
{
    if (is_upper(c))
        return (char)(c + ('a' - 'A'));
    return (char)(before == 0xC3 && c >= 0x80 && c <= 0x9E ? c + 0x20 : c);
}

/* " last activity date " of "LastActivityDate__c": lower case (of A-Z and the Latin letters of the
 * second UTF-8 page), one blank between words and at both ends. */
static void words_of(const char *name, char to[MOST_NAME])
{
    size_t n = strlen(name), used = 1;

    if (n > 3 &&
        strcmp(name + n - 3, "__c") == 0) /* Salesforce's mark of a field of one's own */
        n -= 3;
    to[0] = ' ';
    for (size_t i = 0; i < n && used + 3 < MOST_NAME; i++) {
        const unsigned char c = (unsigned char)name[i],
                            before = i ? (unsigned char)name[i - 1] : 0;

        if (!is_letter(c) || (is_upper(c) && before >= 'a' && before <= 'z')) {
            if (to[used - 1] != ' ')
                to[used++] = ' ';
            if (!is_letter(c))
                continue;
        }
        to[used++] = lower(c, before);
    }
    if (to[used - 1] != ' ')
        to[used++] = ' ';
    to[used] = '\0';
}

static bool fits(const struct entry *e, const char *words)
{
    const size_t n = strlen(e->text);

    for (const char *at = strstr(words, e->text); at; at = strstr(at + 1, e->text)) {
        const bool begins = at > words && at[-1] == ' ', ends = at[n] == ' ';

        if (e->how == PART ||
            (begins && ends && (e->how == WORDS || (at == words + 1 && !at[n + 1]))))
            return true;
    }
    return false;
}

/* The word of BANT in a name; NULL: none. */
static const char *bant_word(const char *words, enum lc_kind kind)
{
    for (size_t e = 0; e < sizeof bant / sizeof *bant; e++)
        if ((bant[e].kinds & (1U << kind)) && fits(&bant[e], words))
            return bant[e].text;
    return NULL;
}

static enum lc_rc add_bant(size_t column, const char *word, struct lc_findings *to,
                           struct lc_err *err)
{
    const struct lc_finding f = {
        .column = column,
        .severity = SUSPECT,
        .step = LC_STEP_NAME,
        .reason =
            "Budget, authority, need and timing are what sales finds out when it works a "
            "lead; where a form asked for it before, name it as an attribute, known as of the "
            "decision",
        .value = LC_NAN,
        .threshold = LC_NAN};

    return lc_findings_add(to, &f, err, "its name says '%s' (BANT), learnt after the decision",
                           word);
}

enum lc_rc lc_leak_words(const struct lc_table *table, size_t column, struct lc_findings *to,
                         struct lc_err *err)
{
    const struct lc_table_column *c = &table->column[column];
    char words[MOST_NAME];
    const char *asked;

    words_of(lc_leak_own_name(table, c), words);
    asked = bant_word(words, c->kind);
    if (asked)
        return add_bant(column, asked, to, err);
    for (size_t e = 0; e < sizeof lexicon / sizeof *lexicon; e++) {
        const bool suspect = lexicon[e].severity == SUSPECT;
        const struct lc_finding f = {.column = column,
                                     .severity = lexicon[e].severity,
                                     .step = LC_STEP_NAME,
                                     .reason = suspect
                                                   ? "Its name speaks of the outcome, or of "
                                                     "what comes after it"
                                                   : "Its name may speak of what comes after "
                                                     "the decision",
                                     .value = LC_NAN,
                                     .threshold = LC_NAN};

        if ((lexicon[e].kinds & (1U << c->kind)) && fits(&lexicon[e], words))
            return lc_findings_add(to, &f, err, "its name says '%s'", lexicon[e].text);
    }
    return LC_OK;
}
