/* quarter_files.h - two exports of the same made-up leads, a half-year apart, with four columns that
 * know the outcome: what the audit's false alarms and catches are counted on. */
#ifndef LC_QUARTER_FILES_H
#define LC_QUARTER_FILES_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "leadcal/arena.h"
#include "leadcal/date.h"
#include "leadcal/num.h"
#include "leadcal/random.h"
#include "leadcal/simulate.h"
#include "test.h"

#define QUARTER_FIELDS 22
#define QUARTER_LINE   1024
#define QUARTER_AS_OF  20453 /* 2025-12-31 */
#define QUARTER_BEFORE 20269 /* 2025-06-30, the day of the earlier export */
#define QUARTER_WON    0.106 /* share of simulated leads that are ever won */
#define QUARTER_REKEY  0.05 /* share of job levels that somebody corrects between the exports */

/* Places of fields in what lc_simulate writes. */
enum { QUARTER_ENTERED = 1, QUARTER_JOB_LEVEL = 5, QUARTER_STAGE = 18, QUARTER_CLOSED };

/* What is asked for, and the rows of the later file in the earlier one. */
struct quarter_files {
    size_t n;    /* leads of the later file */
    double base; /* share of them that is won */
    uint64_t seed;
    FILE *now, *then;
    uint32_t *row;   /* [n] out */
    size_t n_before; /* out */
};

/* One lead: its fields as they stand in the file, quotes included. */
struct quarter_lead {
    char line[QUARTER_LINE];
    char *field[QUARTER_FIELDS];
    int32_t entered, closed; /* LC_NO_DAY: not closed */
    bool won;                /* by then */
    struct lc_random random;
};

static inline void quarter_split(struct quarter_lead *l)
{
    bool quoted = false;
    size_t k = 0;

    l->line[strcspn(l->line, "\n")] = '\0';
    l->field[k++] = l->line;
    for (char *c = l->line; *c; c++) {
        quoted = quoted != (*c == '"');
        if (*c != ',' || quoted)
            continue;
        *c = '\0';
        assert_true(k < QUARTER_FIELDS);
        l->field[k++] = c + 1;
    }
    assert_int_equal(k, QUARTER_FIELDS);
}

static inline int32_t quarter_day(const char *text)
{
    int year, month, day;

    if (sscanf(text, "%d-%d-%d", &year, &month, &day) != 3)
        return LC_NO_DAY;
    return lc_day_of(year, month, day);
}

/* Won leads or others are thinned out until the share is as asked: a logistic model keeps all but its
 * intercept. */
static inline bool quarter_is_taken(const struct quarter_files *f, bool won,
                                    struct lc_random *random)
{
    const double times = f->base / (1 - f->base) / (QUARTER_WON / (1 - QUARTER_WON));
    const double u = lc_random_unit(random);

    return won ? u < times : u * times < 1;
}

/* The columns of the simulation as they were on a day, then what is planted: the outcome by another
 * name, 2 % wrong; a field filled after winning; the last activity; the status of that day. */
static inline void quarter_put(const struct quarter_lead *l, bool later, FILE *to)
{
    const int32_t as_of = later ? QUARTER_AS_OF : QUARTER_BEFORE;
    const bool closed = l->closed != LC_NO_DAY && l->closed <= as_of, won = closed && l->won;
    struct lc_random random = l->random;
    const double wrong = lc_random_unit(&random), filled = lc_random_unit(&random),
                 status = lc_random_unit(&random), rekeyed = lc_random_unit(&random);
    const int32_t ago = (int32_t)lc_random_below(&random, 40);
    int32_t last = closed ? l->closed + (ago < 10) : as_of - ago;
    char day[LC_DAY_TEXT];

    for (size_t k = 0; k < QUARTER_FIELDS; k++) {
        const char *text = l->field[k];

        if (k == QUARTER_STAGE && !closed)
            text = "Open";
        if (k == QUARTER_CLOSED && !closed)
            text = "";
        if (k == QUARTER_JOB_LEVEL && later && rekeyed < QUARTER_REKEY)
            text = "Manager";
        (void)fprintf(to, "%s,", text);
    }
    last = last < l->entered ? l->entered : last;
    lc_day_text(last, day);
    (void)fprintf(to, "%s,%s,%s,%s\n", (wrong < 0.02) != won ? "b" : "a",
                  won && filled < 0.8 ? "gold" : "", day,
                  won      ? (status < 0.9 ? "green" : "amber")
                  : closed ? (status < 0.7 ? "red" : "amber")
                           : (status < 0.5 ? "blue" : "amber"));
}

/* quarter_write - both files; f->row lives in the arena. */
static inline void quarter_write(struct quarter_files *f, struct lc_arena *arena)
{
    static const char planted[] = ",field_17,tier,touched,light\n";
    const uint64_t enough =
        (uint64_t)((double)f->n * (f->base > QUARTER_WON ? 3.5 : 1.4)) + 400;
    struct lc_random random = {f->seed};
    FILE *all = tmpfile();
    struct quarter_lead l;
    struct lc_err err;
    size_t n = 0;

    assert_non_null(all);
    assert_int_equal(lc_simulate(enough, f->seed, false, false, all, &err), LC_OK);
    rewind(all);
    assert_non_null(fgets(l.line, sizeof l.line, all));
    l.line[strcspn(l.line, "\n")] = '\0';
    (void)fprintf(f->now, "%s%s", l.line, planted);
    (void)fprintf(f->then, "%s%s", l.line, planted);
    f->row = LC_NEW(arena, f->n, uint32_t);
    f->n_before = 0;
    while (n < f->n && fgets(l.line, sizeof l.line, all)) {
        quarter_split(&l);
        l.won = strcmp(l.field[QUARTER_STAGE], "Closed Won") == 0;
        l.entered = quarter_day(l.field[QUARTER_ENTERED]);
        l.closed = quarter_day(l.field[QUARTER_CLOSED]);
        if (!quarter_is_taken(f, l.won, &random))
            continue;
        l.random = (struct lc_random){lc_random_bits(&random)};
        quarter_put(&l, true, f->now);
        f->row[n] = UINT32_MAX;
        if (l.entered <= QUARTER_BEFORE) {
            quarter_put(&l, false, f->then);
            f->row[n] = (uint32_t)f->n_before++;
        }
        n++;
    }
    assert_int_equal(n, f->n);
    (void)fclose(all);
}

#endif
