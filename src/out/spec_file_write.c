#include "leadcal/spec_file.h"

#include <string.h>

#include "json.h"
#include "leadcal/date.h"
#include "spec_file_internal.h"

const char *const lc_spec_decimals[LC_SPEC_DECIMALS] = {"point", "comma"};
const char *const lc_spec_orders[LC_SPEC_ORDERS] = {"dmy", "mdy", "ymd"};
const char *const lc_spec_roles[LC_SPEC_ROLES] = {"profile", "engagement", "intent"};
const char *const lc_spec_times[LC_SPEC_TIMES] = {"decision", "export"};
const char *const lc_spec_credits[LC_SPEC_CREDITS] = {"primary", "all", "share"};
const char *const lc_spec_bins[LC_SPEC_BINS] = {"quartile", "dp"};
const char *const lc_spec_trends[LC_SPEC_TRENDS] = {"free", "up", "down", "peak", "valley"};

static void put_name(struct lc_json_out *out, const char *key, const char *text)
{
    if (text)
        lc_json_put_text(out, key, text);
}

static void put_texts(struct lc_json_out *out, const char *key, struct lc_texts texts)
{
    if (!texts.n)
        return;
    lc_json_open(out, key, '[', true);
    for (size_t i = 0; i < texts.n; i++)
        lc_json_put_text(out, NULL, texts.text[i]);
    lc_json_close(out, ']');
}

static void put_files(struct lc_json_out *out, const struct lc_spec *spec)
{
    if (!spec->n_files)
        return;
    lc_json_open(out, "files", '[', false);
    for (size_t i = 0; i < spec->n_files; i++) {
        const struct lc_spec_file *f = &spec->file[i];

        lc_json_open(out, NULL, '{', true);
        put_name(out, "name", i ? f->name : "leads");
        put_name(out, "match", f->match);
        put_name(out, "key", f->key);
        put_name(out, "join", f->join);
        put_name(out, "created", f->created);
        if (f->list)
            lc_json_put_raw(out, "list", "true");
        lc_spec_put_joining(out, f);
        lc_json_close(out, '}');
    }
    lc_json_close(out, ']');
}

static void put_outcome(struct lc_json_out *out, const struct lc_spec *spec)
{
    if (!spec->outcome.column && !spec->outcome.won_if_in && !spec->outcome.won.n)
        return;
    lc_json_open(out, "outcome", '{', true);
    put_name(out, "column", spec->outcome.column);
    put_texts(out, "won", spec->outcome.won);
    put_texts(out, "lost", spec->outcome.lost);
    put_texts(out, "open", spec->outcome.open);
    put_name(out, "won_if_in", spec->outcome.won_if_in);
    lc_json_close(out, '}');
}

static void put_dates(struct lc_json_out *out, const struct lc_spec *spec)
{
    if (!spec->date.entered && !spec->date.handed_over && !spec->date.accepted &&
        !spec->date.closed && !spec->date.opportunity && !spec->date.first_touch)
        return;
    lc_json_open(out, "dates", '{', true);
    put_name(out, "entered", spec->date.entered);
    put_name(out, "handed_over", spec->date.handed_over);
    put_name(out, "first_touch", spec->date.first_touch);
    put_name(out, "accepted", spec->date.accepted);
    put_name(out, "closed", spec->date.closed);
    put_name(out, "opportunity_created", spec->date.opportunity);
    lc_json_close(out, '}');
}

static void put_acceptance(struct lc_json_out *out, const struct lc_spec *spec)
{
    if (!spec->acceptance.column)
        return;
    lc_json_open(out, "acceptance", '{', true);
    lc_json_put_text(out, "column", spec->acceptance.column);
    put_texts(out, "accepted", spec->acceptance.accepted);
    put_texts(out, "rejected", spec->acceptance.rejected);
    put_texts(out, "recycled", spec->acceptance.recycled);
    put_name(out, "grade", spec->acceptance.grade);
    lc_json_close(out, '}');
}

static void put_times(struct lc_json_out *out, const struct lc_spec *spec)
{
    char day[LC_DAY_TEXT];

    if (spec->window_days == LC_WINDOW_NONE)
        lc_json_put_text(out, "window_days", "none");
    else if (spec->window_days != LC_WINDOW_AUTO)
        lc_json_put_real(out, "window_days", spec->window_days);
    if (spec->as_of_day != LC_NO_DAY) {
        lc_day_text(spec->as_of_day, day);
        lc_json_put_text(out, "as_of", day);
    }
    if (spec->decision_after_days)
        lc_json_put_real(out, "decision_after", spec->decision_after_days);
    if (spec->date_order != LC_DATE_ANY)
        lc_json_put_text(out, "date_order", lc_spec_orders[spec->date_order - LC_DATE_DMY]);
    if (spec->order_is_file)
        lc_json_put_text(out, "order", "file");
}

