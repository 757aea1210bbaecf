#include "leadcal/points_file.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "leadcal/csv_stream.h"
#include "leadcal/dict.h"
#include "leadcal/io.h"
#include "leadcal/model_file.h"
#include "leadcal/num.h"
#include "points_file_internal.h"

#define MOST_POINT_BYTES ((size_t)64 << 20) /* a hundred thousand levels fit many times over */
#define MOST_POINTS      1e6 /* of a level, as in a model file: sums stay exact */
#define COUNT_OF(list)   (sizeof(list) / sizeof(list)[0])

enum field { DIMENSION, ATTRIBUTE, LEVEL, POINTS, CAP, FIELDS };

/* What is known while the rows go by. */
struct reading {
    const char *path;
    struct lc_arena *arena; /* of the model */
    struct lc_arena scratch;
    struct lc_err *err;
    size_t at[FIELDS], width;      /* places of the columns; width: no such column */
    struct lc_dict column, level;  /* attributes; attribute and level */
    struct lc_points_draft *draft; /* [column.n] */
    size_t room;
    struct lc_point_scale scale;
    bool any_total;
};

/* A cell, trimmed; "" where the row is short or the column is absent. */
static struct lc_slice cell_of(const struct reading *r, const struct lc_csv_stream_record *row,
                               enum field f)
{
    if (r->at[f] >= row->n)
        return (struct lc_slice){"", 0};
    return lc_slice_trim(row->field[r->at[f]]);
}

static enum lc_rc read_header(struct reading *r, const struct lc_csv_stream_record *row)
{
    static const char *const name[FIELDS] = {"dimension", "attribute", "level", "points",
                                             "cap"};

    r->width = row->n;
    for (size_t f = 0; f < FIELDS; f++) {
        r->at[f] = row->n;
        for (size_t j = row->n; j-- > 0;)
            if (lc_slice_eq_nocase(lc_slice_trim(row->field[j]), lc_slice_of(name[f])))
                r->at[f] = j;
        if (r->at[f] == row->n && f != CAP)
            return lc_fail(r->err, LC_EFORMAT,
                           "%.200s:%zu: the header has no column '%s'; a points file begins "
                           "dimension,attribute,level,points,cap",
                           r->path, row->line, name[f]);
    }
    return LC_OK;
}

/* A number, or `absent` where the cell is empty. */
static enum lc_rc read_number(struct reading *r, const struct lc_csv_stream_record *row,
                              enum field f, double absent, double *to)
{
    const struct lc_slice s = cell_of(r, row, f);
    double x = absent;

    if (s.n && (!lc_real_parse(s, &x) || fabs(x) > MOST_POINTS))
        return lc_fail(r->err, LC_EFORMAT,
                       "%.200s:%zu: %s needs a number such as 10 or -2.5, not '%.*s'", r->path,
                       row->line, f == CAP ? "cap" : "points", (int)(s.n < 40 ? s.n : 40), s.p);
    *to = x;
    return LC_OK;
}

static enum lc_rc read_total(struct reading *r, const struct lc_csv_stream_record *row)
{
    enum lc_rc rc = LC_OK;

    if (r->any_total || cell_of(r, row, ATTRIBUTE).n || cell_of(r, row, LEVEL).n)
        return lc_fail(r->err, LC_EMISMATCH,
                       "%.200s:%zu: one row of dimension total, without attribute and level, "
                       "gives the points that everybody begins with and the cap of the total",
                       r->path, row->line);
    r->any_total = true;
    rc = read_number(r, row, POINTS, 0, &r->scale.average);
    return rc ? rc : read_number(r, row, CAP, HUGE_VAL, &r->scale.most);
}

static bool read_dimension(struct lc_slice s, enum lc_role *role)
{
    static const char *const word[] = {"profile", "fit", "engagement", "intent"};

    for (size_t w = 0; w < COUNT_OF(word); w++)
        if (lc_slice_eq_nocase(s, lc_slice_of(word[w]))) {
            *role = w < 2 ? LC_ROLE_PROFILE : LC_ROLE_ENGAGEMENT;
            return true;
        }
    return false;
}

static bool widen(struct reading *r)
{
    const size_t room = r->room ? 2 * r->room : 16;
    struct lc_points_draft *wider = LC_NEW(&r->scratch, room, struct lc_points_draft);

    if (!wider)
        return false;
    if (r->room)
        memcpy(wider, r->draft, r->room * sizeof *wider);
    r->draft = wider;
    r->room = room;
    return true;
}

