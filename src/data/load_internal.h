/* load_internal.h - what the sources of load share; nobody else includes it.   Layer: data */
#ifndef LC_LOAD_INTERNAL_H
#define LC_LOAD_INTERNAL_H

#include <stdatomic.h>

#include "leadcal/csv.h"
#include "leadcal/dict.h"
#include "leadcal/load.h"
#include "leadcal/number.h"
#include "leadcal/odd.h"
#include "leadcal/reject.h"

/* The bytes of one file while it is read: mapped, or standard input on the heap; unpacked. */
struct lc_source {
    struct lc_slice bytes;
    struct lc_slice packed; /* as they are on disk; like bytes where they are not packed */
    void *map, *heap;       /* each may be NULL; map: [packed.n] */
    void *unpacked;         /* NULL: they were not packed */
};

/* lc_source_open - "-" is standard input; gzip is unpacked, whatever the name says.
 * most  bytes that a packed file may unpack to; 0: it stays packed
 * LC_EFORMAT  a packed file that is cut or damaged, or unpacks to more. LC_EIO, LC_ENOMEM. */
enum lc_rc lc_source_open(struct lc_source *source, const char *path, size_t most,
                          struct lc_err *err) LC_MUST_USE;
void lc_source_close(struct lc_source *source);

/* lc_source_adopt - the same of bytes on the heap, which become the source's in any case. */
enum lc_rc lc_source_adopt(struct lc_source *source, void *bytes, size_t n, const char *path,
                           size_t most, struct lc_err *err) LC_MUST_USE;

/* lc_shown - what a path is called in messages: "-" is "standard input". */
const char *lc_shown(const char *path);

/* lc_no_such_column - the sentence for a name that is not there: file, nearest name or the list. */
enum lc_rc lc_no_such_column(const char *path, const char *wanted, const char *const *name,
                             size_t n, struct lc_err *err) LC_MUST_USE;

/* What is wanted of one column of a file. */
struct lc_wish {
    bool load;                            /* else it is read past */
    bool keep;                            /* never KIND_MANY */
    bool date;                            /* the spec says it is a date */
    bool number;                          /* the spec needs numbers of it: an amount, cuts */
    bool key;                             /* files are joined by it */
    const struct lc_spec_attribute *same; /* the entry that has its spellings, or NULL */
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
    size_t column;         /* the cell that is to blame, 1 is the first, or 0 */
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
    struct lc_texts missing; /* texts that mean no value: the spec's, then known marks */
    size_t *marked;          /* [n_sinks][missing.n] cells that hold each of them */
    struct lc_source source;
    struct lc_arena scratch; /* of this file's reading */
    struct lc_slice text;    /* UTF-8 */
    size_t body, end;        /* byte behind the header; where the first table ends, and */
    size_t footer;           /* where the footer begins; text.n where there is none */
    size_t surplus;          /* empty cells that rows may have behind the header's last */
    struct lc_dialect dialect;
    size_t k;
    const struct lc_slice *header; /* [k] the names as they are written; NULL: no header */
    const char **name;             /* [k] */
    const char **written;          /* [k] as the header has them, for duplicates */
    struct lc_wish *wish;          /* [k] */
    size_t *sink_of;               /* [k] place among the wanted columns, or k */
    size_t *field;                 /* [n_sinks] the field of each wanted column */
    size_t n_sinks;
    struct lc_chunk *chunk; /* [n_chunks] */
    size_t n_chunks;
    size_t behind_rows; /* of another table, and of the footer */
    size_t n;           /* rows used */
    size_t key, join; /* of a joined file: fields of it and of the file it is joined through */
    size_t through;   /* the place of that file among the inputs; 0: the leads */
    size_t created;   /* of a joined file: the field of the day a row began, or k */
    size_t lead;      /* of the leads: the field of their key, or k */
    size_t unique;    /* of the leads: the field that rows of one lead share, or k */
    const struct lc_spec_events *events; /* NULL: not a file of events, with the fields of */
    size_t event_time, event_type, event_content; /* content: k where there is none */
    const struct lc_spec_history
        *history;               /* NULL: not a file of changes; their time, value and field have
                                            * the places of an event's time, type and content */
    struct lc_history *changes; /* what it was read as */
    const struct lc_table_column
        *joined; /* of the leads: [n_joined] columns of the joined files; those of a file
                                            * that waits for another have no name yet */
    size_t n_joined;
    struct lc_table_file about;
    struct lc_table_column *column; /* [n_sinks] */
    const struct lc_table_column
        *decided; /* of leads of accounts: when the account of each was; NULL: each by itself */
};