static void put_attributes(struct lc_json_out *out, const struct lc_spec *spec)
{
    if (!spec->n_attributes)
        return;
    lc_json_open(out, "attributes", '[', false);
    for (size_t i = 0; i < spec->n_attributes; i++) {
        const struct lc_spec_attribute *a = &spec->attribute[i];

        if (i && a->set_of && spec->attribute[i - 1].set_of &&
            strcmp(a->set_of, spec->attribute[i - 1].set_of) == 0)
            continue; /* the set was written with its first member */
        lc_json_open(out, NULL, '{', true);
        lc_json_put_text(out, "column", a->set_of ? a->set_of : a->column);
        if (a->set || a->set_of)
            lc_json_put_text(out, "kind", LC_SPEC_SET);
        lc_json_put_text(out, "role", lc_role_text(a->role, a->intent));
        if (a->n_cuts)
            lc_json_put_reals(out, "cuts", a->cut, a->n_cuts);
        if (a->as_of != LC_AS_OF_UNSAID)
            lc_json_put_text(out, "as_of", lc_spec_times[a->as_of == LC_AS_OF_EXPORT]);
        if (a->trend)
            lc_json_put_text(out, "trend", lc_spec_trends[a->trend - LC_BIN_FREE]);
        if (a->merged)
            lc_json_put_text(out, "levels", LC_SPEC_MERGED);
        put_name(out, "parent", a->parent);
        if (a->cap > 0)
            lc_json_put_real(out, "cap", a->cap);
        lc_spec_put_same(out, a);
        lc_json_close(out, '}');
    }
    lc_json_close(out, ']');
}

/* A comment stays on its line, whatever a column is called. */
static void put_comment(const char *text, FILE *to)
{
    (void)fputs("//", to);
    if (*text)
        (void)fputc(' ', to);
    for (; *text; text++)
        (void)fputc((unsigned char)*text < 0x20 ? ' ' : *text, to);
    (void)fputc('\n', to);
}

enum lc_rc lc_spec_write(const struct lc_spec *spec, const char *const *comment, size_t n,
                         FILE *to, struct lc_err *err)
{
    struct lc_json_out out = {.to = to};

    for (size_t i = 0; i < n; i++)
        put_comment(comment[i], to);
    lc_json_open(&out, NULL, '{', false);
    lc_json_put_real(&out, "leadcal_spec", LC_SPEC_VERSION);
    put_files(&out, spec);
    lc_spec_put_unit(&out, spec->unit);
    put_outcome(&out, spec);
    put_dates(&out, spec);
    put_acceptance(&out, spec);
    put_name(&out, "amount", spec->amount);
    put_name(&out, "owner", spec->owner);
    put_name(&out, "source", spec->source);
    put_name(&out, "unique", spec->unique);
    put_name(&out, "account", spec->account);
    put_name(&out, "current", spec->current);
    if (spec->capacity > 0)
        lc_json_put_real(&out, "capacity", spec->capacity);
    if (spec->local.by) {
        lc_json_open(&out, "local", '{', true);
        lc_json_put_text(&out, "by", spec->local.by);
        if (spec->local.least > 0)
            lc_json_put_real(&out, "least", spec->local.least);
        lc_json_close(&out, '}');
    }
    if (spec->credit != LC_CREDIT_PRIMARY)
        lc_json_put_text(&out, "credit", lc_spec_credits[spec->credit]);
    put_times(&out, spec);
    if (spec->decimal != LC_DECIMAL_ANY)
        lc_json_put_text(&out, "decimal", lc_spec_decimals[spec->decimal - LC_DECIMAL_POINT]);
    put_texts(&out, "missing", spec->missing);
    put_texts(&out, "keep_values", spec->keep_values);
    if (spec->bins != LC_BINS_QUARTILE)
        lc_json_put_text(&out, "bins", lc_spec_bins[spec->bins]);
    put_attributes(&out, spec);
    lc_spec_put_rules(&out, spec->rule, spec->n_rules);
    put_texts(&out, "ignore", spec->ignore);
    put_texts(&out, "audit", spec->audit);
    lc_spec_put_agreement(&out, &spec->agreement);
    lc_json_close(&out, '}');
    return lc_json_end(&out, err);
}
