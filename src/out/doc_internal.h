/* doc_internal.h - what a form of a document must know how to write.   Layer: out (private) */
#ifndef LC_DOC_INTERNAL_H
#define LC_DOC_INTERNAL_H

#include "leadcal/doc.h"

/* One form. Blocks come balanced: doc.c sees to it, and that no words come outside of them. */
struct lc_doc_writer {
    void (*begin)(struct lc_doc *d, const char *title);
    void (*end)(struct lc_doc *d);
    void (*say)(struct lc_doc *d, const char *text); /* with ** and ` */
    void (*quote)(struct lc_doc *d, const char *text);
    void (*open)(struct lc_doc *d, enum lc_doc_block block, bool first); /* of its list */
    void (*close)(struct lc_doc *d, enum lc_doc_block block, bool last);
    void (*number)(struct lc_doc *d, size_t n); /* of the paragraph just opened */
    void (*page)(struct lc_doc *d);
    void (*contents)(struct lc_doc *d, const char *const *title, size_t n);
    void (*chapter)(struct lc_doc *d, size_t number, const char *title);
    void (*box)(struct lc_doc *d, bool open);
    void (*fold)(struct lc_doc *d, const char *title); /* NULL: the end of one */
    enum lc_rc (*table)(struct lc_doc *d, const struct lc_doc_table *table, struct lc_err *err);
    void (*figure)(struct lc_doc *d, const char *name, const char *text, struct lc_slice svg);
    void (*code)(struct lc_doc *d, const char *text);
};

extern const struct lc_doc_writer lc_doc_as_markdown, lc_doc_as_html;

/* ---- HTML: what is written is either a constant of ours or escaped ---- */

/* lc_html_raw - markup of ours; only a literal fits between the two others. */
#define lc_html_raw(to, literal) ((void)fputs("" literal "", (to)))

/* lc_html_text - the content of an element. lc_html_value - that of a quoted attribute. Both are
 * cleaned as lc_text_step does. */
void lc_html_text(const char *text, FILE *to);
void lc_html_value(const char *text, FILE *to);

/* lc_html_table - the table in its box. LC_ENOMEM. */
enum lc_rc lc_html_table(struct lc_doc *d, const struct lc_doc_table *table,
                         struct lc_err *err) LC_MUST_USE;

/* lc_html_style - the constant style sheet. */
void lc_html_style(FILE *to);

#endif
