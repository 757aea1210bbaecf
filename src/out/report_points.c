/* Points by the published method against points of the new model, level by level. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "report_internal.h"

#define MOST_OPPOSED 8 /* levels named on which the two disagree beyond chance */
#define FEW_OPPOSED  3 /* and as examples, where no disagreement is beyond chance */

enum column {
    ATTRIBUTE,
    LEVEL,
    LEADS,
    WON,
    RATIO,
    SHRUNK,
    POINTS,
    VALUE,
    LOW,
    HIGH,
    REMARK,
    RATIO_LOW,
    RATIO_HIGH,
    TELLS,
    ALL
};

static const struct lc_heading heading[ALL] = {
    [ATTRIBUTE] = {"attribute", LC_CELL_TEXT, NULL, false},
    [LEVEL] = {"level", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [RATIO] = {"ratio", LC_CELL_REAL, "HubSpot points (ratio)", false},
    [SHRUNK] = {"shrunk_ratio", LC_CELL_REAL, "shrunk", false},
    [POINTS] = {"points", LC_CELL_COUNT, "logistic points", false},
    [VALUE] = {"coefficient", LC_CELL_REAL, "log-odds", false},
    [LOW] = {"low", LC_CELL_REAL, NULL, false},
    [HIGH] = {"high", LC_CELL_REAL, NULL, false},
    [REMARK] = {"remark", LC_CELL_TEXT, NULL, false},
    [RATIO_LOW] = {"ratio_low", LC_CELL_REAL, NULL, true},
    [RATIO_HIGH] = {"ratio_high", LC_CELL_REAL, NULL, true},
    [TELLS] = {"iv_adjusted", LC_CELL_REAL, NULL, true},
};

/* ---- the table ---- */

/* The row of a level in another table, looked for from `from` on since both have the same
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

/* Cells by name from the row of another table that has the level. */
static void copy_cells(const struct lc_frame *from, size_t *at, const enum column *column,
                       size_t n, union lc_value *row)
{
    const size_t i = from ? find_term(from, *at, row[ATTRIBUTE].text, row[LEVEL].text) : 0;

    if (!from || i == from->n)
        return;
    for (size_t j = 0; j < n; j++)
        row[column[j]].number = lc_cell_number(from, i, heading[column[j]].name);
    *at = i + 1;
}

/* One side says that the level is better than average, the other that it is worse. */
static bool is_opposed(const union lc_value *row)
{
    return (row[RATIO].number > 1 && row[POINTS].number < 0) ||
           (row[RATIO].number < 1 && row[POINTS].number > 0);
}

static enum lc_rc add_levels(const struct lc_report *r, const struct lc_card_attribute *a,
                             size_t at[2], struct lc_frame *f, struct lc_err *err)
{
    static const enum column of_rates[] = {RATIO, SHRUNK, RATIO_LOW, RATIO_HIGH, TELLS};
    static const enum column of_fit[] = {VALUE, LOW, HIGH};

    for (size_t v = 0; v < a->attribute.n_levels; v++) {
        union lc_value *row = NULL;
        enum lc_rc rc;

        if (a->attribute.n[v] == 0)
            continue;
        rc = lc_frame_add(f, &row, err);
        if (rc)
            return rc;
        row[ATTRIBUTE].text = a->attribute.column;
        row[LEVEL].text = a->attribute.level[v];
        row[LEADS].number = a->attribute.n[v];
        row[WON].number = a->attribute.won[v];
        row[POINTS].number = a->points[v] + 0.0; /* -0 becomes 0 */
        copy_cells(r->rates, &at[0], of_rates, sizeof of_rates / sizeof *of_rates, row);
        copy_cells(r->fit, &at[1], of_fit, sizeof of_fit / sizeof *of_fit, row);
        if (is_opposed(row))
            row[REMARK].text = "opposed";
    }
    return LC_OK;
}

enum lc_rc lc_points_frame(const struct lc_report *r, struct lc_arena *arena,
                           struct lc_frame *f, struct lc_err *err)
{
    size_t at[2] = {0, 0};
    enum lc_rc rc = LC_OK;

    lc_frame_init(f, "fit", heading, ALL, arena);
    f->title = r->rates ? r->rates->title : NULL;
    for (size_t j = 0; j < r->model->card.k && !rc; j++)
        if (!r->model->card.attribute[j]
                 .attribute.of) /* deviations have a table of their own */
            rc = add_levels(r, &r->model->card.attribute[j], at, f, err);
    return rc;
}

/* ---- where they disagree ---- */

/* How far apart the two are, in points: 10 double the odds, and nearly the rate where few win. */
static double gap_of(const union lc_value *row)
{
    return row[RATIO].number > 0
               ? fabs(LC_POINTS_PER_DOUBLING * log2(row[RATIO].number) - row[POINTS].number)
               : HUGE_VAL;
}

/* Opposed, and by the ratio's interval not by chance alone. */
static bool is_sure(const union lc_value *row)
{
    return is_opposed(row) && (row[RATIO_LOW].number > 1 || row[RATIO_HIGH].number < 1);
}

/* The next level of a kind by falling gap after the row `last`; f->n: none. */
static size_t next_opposed(const struct lc_frame *f, bool (*is_kind)(const union lc_value *row),
                           size_t last)
{
    const double bound = last < f->n ? gap_of(f->value + last * f->k) : HUGE_VAL;
    size_t best = f->n;

    for (size_t i = 0; i < f->n; i++) {
        const union lc_value *row = f->value + i * f->k;

        if (!is_kind(row) || gap_of(row) > bound ||
            (gap_of(row) == bound && last < f->n && i <= last))
            continue;
        if (best == f->n || gap_of(row) > gap_of(f->value + best * f->k))
            best = i;
    }
    return best;
}

static void put_opposed_level(const struct lc_writing *w, const union lc_value *row)
{
    lc_doc_item(w->doc);
    lc_doc_quote(w->doc, row[ATTRIBUTE].text);
    lc_doc_say(w->doc, ": ");
    lc_doc_quote(w->doc, row[LEVEL].text);
    lc_doc_say(w->doc, ": ratio %.2f", row[RATIO].number);
    if (isfinite(row[RATIO_LOW].number) && isfinite(row[RATIO_HIGH].number))
        lc_doc_say(w->doc, " (%.2f to %.2f)", row[RATIO_LOW].number, row[RATIO_HIGH].number);
    lc_doc_say(w->doc, ", but %+.0f logistic points; %.0f leads, %.0f won", row[POINTS].number,
               row[LEADS].number, row[WON].number);
}

static void put_opposed(const struct lc_writing *w, const struct lc_frame *f)
{
    size_t n = 0, sure = 0, shown = 0;

    for (size_t i = 0; i < f->n; i++) {
        n += is_opposed(f->value + i * f->k);
        sure += is_sure(f->value + i * f->k);
    }
    if (n == 0) {
        lc_doc_say(w->doc, "The two methods agree on every level whether it is better or worse "
                           "than average.");
        lc_doc_break(w->doc);
        return;
    }
    lc_doc_say(
        w->doc,
        "**Where the two disagree in direction:** on %zu of %zu levels, %zu of them beyond "
        "chance (the ratio's interval leaves out 1). A ratio looks at one attribute "
        "alone, so a level is praised for the company it keeps; the logistic holds the "
        "other attributes fixed. The widest apart%s:",
        n, f->n, sure, sure ? " beyond chance" : "");
    for (size_t i = next_opposed(f, sure ? is_sure : is_opposed, f->n);
         i < f->n && shown < (sure ? MOST_OPPOSED : FEW_OPPOSED);
         i = next_opposed(f, sure ? is_sure : is_opposed, i), shown++)
        put_opposed_level(w, f->value + i * f->k);
    lc_doc_break(w->doc);
}

/* ---- the chapter ---- */

/* A row of the table that the picture shows too. */
struct telling {
    size_t row[LC_TELLING], n;
};

static bool is_telling(const struct lc_frame *f, size_t i, const void *context)
{
    const struct telling *t = context;
    bool found = false;

    (void)f;
    for (size_t k = 0; k < t->n; k++)
        found = found || t->row[k] == i;
    return found;
}

static enum lc_rc put_tables(const struct lc_writing *w, const struct lc_frame *f)
{
    struct telling t;
    const struct lc_pick pick = {.name = "fit",
                                 .heading = heading,
                                 .k = RATIO_LOW,
                                 .keep = is_telling,
                                 .context = &t,
                                 .drop = true};
    struct lc_frame best;
    enum lc_rc rc;

    t.n = lc_telling_levels(f, false, t.row);
    rc = lc_pick_rows(f, &pick, w->arena, &best, w->err);
    if (!rc && t.n)
        rc = lc_put_table(w, &best, "The levels that tell most", f->title,
                          "HubSpot points: the ratio, never negative; logistic points: against "
                          "the average lead, 10 double the odds; log-odds: against the "
                          "attribute's mean, with their 95 % interval, all other attributes "
                          "held fixed",
                          0);
    if (rc)
        return rc;
    lc_doc_fold(w->doc, "Points of every level");
    rc = lc_put_table(w, f, "Points of every level", f->title, NULL, lc_most_levels(f));
    lc_doc_unfold(w->doc);
    return rc;
}

/* The notes of the fit but for those of the segments, and of the separation, which are its last: both
 * were said before. */
static void put_fit_notes(const struct lc_writing *w)
{
    const struct lc_frame *fit = w->r->fit, *local = w->r->local;
    const size_t n = fit->n_notes - (w->r->separation ? w->r->separation->n_notes : 0);

    for (size_t i = 0; i < n; i++) {
        bool said = false;

        for (size_t l = 0; local && l < local->n_notes && !said; l++)
            said = strcmp(local->note[l], fit->note[i]) == 0;
        if (said)
            continue;
        lc_doc_item(w->doc);
        lc_doc_quote(w->doc, fit->note[i]);
    }
    lc_doc_break(w->doc);
}

enum lc_rc lc_chapter_points(const struct lc_writing *w)
{
    const struct lc_report *r = w->r;
    struct lc_frame f;
    enum lc_rc rc;

    if (!r->model) {
        lc_doc_say(w->doc, "There is no model to hold the ratios against: ");
        lc_put_sentence(w, r->no_model ? r->no_model : "none was fitted");
        lc_doc_break(w->doc);
        return r->fit && r->fit->n ? lc_put_table(w, r->fit, "Weights as fitted", r->fit->title,
                                                  NULL, lc_most_levels(r->fit))
                                   : LC_OK;
    }
    lc_doc_say(w->doc,
               "The published method gives a level its ratio as points: a level that closes "
               "twice as often as all leads has 2. In the new model an average lead has 50 "
               "points, each level adds or takes its points, and 10 points more double the "
               "odds of winning; what is worse than average is below 0.");
    rc = lc_points_frame(r, w->arena, &f, w->err);
    if (rc)
        return rc;
    lc_put_figure(w, LC_FIGURE_POINTS);
    put_opposed(w, &f);
    rc = put_tables(w, &f);
    if (!rc)
        rc = lc_put_weights(w);
    if (!rc)
        rc = lc_put_moves(w);
    if (!rc)
        rc = lc_put_separation(w);
    if (!rc)
        rc = lc_put_local(w);
    if (!rc && r->fit)
        put_fit_notes(w);
    return rc;
}
