/* Rates by attribute and level: the levels that tell most, drawn and listed, then all. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "report_internal.h"

#define MOST_NAMED 5    /* attributes named as telling most */
#define CERTAIN    0.05 /* adjusted p from which an attribute is not named */

/* ---- attributes ---- */

/* The baseline, or a level of an attribute of the model. */
static bool is_of_model(const struct lc_frame *f, size_t i, const void *context)
{
    const struct lc_model *model = context;
    bool found = i == 0;

    for (size_t j = 0; j < model->card.k; j++)
        found =
            found || lc_cell_is(f, i, "attribute", model->card.attribute[j].attribute.column);
    return found;
}

enum lc_rc lc_rates_known(const struct lc_report *r, struct lc_arena *arena, struct lc_frame *f,
                          struct lc_err *err)
{
    const struct lc_pick pick = {.name = "rates",
                                 .heading = r->rates->heading,
                                 .k = r->rates->k,
                                 .keep = r->model ? is_of_model : NULL,
                                 .context = r->model};
    const enum lc_rc rc = lc_pick_rows(r->rates, &pick, arena, f, err);

    if (!rc)
        f->title = r->rates->title;
    return rc;
}

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

static void put_telling(const struct lc_writing *w, const struct lc_frame *f)
{
    size_t at = next_telling(f, f->n);

    if (at == f->n) {
        lc_doc_say(w->doc, "No attribute alone tells won leads from others beyond chance.");
        lc_doc_break(w->doc);
        return;
    }
    lc_doc_say(w->doc, "What tells won leads from others best, one attribute at a time "
                       "(information value): ");
    for (size_t n = 0; n < MOST_NAMED && at < f->n; n++) {
        lc_doc_say(w->doc, "%s", n ? ", " : "");
        lc_doc_quote(w->doc, lc_cell_text(f, at, "attribute"));
        lc_doc_say(w->doc, " (%.2f)", lc_cell_number(f, at, "iv_adjusted"));
        at = next_telling(f, at);
    }
    lc_doc_say(w->doc, ".");
    lc_doc_break(w->doc);
}

/* ---- levels ---- */

static const struct lc_heading level_heading[] = {
    {"level", LC_CELL_TEXT, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"won", LC_CELL_COUNT, NULL, false},
    {"rate", LC_CELL_RATE, NULL, false},
    {"rate_low", LC_CELL_RATE, "low", false},
    {"rate_high", LC_CELL_RATE, "high", false},
    {"ratio", LC_CELL_REAL, NULL, false},
    {"ratio_low", LC_CELL_REAL, "low", false},
    {"ratio_high", LC_CELL_REAL, "high", false},
    {"shrunk_ratio", LC_CELL_REAL, "shrunk", false},
};

/* The levels of the picture, in its order. */
static enum lc_rc make_levels(const struct lc_writing *w, const struct lc_frame *from,
                              struct lc_frame *f)
{
    size_t row[LC_TELLING];
    const size_t n = lc_telling_levels(from, true, row);

    lc_frame_init(f, "rates", level_heading, sizeof level_heading / sizeof *level_heading,
                  w->arena);
    for (size_t i = 0; i < n; i++) {
        union lc_value *value = NULL;
        const enum lc_rc rc = lc_frame_add(f, &value, w->err);

        if (rc)
            return rc;
        value[0].text =
            lc_arena_format(w->arena, "%s: %s", lc_cell_text(from, row[i], "attribute"),
                            lc_cell_text(from, row[i], "level"));
        if (!value[0].text)
            return lc_fail_memory(w->err, "the report");
        for (size_t j = 1; j < f->k; j++)
            value[j].number = lc_cell_number(from, row[i], level_heading[j].name);
    }
    return LC_OK;
}

static enum lc_rc put_levels(const struct lc_writing *w, const struct lc_frame *known)
{
    struct lc_frame f;
    const enum lc_rc rc = make_levels(w, known, &f);

    if (rc || f.n == 0)
        return rc;
    return lc_put_table(w, &f, "The levels that tell most, highest first", known->title,
                        "Ratio: close rate of the level over that of all leads, with its 95 % "
                        "interval; shrunk: the ratio after few leads are drawn towards 1. They "
                        "are listed because they stand out, so the smaller ones will stand out "
                        "less next quarter: go by shrunk",
                        0);
}

enum lc_rc lc_chapter_rates(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->rates;
    struct lc_frame known;
    enum lc_rc rc;

    if (!f || f->n == 0) {
        lc_doc_say(w->doc, "There are no rates: name columns with `--by`.");
        lc_doc_break(w->doc);
        return LC_OK;
    }
    rc = lc_rates_known(w->r, w->arena, &known, w->err);
    if (rc)
        return rc;
    put_telling(w, &known);
    if (known.n < f->n) {
        lc_doc_say(w->doc, "Columns that no model may learn from are left out here; the long "
                           "table below has them, and chapter 9 says why.");
        lc_doc_break(w->doc);
    }
    lc_put_figure(w, LC_FIGURE_RATES);
    rc = put_levels(w, &known);
    if (rc)
        return rc;
    lc_doc_fold(w->doc, "All attributes, level by level");
    rc =
        lc_put_table(w, f, "All attributes, level by level", f->title,
                     "Rate: won over the leads of the level, with its 95 % interval; ratio: "
                     "rate over that of all leads; shrunk: the ratio after few leads are drawn "
                     "towards 1",
                     lc_most_levels(f));
    lc_doc_unfold(w->doc);
    return rc ? rc : lc_put_drift(w);
}
