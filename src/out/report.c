#include "leadcal/report.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/text_table.h"
#include "report_internal.h"

#define LIMITING 4 /* tables that the report was given */

/* ---- words ---- */

void lc_say(const struct lc_writing *w, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    (void)vfprintf(w->to, fmt, args);
    va_end(args);
}

void lc_quote(const struct lc_writing *w, const char *text)
{
    if (text)
        lc_markdown_escape(text, w->to);
}

const char *lc_percent(double share, char to[LC_PERCENT])
{
    const double percent = 100 * share;

    if (!isfinite(share))
        (void)snprintf(to, LC_PERCENT, "unknown");
    else if (percent > 0 && percent < 0.1)
        (void)snprintf(to, LC_PERCENT, "%.2g %%", percent);
    else
        (void)snprintf(to, LC_PERCENT, "%.1f %%", percent);
    return to;
}

void lc_put_notes(const struct lc_writing *w, const char *const *note, size_t n,
                  const char *except)
{
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        if (except && strcmp(note[i], except) == 0)
            continue;
        lc_say(w, "- ");
        lc_quote(w, note[i]);
        lc_say(w, "\n");
        any = true;
    }
    if (any)
        lc_say(w, "\n");
}

/* A file name inside a link: what is not plain is written as %XX. */
static void put_link(const struct lc_writing *w, const char *name)
{
    for (const unsigned char *p = (const unsigned char *)name; *p; p++)
        if ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') ||
            strchr("._-/", *p))
            lc_say(w, "%c", *p);
        else
            lc_say(w, "%%%02X", *p);
}

void lc_put_figure(const struct lc_writing *w, const char *name)
{
    for (size_t i = 0; i < w->r->n_figures; i++)
        if (strcmp(w->r->figure[i], name) == 0) {
            lc_say(w, "![");
            lc_quote(w, w->r->figure_text ? w->r->figure_text[i] : name);
            lc_say(w, "](");
            put_link(w, name);
            lc_say(w, ")\n\n");
        }
}

enum lc_rc lc_put_table(const struct lc_writing *w, const struct lc_frame *f, const char *who,
                        const char *denominator, size_t most_rows)
{
    if (who) {
        lc_say(w, "Of: ");
        lc_quote(w, who);
        lc_say(w, ".%s", denominator ? " " : "\n\n");
    }
    if (denominator)
        lc_say(w, "%s.\n\n", denominator);
    return lc_frame_markdown(f, most_rows, w->to, w->err);
}

const char *lc_who(const struct lc_writing *w, const char *otherwise)
{
    const char *title = w->r->cohort ? lc_cohort_title(w->r->cohort, w->arena) : NULL;

    return title ? title : otherwise;
}

/* ---- cells ---- */

static size_t find_column(const struct lc_frame *f, const char *name)
{
    size_t j = 0;

    while (j < f->k && strcmp(f->heading[j].name, name) != 0)
        j++;
    return j;
}

double lc_cell_number(const struct lc_frame *f, size_t i, const char *column)
{
    const size_t j = find_column(f, column);

    return j < f->k ? f->value[i * f->k + j].number : LC_NAN;
}

const char *lc_cell_text(const struct lc_frame *f, size_t i, const char *column)
{
    const size_t j = find_column(f, column);
    const char *text = j < f->k ? f->value[i * f->k + j].text : NULL;

    return text ? text : "";
}

const struct lc_metric *lc_metric_of(const struct lc_backtest *b, const char *model,
                                     const char *metric)
{
    for (size_t i = 0; i < b->n_metrics; i++)
        if (strcmp(b->metric[i].model, model) == 0 && strcmp(b->metric[i].metric, metric) == 0)
            return &b->metric[i];
    return NULL;
}

bool lc_is_repeat(const struct lc_frame *f, size_t i)
{
    return i > 0 && strcmp(lc_cell_text(f, i, "grade"), lc_cell_text(f, i - 1, "grade")) == 0 &&
           strcmp(lc_cell_text(f, i, "model"), lc_cell_text(f, i - 1, "model")) == 0;
}

/* ---- the last chapters ---- */

