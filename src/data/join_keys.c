/* Keys of a second file among those of the leads: plain ones, and lists such as "123;456". */
#include <string.h>

#include "join_internal.h"
#include "leadcal/dict.h"
#include "leadcal/domain.h"
#include "leadcal/free_mail.h"
#include "leadcal/record_id.h"

#define LIST_MARK       ';'
#define LONGEST_ADDRESS 256 /* bytes of an e-mail address, which may have 254 */

const struct lc_join_rule lc_plain_keys = {0};

/* The next member of a list that is not empty, and the rest behind it; false: none is left. */
static bool next_member(struct lc_slice *rest, bool list, struct lc_slice *member)
{
    while (rest->n) {
        const char *mark = list ? memchr(rest->p, LIST_MARK, rest->n) : NULL;
        const size_t n = mark ? (size_t)(mark - rest->p) : rest->n;

        *member = lc_slice_trim((struct lc_slice){rest->p, n});
        rest->p += n + (mark != NULL);
        rest->n -= n + (mark != NULL);
        if (member->n)
            return true;
    }
    return false;
}

static size_t count_members(const struct lc_column *key, bool list)
{
    struct lc_slice rest, member;
    size_t n = 0;

    for (uint32_t v = 0; v < key->n_levels; v++)
        for (rest = lc_slice_of(key->level[v]); next_member(&rest, list, &member);)
            n++;
    return n;
}

/* The leads' levels by what they are: the 15 and the 18 characters of one Salesforce id are one key. */
struct known {
    struct lc_dict dict;
    bool domain;         /* keys are domains, of these companies: */
    struct lc_dict host; /* domains of the second file */
    uint32_t *first;     /* [keys] the first level of a key */
    uint32_t *next;      /* [leads' levels] the next of the same key, or LC_NO_CODE */
    size_t most;         /* levels of one key */
};

/* The domain of a company, or nothing: whoever gives away mailboxes tells nothing by the address. */
static struct lc_slice company_of(struct lc_slice text, char room[LONGEST_ADDRESS])
{
    struct lc_slice domain;

    if (!lc_domain_of(text, room, &domain) || lc_free_mail(domain))
        return (struct lc_slice){"", 0};
    return domain;
}

/* What a text is as a key: ids of Salesforce in their longer form, addresses in small letters; or a domain. An
 * empty one matches nothing. */
static struct lc_slice key_of(struct lc_slice text, bool domain, char room[LONGEST_ADDRESS])
{
    if (domain)
        return company_of(text, room);
    if (lc_record_id_long(text, room))
        return (struct lc_slice){room, LC_LONG_ID};
    if (text.n >= LONGEST_ADDRESS || !memchr(text.p, '@', text.n))
        return text;
    for (size_t i = 0; i < text.n; i++)
        room[i] =
            text.p[i] >= 'A' && text.p[i] <= 'Z' ? (char)(text.p[i] - 'A' + 'a') : text.p[i];
    return (struct lc_slice){room, text.n};
}

/* The code of a key that outlives the room it was made in; LC_NO_CODE where memory is refused. */
static uint32_t code_key(struct lc_dict *dict, struct lc_slice key, struct lc_arena *arena)
{
    const uint32_t code = lc_dict_find(dict, key);

    if (code != LC_NO_CODE)
        return code;
    key.p = lc_arena_text(arena, key);
    return key.p ? lc_dict_code(dict, key) : LC_NO_CODE;
}

/* The domains of the companies. */
static bool know_hosts(struct known *k, const struct lc_column *key, bool list,
                       struct lc_arena *arena)
{
    struct lc_slice rest, member;
    char room[LONGEST_ADDRESS];

    if (!lc_dict_init(&k->host, arena, arena, true))
        return false;
    for (uint32_t v = 0; v < key->n_levels; v++) {
        if (v == key->missing)
            continue;
        for (rest = lc_slice_of(key->level[v]); next_member(&rest, list, &member);) {
            const struct lc_slice host = company_of(member, room);

            if (host.n && code_key(&k->host, host, arena) == LC_NO_CODE)
                return false;
        }
    }
    return true;
}

/* A lead's key: of its domain and those it is below the first that a company has. */
static struct lc_slice lead_key(const struct known *k, struct lc_slice text,
                                char room[LONGEST_ADDRESS])
{
    struct lc_slice key = key_of(text, k->domain, room);

    while (k->domain && key.n && lc_dict_find(&k->host, key) == LC_NO_CODE)
        if (!lc_domain_parent(&key))
            key.n = 0;
    return key;
}