/* The attribute of a row, new or not; NULL where memory is refused. */
static struct lc_points_draft *draft_of(struct reading *r, struct lc_slice name)
{
    const uint32_t known = r->column.n, at = lc_dict_code(&r->column, name);

    if (at == LC_NO_CODE || (at == r->room && !widen(r)))
        return NULL;
    if (at == known) {
        r->draft[at] = (struct lc_points_draft){.cap = HUGE_VAL};
        r->draft[at].column = lc_arena_text(r->arena, name);
        if (!r->draft[at].column)
            return NULL;
    }
    return &r->draft[at];
}

/* Is the level new to its attribute? The two are told apart by a byte that UTF-8 never has. */
static enum lc_rc refuse_twin(struct reading *r, const struct lc_csv_stream_record *row,
                              struct lc_slice attribute, struct lc_slice level)
{
    const uint32_t known = r->level.n;
    const char *both = lc_arena_format(&r->scratch, "%.*s\xff%.*s", (int)attribute.n,
                                       attribute.p, (int)level.n, level.p);
    const uint32_t at = both ? lc_dict_code(&r->level, lc_slice_of(both)) : LC_NO_CODE;

    if (at == LC_NO_CODE)
        return lc_fail_memory(r->err, "the points");
    if (at == known)
        return LC_OK;
    return lc_fail(
        r->err, LC_EMISMATCH,
        "%.200s:%zu: level '%.60s' of '%.60s' has points already; leave one row for it",
        r->path, row->line, both + attribute.n + 1,
        r->draft[lc_dict_find(&r->column, attribute)].column);
}

static enum lc_rc read_row(struct reading *r, const struct lc_csv_stream_record *row)
{
    const struct lc_slice dimension = cell_of(r, row, DIMENSION);
    const struct lc_slice attribute = cell_of(r, row, ATTRIBUTE),
                          level = cell_of(r, row, LEVEL);
    struct lc_points_draft *d;
    struct lc_points_level *l;
    double points = 0, cap = HUGE_VAL;
    enum lc_role role;
    enum lc_rc rc;

    if (lc_slice_eq_nocase(dimension, lc_slice_of("total")))
        return read_total(r, row);
    if (!read_dimension(dimension, &role))
        return lc_fail(r->err, LC_EFORMAT,
                       "%.200s:%zu: dimension needs profile, engagement or total, not '%.*s'",
                       r->path, row->line, (int)(dimension.n < 40 ? dimension.n : 40),
                       dimension.p);
    if (!attribute.n || !level.n || !cell_of(r, row, POINTS).n)
        return lc_fail(
            r->err, LC_EFORMAT,
            "%.200s:%zu: a row needs an attribute, a level and points; the empty cell "
            "is the level (missing)",
            r->path, row->line);
    rc = read_number(r, row, POINTS, 0, &points);
    if (!rc)
        rc = read_number(r, row, CAP, HUGE_VAL, &cap);
    if (rc)
        return rc;
    d = draft_of(r, attribute);
    l = d ? LC_NEW(&r->scratch, 1, struct lc_points_level) : NULL;
    if (!l)
        return lc_fail_memory(r->err, "the points");
    if (d->n && (d->role != role || (isfinite(cap) && isfinite(d->cap) && cap != d->cap)))
        return lc_fail(r->err, LC_EMISMATCH,
                       "%.200s:%zu: '%.60s' has another %s above; give it one", r->path,
                       row->line, d->column, d->role != role ? "dimension" : "cap");
    rc = refuse_twin(r, row, attribute, level);
    if (rc)
        return rc;
    d->role = role;
    d->intent = lc_slice_eq_nocase(dimension, lc_slice_of("intent"));
    d->cap = fmin(cap, d->cap);
    *l = (struct lc_points_level){.points = points, .line = row->line};
    l->text = lc_arena_text(r->arena, level);
    if (!l->text)
        return lc_fail_memory(r->err, "the points");
    *(d->last ? &d->last->next : &d->first) = l;
    d->last = l;
    d->n++;
    return LC_OK;
}

static enum lc_rc read_rows(struct reading *r, struct lc_csv_stream *in)
{
    struct lc_csv_stream_record row;
    enum lc_rc rc = lc_csv_stream_next(in, &row, r->err);

