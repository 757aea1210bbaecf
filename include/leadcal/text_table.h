/* text_table.h - frames for people: aligned columns on a terminal, tables in Markdown.   Layer: out */
#ifndef LC_TEXT_TABLE_H
#define LC_TEXT_TABLE_H

#include <stdbool.h>
#include <stdio.h>

#include "leadcal/error.h"
#include "leadcal/frame.h"

struct lc_text_style {
    size_t
        most_rows; /* of one value of the first column (0: all); the rest are counted in a line */
    size_t
        width; /* columns of the terminal; 0: no limit; long texts are cut with an ellipsis */
    bool color;
};

/* lc_frame_text - title, header, rule, rows, notes. Widths by display columns (utf8proc), texts to
 * the left, numbers to the right, rates as per cent; control characters never reach the terminal. */
enum lc_rc lc_frame_text(const struct lc_frame *f, const struct lc_text_style *style, FILE *to,
                         struct lc_err *err) LC_MUST_USE;

/* lc_frame_markdown - a GitHub table, every cell escaped; hidden columns left out; then notes. */
enum lc_rc lc_frame_markdown(const struct lc_frame *f, size_t most_rows, FILE *to,
                             struct lc_err *err) LC_MUST_USE;

/* lc_markdown_escape - a text that Markdown shows as it is, on one line. */
void lc_markdown_escape(const char *text, FILE *to);

#endif
