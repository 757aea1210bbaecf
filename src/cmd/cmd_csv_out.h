/* cmd_csv_out.h - fields of any delimiter to a stream, in large pieces.   Layer: cmd */
#ifndef LC_CMD_CSV_OUT_H
#define LC_CMD_CSV_OUT_H

#include <stdbool.h>
#include <stdio.h>

#include "leadcal/slice.h"

#define CSV_OUT_BYTES ((size_t)256 * 1024)

struct cmd_csv_out {
    FILE *to;
    char *buffer; /* [CSV_OUT_BYTES], heap */
    size_t n;
    bool special[256]; /* bytes that a field must be quoted for */
    char delimiter;
    bool crlf; /* lines end as RFC 4180 says; set behind cmd_csv_out_open */
};

/* false: no memory */
bool cmd_csv_out_open(struct cmd_csv_out *o, FILE *to, char delimiter);
void cmd_csv_out_field(struct cmd_csv_out *o, struct lc_slice field, bool first);
/* "": the only cell of a row, which would be an empty line otherwise. */
void cmd_csv_out_empty(struct cmd_csv_out *o);
void cmd_csv_out_end_row(struct cmd_csv_out *o);
/* false: the stream refused; errno says why */
bool cmd_csv_out_flush(struct cmd_csv_out *o);
void cmd_csv_out_close(struct cmd_csv_out *o);

#endif
