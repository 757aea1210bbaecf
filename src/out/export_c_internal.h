/* export_c_internal.h - the text of an export as C that no model changes.   Layer: out (private) */
#ifndef LC_EXPORT_C_INTERNAL_H
#define LC_EXPORT_C_INTERNAL_H

#include <stdbool.h>
#include <stdio.h>

/* In this order: the end of the comment at the top, and LEADCAL_COLUMNS is defined; the declarations,
 * and the tables of the model stand behind them; the scoring; the filter of CSV, which ends the text. */
void lc_export_c_begin(FILE *to);
void lc_export_c_declare(FILE *to);
void lc_export_c_score(FILE *to,
                       bool segments); /* some attributes count in one segment alone */
void lc_export_c_filter(FILE *to);

#endif