    if (rc == LC_END)
        return lc_fail(r->err, LC_EFORMAT,
                       "%.200s: the file is empty; a points file begins "
                       "dimension,attribute,level,points,cap",
                       r->path);
    if (rc) /* its text begins with the line */
        return lc_fail_in(r->err, r->path);
    rc = read_header(r, &row);
    while (!rc) {
        rc = lc_csv_stream_next(in, &row, r->err);
        if (rc == LC_END)
            return LC_OK;
        if (rc)
            return lc_fail_in(r->err, r->path);
        rc = read_row(r, &row);
    }
    return rc;
}

static enum lc_rc make_model(struct reading *r, struct lc_model *model)
{
    struct lc_card_attribute *attribute =
        LC_NEW(r->arena, r->column.n + 1, struct lc_card_attribute);
    const double **no_error = LC_NEW(r->arena, r->column.n + 1, const double *);
    enum lc_rc rc = LC_OK;

    if (!attribute || !no_error)
        return lc_fail_memory(r->err, "the points");
    if (!r->column.n)
        return lc_fail(r->err, LC_EFORMAT, "%.200s: has a header and no rows", r->path);
    for (uint32_t j = 0; j < r->column.n && !rc; j++)
        rc = lc_points_attribute(&r->draft[j], r->path, r->arena, &r->scratch, &attribute[j],
                                 r->err);
    if (rc)
        return rc;
    *model = (struct lc_model){
        .schema = LC_MODEL_SCHEMA,
        .program = LC_PROGRAM,
        .card = {.method = "points",
                 .intercept = LC_NAN,
                 .k = r->column.n,
                 .attribute = attribute,
                 .scale = r->scale},
        .std_error = no_error,
        .boundary = {.as_of = LC_NO_DAY,
                     .first_decision = LC_NO_DAY,
                     .last_decision = LC_NO_DAY},
    };
    return LC_OK;
}

enum lc_rc lc_points_parse(const char *path, struct lc_slice text, struct lc_arena *arena,
                           struct lc_model *model, struct lc_err *err)
{
    struct reading r = {.path = path,
                        .arena = arena,
                        .err = err,
                        .scale = {.average = 0, .least = -HUGE_VAL, .most = HUGE_VAL}};
    struct lc_csv_stream *in = NULL;
    FILE *bytes = NULL;
    enum lc_rc rc;
    char *copy;

    lc_arena_init(&r.scratch, arena->limit);
    if (!lc_dict_init(&r.column, &r.scratch, &r.scratch, false) ||
        !lc_dict_init(&r.level, &r.scratch, &r.scratch, true)) {
        rc = lc_fail_memory(err, "the points");
        goto out;
    }
    copy =
        lc_arena_text(&r.scratch, text); /* fmemopen wants a text of its own, and none empty */
    if (!copy) {
        rc = lc_fail_memory(err, "the points");
        goto out;
    }
    bytes = text.n ? fmemopen(copy, text.n, "rb") : fopen("/dev/null", "rb");
    in = bytes ? lc_csv_stream_new(bytes, NULL) : NULL;
    if (in)
        rc = read_rows(&r, in);
    else
        rc = lc_fail_memory(err, "the points");
    if (!rc)
        rc = make_model(&r, model);
out:
    lc_csv_stream_free(in);
    if (bytes)
        (void)fclose(bytes);
    lc_arena_release(&r.scratch);
    return rc;
}

enum lc_rc lc_points_read(const char *path, struct lc_arena *arena, struct lc_model *model,
                          struct lc_err *err)
{
    struct lc_slice text;
    const enum lc_rc rc = lc_read_file(path, MOST_POINT_BYTES, arena, &text, err);

    return rc ? rc : lc_points_parse(path, text, arena, model, err);
}

/* JSON, with or without a mark before it, begins with a brace or a comment. */
static bool is_json(struct lc_slice text)
{
    if (text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0)
        text = (struct lc_slice){text.p + 3, text.n - 3};
    text = lc_slice_trim(text);
    return text.n && (text.p[0] == '{' || text.p[0] == '/' || text.p[0] == '[');
}

enum lc_rc lc_scorer_read(const char *path, struct lc_arena *arena, struct lc_model *model,
                          struct lc_err *err)
{
    struct lc_slice text;
    const enum lc_rc rc = lc_read_file(path, LC_MOST_MODEL_BYTES, arena, &text, err);

    if (rc)
        return rc;
    return is_json(text) ? lc_model_parse(path, text, arena, model, err)
                         : lc_points_parse(path, text, arena, model, err);
}
