/* Fields of any delimiter to a stream, in large pieces: stdio's locks cost more than the bytes. */
#include "cmd_csv_out.h"

#include <stdlib.h>
#include <string.h>

bool cmd_csv_out_open(struct cmd_csv_out *o, FILE *to, char delimiter)
{
    *o = (struct cmd_csv_out){.to = to, .delimiter = delimiter};
    o->special['"'] = o->special['\n'] = o->special['\r'] = true;
    o->special[(unsigned char)delimiter] = true;
    o->buffer = malloc(CSV_OUT_BYTES);
    return o->buffer != NULL;
}

bool cmd_csv_out_flush(struct cmd_csv_out *o)
{
    (void)fwrite(o->buffer, 1, o->n, o->to);
    o->n = 0;
    return ferror(o->to) == 0;
}

void cmd_csv_out_close(struct cmd_csv_out *o)
{
    free(o->buffer);
    o->buffer = NULL;
}

static void put_byte(struct cmd_csv_out *o, char c)
{
    if (o->n == CSV_OUT_BYTES)
        (void)cmd_csv_out_flush(o);
    o->buffer[o->n++] = c;
}

/* A quote, a line break, the delimiter, or a blank at an end that a reader might drop. */
static bool needs_quotes(const struct cmd_csv_out *o, struct lc_slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if (o->special[(unsigned char)s.p[i]])
            return true;
    return s.n &&
           (s.p[0] == ' ' || s.p[0] == '\t' || s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t');
}

void cmd_csv_out_field(struct cmd_csv_out *o, struct lc_slice field, bool first)
{
    if (!first)
        put_byte(o, o->delimiter);
    if (needs_quotes(o, field)) {
        put_byte(o, '"');
        for (size_t i = 0; i < field.n; i++) {
            if (field.p[i] == '"')
                put_byte(o, '"');
            put_byte(o, field.p[i]);
        }
        put_byte(o, '"');
    } else if (field.n <= CSV_OUT_BYTES - o->n) {
        if (field.n)
            memcpy(o->buffer + o->n, field.p, field.n);
        o->n += field.n;
    } else {
        for (size_t i = 0; i < field.n; i++)
            put_byte(o, field.p[i]);
    }
}

void cmd_csv_out_empty(struct cmd_csv_out *o)
{
    put_byte(o, '"');
    put_byte(o, '"');
}

void cmd_csv_out_end_row(struct cmd_csv_out *o)
{
    if (o->crlf)
        put_byte(o, '\r');
    put_byte(o, '\n');
}
