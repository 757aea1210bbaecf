/* Files, settings and the agreement as rows of a spec table. What is unsaid has a row, too, so that
 * a person sees what could be said. */
#include <string.h>

#include "leadcal/cohort.h"
#include "leadcal/num.h"
#include "spec_file_internal.h"
#include "spec_table_out.h"

/* ---- files ---- */

static void put_file(struct lc_sheet_out *out, size_t i)
{
    const struct lc_spec_file *f = &out->spec.file[i];
    const bool won =
        i && out->spec.outcome.won_if_in && strcmp(out->spec.outcome.won_if_in, f->name) == 0;
    const struct {
        enum lc_use use;
        const char *value, *note;
    } part[] = {
        {LC_USE_MATCH, f->match,
         i ? "a pattern of the file's name, such as *deals*; empty: by its place"
           : "the leads have no name here; a pattern of the file's name; empty: by its place"},
        {LC_USE_KEY, f->key,
         i ? "the column of this file that joins it"
           : "the column of the leads that other files are joined by"},
        {LC_USE_JOIN, f->join,
         "the column of the leads, or of another file (deals.account), that holds it; empty: the "
         "leads' key"},
        {LC_USE_CREATED, f->created,
         "the day its row began: a lead may then have several rows, and takes the first since "
         "its decision"},
        {LC_USE_LIST, f->list ? "yes" : NULL, "yes: a key cell is a list such as 12;34"},
        {LC_USE_BY, f->domain ? LC_SPEC_DOMAIN : NULL,
         "domain: both columns hold addresses or web sites, and their domain counts"},
        {LC_USE_TWICE, f->first ? LC_SPEC_FIRST : NULL,
         "first: of rows with one key the first in the file counts; empty: they are refused"},
        {LC_USE_WON_IF_IN, won ? "yes" : NULL, "yes: a lead with a row in this file was won"},
    };

    for (size_t p = 0; p < (i ? sizeof part / sizeof *part : 2); p++)
        (void)lc_sheet_add(out, LC_SHEET_OF_FILE, i ? f->name : NULL, part[p].value,
                           LC_USE_BIT(part[p].use), part[p].note);
    lc_sheet_put_events(out, f);
    lc_sheet_put_history(out, f);
}

void lc_sheet_put_files(struct lc_sheet_out *out)
{
    for (size_t i = 0; i < out->spec.n_files; i++)
        put_file(out, i);
}

/* ---- settings ---- */

static const char *day_text(struct lc_sheet_out *out, int32_t day)
{
    char text[LC_DAY_TEXT] = "";

    if (day != LC_NO_DAY)
        lc_day_text(day, text);
    return lc_sheet_keep(out, lc_arena_text(out->arena, lc_slice_of(text)));
}

/* The text of a number; `unsaid` has none. */
static const char *real_text(struct lc_sheet_out *out, double x, double unsaid)
{
    char text[LC_REAL_TEXT] = "";

    if (x < unsaid || x > unsaid)
        lc_real_text(x, text);
    return lc_sheet_keep(out, lc_arena_text(out->arena, lc_slice_of(text)));
}

static void put_setting(struct lc_sheet_out *out, enum lc_setting which, const char *value,
                        const char *note)
{
    (void)lc_sheet_add(out, LC_SHEET_OF_SETTING, lc_setting_name[which], value, 0, note);
}

/* The first row, with a comma in its note: so there is a quote early in the table, and nobody takes
 * the apostrophes for quotes. */
void lc_sheet_put_version(struct lc_sheet_out *out)
{
    put_setting(out, LC_SETTING_VERSION, real_text(out, LC_SPEC_VERSION, 0),
                "the version of this form; change words under use, role, known and value, and "
                "leave this line");
}