static bool know(struct known *k, const struct lc_column *leads, struct lc_arena *arena)
{
    size_t *levels = LC_NEW(arena, leads->n_levels, size_t);
    char room[LONGEST_ADDRESS];

    k->first = LC_NEW(arena, leads->n_levels, uint32_t);
    k->next = LC_NEW(arena, leads->n_levels, uint32_t);
    if (!k->first || !k->next || !levels || !lc_dict_init(&k->dict, arena, arena, true))
        return false;
    for (uint32_t v = leads->n_levels; v-- > 0;) {
        const struct lc_slice text = lead_key(k, lc_slice_of(leads->level[v]), room);
        uint32_t key;

        if (v == leads->missing || !text.n)
            continue;
        key = code_key(&k->dict, text, arena);
        if (key == LC_NO_CODE)
            return false;
        k->next[v] = levels[key] ? k->first[key] : LC_NO_CODE;
        k->first[key] = v;
        if (++levels[key] > k->most)
            k->most = levels[key];
    }
    return true;
}

/* One level's members. seen: [leads' levels] the level of the key, + 1, that met it last. */
static size_t add_members(struct lc_members *m, uint32_t v, struct lc_slice text, bool list,
                          const struct known *known, uint32_t *seen)
{
    struct lc_slice member;
    size_t n = 0;

    while (next_member(&text, list, &member)) {
        char room[LONGEST_ADDRESS];
        const struct lc_slice text_of = key_of(member, known->domain, room);
        const uint32_t key = text_of.n ? lc_dict_find(&known->dict, text_of) : LC_NO_CODE;
        uint32_t level = key == LC_NO_CODE ? LC_NO_CODE : known->first[key];

        for (; level != LC_NO_CODE && seen[level] != v + 1; level = known->next[level]) {
            seen[level] = v + 1;
            m->level[m->begin[v + 1]++] = level;
            m->primary[v] += n == 0;
        }
        n++;
    }
    return n;
}

bool lc_members_find(const struct lc_table_column *leads, const struct lc_table_column *key,
                     const struct lc_join_rule *rule, struct lc_arena *arena,
                     struct lc_members *out)
{
    const struct lc_column *from = &leads->codes, *to = &key->codes;
    struct lc_members m = {
        .begin = LC_NEW(arena, (size_t)to->n_levels + 1, size_t),
        .primary = LC_NEW(arena, to->n_levels, uint32_t),
    };
    struct lc_arena scratch;
    struct known known = {.domain = rule->domain};
    uint32_t *seen;
    bool ok;

    lc_arena_init(&scratch, arena->limit);
    seen = LC_NEW(&scratch, from->n_levels, uint32_t);
    ok = m.begin && m.primary && seen &&
         (!rule->domain || know_hosts(&known, to, rule->list, &scratch)) &&
         know(&known, from, &scratch);
    if (ok) {
        m.level = LC_NEW(arena, count_members(to, rule->list) * known.most, uint32_t);
        ok = m.level != NULL;
    }
    for (uint32_t v = 0; ok && v < to->n_levels; v++) {
        m.begin[v + 1] = m.begin[v];
        if (v != to->missing)
            m.lists |=
                add_members(&m, v, lc_slice_of(to->level[v]), rule->list, &known, seen) > 1;
    }
    lc_arena_release(&scratch);
    *out = m;
    return ok;
}

/* Rows that have a key of the kind that is looked for. */
static size_t count_keyed(const struct lc_table_column *c, bool domain)
{
    char room[LONGEST_ADDRESS];
    size_t n = 0;

    if (!domain)
        return c->n_filled;
    for (uint32_t v = 0; v < c->codes.n_levels; v++)
        if (v != c->codes.missing && company_of(lc_slice_of(c->codes.level[v]), room).n)
            n += c->count[v];
    return n;
}

enum lc_rc lc_join_overlap(const struct lc_table_column *leads,
                           const struct lc_table_column *key, bool domain,
                           struct lc_overlap *out, struct lc_err *err)
{
    const struct lc_join_rule rule = {.list = true, .domain = domain};
    struct lc_overlap o = {.of_leads = count_keyed(leads, domain),
                           .of_rows = count_keyed(key, domain)};
    struct lc_arena scratch;
    struct lc_members m;
    uint8_t *met;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, LC_ARENA_NO_LIMIT);
    met = LC_NEW(&scratch, leads->codes.n_levels, uint8_t);
    if (!met || !lc_members_find(leads, key, &rule, &scratch, &m)) {
        rc = lc_fail_memory(err, "looking for a key");
        goto out;
    }
    for (uint32_t v = 0; v < key->codes.n_levels; v++) {
        o.rows += m.begin[v + 1] > m.begin[v] ? key->count[v] : 0;
        for (size_t i = m.begin[v]; i < m.begin[v + 1]; i++)
            met[m.level[i]] = 1;
    }
    for (uint32_t v = 0; v < leads->codes.n_levels; v++)
        o.leads += met[v] ? leads->count[v] : 0;
    o.lists = m.lists;
    *out = o;
out:
    lc_arena_release(&scratch);
    return rc;
}
