/* report_page_internal.h - what the parts of page one share.   Layer: out (private) */
#ifndef LC_REPORT_PAGE_INTERNAL_H
#define LC_REPORT_PAGE_INTERNAL_H

#include "report_internal.h"

/* lc_put_said - a sentence of the data or of ours, with a capital and a full stop. */
void lc_put_said(const struct lc_writing *w, const char *text);

/* The paragraphs 4 to 8. */
enum lc_rc lc_page_grades(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_page_workload(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_page_changes(const struct lc_writing *w) LC_MUST_USE;
void lc_page_acceptance(const struct lc_writing *w);
void lc_page_doubts(const struct lc_writing *w);

#endif
