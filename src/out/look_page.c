#include "leadcal/look_page.h"

#include "leadcal/audit.h"
#include "leadcal/doc.h"

#define MOST_SAID 6 /* sentences of a section, so that page one is one sheet */

/* A chapter: a table, what stands over it, and what is said where it has no row. */
struct chapter {
    const char *title, *how, *none;
    enum lc_rc (*make)(const struct lc_look *look, struct lc_arena *arena,
                       struct lc_frame *frame, struct lc_err *err);
    bool folded;
};

static enum lc_rc make_audit(const struct lc_look *look, struct lc_arena *arena,
                             struct lc_frame *frame, struct lc_err *err)
{
    return lc_audit_frame(look->table, &look->proposal->choices, arena, frame, err);
}

#define CHAPTERS 7

static const struct chapter chapter[CHAPTERS - 1] = {
    {"Columns",
     "parameters are levels less one; a column of many values is a key, a name or a note",
     "There is no column.", lc_look_columns, false},
    {"Spellings of one value",
     "proposed ones differ in case, blanks, punctuation, accents or width alone, and are read as the "
     "usual one once the spec is used; a letter's difference is never taken unasked",
     "No two values of a column look like spellings of one.", lc_look_spellings, false},
    {"Empty cells by outcome",
     "among the leads that count; more: the share of the others less that of the won, 95 %",
     "Every column is filled for all leads that count, or nobody can say who was won.",
     lc_look_missing, false},
    {"Coverage by quarter", "share of the leads decided in the quarter that have it",
     "There are no dates, or each of them is known for all leads.", lc_look_coverage, false},
    {"The leak audit", "what is rejected or suspect is left out of every model; a note is not",
     "Nothing was found, or nobody can say who was won.", make_audit, false},
    {"Values",
     "the most frequent values of each column; none of columns that may name a person",
     "No column has values that may be shown.", lc_look_levels, true},
};

static void put_sections(struct lc_doc *d, const struct lc_look *look)
{
    for (size_t i = 0; i < look->n_sections; i++) {
        const struct lc_look_section *s = &look->section[i];

        lc_doc_say(d, "**%s**", s->title);
        lc_doc_break(d);
        if (s->is_list) {
            for (size_t j = 0; j < s->n; j++) {
                lc_doc_quote(d, s->line[j]);
                lc_doc_say(d, j + 1 < s->n ? ", " : ".");
            }
            lc_doc_break(d);
            continue;
        }
        for (size_t j = 0; j < s->n && j < MOST_SAID; j++) {
            lc_doc_item(d);
            lc_doc_quote(d, s->line[j]);
        }
        if (s->n > MOST_SAID) {
            lc_doc_item(d);
            lc_doc_say(d, "and %zu more, in the tables below", s->n - MOST_SAID);
        }
        lc_doc_break(d);
    }
}

static enum lc_rc put_chapter(struct lc_doc *d, const struct lc_look *look, size_t i,
                              struct lc_arena *arena, struct lc_err *err)
{
    const struct chapter *c = &chapter[i];
    struct lc_frame frame;
    enum lc_rc rc = c->make(look, arena, &frame, err);
    const struct lc_doc_table table = {.frame = &frame, .title = c->title, .how = c->how};

    if (rc)
        return rc;
    lc_doc_chapter(d, i + 1, c->title);
    if (!frame.n) {
        lc_doc_say(d, "%s", c->none);
        lc_doc_break(d);
        return LC_OK;
    }
    if (c->folded)
        lc_doc_fold(d, "The most frequent values of each column");
    rc = lc_doc_table(d, &table, err);
    if (c->folded)
        lc_doc_unfold(d);
    return rc;
}

enum lc_rc lc_look_page(const struct lc_look *look, const char *const *note, size_t n_notes,
                        struct lc_arena *arena, FILE *to, struct lc_err *err)
{
    const char *title[CHAPTERS];
    struct lc_doc d;
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i + 1 < CHAPTERS; i++)
        title[i] = chapter[i].title;
    title[CHAPTERS - 1] = "How it was read";
    lc_doc_begin(&d, LC_DOC_HTML, "A first look at an export", to);
    put_sections(&d, look);
    lc_doc_page(&d);
    lc_doc_contents(&d, title, CHAPTERS);
    for (size_t i = 0; i + 1 < CHAPTERS && !rc; i++)
        rc = put_chapter(&d, look, i, arena, err);
    if (rc)
        return rc;
    lc_doc_chapter(&d, CHAPTERS, title[CHAPTERS - 1]);
    for (size_t i = 0; i < look->proposal->n_comments; i++) {
        lc_doc_item(&d);
        lc_doc_quote(&d, look->proposal->comment[i]);
    }
    for (size_t i = 0; i < n_notes; i++) {
        lc_doc_item(&d);
        lc_doc_quote(&d, note[i]);
    }
    lc_doc_break(&d);
    return lc_doc_end(&d, err);
}
