/* simulate_files_internal.h - the made-up firm whose CRM simulate --files exports.   Layer: out */
#ifndef LC_SIMULATE_FILES_INTERNAL_H
#define LC_SIMULATE_FILES_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "leadcal/arena.h"
#include "leadcal/random.h"
#include "leadcal/simulate_files.h"

#define CRM_CONTACTS  LC_SIMULATED_CONTACTS
#define CRM_COMPANIES 1500
#define CRM_DEALS     1200 /* room; some 350 are made */
#define CRM_TOGETHER  3    /* contacts of one deal at most */
#define CRM_OWNERS    5
#define CRM_REASONS   6
#define CRM_NONE      UINT32_MAX
#define CRM_PICK_KIND 4 /* of lc_crm_random: for what happens to one contact */

/* Times are minutes since 1970-01-01. */
#define CRM_DAY    ((int64_t)1440)
#define CRM_FIRST  (19814 * CRM_DAY)                    /* 2024-04-01 */
#define CRM_EXPORT (20543 * CRM_DAY + 18 * (int64_t)60) /* 2026-03-31 18:00 */

enum crm_factor {
    CRM_INDUSTRY,
    CRM_COUNTRY, /* with the industry of the company */
    CRM_TITLE,
    CRM_SOURCE,
    CRM_FACTORS,
};

/* Places among the sources and the titles. */
enum { CRM_REFERRALS = 3, CRM_STUDENTS = 5 };

struct crm_level {
    const char *name;
    double early, late; /* share of those who come in on the first and on the last day */
    double effect;      /* on the log-odds */
};

/* A column of texts. */
struct crm_rule {
    const char *column;
    const struct crm_level *level;
    size_t n_levels;
    double missing, missing_effect;
};

/* A column of numbers in bands: above cut[i] is band i + 1 or higher. */
struct crm_bands {
    const char *column;
    int cut[4];
    double effect[5];
    size_t n;
    double missing_effect; /* LC_NAN: never missing */
};

enum crm_counter {
    CRM_EMPLOYEES,
    CRM_PAGES,
    CRM_FORMS,
    CRM_CLICKED,
    CRM_SESSIONS, /* without effect, as the one behind it */
    CRM_OPENED,
    CRM_COUNTERS,
    CRM_WITH_EFFECT = CRM_SESSIONS,
};

extern const struct crm_rule crm_rule[CRM_FACTORS];
extern const struct crm_bands crm_bands[CRM_WITH_EFFECT];

enum crm_status {
    CRM_UNSAID, /* never handed over */
    CRM_NEW,
    CRM_ATTEMPTED,
    CRM_CONNECTED,
    CRM_IN_PROGRESS,
    CRM_OPEN_DEAL,
    CRM_UNQUALIFIED,
    CRM_BAD_TIMING,
    CRM_STATUSES,
};

/* One contact. A time of 0 has not come. */
struct crm_contact {
    uint64_t id;
    uint32_t company;
    int level[CRM_FACTORS];    /* -1: missing */
    int counter[CRM_COUNTERS]; /* as of the hand-over; employees -1: missing */
    double effects;            /* sum, without the intercept */
    double luck;               /* logistic; won where effects + luck is high enough */
    int64_t created, handed, touched, accepted;
    int score; /* -1: unknown */
    enum crm_status status;
    int owner;
    uint32_t deal; /* the first that is its own, or CRM_NONE */
    size_t n_deals;
    uint32_t won; /* the first won deal it stands in, or CRM_NONE */
    bool open;    /* it stands in an open deal */
    int64_t first_deal;
};

enum crm_stage {
    CRM_APPOINTMENT,
    CRM_QUALIFIED,
    CRM_PRESENTED,
    CRM_BOUGHT_IN,
    CRM_CONTRACT,
    CRM_WON,
    CRM_LOST,
    CRM_STAGES,
};

