/* load_internal.h - what the sources of load share; nobody else includes it.   Layer: data */
#ifndef LC_LOAD_INTERNAL_H
#define LC_LOAD_INTERNAL_H

#include <stdatomic.h>

#include "leadcal/csv.h"
#include "leadcal/dict.h"
#include "leadcal/load.h"
#include "leadcal/reject.h"

#define MOST_TEXTS 1000 /* values of a text column; with more it is a key, a name or a note */

/* The bytes of one file while it is read: mapped, or standard input on the heap. */
struct lc_source {
    struct lc_slice bytes;
    void *map, *heap; /* one of them, or neither (an empty file) */
};

/* lc_source_open - "-" is standard input. LC_EIO, LC_ENOMEM. */
enum lc_rc lc_source_open(struct lc_source *source, const char *path,
                          struct lc_err *err) LC_MUST_USE;
void lc_source_close(struct lc_source *source);

/* lc_shown - what a path is called in messages: "-" is "standard input". */
const char *lc_shown(const char *path);

/* lc_no_such_column - the sentence for a name that is not there: file, nearest name or the list. */
enum lc_rc lc_no_such_column(const char *path, const char *wanted, const char *const *name,
                             size_t n, struct lc_err *err) LC_MUST_USE;

/* What is wanted of one column of a file. */
struct lc_wish {
    bool load; /* else it is read past */
    bool keep; /* never KIND_MANY */
    bool date; /* the spec says it is a date */
    bool key;  /* files are joined by it */
};

/* One wanted column in one chunk: the codes of its rows and the texts behind them. */
struct lc_sink {
    struct lc_dict dict;
    void *code; /* [room of the chunk] */
    unsigned width;
    uint32_t most;    /* greatest code of that width */
    size_t added;     /* 1 + the row that brought the newest text; 0: none */
    uint32_t looked;  /* texts looked at, of which */
    uint32_t n_texts; /* are neither numbers nor dates */
    bool keep;        /* whatever it holds */
    bool dropped;     /* too many texts: only the filled cells are counted */
    bool filled;      /* of a dropped one: is the cell of this row? */
    size_t n_filled;  /* of a dropped one */
    uint32_t *final;  /* [dict.n] the table's codes, when they are known */
    size_t *count;    /* [dict.n] rows */
};

struct lc_turned_away {
    size_t record, fields; /* the how-manieth line of the chunk's parse; its cells */
};

/* Bytes that begin and end at records' ends, and what became of them. */
struct lc_chunk {
    struct lc_slice text;
    struct lc_arena keep, scratch; /* scratch: until the chunk is read */
    struct lc_sink *sink;          /* [n_sinks] */
    size_t rows, room;
    size_t ends; /* line ends outside quotes */
    size_t seen[LC_REJECTS];
    struct lc_turned_away away[LC_REJECTS][MOST_COMPLAINTS];
    enum lc_csv_end end;
    bool too_long; /* a cell is over the limit */
    enum lc_rc rc;
};

/* One file while it is loaded. */
struct lc_input {
    const char *path;
    size_t path_at;     /* which of the paths */
    const char *prefix; /* of its columns; NULL for the leads */
    const struct lc_spec *spec;
    const struct lc_load_options *options;
    struct lc_parallel *pool;
    struct lc_arena *arena; /* of the table */
    struct lc_rejects *rejects;
    struct lc_source source;
    struct lc_arena scratch; /* of this file's reading */
    struct lc_slice text;    /* UTF-8 */
    size_t body;             /* byte behind the header */
    struct lc_dialect dialect;
    size_t k;
    const char **name;    /* [k] */
    const char **written; /* [k] as the header has them, for duplicates */
    struct lc_wish *wish; /* [k] */
    size_t *sink_of;      /* [k] place among the wanted columns, or k */
    size_t *field;        /* [n_sinks] the field of each wanted column */
    size_t n_sinks;
    struct lc_chunk *chunk; /* [n_chunks] */
    size_t n_chunks;
    size_t n;         /* rows used */
    size_t key, join; /* of a joined file: fields of it and of the leads */
    struct lc_table_file about;
    struct lc_table_column *column; /* [n_sinks] */
};

/* lc_input_open - bytes, encoding, dialect, header: fills text, body, dialect, name. */
enum lc_rc lc_input_open(struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* lc_inputs_wish - which columns of the files are read, and how: options, spec and keys.
 * LC_EMISMATCH  a name that is not there; LC_EFORMAT  one that two columns have */
enum lc_rc lc_inputs_wish(struct lc_input *in, size_t n, struct lc_err *err) LC_MUST_USE;

/* lc_is_many - so many values in so many rows: a key, a name or a note. */
bool lc_is_many(size_t n_levels, size_t n);

/* lc_input_parse - cuts the body in chunks and reads them all; counts and complaints. */
enum lc_rc lc_input_parse(struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* lc_chunk_read - one chunk to codes. gave_up: [n_sinks] columns that some chunk found to be keys
 * or notes. The outcome, memory too, is in the chunk. */
void lc_chunk_read(struct lc_chunk *chunk, const struct lc_input *in, atomic_bool *gave_up);

/* lc_input_account - rows used, skipped, rejected; a complaint for the first of each kind.
 * LC_EFORMAT  more rows rejected than the options allow */
enum lc_rc lc_input_account(struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* One distinct text of a column. */
struct lc_level {
    struct lc_slice text;
    double number;
    int32_t day;
    uint32_t spelling; /* its code in the union of the chunks' dictionaries */
};

/* What the chunks together know of one column. */
struct lc_merged {
    struct lc_arena arena;
    struct lc_dict dict;    /* union of the chunks' */
    struct lc_level *level; /* [n_levels] in canonical order; without the missing one */
    size_t n_levels, text_bytes;
    uint32_t *final; /* [dict.n] spelling -> level */
    uint32_t missing;
    enum lc_kind kind;
    enum lc_date_order order;
    bool ambiguous, refused;
};

/* lc_merge_column - the levels of wanted column s, and its kind; then each sink's `final` has the
 * spelling of each of its texts. Columns may be merged side by side: all memory is in m->arena. */
void lc_merge_column(const struct lc_input *in, size_t s, struct lc_merged *m);

/* lc_input_merge - the chunks' codes become columns of the table, in canonical order. */
enum lc_rc lc_input_merge(struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* lc_input_dates - refuses a date column of the spec that holds something else. */
enum lc_rc lc_input_dates(const struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* lc_input_line - the line on which the row used as number `i` begins. */
size_t lc_input_line(const struct lc_input *in, size_t i);

void lc_input_close_chunks(struct lc_input *in);
void lc_input_close(struct lc_input *in);

/* load_commas.c: a note for each column of numbers that a decimal comma made texts. */
enum lc_rc lc_note_decimal_commas(struct lc_rejects *rejects, const struct lc_table *table,
                                  struct lc_err *err) LC_MUST_USE;

#endif
