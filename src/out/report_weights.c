/* What each attribute weighs in the new model. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "report_internal.h"

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

/* Intent is cut together with the rest of engagement; what it holds of the digit is said. */
static void put_intent(const struct lc_writing *w, const struct lc_card *card,
                       const int *percent)
{
    int all = 0;
    bool any = false;

    for (size_t j = 0; j < card->k; j++) {
        any = any || card->attribute[j].attribute.intent;
        all += card->attribute[j].attribute.intent ? percent[j] : 0;
    }
    if (!any)
        return;
    lc_doc_say(w->doc,
               "Intent counts as engagement: the digit is cut on both together, and intent "
               "holds %d %% of its weight.",
               all);
    lc_doc_break(w->doc);
}

enum lc_rc lc_put_weights(const struct lc_writing *w)
{
    const struct lc_card *card = &w->r->model->card;
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

        if (a->local)
            continue; /* it is in the weight of its attribute */
        rc = lc_frame_add(&f, &row, w->err);
        if (rc)
            break;
        row[W_ATTRIBUTE].text = a->attribute.column;
        row[W_ROLE].text = lc_role_text(a->attribute.role, a->attribute.intent);
        row[W_SHARE].number = percent[j] / 100.0;
        row[W_VARIANCE].number = variance_share(card, j);
        for (size_t v = 0; v < a->attribute.n_levels; v++) {
            row[W_LEAST].number = fmin(row[W_LEAST].number, a->points[v]);
            row[W_MOST].number = fmax(row[W_MOST].number, a->points[v]);
        }
    }
    if (rc)
        return rc;
    put_intent(w, card, percent);
    return lc_put_table(w, &f, "What each attribute weighs in the new model", w->who,
                        "Weight: the attribute's range of points over the ranges of all "
                        "attributes of its dimension",
                        0);
}
