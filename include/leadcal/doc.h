/* doc.h - one stream of words, tables and pictures, written as Markdown or as one HTML page.   Layer: out */
#ifndef LC_DOC_H
#define LC_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/slice.h"
#include "leadcal/wording.h"

enum lc_doc_form {
    LC_DOC_MARKDOWN, /* pictures are files beside it */
    LC_DOC_HTML,     /* all in one file: no script, nothing fetched, a strict content policy */
};

enum lc_doc_block { LC_DOC_NONE, LC_DOC_PARAGRAPH, LC_DOC_ITEM };

/* What a form must know how to write; doc_internal.h. */
struct lc_doc_writer;

/* A document being written. Nothing fails on the way: lc_doc_end says whether all was written. */
struct lc_doc {
    const struct lc_doc_writer *writer;
    FILE *to;
    enum lc_doc_block block; /* into which words go now */
    bool strong, code;       /* inside ** or ` of our own text */
    size_t boxed;            /* blocks begun in the open box, and one; 0: no box is open */
    bool folded;
    size_t tables;          /* so far: each has a name that its box refers to */
    struct lc_wording word; /* what a row is called, in all that is ours (lc_doc_word) */
};

/* lc_doc_begin - opens the page and its first section. `title` is ours. */
void lc_doc_begin(struct lc_doc *d, enum lc_doc_form form, const char *title, FILE *to);

/* lc_doc_word - from here on words of ours speak of accounts, opportunities or customers: what lc_doc_say and
 * lc_doc_tell write, chapters, and of tables all but names and cells. Pictures stay. */
void lc_doc_word(struct lc_doc *d, const struct lc_wording *word);

/* lc_doc_end - closes all that is open. LC_EIO where anything could not be written. */
enum lc_rc lc_doc_end(struct lc_doc *d, struct lc_err *err) LC_MUST_USE;

/* ---- words ---- */

/* lc_doc_say - words of ours, at most LC_DOC_SAID bytes: `**` begins and ends what is strong, a
 * backtick code. They open a paragraph where no block is open. Never a text of the data. */
void lc_doc_say(struct lc_doc *d, const char *fmt, ...) LC_PRINTF(2, 3);

#define LC_DOC_SAID 2048

/* lc_doc_quote - a text of the data, shown as it is and never markup; NULL: nothing. */
void lc_doc_quote(struct lc_doc *d, const char *text);

/* lc_doc_tell - a sentence of ours that may hold texts of the data: as lc_doc_quote, in the words of lc_doc_word. */
void lc_doc_tell(struct lc_doc *d, const char *text);

/* lc_doc_item - words that follow are an item of a list. */
void lc_doc_item(struct lc_doc *d);

/* lc_doc_numbered - words that follow are the n-th of numbered paragraphs; tables and pictures
 * may stand between two of them. */
void lc_doc_numbered(struct lc_doc *d, size_t n);

/* lc_doc_break - ends the open paragraph, or the list. */
void lc_doc_break(struct lc_doc *d);

/* ---- the frame ---- */

/* lc_doc_page - what follows is printed on a new page. */
void lc_doc_page(struct lc_doc *d);

/* lc_doc_contents - the list of the chapters to come; title [n] is ours. HTML alone has one. */
void lc_doc_contents(struct lc_doc *d, const char *const *title, size_t n);

/* lc_doc_chapter - "3. Title", the target of the third entry of the contents. */
void lc_doc_chapter(struct lc_doc *d, size_t number, const char *title);

/* lc_doc_box, lc_doc_unbox - paragraphs and lists between them are set off: a verdict. */
void lc_doc_box(struct lc_doc *d);
void lc_doc_unbox(struct lc_doc *d);

/* lc_doc_fold, lc_doc_unfold - the long tables between them are opened by a click on `title` (ours),
 * and open in print; in Markdown they just follow. One cannot hold another. */
void lc_doc_fold(struct lc_doc *d, const char *title);
void lc_doc_unfold(struct lc_doc *d);

/* ---- what is no words ---- */

/* A frame to be shown. Rows are chosen as lc_frame_markdown does; its notes follow it. */
struct lc_doc_table {
    const struct lc_frame *frame;
    const char *title; /* ours */
    const char *who;   /* of the data: of whom the numbers are; may be NULL */
    const char *how;   /* ours, without a full stop: how to read them; may be NULL */
    size_t most_rows;  /* of each group; 0: all */
};

/* lc_doc_table - the table, in a box of its own that scrolls where it is too wide.
 * LC_ENOMEM, LC_EIO (the arena's limit is that of the frame's) */
enum lc_rc lc_doc_table(struct lc_doc *d, const struct lc_doc_table *table,
                        struct lc_err *err) LC_MUST_USE;

/* lc_doc_figure - a picture: in Markdown a link to the file `name`, in HTML the bytes of `svg`.
 * text  what a person would say of it to somebody who cannot see it; may hold texts of the data */
void lc_doc_figure(struct lc_doc *d, const char *name, const char *text, struct lc_slice svg);

/* lc_doc_code - a command as it is to be typed, which nothing in it can end. */
void lc_doc_code(struct lc_doc *d, const char *text);

#endif
