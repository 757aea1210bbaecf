/* Chapters 5 and 6: rates by level, points of the new model. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "report_internal.h"

#define MOST_LEVELS 8    /* of an attribute shown; rates.csv and fit.csv hold all */
#define MOST_NAMED  5    /* attributes named as telling most */
#define CERTAIN     0.05 /* adjusted p from which an attribute is not named */

/* ---- 5: rates ---- */

/* The next attribute by falling information value after the row `last`; f->n: none. */
static size_t next_telling(const struct lc_frame *f, size_t last)
{
    const double bound = last < f->n ? lc_cell_number(f, last, "iv_adjusted") : HUGE_VAL;
    size_t best = f->n;

    for (size_t i = 1; i < f->n; i++) {
        const double iv = lc_cell_number(f, i, "iv_adjusted");

        if (strcmp(lc_cell_text(f, i, "level"), "(all)") != 0 ||
            !(lc_cell_number(f, i, "p_adjusted") < CERTAIN) || isnan(iv))
            continue;
        if (iv > bound || (iv == bound && (last == f->n || i <= last)))
            continue;
        if (best == f->n || iv > lc_cell_number(f, best, "iv_adjusted"))
            best = i;
    }
    return best;
}

static void put_telling(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->rates;
    size_t at = next_telling(f, f->n);

    if (at == f->n) {
        lc_say(w, "No attribute alone tells won leads from others beyond chance.\n\n");
        return;
    }
    lc_say(w, "What tells won leads from others best, one attribute at a time (information "
              "value): ");
    for (size_t n = 0; n < MOST_NAMED && at < f->n; n++) {
        lc_say(w, "%s", n ? ", " : "");
        lc_quote(w, lc_cell_text(f, at, "attribute"));
        lc_say(w, " (%.2f)", lc_cell_number(f, at, "iv_adjusted"));
        at = next_telling(f, at);
    }
    lc_say(w, ".\n\n");
}

enum lc_rc lc_chapter_rates(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->rates;
    enum lc_rc rc;

    lc_say(w, "## 5. Close rate by attribute and level\n\n");
    if (!f || f->n == 0) {
        lc_say(w, "There are no rates: name columns with `--by`.\n\n");
        return LC_OK;
    }
    put_telling(w);
    lc_put_figure(w, "rates.svg");
    rc =
        lc_put_table(w, f, f->title,
                     "Rate: won over the leads of the level, with its 95 % interval; ratio: "
                     "rate over that of all leads; shrunk: the ratio after few leads are drawn "
                     "towards 1",
                     MOST_LEVELS);
    return rc;
}

/* ---- 6: points ---- */

enum point_column {
    P_ATTRIBUTE,
    P_LEVEL,
    P_LEADS,
    P_WON,
    P_POINTS,
    P_VALUE,
    P_LOW,
    P_HIGH,
    P_ALL
};

static const struct lc_heading point_heading[P_ALL] = {
    {"attribute", LC_CELL_TEXT, NULL, false}, {"level", LC_CELL_TEXT, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},    {"won", LC_CELL_COUNT, NULL, false},
    {"points", LC_CELL_COUNT, NULL, false},   {"coefficient", LC_CELL_REAL, "log-odds", false},
    {"low", LC_CELL_REAL, "low", false},      {"high", LC_CELL_REAL, "high", false},
};

/* The row of a level in the table of the fit, looked for from `from` on since both have the same
 * order; f->n: it has none. */
static size_t find_term(const struct lc_frame *f, size_t from, const char *attribute,
                        const char *level)
{
    for (size_t seen = 0; seen < f->n; seen++) {
        const size_t i = (from + seen) % f->n;

        if (strcmp(lc_cell_text(f, i, "attribute"), attribute) == 0 &&
            strcmp(lc_cell_text(f, i, "level"), level) == 0)
            return i;
    }
    return f->n;
}

static enum lc_rc add_points(const struct lc_writing *w, const struct lc_card_attribute *a,
                             size_t *from, struct lc_frame *f)
{
    const struct lc_frame *fit = w->r->fit;

    for (size_t v = 0; v < a->attribute.n_levels; v++) {
        union lc_value *row = NULL;
        enum lc_rc rc;
        size_t at;

        if (a->attribute.n[v] == 0)
            continue;
        rc = lc_frame_add(f, &row, w->err);
        if (rc)
            return rc;
        row[P_ATTRIBUTE].text = a->attribute.column;
        row[P_LEVEL].text = a->attribute.level[v];
        row[P_LEADS].number = a->attribute.n[v];
        row[P_WON].number = a->attribute.won[v];
        row[P_POINTS].number = a->points[v] + 0.0; /* -0 becomes 0 */
        at = fit ? find_term(fit, *from, a->attribute.column, a->attribute.level[v]) : 0;
        if (!fit || at == fit->n)
            continue;
        for (size_t j = P_VALUE; j < P_ALL; j++)
            row[j].number = lc_cell_number(fit, at, point_heading[j].name);
        *from = at + 1;
    }
    return LC_OK;
}

