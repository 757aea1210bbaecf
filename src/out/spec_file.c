#include "leadcal/spec_file.h"

#include <string.h>

#include "json.h"
#include "leadcal/date.h"
#include "leadcal/io.h"
#include "leadcal/num.h"
#include "spec_file_internal.h"

#define MOST_SPEC      ((size_t)4 << 20) /* bytes; a spec of ten thousand attributes fits */
#define MOST_WINDOW    36500             /* days; a hundred years */
#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])

/* A number stands for the text that the export has: 1 is "1". */
static const char *value_text(struct lc_json_in *in, const struct lc_json *value)
{
    char text[LC_REAL_TEXT];
    const char *copy;

    if (value->kind == LC_JSON_TEXT)
        return value->text;
    if (value->kind != LC_JSON_NUMBER) {
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "needs a text or a number, written as the export writes it");
        return NULL;
    }
    lc_real_text(value->number, text);
    copy = lc_arena_text(in->arena, lc_slice_of(text));
    if (!copy)
        in->rc = lc_fail_memory(in->err, in->path);
    return copy;
}

/* A text, a number, or a list of them. */
static struct lc_texts read_texts(struct lc_json_in *in, const struct lc_json *value)
{
    struct lc_texts none = {NULL, 0};
    const char **text;
    size_t n = 0;

    if (!value || in->rc)
        return none;
    text = LC_NEW(in->arena, value->kind == LC_JSON_ARRAY ? value->n : 1, const char *);
    if (!text) {
        in->rc = lc_fail_memory(in->err, in->path);
        return none;
    }
    if (value->kind != LC_JSON_ARRAY)
        text[n++] = value_text(in, value);
    else
        for (const struct lc_json *one = value->child; one; one = one->next)
            text[n++] = value_text(in, one);
    return n ? (struct lc_texts){text, n} : none;
}

/* A name: a text that is not empty. */
static const char *read_name(struct lc_json_in *in, const struct lc_json *value)
{
    const char *text = lc_json_text(in, value);

    if (text && !*text)
        lc_json_refuse(in, value, LC_EMISMATCH, "is empty; name a column or leave the key out");
    return text;
}

/* The first file holds the leads, and its columns have no prefix; later ones are joined. */
static void read_file(struct lc_json_in *in, const struct lc_json *value,
                      struct lc_spec_file *file)
{
    static const char *const key[] = {"name", "match", "key", "join"};
    struct lc_spec_file *f = &file[value->index];

    if (!lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    f->name = read_name(in, lc_json_get(value, "name"));
    f->match = read_name(in, lc_json_get(value, "match"));
    f->key = read_name(in, lc_json_get(value, "key"));
    f->join = read_name(in, lc_json_get(value, "join"));
    if (value->index == 0) {
        f->name = NULL;
        if (f->join)
            lc_json_refuse(in, lc_json_get(value, "join"), LC_EMISMATCH,
                           "the first file holds the leads; only later ones are joined");
        return;
    }
    (void)lc_json_need(in, value, "name");
    (void)lc_json_need(in, value, "key");
    if (!f->join && !file[0].key)
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "needs \"join\", the column of the leads that holds its key");
    for (size_t i = 1; i < value->index && !in->rc; i++)
        if (strcmp(file[i].name, f->name) == 0)
            lc_json_refuse(in, value, LC_EMISMATCH, "two files have the name '%.60s'", f->name);
}

static void read_files(struct lc_json_in *in, const struct lc_json *value, struct lc_spec *spec)
{
    const struct lc_json *list = lc_json_array(in, value);
    struct lc_spec_file *file = list ? LC_NEW(in->arena, list->n, struct lc_spec_file) : NULL;

    if (!list)
        return;
    if (!file)
        in->rc = lc_fail_memory(in->err, in->path);
    for (const struct lc_json *one = list->child; one && !in->rc; one = one->next)
        read_file(in, one, file);
    spec->file = file;
    spec->n_files = list->n;
}

static void read_outcome(struct lc_json_in *in, const struct lc_json *value,
                         struct lc_spec *spec)
{
    static const char *const key[] = {"column", "won", "lost", "open", "won_if_in"};
    const struct lc_json *from = lc_json_get(value, "won_if_in");
    const char *known[64];
    size_t n = 0;