struct crm_deal {
    uint64_t id;
    enum crm_stage stage;
    int64_t created, closed;     /* of an open one: expected */
    int64_t entered[CRM_STAGES]; /* 0: never */
    uint64_t amount;             /* whole; 0: unknown */
    int owner, reason;           /* reason: -1 where it was not lost */
    bool renewal;
    int source;        /* -1: unknown */
    uint64_t stranger; /* id of a contact that is not in the file, first in the list; 0 */
    uint32_t who[CRM_TOGETHER]; /* [n] contacts, the primary one first */
    size_t n;
};

struct crm {
    struct crm_contact *contact; /* [CRM_CONTACTS] */
    struct crm_deal *deal;       /* [n_deals] */
    size_t n_deals;
    uint32_t *order; /* [n_deals] as they began */
    uint64_t seed;
    size_t wins;      /* deals to be won */
    double intercept; /* that makes so many */
};

/* lc_crm_make - all contacts and deals. LC_EMISMATCH, LC_ENOMEM. */
enum lc_rc lc_crm_make(uint64_t seed, uint64_t wins, struct lc_arena *arena, struct crm *crm,
                       struct lc_err *err) LC_MUST_USE;

/* The parts of it. */
void lc_crm_draw_contacts(struct crm *crm);
enum lc_rc lc_crm_draw_deals(struct crm *crm, struct lc_arena *arena,
                             struct lc_err *err) LC_MUST_USE;

/* How a deal goes on from the hand-over of its contact. */
struct crm_course {
    int64_t created, closed;
};

/* lc_crm_add_deal - a deal of one contact, or of CRM_NONE. NULL where there is no room. */
struct crm_deal *lc_crm_add_deal(struct crm *crm, uint32_t who, enum crm_stage stage,
                                 struct crm_course course);

/* lc_crm_conclude - its contacts know of the deal; colleagues may join it before. False where there
 * is none, for want of room. */
bool lc_crm_conclude(struct crm *crm, struct crm_deal *d, bool with_colleagues);

/* lc_crm_accept - who has a deal was called and accepted before it began. */
void lc_crm_accept(struct crm_contact *c, int64_t created);

/* lc_crm_draw_others - all deals but those that credit a lead with a win; false: no room. */
bool lc_crm_draw_others(struct crm *crm);

/* lc_crm_random - numbers of their own for one thing of one kind. */
struct lc_random lc_crm_random(const struct crm *crm, uint64_t kind, uint64_t which);

/* lc_crm_normal - mean 0, SD 1. lc_crm_wait: exponential of a mean. */
double lc_crm_normal(struct lc_random *r);
double lc_crm_wait(struct lc_random *r, double mean);

/* lc_crm_office - the first minute from then on that is on a weekday between 8 and 18 h. */
int64_t lc_crm_office(int64_t minute);

/* The files. A full disk is seen by the stream. */
void lc_crm_put_contacts(const struct crm *crm, FILE *to);
void lc_crm_put_deals(const struct crm *crm, FILE *to);

/* One row cell by cell: every cell is quoted, quotes in it are doubled, the row ends in CRLF. */
struct crm_row {
    FILE *to;
    size_t n; /* cells so far */
};

void lc_crm_cell(struct crm_row *row, const char *text);
void lc_crm_time(struct crm_row *row, int64_t minute);               /* 0: empty */
void lc_crm_whole(struct crm_row *row, bool known, uint64_t number); /* else empty */
void lc_crm_end(struct crm_row *row);

extern const char *const lc_crm_owner[CRM_OWNERS];
extern const char *const lc_crm_stage[CRM_STAGES];
extern const char *const lc_crm_reason[CRM_REASONS];

#define CRM_TEXT 120

/* Names that nobody bears, quotes, commas and all; `at` is the contact's place. to [CRM_TEXT] */
void lc_crm_mail(size_t at, char *to);
void lc_crm_initials(size_t at, char *to);
void lc_crm_company(uint32_t company, char *to);

#endif
