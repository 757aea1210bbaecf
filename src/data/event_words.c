/* Which words make an event one of a class: data, not code. Rows are looked at in this order. */
#include <string.h>

#include "leadcal/dialect.h"
#include "leadcal/events.h"

#define OURS LC_EVENT_OURS, true
#define TURN LC_EVENT_NEGATIVE, true
#define PAGE LC_EVENT_NEGATIVE, false
#define TEXT LC_EVENT_CONTENT, false
#define DONE LC_EVENT_ACTION, false
#define SEEN LC_EVENT_ACTION, true /* an opened e-mail says little of what was in it */

static const struct lc_event_word words[] = {
    {"unsubscri", "unsubscribe", TURN},
    {"opt out", "unsubscribe", TURN},
    {"optout", "unsubscribe", TURN},
    {"opted out", "unsubscribe", TURN},
    {"abgemeldet", "unsubscribe", TURN},
    {"abmeld", "unsubscribe", TURN},
    {"désabonn", "unsubscribe", TURN},
    {"désinscri", "unsubscribe", TURN},
    {"dado de baja", "unsubscribe", TURN},
    {"spam", "spam_complaint", TURN},
    {"complain", "spam_complaint", TURN},
    {"junk", "spam_complaint", TURN},
    {"abuse", "spam_complaint", TURN},
    {"bounce", "bounce", TURN},
    {"sent", "sent", OURS},
    {"send", "sent", OURS},
    {"deliver", "sent", OURS},
    {"suppressed", "sent", OURS},
    {"deferred", "sent", OURS},
    {"processed", "sent", OURS},
    {"dropped", "sent", OURS},
    {"new lead", "system", OURS},
    {"change", "system", OURS},
    {"add to list", "system", OURS},
    {"remove from", "system", OURS},
    {"sync", "system", OURS},
    {"open", "email_open", SEEN},
    {"career", "careers", PAGE},
    {"job", "careers", PAGE},
    {"vacanc", "careers", PAGE},
    {"recruit", "careers", PAGE},
    {"hiring", "careers", PAGE},
    {"karriere", "careers", PAGE},
    {"stellenangebot", "careers", PAGE},
    {"carrière", "careers", PAGE},
    {"recrut", "careers", PAGE},
    {"emploi", "careers", PAGE},
    {"empleo", "careers", PAGE},
    {"trabaja con", "careers", PAGE},
    {"pricing", "pricing", TEXT},
    {"price", "pricing", TEXT},
    {"quote", "pricing", TEXT},
    {"preis", "pricing", TEXT},
    {"tarif", "pricing", TEXT},
    {"prix", "pricing", TEXT},
    {"precio", "pricing", TEXT},
    {"demo", "demo", TEXT},
    {"trial", "demo", TEXT},
    {"technical", "technical_brief", TEXT},
    {"tech brief", "technical_brief", TEXT},
    {"white paper", "technical_brief", TEXT},
    {"whitepaper", "technical_brief", TEXT},
    {"data sheet", "technical_brief", TEXT},
    {"datasheet", "technical_brief", TEXT},
    {"datenblatt", "technical_brief", TEXT},
    {"livre blanc", "technical_brief", TEXT},
    {"fiche technique", "technical_brief", TEXT},
    {"ficha técnica", "technical_brief", TEXT},
    {"review", "review", TEXT},
    {"testimonial", "review", TEXT},
    {"case stud", "review", TEXT},
    {"customer stor", "review", TEXT},
    {"success stor", "review", TEXT},
    {"kundenstimme", "review", TEXT},
    {"fallstudie", "review", TEXT},
    {"témoignage", "review", TEXT},
    {"testimonio", "review", TEXT},
    {"webinar", "webinar", TEXT},
    {"webinaire", "webinar", TEXT},
    {"product", "product_page", TEXT},
    {"produkt", "product_page", TEXT},
    {"produit", "product_page", TEXT},
    {"feature", "product_page", TEXT},
    {"solution", "product_page", TEXT},
    {"trade show", "in_person", TEXT},
    {"tradeshow", "in_person", TEXT},
    {"booth", "in_person", TEXT},
    {"conference", "in_person", TEXT},
    {"newsletter", "newsletter", TEXT},
    {"blog", "newsletter", TEXT},
    {"ebook", "ebook", TEXT},
    {"e book", "ebook", TEXT},
    {"contact us", "contact", TEXT},
    {"talk to sales", "contact", TEXT},
    {"form", "form", DONE},
    {"submi", "form", DONE},
    {"click", "click", DONE},
    {"download", "download", DONE},
    {"repl", "reply", DONE},
    {"meeting", "meeting", DONE},
    {"call", "call", DONE},
    {"share", "social", DONE},
    {"social", "social", DONE},
    {"page", "page_view", DONE},
    {"view", "page_view", DONE},
    {"visit", "page_view", DONE},
    {"session", "page_view", DONE},
    {"regist", "registration", DONE},
    {"attend", "attendance", DONE},
    {"respon", "response", DONE},
};

/* Marketo's bulk extract has numbers where its screens have names. */
static const struct {
    const char *id, *name;
} marketo[] = {
    {"1", "Visit Webpage"},      {"2", "Fill Out Form"},
    {"3", "Click Link"},         {"6", "Send Email"},
    {"7", "Email Delivered"},    {"8", "Email Bounced"},
    {"9", "Unsubscribe Email"},  {"10", "Open Email"},
    {"11", "Click Email"},       {"12", "New Lead"},
    {"13", "Change Data Value"}, {"104", "Change Status in Progression"},
};

const char *lc_event_type_text(const char *column, const char *type)
{
    const char *dot = strrchr(column, '.'), *name = dot ? dot + 1 : column;

    if (!lc_dialect_same(name, "activityTypeId") && !lc_dialect_same(name, "Activity Type ID"))
        return type;
    for (size_t i = 0; i < sizeof marketo / sizeof *marketo; i++)
        if (strcmp(marketo[i].id, type) == 0)
            return marketo[i].name;
    return type;
}

const struct lc_event_word *lc_event_words(size_t *n)
{
    *n = sizeof words / sizeof *words;
    return words;
}