void lc_sheet_put_settings(struct lc_sheet_out *out)
{
    const struct lc_spec *s = &out->spec;
    const char *column = lc_spec_current_column(s);

    put_setting(out, LC_SETTING_WINDOW,
                s->window_days == LC_WINDOW_NONE
                    ? "none"
                    : real_text(out, s->window_days, LC_WINDOW_AUTO),
                "won within so many days of the decision, or none; default auto: chosen by the "
                "wins' own speed");
    put_setting(out, LC_SETTING_AS_OF, day_text(out, s->as_of_day),
                "the day of the export, YYYY-MM-DD; default: " LC_AS_OF_FOUND);
    put_setting(out, LC_SETTING_AFTER, real_text(out, s->decision_after_days, 0),
                "days from entered to the decision, where no hand-over is named; default 0");
    put_setting(out, LC_SETTING_DATE_ORDER,
                s->date_order == LC_DATE_ANY ? NULL
                                             : lc_spec_orders[s->date_order - LC_DATE_DMY],
                "how 03/04/2026 is read: dmy, mdy or ymd; default: each column votes");
    put_setting(out, LC_SETTING_ORDER, s->order_is_file ? "file" : NULL,
                "file: the order of the rows is the order of time, where there are no dates");
    put_setting(out, LC_SETTING_CREDIT,
                s->credit == LC_CREDIT_PRIMARY ? NULL : lc_spec_credits[s->credit],
                "who has won an opportunity that several leads share: primary, all or share; "
                "default primary");
    put_setting(out, LC_SETTING_CAPACITY, real_text(out, s->capacity, 0),
                "how many leads sales takes a week; default: as the export shows");
    put_setting(out, LC_SETTING_CURRENT, column && *column ? NULL : s->current,
                "a model file or a points file that is in use; a column has the use score in "
                "use instead");
    put_setting(out, LC_SETTING_BINS,
                s->bins == LC_BINS_QUARTILE ? NULL : lc_spec_bins[s->bins],
                "dp: numbers of many values are cut where the outcome changes most; default "
                "quartile");
    put_setting(out, LC_SETTING_DECIMAL,
                s->decimal == LC_DECIMAL_ANY ? NULL
                                             : lc_spec_decimals[s->decimal - LC_DECIMAL_POINT],
                "point or comma: how 1,234 and 1.234 are read; default: each column votes");
    if (!s->local.by)
        return;
    put_setting(out, LC_SETTING_LOCAL, s->local.by,
                "the column whose texts are segments with weights of their own");
    put_setting(out, LC_SETTING_LOCAL_LEAST, real_text(out, s->local.least, 0),
                "wins, and leads not won, that a segment needs for them; default 10");
}

/* ---- the agreement ---- */

static void put_agreed(struct lc_sheet_out *out, enum lc_agreed which, const char *value,
                       const char *note)
{
    (void)lc_sheet_add(out, LC_SHEET_OF_AGREEMENT, lc_agreed_name[which], value, 0, note);
}

static void put_cells(struct lc_sheet_out *out)
{
    const struct lc_agreement *a = &out->spec.agreement;

    for (size_t i = 0; i < a->hand_over.n; i++)
        (void)lc_sheet_add(out, LC_SHEET_OF_CELL, a->hand_over.text[i], NULL,
                           LC_USE_BIT(LC_USE_HAND_OVER), "handed to sales");
    for (size_t i = 0; i < a->n_cells; i++) {
        const struct lc_spec_cell *c = &a->cell[i];

        (void)lc_sheet_add(out, LC_SHEET_OF_CELL, c->grade, c->lane, LC_USE_BIT(LC_USE_LANE),
                           "who works it, and how");
        (void)lc_sheet_add(out, LC_SHEET_OF_CELL, c->grade, c->action,
                           LC_USE_BIT(LC_USE_ACTION), "what is done");
        (void)lc_sheet_add(out, LC_SHEET_OF_CELL, c->grade,
                           real_text(out, c->sla_hours, LC_SLA_UNSAID),
                           LC_USE_BIT(LC_USE_HOURS), "within how many hours; 0: no clock");
    }
}

static void put_owners(struct lc_sheet_out *out)
{
    static const char *const side[] = {"marketing", "sales"};
    const struct lc_agreement *a = &out->spec.agreement;

    for (size_t i = 0; i < a->n_owners; i++)
        (void)lc_sheet_add(out, LC_SHEET_OF_OWNER, a->owner[i].of, a->owner[i].name, 0, NULL);
    for (size_t i = 0; i < 2 && !a->n_owners; i++)
        (void)lc_sheet_add(out, LC_SHEET_OF_OWNER, side[i], NULL, 0,
                           "who answers for this side of the agreement");
}

void lc_sheet_put_agreement(struct lc_sheet_out *out)
{
    const struct lc_agreement *a = &out->spec.agreement;

    put_agreed(out, LC_AGREED_DEFINITION, a->definition,
               "what a qualified lead is; rows of kind cell give A1 to D4 the uses hand over, "
               "lane, action or sla hours");
    put_cells(out);
    put_owners(out);
    put_agreed(out, LC_AGREED_APPROVED, a->approved_by, "who signed the agreement");
    put_agreed(out, LC_AGREED_EFFECTIVE, day_text(out, a->effective_from),
               "from when it holds, YYYY-MM-DD");
    put_agreed(out, LC_AGREED_REVIEW, day_text(out, a->next_review),
               "when it is looked at again, YYYY-MM-DD");
}