enum weight_column { W_ATTRIBUTE, W_ROLE, W_SHARE, W_VARIANCE, W_LEAST, W_MOST, W_ALL };

static const struct lc_heading weight_heading[W_ALL] = {
    {"attribute", LC_CELL_TEXT, NULL, false},
    {"dimension", LC_CELL_TEXT, NULL, false},
    {"share", LC_CELL_RATE, "weight in it", false},
    {"variance", LC_CELL_RATE, "share of variance", false},
    {"least", LC_CELL_COUNT, "fewest points", false},
    {"most", LC_CELL_COUNT, "most points", false},
};

/* An attribute's share of its dimension's variance over the real leads; NaN where nothing varies. */
static double variance_share(const struct lc_card *card, size_t j)
{
    double all = 0;

    for (size_t i = 0; i < card->k; i++)
        if (card->attribute[i].attribute.role == card->attribute[j].attribute.role)
            all += card->attribute[i].variance;
    return all > 0 ? card->attribute[j].variance / all : LC_NAN;
}

static enum lc_rc put_weights(const struct lc_writing *w, const struct lc_card *card)
{
    int *percent = LC_NEW(w->arena, card->k, int);
    struct lc_frame f;
    enum lc_rc rc;

    if (!percent)
        return lc_fail_memory(w->err, "the report");
    rc = lc_card_shares(card, w->arena, percent, w->err);
    lc_frame_init(&f, "weights", weight_heading, W_ALL, w->arena);
    for (size_t j = 0; j < card->k && !rc; j++) {
        const struct lc_card_attribute *a = &card->attribute[j];
        union lc_value *row = NULL;

        rc = lc_frame_add(&f, &row, w->err);
        if (rc)
            break;
        row[W_ATTRIBUTE].text = a->attribute.column;
        row[W_ROLE].text = a->attribute.role == LC_ROLE_ENGAGEMENT ? "engagement" : "profile";
        row[W_SHARE].number = percent[j] / 100.0;
        row[W_VARIANCE].number = variance_share(card, j);
        for (size_t v = 0; v < a->attribute.n_levels; v++) {
            row[W_LEAST].number = fmin(row[W_LEAST].number, a->points[v]);
            row[W_MOST].number = fmax(row[W_MOST].number, a->points[v]);
        }
    }
    if (rc)
        return rc;
    lc_say(w, "### What each attribute weighs\n\n");
    return lc_put_table(w, &f, lc_who(w, NULL),
                        "Weight: the attribute's range of points over the ranges of all "
                        "attributes of its dimension",
                        0);
}

enum lc_rc lc_chapter_points(const struct lc_writing *w)
{
    const struct lc_report *r = w->r;
    struct lc_frame f;
    size_t from = 0;
    enum lc_rc rc;

    lc_say(w, "## 6. Points of the new model\n\n");
    if (!r->model) {
        lc_say(w, "There is no model: ");
        lc_quote(w, r->no_model ? r->no_model : "none was fitted");
        lc_say(w, ".\n\n");
        return r->fit && r->fit->n ? lc_put_table(w, r->fit, r->fit->title, NULL, MOST_LEVELS)
                                   : LC_OK;
    }
    lc_say(w,
           "An average lead has 50 points; each level adds or takes its points; 10 points more "
           "double the odds of winning. What is worse than average is below 0.\n\n");
    rc = put_weights(w, &r->model->card);
    if (rc)
        return rc;
    lc_frame_init(&f, "fit", point_heading, P_ALL, w->arena);
    for (size_t j = 0; j < r->model->card.k && !rc; j++)
        rc = add_points(w, &r->model->card.attribute[j], &from, &f);
    if (rc)
        return rc;
    lc_say(w, "### Points of each level\n\n");
    rc = lc_put_table(w, &f, lc_who(w, r->fit ? r->fit->title : NULL),
                      "Points: against the average lead; log-odds: against the attribute's "
                      "mean, with their 95 % interval, all other attributes held fixed",
                      MOST_LEVELS);
    if (!rc && r->fit)
        lc_put_notes(w, r->fit->note, r->fit->n_notes, NULL);
    return rc;
}
