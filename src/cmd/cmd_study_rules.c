/* --disqualify RULE:COLUMN[=VALUE|VALUE...]: rules without a spec, behind those of the spec. */
#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/disqualify.h"
#include "leadcal/num.h"

static bool say_wrong(const struct cmd_study *s, const char *text, const char *what)
{
    (void)fprintf(stderr, "%s: --disqualify '%.80s': %s\n", s->name, text, what);
    return false;
}

/* The kind of "junk:company"; LC_RULE_KINDS: there is none of that name. */
static size_t kind_of(struct lc_slice word)
{
    size_t k = 0;

    while (k < LC_RULE_KINDS && !lc_slice_eq(word, lc_slice_of(lc_rule_kind_name[k])))
        k++;
    return k;
}

/* Values behind bars; a text without any is none. */
static bool split_values(const char *text, struct lc_arena *arena, struct lc_texts *to)
{
    const char **value;
    size_t most = 1;

    for (const char *p = text; *p; p++)
        most += *p == '|';
    value = LC_NEW(arena, most, const char *);
    for (size_t n = 0; value && *text;) {
        const size_t length = strcspn(text, "|");
        const struct lc_slice one = lc_slice_trim((struct lc_slice){text, length});

        if (one.n && !(value[n] = lc_arena_text(arena, one)))
            return false;
        n += one.n > 0;
        *to = (struct lc_texts){value, n};
        text += length + (text[length] == '|');
    }
    return value != NULL;
}

/* A kind that stands twice is called after its column, too. */
static bool name_rule(struct cmd_study *s, const struct lc_spec_rule *before, size_t n,
                      struct lc_spec_rule *to)
{
    to->name = lc_rule_kind_name[to->kind];
    for (size_t r = 0; r < n; r++)
        if (strcmp(before[r].name, to->name) == 0)
            to->name = lc_arena_format(&s->arena, "%s %s", to->name, to->column);
    return to->name != NULL;
}

/* false: the sentence was printed, or memory was refused (*rc). */
static bool read_rule(struct cmd_study *s, const char *text, const struct lc_spec_rule *before,
                      size_t n, struct lc_spec_rule *to, enum lc_rc *rc, struct lc_err *err)
{
    const char *colon = strchr(text, ':'), *equal = colon ? strchr(colon, '=') : NULL;
    const bool outside = equal && equal[-1] == '!';
    struct lc_slice column;
    size_t kind;

    if (!colon)
        return say_wrong(s, text, "needs a rule, a colon and a column, such as junk:company");
    kind = kind_of((struct lc_slice){text, (size_t)(colon - text)});
    if (kind == LC_RULE_KINDS)
        return say_wrong(s, text,
                         "no such rule; there are free_mail, competitor, junk, territory, test "
                         "and customer");
    column = lc_slice_of(colon + 1);
    if (equal)
        column.n = (size_t)(equal - colon) - 1 - outside;
    *to = (struct lc_spec_rule){.column = lc_arena_text(&s->arena, lc_slice_trim(column)),
                                .kind = (enum lc_rule_kind)kind,
                                .effect = lc_rule_usual((enum lc_rule_kind)kind),
                                .served = kind == LC_RULE_TERRITORY && !outside};
    if (!to->column || (equal && !split_values(equal + 1, &s->arena, &to->values)) ||
        !name_rule(s, before, n, to)) {
        *rc = lc_fail_memory(err, "an option");
        return false;
    }
    if (!*to->column)
        return say_wrong(s, text, "no column is named behind the colon");
    if (outside && kind != LC_RULE_TERRITORY)
        return say_wrong(s, text, "!= is for territory, the places that are not served");
    if (to->values.n && !lc_rule_needs(to->kind))
        return say_wrong(s, text, "this rule has its own list and takes no values");
    if (!to->values.n && lc_rule_needs(to->kind))
        return say_wrong(s, text, "needs values behind =, parted by |");
    return true;
}

enum lc_rc cmd_study_rules(struct cmd_study *s, int *status, struct lc_err *err)
{
    const size_t old = s->spec.n_rules, added = s->given.disqualify.n;
    struct lc_spec_rule *rule = LC_NEW(&s->arena, old + added + 1, struct lc_spec_rule);
    enum lc_rc rc = LC_OK;

    if (!added)
        return LC_OK;
    if (!rule)
        return lc_fail_memory(err, "an option");
    if (old)
        memcpy(rule, s->spec.rule, old * sizeof *rule);
    for (size_t i = 0; i < added; i++)
        if (!read_rule(s, s->given.disqualify.text[i], rule, old + i, &rule[old + i], &rc,
                       err)) {
            *status = CMD_USAGE;
            return rc;
        }
    s->spec.rule = rule;
    s->spec.n_rules = old + added;
    return LC_OK;
}
