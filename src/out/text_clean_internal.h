/* text_clean_internal.h - foreign text made fit for a terminal or a picture.   Layer: out (private) */
#ifndef LC_TEXT_CLEAN_INTERNAL_H
#define LC_TEXT_CLEAN_INTERNAL_H

#include <stddef.h>
#include <stdio.h>

#define LC_ELLIPSIS "\xe2\x80\xa6"

/* lc_text_step - one character, cleaned as lc_text_clean does: *text moves behind it, its bytes go
 * to `to`. Returns its width in display columns. */
size_t lc_text_step(const char **text, char to[5]);
size_t lc_text_width(const char *text);

/* lc_text_clean - a text that a terminal and a picture show as it is: control characters and marks
 * that turn the direction of writing become '?', line ends blanks; cut to `most` display columns
 * with an ellipsis. to [room]. Returns its width in display columns. */
size_t lc_text_clean(const char *text, size_t most, char *to, size_t room);

/* lc_text_wrap - a sentence and a line end, broken between words at `width` columns (0: never). */
void lc_text_wrap(FILE *to, const char *text, size_t width);

#endif