    if (!value || !lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    spec->outcome.column = read_name(in, lc_json_get(value, "column"));
    spec->outcome.won = read_texts(in, lc_json_get(value, "won"));
    spec->outcome.lost = read_texts(in, lc_json_get(value, "lost"));
    spec->outcome.open = read_texts(in, lc_json_get(value, "open"));
    spec->outcome.won_if_in = read_name(in, from);
    if (!from || in->rc)
        return;
    if (value->n > 1)
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "has \"won_if_in\" and other keys; a row in that file is the outcome");
    for (size_t i = 1; i < spec->n_files && n < COUNT_OF(known); i++)
        known[n++] = spec->file[i].name;
    for (size_t i = 0; i < n; i++)
        if (strcmp(known[i], spec->outcome.won_if_in) == 0)
            return;
    lc_json_refuse(in, from, LC_EMISMATCH, "no joined file has the name '%.60s'%s%s",
                   spec->outcome.won_if_in, n ? "; there is " : "; name it in \"files\"",
                   n ? known[0] : "");
}

static void read_dates(struct lc_json_in *in, const struct lc_json *value, struct lc_spec *spec)
{
    static const char *const key[] = {"entered", "handed_over", "accepted", "closed",
                                      "opportunity_created"};

    if (!value || !lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    spec->date.entered = read_name(in, lc_json_get(value, key[0]));
    spec->date.handed_over = read_name(in, lc_json_get(value, key[1]));
    spec->date.accepted = read_name(in, lc_json_get(value, key[2]));
    spec->date.closed = read_name(in, lc_json_get(value, key[3]));
    spec->date.opportunity = read_name(in, lc_json_get(value, key[4]));
}

static void read_acceptance(struct lc_json_in *in, const struct lc_json *value,
                            struct lc_spec *spec)
{
    static const char *const key[] = {"column", "accepted", "rejected", "recycled"};

    if (!value || !lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    (void)lc_json_need(in, value, "column");
    spec->acceptance.column = read_name(in, lc_json_get(value, "column"));
    spec->acceptance.accepted = read_texts(in, lc_json_get(value, "accepted"));
    spec->acceptance.rejected = read_texts(in, lc_json_get(value, "rejected"));
    spec->acceptance.recycled = read_texts(in, lc_json_get(value, "recycled"));
}

static void read_window(struct lc_json_in *in, const struct lc_json *value,
                        struct lc_spec *spec)
{
    static const char *const word[] = {"auto", "none"};
    static const int32_t meaning[] = {LC_WINDOW_AUTO, LC_WINDOW_NONE};

    if (value && value->kind == LC_JSON_TEXT)
        spec->window_days = meaning[lc_json_choice(in, value, word, COUNT_OF(word))];
    else if (value)
        spec->window_days = (int32_t)lc_json_whole(in, value, 1, MOST_WINDOW);
}

static void read_as_of(struct lc_json_in *in, const struct lc_json *value, struct lc_spec *spec)
{
    const char *text = lc_json_text(in, value);
    char back[LC_DAY_TEXT];
    int32_t day;

    if (!text)
        return;
    if (lc_date_parse(lc_slice_of(text), LC_DATE_YMD, &day)) {
        lc_day_text(day, back);
        if (strcmp(back, text) == 0) {
            spec->as_of_day = day;
            return;
        }
    }
    lc_json_refuse(in, value, LC_EMISMATCH, "needs a day written YYYY-MM-DD");
}

static void read_cuts(struct lc_json_in *in, const struct lc_json *value,
                      struct lc_spec_attribute *a)
{
    if (!value)
        return;
    a->cut = lc_json_reals(in, value, &a->n_cuts);
    if (!a->n_cuts)
        a->cut = NULL;
    for (size_t i = 1; i < a->n_cuts; i++)
        if (!(a->cut[i] > a->cut[i - 1]))
            lc_json_refuse(in, value, LC_EMISMATCH,
                           "cuts must rise, and number %zu does not exceed the one before it",
                           i + 1);
}

static void read_attribute(struct lc_json_in *in, const struct lc_json *value,
                           const struct lc_spec *spec, struct lc_spec_attribute *attribute)
{
    static const char *const key[] = {"column", "role", "cuts", "as_of"};
    struct lc_spec_attribute *a = &attribute[value->index];
    const struct lc_json *as_of = lc_json_get(value, "as_of");

    if (!lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    a->column = read_name(in, lc_json_need(in, value, "column"));
    a->role = lc_json_choice(in, lc_json_get(value, "role"), lc_spec_roles,
                             COUNT_OF(lc_spec_roles)) == 1
                  ? LC_ROLE_ENGAGEMENT
                  : LC_ROLE_PROFILE;
    read_cuts(in, lc_json_get(value, "cuts"), a);
    if (as_of)
        a->as_of = lc_json_choice(in, as_of, lc_spec_times, COUNT_OF(lc_spec_times)) == 0
                       ? LC_AS_OF_DECISION
                       : LC_AS_OF_EXPORT;
    for (size_t i = 0; i < value->index && !in->rc; i++)
        if (strcmp(attribute[i].column, a->column) == 0)
            lc_json_refuse(in, value, LC_EMISMATCH, "column '%.60s' is an attribute already",
                           a->column);
    if (!in->rc && lc_texts_have(spec->ignore, a->column))
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "column '%.60s' is an attribute and in \"ignore\"; take it out of one",
                       a->column);
}

static void read_attributes(struct lc_json_in *in, const struct lc_json *value,
                            struct lc_spec *spec)
{
    const struct lc_json *list = lc_json_array(in, value);
    struct lc_spec_attribute *attribute;

    if (!list || !list->n)
        return;
    attribute = LC_NEW(in->arena, list->n, struct lc_spec_attribute);
    if (!attribute) {
        in->rc = lc_fail_memory(in->err, in->path);
        return;
    }
    for (const struct lc_json *one = list->child; one && !in->rc; one = one->next)
        read_attribute(in, one, spec, attribute);
    spec->attribute = attribute;
    spec->n_attributes = list->n;
}

static void read_spec(struct lc_json_in *in, const struct lc_json *root, struct lc_spec *spec)
{
    static const char *const key[] = {
        "leadcal_spec", "files",          "outcome",    "dates",   "acceptance",
        "amount",       "window_days",    "as_of",      "missing", "attributes",
        "ignore",       "decision_after", "date_order", "order",
    };
    static const char *const order[] = {"file"};
    const struct lc_json *date_order = lc_json_get(root, "date_order");
    const struct lc_json *file_order = lc_json_get(root, "order");
    const struct lc_json *after = lc_json_get(root, "decision_after");
    const struct lc_json *version;

    if (lc_json_get(root, "leadcal_model")) {
        lc_json_refuse(in, root, LC_EMISMATCH,
                       "this is a model file, not a spec; use it with leadcal score --model");
        return;
    }
    if (!lc_json_known(in, root, key, COUNT_OF(key)))
        return;
    version = lc_json_need(in, root, "leadcal_spec");
    if (version && lc_json_real(in, version) != LC_SPEC_VERSION)
        lc_json_refuse(in, version, LC_EMISMATCH, "this program reads version %d of the spec",
                       LC_SPEC_VERSION);
    read_files(in, lc_json_get(root, "files"), spec);
    read_outcome(in, lc_json_get(root, "outcome"), spec);
    read_dates(in, lc_json_get(root, "dates"), spec);
    read_acceptance(in, lc_json_get(root, "acceptance"), spec);
    spec->amount = read_name(in, lc_json_get(root, "amount"));
    read_window(in, lc_json_get(root, "window_days"), spec);
    read_as_of(in, lc_json_get(root, "as_of"), spec);
    if (after)
        spec->decision_after_days = (int32_t)lc_json_whole(in, after, 0, MOST_WINDOW);
    if (date_order)
        spec->date_order =
            (enum lc_date_order)(LC_DATE_DMY + lc_json_choice(in, date_order, lc_spec_orders,
                                                              COUNT_OF(lc_spec_orders)));
    spec->missing = read_texts(in, lc_json_get(root, "missing"));
    spec->ignore = read_texts(in, lc_json_get(root, "ignore"));
    read_attributes(in, lc_json_get(root, "attributes"), spec);
    if (file_order) {
        (void)lc_json_choice(in, file_order, order, COUNT_OF(order));
        spec->order_is_file = true;
    }
}

enum lc_rc lc_spec_parse(const char *path, struct lc_slice text, struct lc_arena *arena,
                         struct lc_spec *spec, struct lc_err *err)
{
    struct lc_json_in in = {.path = path, .text = text, .arena = arena, .err = err};
    const struct lc_json *root = lc_json_parse(&in);
    struct lc_spec made;

    lc_spec_init(&made);
    if (root)
        read_spec(&in, root, &made);
    if (in.rc)
        return in.rc;
    made.path = lc_arena_text(arena, lc_slice_of(path));
    if (!made.path)
        return lc_fail_memory(err, path);
    *spec = made;
    return LC_OK;
}

enum lc_rc lc_spec_read(const char *path, struct lc_arena *arena, struct lc_spec *spec,
                        struct lc_err *err)
{
    struct lc_slice text;
    const enum lc_rc rc = lc_read_file(path, MOST_SPEC, arena, &text, err);

    return rc ? rc : lc_spec_parse(path, text, arena, spec, err);
}
