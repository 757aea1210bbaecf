#include "leadcal/spec_file.h"

#include <string.h>

#include "json.h"
#include "leadcal/date.h"
#include "leadcal/io.h"
#include "leadcal/num.h"
#include "leadcal/spec_table.h"
#include "spec_file_internal.h"

#define MOST_SPEC      ((size_t)4 << 20) /* bytes; a spec of ten thousand attributes fits */
#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])

/* The first file holds the leads, and its columns have no prefix; later ones are joined. */
static void read_file(struct lc_json_in *in, const struct lc_json *value,
                      struct lc_spec_file *file)
{
    static const char *const key[] = {"name", "match", "key",   "join",   "created",
                                      "list", "by",    "twice", "events", "history"};
    struct lc_spec_file *f = &file[value->index];

    if (!lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    f->name = lc_spec_name(in, lc_json_get(value, "name"));
    f->match = lc_spec_name(in, lc_json_get(value, "match"));
    f->key = lc_spec_name(in, lc_json_get(value, "key"));
    f->join = lc_spec_name(in, lc_json_get(value, "join"));
    f->created = lc_spec_name(in, lc_json_get(value, "created"));
    f->list = lc_json_truth(in, lc_json_get(value, "list"));
    lc_spec_joining(in, value, f);
    if (value->index == 0) {
        f->name = NULL;
        if (lc_spec_is_joined(f))
            lc_json_refuse(in, value, LC_EMISMATCH,
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
    spec->outcome.column = lc_spec_name(in, lc_json_get(value, "column"));
    spec->outcome.won = lc_spec_texts(in, lc_json_get(value, "won"));
    spec->outcome.lost = lc_spec_texts(in, lc_json_get(value, "lost"));
    spec->outcome.open = lc_spec_texts(in, lc_json_get(value, "open"));
    spec->outcome.won_if_in = lc_spec_name(in, from);
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
    static const char *const key[] = {"entered", "handed_over",         "accepted",
                                      "closed",  "opportunity_created", "first_touch"};

    if (!value || !lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    spec->date.entered = lc_spec_name(in, lc_json_get(value, key[0]));
    spec->date.handed_over = lc_spec_name(in, lc_json_get(value, key[1]));
    spec->date.accepted = lc_spec_name(in, lc_json_get(value, key[2]));
    spec->date.closed = lc_spec_name(in, lc_json_get(value, key[3]));
    spec->date.opportunity = lc_spec_name(in, lc_json_get(value, key[4]));
    spec->date.first_touch = lc_spec_name(in, lc_json_get(value, key[5]));
}

static void read_acceptance(struct lc_json_in *in, const struct lc_json *value,
                            struct lc_spec *spec)
{
    static const char *const key[] = {"column", "accepted", "rejected", "recycled", "grade"};

    if (!value || !lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    (void)lc_json_need(in, value, "column");
    spec->acceptance.grade = lc_spec_name(in, lc_json_get(value, "grade"));
    spec->acceptance.column = lc_spec_name(in, lc_json_get(value, "column"));
    spec->acceptance.accepted = lc_spec_texts(in, lc_json_get(value, "accepted"));
    spec->acceptance.rejected = lc_spec_texts(in, lc_json_get(value, "rejected"));
    spec->acceptance.recycled = lc_spec_texts(in, lc_json_get(value, "recycled"));
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

static double read_capacity(struct lc_json_in *in, const struct lc_json *value)
{
    const double leads = lc_json_real(in, value);

    if (!(leads > 0 && leads <= MOST_CAPACITY))
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "needs how many leads sales takes a week, above 0");
    return leads;
}

/* {"by": "campaign", "least": 10} */
static void read_local(struct lc_json_in *in, const struct lc_json *value, struct lc_spec *spec)
{
    static const char *const key[] = {"by", "least"};
    const struct lc_json *least;

    if (!value)
        return;
    value = lc_json_known(in, value, key, COUNT_OF(key));
    spec->local.by = lc_spec_name(in, lc_json_need(in, value, "by"));
    least = lc_json_get(value, "least");
    if (least)
        spec->local.least = (double)lc_json_whole(in, least, 1, LC_MOST_LOCAL_LEAST);
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

/* How its bins or levels are learnt, and what groups them. */
static void read_learning(struct lc_json_in *in, const struct lc_json *value,
                          struct lc_spec_attribute *a)
{
    static const char *const merged[] = {LC_SPEC_MERGED};
    const struct lc_json *trend = lc_json_get(value, "trend");
    const struct lc_json *levels = lc_json_get(value, "levels");

    if (trend)
        a->trend = (enum lc_bin_trend)(
            LC_BIN_FREE + lc_json_choice(in, trend, lc_spec_trends, COUNT_OF(lc_spec_trends)));
    if (trend && a->n_cuts)
        lc_json_refuse(in, trend, LC_EMISMATCH,
                       "has cuts, so that nothing is left to choose; take one of the two out");
    if (levels) {
        (void)lc_json_choice(in, levels, merged, COUNT_OF(merged));
        a->merged = true;
    }
    if (trend && levels)
        lc_json_refuse(in, levels, LC_EMISMATCH,
                       "is for columns of texts, and \"trend\" for numbers; take one out");
    a->parent = lc_spec_name(in, lc_json_get(value, "parent"));
}

/* A column of lists, and what its members may weigh together. */
static void read_set(struct lc_json_in *in, const struct lc_json *value,
                     struct lc_spec_attribute *a)
{
    static const char *const kind[] = {LC_SPEC_SET};
    const struct lc_json *set = lc_json_get(value, "kind"), *cap = lc_json_get(value, "cap");

    if (set) {
        (void)lc_json_choice(in, set, kind, COUNT_OF(kind));
        a->set = true;
    }
    if (a->set && (a->n_cuts || a->trend || a->merged || a->parent))
        lc_json_refuse(in, set, LC_EMISMATCH,
                       "a set has no cuts, trend, levels or parent: its members are yes or no");
    if (!cap)
        return;
    a->cap = lc_json_real(in, cap);
    if (!a->set || !(a->cap >= 1 && a->cap <= LC_SPEC_MOST_CAP))
        lc_json_refuse(in, cap, LC_EMISMATCH,
                       "needs the most points of a set, from 1 to %d, beside \"kind\": \"set\"",
                       LC_SPEC_MOST_CAP);
}

static void read_attribute(struct lc_json_in *in, const struct lc_json *value,
                           const struct lc_spec *spec, struct lc_spec_attribute *attribute)
{
    static const char *const key[] = {"column", "role",   "cuts", "as_of", "trend",
                                      "levels", "parent", "kind", "cap",   "same"};
    struct lc_spec_attribute *a = &attribute[value->index];
    const struct lc_json *as_of = lc_json_get(value, "as_of");
    size_t role;

    if (!lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    a->column = lc_spec_name(in, lc_json_need(in, value, "column"));
    role =
        lc_json_choice(in, lc_json_get(value, "role"), lc_spec_roles, COUNT_OF(lc_spec_roles));
    a->role = role == 0 ? LC_ROLE_PROFILE : LC_ROLE_ENGAGEMENT;
    a->intent = role == LC_SPEC_ROLES - 1;
    read_cuts(in, lc_json_get(value, "cuts"), a);
    if (as_of)
        a->as_of = lc_json_choice(in, as_of, lc_spec_times, COUNT_OF(lc_spec_times)) == 0
                       ? LC_AS_OF_DECISION
                       : LC_AS_OF_EXPORT;
    read_learning(in, value, a);
    read_set(in, value, a);
    lc_spec_same(in, lc_json_get(value, "same"), a);
    for (size_t i = 0; i < value->index && !in->rc; i++)
        if (strcmp(attribute[i].column, a->column) == 0)
            lc_json_refuse(in, value, LC_EMISMATCH, "column '%.60s' is an attribute already",
                           a->column);
    if (!in->rc && lc_texts_have(spec->ignore, a->column))
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "column '%.60s' is an attribute and in \"ignore\"; take it out of one",
                       a->column);
    if (!in->rc && lc_texts_have(spec->audit, a->column))
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "column '%.60s' is an attribute and in \"audit\"; take it out of one",
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
    if (!in->rc && lc_spec_round(spec) < list->n)
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "the parents of column '%.60s' lead back to it; take one out",
                       attribute[lc_spec_round(spec)].column);
}

/* Keys whose value is one of a few words. */
static void read_choices(struct lc_json_in *in, const struct lc_json *root,
                         struct lc_spec *spec)
{
    static const char *const order[] = {"file"};
    const struct lc_json *credit = lc_json_get(root, "credit");
    const struct lc_json *bins = lc_json_get(root, "bins");
    const struct lc_json *decimal = lc_json_get(root, "decimal");
    const struct lc_json *date_order = lc_json_get(root, "date_order");
    const struct lc_json *file_order = lc_json_get(root, "order");

    if (credit)
        spec->credit = (enum lc_credit)lc_json_choice(in, credit, lc_spec_credits,
                                                      COUNT_OF(lc_spec_credits));
    if (date_order)
        spec->date_order =
            (enum lc_date_order)(LC_DATE_DMY + lc_json_choice(in, date_order, lc_spec_orders,
                                                              COUNT_OF(lc_spec_orders)));
    if (decimal)
        spec->decimal =
            (enum lc_decimal)(LC_DECIMAL_POINT + lc_json_choice(in, decimal, lc_spec_decimals,
                                                                COUNT_OF(lc_spec_decimals)));
    if (bins)
        spec->bins =
            (enum lc_bins)lc_json_choice(in, bins, lc_spec_bins, COUNT_OF(lc_spec_bins));
    if (file_order) {
        (void)lc_json_choice(in, file_order, order, COUNT_OF(order));
        spec->order_is_file = true;
    }
}

static void read_spec(struct lc_json_in *in, const struct lc_json *root, struct lc_spec *spec)
{
    static const char *const key[] = {
        "leadcal_spec", "files",       "outcome", "dates",      "acceptance", "amount",
        "window_days",  "as_of",       "missing", "attributes", "ignore",     "decision_after",
        "date_order",   "order",       "owner",   "source",     "current",    "capacity",
        "credit",       "agreement",   "audit",   "account",    "bins",       "unique",
        "decimal",      "keep_values", "unit",    "disqualify", "local",
    };
    const struct lc_json *capacity = lc_json_get(root, "capacity");
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
    read_choices(in, root, spec);
    read_files(in, lc_json_get(root, "files"), spec);
    spec->unit = lc_spec_unit(in, lc_json_get(root, "unit"));
    read_outcome(in, lc_json_get(root, "outcome"), spec);
    read_dates(in, lc_json_get(root, "dates"), spec);
    read_acceptance(in, lc_json_get(root, "acceptance"), spec);
    spec->amount = lc_spec_name(in, lc_json_get(root, "amount"));
    spec->owner = lc_spec_name(in, lc_json_get(root, "owner"));
    spec->source = lc_spec_name(in, lc_json_get(root, "source"));
    spec->unique = lc_spec_name(in, lc_json_get(root, "unique"));
    spec->account = lc_spec_name(in, lc_json_get(root, "account"));
    spec->current = lc_spec_name(in, lc_json_get(root, "current"));
    if (capacity)
        spec->capacity = read_capacity(in, capacity);
    read_local(in, lc_json_get(root, "local"), spec);
    lc_spec_agreement(in, lc_json_get(root, "agreement"), &spec->agreement);
    read_window(in, lc_json_get(root, "window_days"), spec);
    spec->as_of_day = lc_spec_day(in, lc_json_get(root, "as_of"));
    if (after)
        spec->decision_after_days = (int32_t)lc_json_whole(in, after, 0, MOST_WINDOW);
    spec->missing = lc_spec_texts(in, lc_json_get(root, "missing"));
    spec->keep_values = lc_spec_texts(in, lc_json_get(root, "keep_values"));
    spec->ignore = lc_spec_texts(in, lc_json_get(root, "ignore"));
    spec->audit = lc_spec_texts(in, lc_json_get(root, "audit"));
    lc_spec_rules(in, lc_json_get(root, "disqualify"), &spec->rule, &spec->n_rules);
    read_attributes(in, lc_json_get(root, "attributes"), spec);
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
    enum lc_rc rc = lc_read_file(path, MOST_SPEC, arena, &text, err);

    if (rc)
        return rc;
    if (lc_spec_table_is(text))
        rc = lc_spec_table_parse(path, text, arena, spec, err);
    else
        rc = lc_spec_parse(path, text, arena, spec, err);
    return rc ? rc : lc_spec_read_lists(path, arena, spec, err);
}
