/* What the columns of an events file mean, and which words make a class of events. */
#include <string.h>

#include "leadcal/decay.h"
#include "spec_file_internal.h"

#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])

static const char *read_decay(struct lc_json_in *in, const struct lc_json *value)
{
    const char *text = lc_json_text(in, value);
    struct lc_decay decay;
    struct lc_err why;

    if (text && lc_decay_parse(lc_slice_of(text), &decay, &why))
        lc_json_refuse(in, value, LC_EMISMATCH, "%s", why.text);
    return text;
}

static void read_class(struct lc_json_in *in, const struct lc_json *value,
                       struct lc_spec_class *list)
{
    static const char *const key[] = {"name", "words", "decay"};
    struct lc_spec_class *to = &list[value->index];

    if (!lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    to->name = lc_spec_name(in, lc_json_need(in, value, "name"));
    to->words = lc_spec_texts(in, lc_json_get(value, "words"));
    to->decay = read_decay(in, lc_json_get(value, "decay"));
    if (!in->rc && lc_texts_have(to->words, ""))
        lc_json_refuse(in, value, LC_EMISMATCH, "has an empty word; take it out");
    if (!in->rc && !to->words.n && !to->decay)
        lc_json_refuse(in, value, LC_EMISMATCH, "needs \"words\" or a \"decay\"");
    for (size_t i = 0; i < value->index && !in->rc; i++)
        if (strcmp(list[i].name, to->name) == 0)
            lc_json_refuse(in, value, LC_EMISMATCH, "class '%.60s' is there already", to->name);
}

static void read_classes(struct lc_json_in *in, const struct lc_json *value,
                         struct lc_spec_events *to)
{
    const struct lc_json *list = lc_json_array(in, value);
    struct lc_spec_class *of =
        list && list->n ? LC_NEW(in->arena, list->n, struct lc_spec_class) : NULL;

    if (list && list->n && !of)
        in->rc = lc_fail_memory(in->err, in->path);
    for (const struct lc_json *one = of ? list->child : NULL; one && !in->rc; one = one->next)
        read_class(in, one, of);
    to->of = of;
    to->n = of ? list->n : 0;
}

const struct lc_spec_events *lc_spec_events(struct lc_json_in *in, const struct lc_json *value)
{
    static const char *const key[] = {"time", "type", "content", "decay", "classes"};
    struct lc_spec_events *to;

    if (!value || !lc_json_known(in, value, key, COUNT_OF(key)))
        return NULL;
    to = LC_NEW(in->arena, 1, struct lc_spec_events);
    if (!to) {
        in->rc = lc_fail_memory(in->err, in->path);
        return NULL;
    }
    to->time = lc_spec_name(in, lc_json_need(in, value, "time"));
    to->type = lc_spec_name(in, lc_json_need(in, value, "type"));
    to->content = lc_spec_name(in, lc_json_get(value, "content"));
    to->decay = read_decay(in, lc_json_get(value, "decay"));
    read_classes(in, lc_json_get(value, "classes"), to);
    return to;
}

static void put_class(struct lc_json_out *out, const struct lc_spec_class *c)
{
    lc_json_open(out, NULL, '{', true);
    lc_json_put_text(out, "name", c->name);
    if (c->words.n) {
        lc_json_open(out, "words", '[', true);
        for (size_t i = 0; i < c->words.n; i++)
            lc_json_put_text(out, NULL, c->words.text[i]);
        lc_json_close(out, ']');
    }
    if (c->decay)
        lc_json_put_text(out, "decay", c->decay);
    lc_json_close(out, '}');
}

void lc_spec_put_events(struct lc_json_out *out, const struct lc_spec_events *e)
{
    lc_json_open(out, "events", '{', true);
    lc_json_put_text(out, "time", e->time);
    lc_json_put_text(out, "type", e->type);
    if (e->content)
        lc_json_put_text(out, "content", e->content);
    if (e->decay)
        lc_json_put_text(out, "decay", e->decay);
    if (e->n) {
        lc_json_open(out, "classes", '[', true);
        for (size_t i = 0; i < e->n; i++)
            put_class(out, &e->of[i]);
        lc_json_close(out, ']');
    }
    lc_json_close(out, '}');
}
