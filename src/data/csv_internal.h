/* csv_internal.h - what the sources of csv share; nobody else includes it.   Layer: data */
#ifndef LC_CSV_INTERNAL_H
#define LC_CSV_INTERNAL_H

#include "leadcal/csv.h"

/* A text that is read by our own rules, see lc_csv_walk. */
struct lc_careful {
    struct lc_slice text;
    struct lc_dialect dialect;
    struct lc_csv_caps caps;
    size_t delimiter_n; /* bytes of the delimiter */
    char *bytes;        /* [room] the cell at hand */
    size_t room;
};

struct lc_careful_row {
    size_t n;     /* cells */
    size_t after; /* the byte behind its line end */
    int end;      /* CR (of CRLF too), LF, or -1 at the end of the text */
    enum lc_csv_fault fault;
    size_t fault_field, fault_at; /* the cell, 0 is the first, and its first byte */
};

void lc_careful_init(struct lc_careful *c, struct lc_slice text,
                     const struct lc_dialect *dialect);
void lc_careful_release(struct lc_careful *c);

/* lc_careful_row - the row that begins at byte `at`; its cells go to `field`. LC_ENOMEM. */
enum lc_rc lc_careful_row(struct lc_careful *c, size_t at,
                          void (*field)(void *bytes, size_t n, void *data), void *data,
                          struct lc_careful_row *row) LC_MUST_USE;

#endif