void lc_chapter_left_out(const struct lc_writing *w)
{
    const struct lc_report *r = w->r;

    lc_say(w, "## 8. What was left out, and what this report does not show\n\n");
    if (r->n_left_out) {
        lc_say(w, "Columns that the model did not learn from, and why:\n\n");
        lc_put_notes(w, r->left_out, r->n_left_out, NULL);
        lc_say(w, "Name columns with `--by` or in the spec to let them in.\n\n");
    } else {
        lc_say(w, "No column was left out.\n\n");
    }
    lc_say(w, "- Whether sales accepted and worked a lead is not in these numbers: a lead that "
              "nobody called counts as not won.\n");
    if (r->cohort && r->cohort->account.immature)
        lc_say(w,
               "- %zu leads are younger than the window: they count next quarter, whatever "
               "became of them so far.\n",
               r->cohort->account.immature);
    if (r->cohort && !r->cohort->has_dates)
        lc_say(w, "- Without dates young leads count like old ones; name the date of entry "
                  "with `--entered` to wait for them.\n");
    lc_say(w, "\n");
}

static size_t longest_run(const char *text, char of)
{
    size_t longest = 0, run = 0;

    for (; *text; text++) {
        run = *text == of ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* A fence longer than any in the text, so that the text cannot end it. */
static void put_code(const struct lc_writing *w, const char *text)
{
    const size_t fence = longest_run(text, '`') + 1;
    const size_t n = fence < 3 ? 3 : fence;

    for (size_t i = 0; i < n; i++)
        lc_say(w, "`");
    lc_say(w, "sh\n");
    for (const char *p = text; *p; p++) {
        const unsigned char c = (unsigned char)*p;

        (void)fputc((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f ? '?' : c, w->to);
    }
    lc_say(w, "\n");
    for (size_t i = 0; i < n; i++)
        lc_say(w, "`");
    lc_say(w, "\n\n");
}

void lc_chapter_again(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->files;

    lc_say(w, "## 9. How to make this again\n\n");
    if (w->r->command)
        put_code(w, w->r->command);
    else
        lc_say(w, "The command was too long to be kept; `spec.json` beside this report holds "
                  "its choices.\n\n");
    lc_say(w, "The same files and the same command give the same bytes. Made by %s.\n\n",
           LC_PROGRAM);
    for (size_t i = 0; f && i < f->n; i++) {
        if (!*lc_cell_text(f, i, "sha256"))
            continue;
        lc_say(w, "- ");
        lc_quote(w, lc_cell_text(f, i, "file"));
        lc_say(w, ": SHA-256 ");
        lc_quote(w, lc_cell_text(f, i, "sha256"));
        lc_say(w, "\n");
    }
}

/* ---- the whole ---- */

static enum lc_rc write_chapters(const struct lc_writing *w)
{
    enum lc_rc rc;

    lc_say(w, "# Lead scores against closed-won\n\n");
    lc_put_summary(w);
    rc = lc_chapter_files(w);
    if (!rc)
        rc = lc_chapter_leads(w);
    if (!rc)
        rc = lc_chapter_grades(w);
    if (!rc)
        rc = lc_chapter_models(w);
    if (!rc)
        rc = lc_chapter_rates(w);
    if (!rc)
        rc = lc_chapter_points(w);
    if (!rc)
        rc = lc_chapter_cells(w);
    if (rc)
        return rc;
    lc_chapter_left_out(w);
    lc_chapter_again(w);
    return LC_OK;
}

/* Tables made for the report may take what the tables it shows may take. */
static size_t limit_of(const struct lc_report *r)
{
    const struct lc_frame *all[LIMITING] = {r->files, r->rates, r->fit, r->cells};

    for (size_t i = 0; i < LIMITING; i++)
        if (all[i] && all[i]->arena)
            return all[i]->arena->limit;
    return LC_ARENA_NO_LIMIT;
}

enum lc_rc lc_report_markdown(const struct lc_report *r, FILE *to, struct lc_err *err)
{
    struct lc_arena arena;
    const struct lc_writing w = {.r = r, .to = to, .arena = &arena, .err = err};
    enum lc_rc rc;

    lc_arena_init(&arena, limit_of(r));
    errno = 0;
    rc = write_chapters(&w);
    if (!rc && (fflush(to) != 0 || ferror(to)))
        rc = lc_fail(err, LC_EIO, "the report cannot be written: %s; is the disk full?",
                     strerror(errno ? errno : EIO));
    lc_arena_release(&arena);
    return rc;
}
