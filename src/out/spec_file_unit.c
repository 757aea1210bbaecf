/* What a row of the study is: an account with its roll-up, an opportunity in a stage, a customer. */
#include <string.h>

#include "leadcal/spec_unit.h"
#include "spec_file_internal.h"

#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])
#define MOST_NEW_DAYS  3660

static const char *const unit_words[] = {"lead", "account", "opportunity", "customer"};
static const char *const no_key_words[] = {"own account", "left out"};
static const char *const further_words[] = {"any", "other product"};

static bool takes(enum lc_take take, bool order)
{
    return order ? take == LC_TAKE_BEST : take == LC_TAKE_NEW;
}

static void read_roll(struct lc_json_in *in, const struct lc_json *value,
                      const struct lc_spec_unit *unit, struct lc_spec_roll *list)
{
    static const char *const key[] = {"take", "column", "order", "days"};
    struct lc_spec_roll *r = &list[value->index];
    const struct lc_json *take, *order = lc_json_get(value, "order");
    const struct lc_json *days = lc_json_get(value, "days");

    if (!lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    take = lc_json_need(in, value, "take");
    if (in->rc)
        return;
    r->take = (enum lc_take)lc_json_choice(in, take, lc_take_word, COUNT_OF(lc_take_word));
    r->column = lc_spec_name(in, lc_json_get(value, "column"));
    r->order = lc_spec_texts(in, order);
    r->days = days ? (int32_t)lc_json_whole(in, days, 1, MOST_NEW_DAYS) : LC_USUAL_NEW_DAYS;
    if (in->rc)
        return;
    if ((r->take == LC_TAKE_COUNT) == (r->column != NULL))
        lc_json_refuse(in, value, LC_EMISMATCH, "%s",
                       r->column ? "\"count\" counts rows; take \"column\" out"
                                 : "needs \"column\", of whose cells it is taken");
    else if ((order && !takes(r->take, true)) || (days && !takes(r->take, false)))
        lc_json_refuse(in, order ? order : days, LC_EMISMATCH,
                       "\"order\" goes with \"take\": \"best\", and \"days\" with \"new\"");
    if (in->rc)
        return;
    r->name = lc_roll_name(r, unit->of, in->arena);
    if (!r->name)
        in->rc = lc_fail_memory(in->err, in->path);
    for (size_t i = 0; i < value->index && !in->rc; i++)
        if (strcmp(list[i].name, r->name) == 0)
            lc_json_refuse(in, value, LC_EMISMATCH, "makes '%.80s' a second time; take it out",
                           r->name);
}

static void read_rolls(struct lc_json_in *in, const struct lc_json *value,
                       struct lc_spec_unit *to)
{
    const struct lc_json *list = lc_json_array(in, value);
    struct lc_spec_roll *roll =
        list && list->n ? LC_NEW(in->arena, list->n, struct lc_spec_roll) : NULL;

    if (list && list->n && !roll)
        in->rc = lc_fail_memory(in->err, in->path);
    for (const struct lc_json *one = roll ? list->child : NULL; one && !in->rc; one = one->next)
        read_roll(in, one, to, roll);
    to->roll = roll;
    to->n_rolls = roll ? list->n : 0;
}

/* "anniversary", "quarter", a day, or a number of days after the first purchase. */
static void read_reference(struct lc_json_in *in, const struct lc_json *value,
                           struct lc_spec_unit *to)
{
    const char *text = value && value->kind == LC_JSON_TEXT ? value->text : NULL;

    to->reference = LC_REFERENCE_AFTER;
    to->after_days = LC_USUAL_ANNIVERSARY;
    to->day = LC_NO_DAY;
    if (!value || (text && strcmp(text, "anniversary") == 0))
        return;
    if (!text) {
        to->after_days = (int32_t)lc_json_whole(in, value, 0, MOST_WINDOW);
    } else if (strcmp(text, "quarter") == 0) {
        to->reference = LC_REFERENCE_QUARTER;
    } else {
        to->reference = LC_REFERENCE_DAY;
        if (!lc_spec_day_of(text, &to->day))
            lc_json_refuse(in, value, LC_EMISMATCH,
                           "needs \"anniversary\", \"quarter\", a number of days after the "
                           "first purchase, or a day as YYYY-MM-DD");
    }
}

static void read_account(struct lc_json_in *in, const struct lc_json *value,
                         struct lc_spec_unit *to)
{
    static const char *const key[] = {"of", "key", "no_key", "roll_up"};
    const struct lc_json *no_key = lc_json_get(value, "no_key");

    if (!lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    to->key = lc_spec_name(in, lc_json_need(in, value, "key"));
    if (no_key)
        to->keyed_only = lc_json_choice(in, no_key, no_key_words, COUNT_OF(no_key_words)) == 1;
    read_rolls(in, lc_json_get(value, "roll_up"), to);
}

static void read_stage(struct lc_json_in *in, const struct lc_json *value,
                       struct lc_spec_stage *list)
{
    static const char *const key[] = {"stage", "entered"};
    struct lc_spec_stage *to = &list[value->index];

    if (!lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    to->name = lc_spec_name(in, lc_json_need(in, value, "stage"));
    to->entered = lc_spec_name(in, lc_json_need(in, value, "entered"));
    for (size_t i = 0; i < value->index && !in->rc; i++)
        if (strcmp(list[i].name, to->name) == 0)
            lc_json_refuse(in, value, LC_EMISMATCH, "stage '%.60s' is there already", to->name);
}

/* The stages, and which of their columns is that of the unit's. */
static void read_stages(struct lc_json_in *in, const struct lc_json *value,
                        struct lc_spec_unit *to)
{
    const struct lc_json *list = lc_json_array(in, value);
    struct lc_spec_stage *stage =
        list && list->n ? LC_NEW(in->arena, list->n, struct lc_spec_stage) : NULL;

    if (list && list->n && !stage)
        in->rc = lc_fail_memory(in->err, in->path);
    for (const struct lc_json *one = stage ? list->child : NULL; one && !in->rc;
         one = one->next)
        read_stage(in, one, stage);
    to->stages = stage;
    to->n_stages = stage ? list->n : 0;
    for (size_t i = 0; i < to->n_stages && !in->rc; i++)
        if (strcmp(stage[i].name, to->stage) == 0)
            to->stage_entered = stage[i].entered;
    if (to->n_stages && !in->rc && !to->stage_entered)
        lc_json_refuse(in, value, LC_EMISMATCH, "lacks '%.60s', the stage of the unit",
                       to->stage);
}

static void read_opportunity(struct lc_json_in *in, const struct lc_json *value,
                             struct lc_spec_unit *to)
{
    static const char *const key[] = {"of", "stage", "stages"};

    if (!lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    to->stage = lc_spec_name(in, lc_json_need(in, value, "stage"));
    if (!in->rc)
        read_stages(in, lc_json_get(value, "stages"), to);
}

static void read_customer(struct lc_json_in *in, const struct lc_json *value,
                          struct lc_spec_unit *to)
{
    static const char *const key[] = {"of",        "key",     "purchased", "product",
                                      "reference", "further", "roll_up"};
    const struct lc_json *further = lc_json_get(value, "further");

    if (!lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    to->keyed_only = true;
    to->key = lc_spec_name(in, lc_json_need(in, value, "key"));
    to->purchased = lc_spec_name(in, lc_json_need(in, value, "purchased"));
    to->product = lc_spec_name(in, lc_json_get(value, "product"));
    read_reference(in, lc_json_get(value, "reference"), to);
    if (further)
        to->other_product =
            lc_json_choice(in, further, further_words, COUNT_OF(further_words)) == 1;
    if (to->other_product && !to->product && !in->rc)
        lc_json_refuse(in, further, LC_EMISMATCH,
                       "needs \"product\", the column that tells what was bought");
    read_rolls(in, lc_json_get(value, "roll_up"), to);
}

const struct lc_spec_unit *lc_spec_unit(struct lc_json_in *in, const struct lc_json *value)
{
    struct lc_spec_unit *to;
    const struct lc_json *of;

    if (!value)
        return NULL;
    to = LC_NEW(in->arena, 1, struct lc_spec_unit);
    if (!to) {
        in->rc = lc_fail_memory(in->err, in->path);
        return NULL;
    }
    of = lc_json_need(in, value, "of");
    if (!in->rc)
        to->of = (enum lc_unit_of)lc_json_choice(in, of, unit_words, COUNT_OF(unit_words));
    if (in->rc)
        return NULL;
    switch (to->of) {
    case LC_UNIT_LEAD: {
        static const char *const key[] = {"of"};

        (void)lc_json_known(in, value, key, COUNT_OF(key));
        return NULL;
    }
    case LC_UNIT_ACCOUNT: read_account(in, value, to); break;
    case LC_UNIT_OPPORTUNITY: read_opportunity(in, value, to); break;
    case LC_UNIT_CUSTOMER: read_customer(in, value, to); break;
    }
    return to;
}

/* ---- the same, written ---- */

static void put_rolls(struct lc_json_out *out, const struct lc_spec_unit *u)
{
    if (!u->n_rolls)
        return;
    lc_json_open(out, "roll_up", '[', false);
    for (size_t i = 0; i < u->n_rolls; i++) {
        const struct lc_spec_roll *r = &u->roll[i];

        lc_json_open(out, NULL, '{', true);
        lc_json_put_text(out, "take", lc_take_word[r->take]);
        if (r->column)
            lc_json_put_text(out, "column", r->column);
        if (r->order.n) {
            lc_json_open(out, "order", '[', true);
            for (size_t k = 0; k < r->order.n; k++)
                lc_json_put_text(out, NULL, r->order.text[k]);
            lc_json_close(out, ']');
        }
        if (r->take == LC_TAKE_NEW)
            lc_json_put_real(out, "days", r->days);
        lc_json_close(out, '}');
    }
    lc_json_close(out, ']');
}

static void put_stages(struct lc_json_out *out, const struct lc_spec_unit *u)
{
    if (!u->n_stages)
        return;
    lc_json_open(out, "stages", '[', false);
    for (size_t i = 0; i < u->n_stages; i++) {
        lc_json_open(out, NULL, '{', true);
        lc_json_put_text(out, "stage", u->stages[i].name);
        lc_json_put_text(out, "entered", u->stages[i].entered);
        lc_json_close(out, '}');
    }
    lc_json_close(out, ']');
}

static void put_name(struct lc_json_out *out, const char *key, const char *text)
{
    if (text)
        lc_json_put_text(out, key, text);
}

static void put_reference(struct lc_json_out *out, const struct lc_spec_unit *u)
{
    char day[LC_DAY_TEXT];

    switch (u->reference) {
    case LC_REFERENCE_AFTER: lc_json_put_real(out, "reference", u->after_days); break;
    case LC_REFERENCE_QUARTER: lc_json_put_text(out, "reference", "quarter"); break;
    case LC_REFERENCE_DAY:
        lc_day_text(u->day, day);
        lc_json_put_text(out, "reference", day);
        break;
    }
}

void lc_spec_put_unit(struct lc_json_out *out, const struct lc_spec_unit *u)
{
    if (!u)
        return;
    lc_json_open(out, "unit", '{', false);
    lc_json_put_text(out, "of", unit_words[u->of]);
    put_name(out, "key", u->key);
    if (u->of == LC_UNIT_ACCOUNT && u->keyed_only)
        lc_json_put_text(out, "no_key", no_key_words[1]);
    put_name(out, "stage", u->stage);
    put_stages(out, u);
    put_name(out, "purchased", u->purchased);
    put_name(out, "product", u->product);
    if (u->of == LC_UNIT_CUSTOMER)
        put_reference(out, u);
    if (u->other_product)
        lc_json_put_text(out, "further", further_words[1]);
    put_rolls(out, u);
    lc_json_close(out, '}');
}
