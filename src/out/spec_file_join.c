/* How the rows of a joined file belong to leads: by a key or a domain, one by one or as a history. */
#include "spec_file_internal.h"

#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])

static const struct lc_spec_history *read_history(struct lc_json_in *in,
                                                  const struct lc_json *value)
{
    static const char *const key[] = {"time", "value", "field", "is"};
    struct lc_spec_history *to;

    if (!value || !lc_json_known(in, value, key, COUNT_OF(key)))
        return NULL;
    to = LC_NEW(in->arena, 1, struct lc_spec_history);
    if (!to) {
        in->rc = lc_fail_memory(in->err, in->path);
        return NULL;
    }
    to->time = lc_spec_name(in, lc_json_need(in, value, "time"));
    to->value = lc_spec_name(in, lc_json_need(in, value, "value"));
    to->field = lc_spec_name(in, lc_json_get(value, "field"));
    to->is = lc_spec_name(in, lc_json_get(value, "is"));
    if (!in->rc && !to->field != !to->is)
        lc_json_refuse(
            in, value, LC_EMISMATCH,
            "\"field\" names the column that tells what was changed, and \"is\" what "
            "counts of it: give both, or none");
    return to;
}

/* One word that may stand there; without it false. */
static bool read_word(struct lc_json_in *in, const struct lc_json *value, const char *word)
{
    const char *const known[] = {word};

    if (!value)
        return false;
    (void)lc_json_choice(in, value, known, 1);
    return true;
}

const char *lc_spec_clash(const struct lc_spec_file *f)
{
    if (f->events && f->created)
        return "has \"events\": all its rows count, so take \"created\" out";
    if (f->history && (f->created || f->list || f->first || f->events))
        return "has \"history\": all its rows count, so take \"created\", \"list\", \"twice\" and "
               "\"events\" out";
    if (f->domain && (f->events || f->history))
        return "has \"by\": \"domain\", which joins companies; events and histories are joined "
               "by a key";
    if (f->first && (f->created || f->events))
        return "has \"twice\": \"first\", so take \"created\" and \"events\" out: either says "
               "which rows count";
    return NULL;
}

bool lc_spec_is_joined(const struct lc_spec_file *f)
{
    return f->join || f->created || f->list || f->events || f->history || f->domain || f->first;
}

void lc_spec_joining(struct lc_json_in *in, const struct lc_json *value,
                     struct lc_spec_file *to)
{
    to->domain = read_word(in, lc_json_get(value, "by"), LC_SPEC_DOMAIN);
    to->first = read_word(in, lc_json_get(value, "twice"), LC_SPEC_FIRST);
    to->events = lc_spec_events(in, lc_json_get(value, "events"));
    to->history = read_history(in, lc_json_get(value, "history"));
    if (!in->rc && lc_spec_clash(to))
        lc_json_refuse(in, value, LC_EMISMATCH, "%s", lc_spec_clash(to));
}

static void put_history(struct lc_json_out *out, const struct lc_spec_history *h)
{
    lc_json_open(out, "history", '{', true);
    lc_json_put_text(out, "time", h->time);
    lc_json_put_text(out, "value", h->value);
    if (h->field)
        lc_json_put_text(out, "field", h->field);
    if (h->is)
        lc_json_put_text(out, "is", h->is);
    lc_json_close(out, '}');
}

void lc_spec_put_joining(struct lc_json_out *out, const struct lc_spec_file *f)
{
    if (f->domain)
        lc_json_put_text(out, "by", LC_SPEC_DOMAIN);
    if (f->first)
        lc_json_put_text(out, "twice", LC_SPEC_FIRST);
    if (f->events)
        lc_spec_put_events(out, f->events);
    if (f->history)
        put_history(out, f->history);
}
