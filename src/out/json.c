#include "json.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "json_internal.h"
#include "leadcal/num.h"

/* cJSON 1.7.15 lets trailing text, repeated keys, control characters, bad UTF-8 and numbers such as
 * 01 pass, ends a text at \u0000 and tells no line. So the text is scanned strictly before it is
 * given to cJSON, and numbers are read again by base/num. */

void lc_json_refuse(struct lc_json_in *in, const struct lc_json *at, enum lc_rc code,
                    const char *fmt, ...)
{
    char path[LC_ERR_TEXT / 4], text[LC_ERR_TEXT];
    va_list args;

    if (in->rc)
        return;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    lc_json_path(at, path, sizeof path);
    in->rc =
        lc_json_fail_at(in, at ? at->at : 0, code, "%s%s%s", path, *path ? ": " : "", text);
}

void lc_json_path(const struct lc_json *at, char *to, size_t room)
{
    const struct lc_json *chain[LC_JSON_DEPTH + 1] = {NULL};
    size_t n = 0, used = 0;

    for (; at && at->up && n <= LC_JSON_DEPTH; at = at->up)
        chain[n++] = at;
    to[0] = '\0';
    while (n-- > 0 && used < room) {
        const struct lc_json *one = chain[n];
        int more;

        if (one->key)
            more = snprintf(to + used, room - used, "%s%.60s", used ? "." : "", one->key);
        else
            more = snprintf(to + used, room - used, "[%zu]", one->index);
        used += more > 0 ? (size_t)more : 0;
    }
}

/* A member of an object, to be sorted by its key. */
struct member {
    const struct lc_json *value;
};

static int by_key(const void *a, const void *b)
{
    const struct lc_json *x = ((const struct member *)a)->value;
    const struct lc_json *y = ((const struct member *)b)->value;
    const int order = strcmp(x->key, y->key);

    return order ? order : (x->at > y->at) - (x->at < y->at);
}

static void refuse_repeated(struct lc_json_in *in, const struct lc_json *object)
{
    struct lc_arena scratch;
    struct member *member;
    size_t n = 0;

    if (object->n < 2)
        return;
    lc_arena_init(&scratch, in->arena->limit - in->arena->used);
    member = LC_NEW(&scratch, object->n, struct member);
    if (!member)
        in->rc = lc_fail_memory(in->err, in->path);
    for (const struct lc_json *m = object->child; m && member; m = m->next)
        member[n++].value = m;
    if (n)
        qsort(member, n, sizeof *member, by_key);
    for (size_t i = 1; i < n; i++)
        if (strcmp(member[i - 1].value->key, member[i].value->key) == 0)
            lc_json_refuse(in, member[i].value, LC_EFORMAT,
                           "this key stands here a second time; take one of them out");
    lc_arena_release(&scratch);
}

static bool fill_text(struct lc_json_in *in, const char *from, const char **to)
{
    *to = lc_arena_text(in->arena, lc_slice_of(from ? from : ""));
    if (!*to)
        in->rc = lc_fail_memory(in->err, in->path);
    return *to != NULL;
}

/* One value of cJSON's tree to one of ours. Its number is read again from the text. */
static bool fill(struct lc_json_in *in, const cJSON *from, const struct lc_json_mark *mark,
                 struct lc_json *to)
{
    const struct lc_slice number = {in->text.p + mark->value, mark->end - mark->value};

    to->at = mark->at;
    if (from->string && !fill_text(in, from->string, &to->key))
        return false;
    if (cJSON_IsString(from)) {
        to->kind = LC_JSON_TEXT;
        return fill_text(in, from->valuestring, &to->text);
    }
    if (cJSON_IsArray(from))
        to->kind = LC_JSON_ARRAY;
    else if (cJSON_IsObject(from))
        to->kind = LC_JSON_OBJECT;
    else if (cJSON_IsBool(from))
        to->kind = LC_JSON_BOOL;
    to->truth = cJSON_IsTrue(from);
    if (!cJSON_IsNumber(from))
        return true;
    to->kind = LC_JSON_NUMBER;
    if (!lc_real_parse(number, &to->number))
        lc_json_refuse(in, to, LC_EFORMAT, "the number is too large or too long");
    return !in->rc;
}

/* Where a walk through both trees stands. */
struct level {
    const cJSON *from;
    struct lc_json *to, *last; /* last: the child that came before */
};

static void hang(struct level *up, struct lc_json *child)
{
    child->up = up->to;
    child->index = up->to->n++;
    if (up->last)
        up->last->next = child;
    else
        up->to->child = child;
    up->last = child;
}

/* The value behind one that is done: its sibling, or that of a container it closes. */
static const cJSON *next_of(const cJSON *from, const struct level *stack, size_t *depth)
{
    while (*depth && !from->next)
        from = stack[--*depth].from;
    return *depth ? from->next : NULL;
}

/* cJSON's tree to ours, in the order of the file, which is the order of the marks. */
static void convert(struct lc_json_in *in, const cJSON *root, const struct lc_json_mark *mark,
                    size_t n, struct lc_json *node)
{
    struct level stack[LC_JSON_DEPTH + 2] = {{0}};
    const cJSON *from = root;
    size_t depth = 0, used = 0;

    while (from && used < n) {
        struct lc_json *to = &node[used];

        if (depth)
            hang(&stack[depth - 1], to);
        if (!fill(in, from, &mark[used++], to))
            return;
        if (from->child && depth <= LC_JSON_DEPTH) {
            stack[depth++] = (struct level){from, to, NULL};
            from = from->child;
        } else {
            from = next_of(from, stack, &depth);
        }
    }
    if (from || used != n)
        in->rc =
            lc_fail(in->err, LC_EFORMAT, "%s: is not the JSON that it seems to be", in->path);
}

const struct lc_json *lc_json_parse(struct lc_json_in *in)
{
    struct lc_json_mark *mark = NULL;
    struct lc_json *node = NULL;
    cJSON *root;
    char *text = lc_arena_text(in->arena, in->text);
    size_t n = 0;

    if (!text) {
        in->rc = lc_fail_memory(in->err, in->path);
        return NULL;
    }
    in->rc = lc_json_scan(in, text, &mark, &n);
    if (!in->rc) {
        node = LC_NEW(in->arena, n, struct lc_json);
        if (!node)
            in->rc = lc_fail_memory(in->err, in->path);
    }
    if (in->rc)
        return NULL;
    root = cJSON_ParseWithLengthOpts(text, in->text.n + 1, NULL, true);
    if (root)
        convert(in, root, mark, n, node);
    else /* the scan has seen that it is JSON */
        in->rc = lc_fail_memory(in->err, in->path);
    cJSON_Delete(root);
    for (size_t i = 0; i < n && !in->rc; i++)
        if (node[i].kind == LC_JSON_OBJECT)
            refuse_repeated(in, &node[i]);
    return in->rc ? NULL : node;
}