/* lc_input_open - bytes (where in->source has none yet), encoding, dialect, header, footer: fills text, body, end, dialect, name. */
enum lc_rc lc_input_open(struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* lc_input_guess - something assumed about the file: a note, which a strict reading refuses. */
enum lc_rc lc_input_guess(struct lc_input *in, struct lc_err *err, const char *fmt, ...)
    LC_PRINTF(3, 4) LC_MUST_USE;

/* lc_input_header - the names of the columns: fills body, header, name, written, k. */
enum lc_rc lc_input_header(struct lc_input *in, const struct lc_sniff *s,
                           struct lc_err *err) LC_MUST_USE;

/* lc_input_cut - moves `end` to where another table begins, if one does. */
enum lc_rc lc_input_cut(struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* lc_inputs_wish - which columns of the files are read, and how: options, spec and keys.
 * LC_EMISMATCH  a name that is not there; LC_EFORMAT  one that two columns have */
enum lc_rc lc_inputs_wish(struct lc_input *in, size_t n, struct lc_err *err) LC_MUST_USE;

/* lc_is_many - so many values in so many rows: a key, a name or a note. */
bool lc_is_many(size_t n_levels, size_t n);

/* lc_input_parse - cuts the body in chunks and reads them all; counts and complaints. */
enum lc_rc lc_input_parse(struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* lc_row_kind - why a row is turned away; LC_REJECTS: it is used.
 * fields  found; beyond: one behind the header's last is not empty; again: it is the header's */
enum lc_reject lc_row_kind(const struct lc_input *in, size_t fields, bool beyond, bool again,
                           enum lc_csv_fault fault);

/* lc_row_column - the cell that is to blame, 1 is the first, or 0. */
size_t lc_row_column(const struct lc_input *in, size_t fields, enum lc_reject kind,
                     size_t fault_field);

/* lc_is_name - is a cell the name that the header gives to column j? */
bool lc_is_name(const struct lc_input *in, size_t j, struct lc_slice cell);

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
    uint32_t *as;    /* [dict.n] the text that stands for it: another one, or itself */
    uint32_t *final; /* [dict.n] text -> level */
    uint32_t missing;
    enum lc_kind kind;
    enum lc_date_order order;
    enum lc_decimal decimal;
    bool ambiguous, short_year, refused;
    struct lc_slice odd[LC_MOST_ODD]; /* of a MANY that holds numbers but for these texts */
    size_t n_odd;
};

/* lc_merged_dates - whether every level is a date, in the order that the spec says or for which the
 * column votes; m's order, days and what is unsure are filled then. numbers: all of them are numbers,
 * which are dates only where the spec names the column. */
bool lc_merged_dates(const struct lc_input *in, const struct lc_wish *wish, bool numbers,
                     struct lc_merged *m) LC_MUST_USE;

/* lc_merge_column - the levels of wanted column s, and its kind; then each sink's `final` has the
 * spelling of each of its texts. Columns may be merged side by side: all memory is in m->arena. */
void lc_merge_column(const struct lc_input *in, size_t s, struct lc_merged *m);

/* lc_input_merge - the chunks' codes become columns of the table, in canonical order. */
enum lc_rc lc_input_merge(struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* lc_input_dates - refuses a date column of the spec that holds something else. */
enum lc_rc lc_input_dates(const struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* lc_input_decisions - the decision day of each lead (DEFINITIONS 1); NULL where lc_decision_column is. LC_ENOMEM. */
enum lc_rc lc_input_decisions(struct lc_input *leads, int32_t **day,
                              struct lc_err *err) LC_MUST_USE;

/* lc_input_refuse_rounded - a spreadsheet keeps 15 digits of a number, and shows six: where a key's cells
 * are such, what is left tells no two rows apart. LC_EFORMAT. */
enum lc_rc lc_input_refuse_rounded(const struct lc_input *in, size_t field,
                                   struct lc_err *err) LC_MUST_USE;

/* lc_input_unique - where the spec names what is unique: one row for each lead, and a note. LC_ENOMEM. */
enum lc_rc lc_input_unique(struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* lc_input_units - where the spec has accounts or customers: which rows belong to one (load_unit.c), and, of
 * accounts, that each contact is decided when its account is. units  NULL where rows are units.
 * LC_EFORMAT  rounded keys; LC_EMISMATCH  an account without dates of its contacts; LC_ENOMEM */
enum lc_rc lc_input_units(struct lc_input *in, const struct lc_table_units **units,
                          struct lc_err *err) LC_MUST_USE;

/* lc_inputs_join - the columns of all files, row by row of the leads: fills column, k and n.
 * LC_EMISMATCH  a key stands on two rows that one lead has, and nothing says which is the first */
enum lc_rc lc_inputs_join(struct lc_input *in, size_t n, struct lc_table *table,
                          struct lc_err *err) LC_MUST_USE;

/* Goes through all rows of an opened input once, one after another, as lc_chunk_read sees them. */
struct lc_row_walk {
    const struct lc_input *in;
    struct lc_csv *csv;
    struct lc_slice *field;  /* [k] of a used row */
    size_t base;             /* where csv's text begins */
    bool behind;             /* the first table */
    size_t at, line;         /* of the text: a byte, and its line */
    size_t raw_at, raw_line; /* the same of the file as it is on disk */
    size_t unit;             /* its bytes a character, 1 or 2 */
};

struct lc_walked {
    enum lc_reject kind;          /* LC_REJECTS: it is used */
    const struct lc_slice *field; /* [n] */
    size_t n;
    struct lc_turned turned;
    size_t byte; /* at which its line begins in the file */
};

enum lc_rc lc_row_walk_begin(struct lc_row_walk *w, const struct lc_input *in,
                             struct lc_err *err) LC_MUST_USE;
enum lc_rc lc_row_walk_next(struct lc_row_walk *w, struct lc_walked *row,
                            struct lc_err *err) LC_MUST_USE;
void lc_row_walk_end(struct lc_row_walk *w);

/* lc_input_events - what the leads did, in in->about; no columns (load_events.c). by: the keys of the leads;
 * list: the events' are lists of them. LC_ENOMEM. */
enum lc_rc lc_input_events(struct lc_input *leads, struct lc_input *in,
                           const struct lc_table_column *by, bool list,
                           struct lc_err *err) LC_MUST_USE;

/* lc_input_history - reads the changes of a file of changes: fills `changes` (load_history.c).
 * LC_EMISMATCH  too many values; LC_ENOMEM */
enum lc_rc lc_input_history(struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* lc_note_history - the notes of what was read, once it is joined. LC_ENOMEM. */
enum lc_rc lc_note_history(struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* lc_inputs_order - in which order files are joined: each behind the one that it is joined through, and
 * behind the one that tells the decisions, where it needs them (load_chain.c).
 * order         out, [n]; the leads come first
 * LC_EMISMATCH  two files wait for each other */
enum lc_rc lc_inputs_order(struct lc_input *in, size_t n, size_t *order,
                           struct lc_err *err) LC_MUST_USE;

/* lc_decision_name - the column that tells when leads were decided; NULL: none. */
const char *lc_decision_name(const struct lc_spec *spec);

/* lc_decision_column - the column, row by row of the leads, that tells when each was decided, and the days
 * added to it (DEFINITIONS 1); NULL where none that was read or joined so far does. */
const struct lc_table_column *lc_decision_column(const struct lc_input *leads, int32_t *after);

/* lc_input_line - the line on which the row used as number `i` begins. */
size_t lc_input_line(const struct lc_input *in, size_t i);

void lc_input_close_chunks(struct lc_input *in);
void lc_input_close(struct lc_input *in);

/* lc_input_numbers - refuses a column of numbers that the spec needs and whose sign nobody can tell. */
enum lc_rc lc_input_numbers(const struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* Texts that mean "no value": load_missing.c.
 *
 * lc_missing_texts - the spec's, then what exports are known to write, but for what somebody named as a
 * value (keep_values, an outcome). LC_ENOMEM. */
enum lc_rc lc_missing_texts(const struct lc_spec *spec, struct lc_arena *arena,
                            struct lc_texts *to, struct lc_err *err) LC_MUST_USE;

/* lc_missing_text - which of in->missing a trimmed text is; in->missing.n: none. */
size_t lc_missing_text(const struct lc_input *in, struct lc_slice s);

/* Texts that the spec reads as others: load_same.c.
 *
 * lc_same_texts - fills m->as; a text that no cell holds joins the dictionary where one is read as it.
 * false: memory is refused.
 * lc_same_column - the column's spellings, with their cells by the chunks' counts; false: memory is
 * refused. */
bool lc_same_texts(const struct lc_wish *wish, struct lc_merged *m);
bool lc_same_column(const struct lc_input *in, size_t s, struct lc_table_column *column);

/* lc_input_same - refuses a column of numbers or dates, and a text that means no value; a note for each
 * column that was standardised. */
enum lc_rc lc_input_same(const struct lc_input *in, struct lc_err *err) LC_MUST_USE;

/* lc_count_missing - fills in->marked of one wanted column, from the chunks' counts. */
void lc_count_missing(const struct lc_input *in, size_t s);

/* lc_note_missing - a note for each of these texts that a cell holds. used: the spec's and those
 * found, which a model must know, too; in the arena of `rejects`. */
enum lc_rc lc_note_missing(struct lc_rejects *rejects, const struct lc_input *in, size_t n,
                           struct lc_texts *used, struct lc_err *err) LC_MUST_USE;

/* lc_odd_texts - of a column that is too long to keep: the texts among its numbers, if they are few.
 * lc_note_odd - and the note of them. */
void lc_odd_texts(struct lc_merged *m);
enum lc_rc lc_note_odd(const struct lc_input *in, size_t s, const struct lc_merged *m,
                       struct lc_err *err) LC_MUST_USE;

/* lc_suspect_missing - a note for what may mean no value, and was read as one. */
enum lc_rc lc_suspect_missing(struct lc_rejects *rejects, const struct lc_table *table,
                              struct lc_err *err) LC_MUST_USE;

/* lc_table_sets - puts a yes/no column for each member behind the columns, for each column that the
 * spec says holds sets; a note of these, and of those that look so: load_sets.c. LC_ENOMEM. */
enum lc_rc lc_table_sets(struct lc_table *table, const struct lc_spec *spec,
                         struct lc_arena *arena, struct lc_rejects *rejects,
                         struct lc_err *err) LC_MUST_USE;

/* lc_note_numbers - how numbers were read that are not plain, and why some were read as texts. */
enum lc_rc lc_note_numbers(struct lc_rejects *rejects, const struct lc_table *table,
                           struct lc_err *err) LC_MUST_USE;

#endif
