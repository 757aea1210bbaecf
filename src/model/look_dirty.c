/* What is dirty, what may know the outcome, and what the wins carry, in words. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/samplesize.h"
#include "look_internal.h"

#define MOST_MARKS 8 /* texts that mean no value, named in a sentence */
#define MOST_SLIPS 2 /* of a column that are told on a screen; the page has all */

/* ---- spellings ---- */

/* "3 spellings of 'GTX Pro' (41 leads)": those that the spec reads as one value. */
static void say_standardised(const struct lc_table_column *c, struct lc_look_lines *to)
{
    for (size_t i = 0; i < c->n_spellings; i++) {
        const char *as = c->spelling[i].as;
        size_t n = 0, cells = 0;
        bool told = false;

        for (size_t j = 0; j < c->n_spellings; j++) {
            const bool same = strcmp(c->spelling[j].as, as) == 0;

            told = told || (same && j < i);
            n += same && c->spelling[j].count > 0;
            cells += same ? c->spelling[j].count : 0;
        }
        if (!told && n)
            lc_look_say(to, "%s: standardised, %zu other spelling%s of '%.40s' (%zu cell%s)",
                        c->codes.name, n, LC_S(n), as, cells, LC_S(cells));
    }
}

/* The twins of one value: those from place i on that are read as it. Returns the place behind them. */
static size_t say_twins_of(const struct lc_look_column *c, size_t i, struct lc_look_lines *to)
{
    const struct lc_table_column *t = c->column;
    const bool proposed = c->use <= LC_LOOK_ENGAGEMENT;
    const uint32_t as = c->spellings.of[i].same;
    struct lc_look_list list = {0};
    size_t leads = 0;

    for (; i < c->spellings.n && c->spellings.of[i].same == as; i++) {
        const uint32_t v = c->spellings.of[i].level;

        if (!c->spellings.of[i].sure)
            continue;
        leads += t->count[v];
        lc_look_list_add(to, &list, "'", t->codes.level[v], LC_LOOK_NAMED);
    }
    if (list.n)
        lc_look_say(to, "%s: %s (%zu lead%s) %s '%.40s' (%zu)%s", t->codes.name,
                    lc_look_list_text(to, &list), leads, LC_S(leads),
                    proposed ? "will be read as" : "is another spelling of", t->codes.level[as],
                    t->count[as], proposed ? ": \"same\" in the spec" : "");
    return i;
}

static void say_slips(const struct lc_look_column *c, struct lc_look_lines *to)
{
    const struct lc_table_column *t = c->column;
    size_t n = 0;

    for (size_t i = 0; i < c->spellings.n; i++) {
        const struct lc_spelling *one = &c->spellings.of[i];

        if (!one->sure && n++ < MOST_SLIPS)
            lc_look_say(to, "%s: '%.40s' (%zu) may be '%.40s' (%zu); yours to say",
                        t->codes.name, t->codes.level[one->level], t->count[one->level],
                        t->codes.level[one->same], t->count[one->same]);
    }
    if (n > MOST_SLIPS)
        lc_look_say(to, "%s: %zu more values are a letter from another", t->codes.name,
                    n - MOST_SLIPS);
}

static void say_odd(const struct lc_look_column *c, struct lc_look_lines *to)
{
    const struct lc_table_column *t = c->column;
    const size_t cells = c->odd.n ? t->count[c->odd.level[0]] : 0;
    const char *text = c->odd.n ? t->codes.level[c->odd.level[0]] : "";

    if (!c->odd.kind)
        return;
    if (!c->shown)
        text = "a value";
    if (c->odd.kind == LC_ODD_AMONG_NUMBERS || c->odd.kind == LC_ODD_AMONG_DATES)
        lc_look_say(to, "%s: %s but for '%.40s' (%zu cell%s)%s; --missing if it means no value",
                    t->codes.name, c->odd.kind == LC_ODD_AMONG_DATES ? "dates" : "numbers",
                    text, cells, LC_S(cells), c->odd.n > 1 ? " and one more" : "");
    else
        lc_look_say(to,
                    "%s: %s in %zu row%s, far from all others; --missing if it means no value",
                    t->codes.name, text, cells, LC_S(cells));
}

/* Texts that mean no value, as they were found. */
static void say_marks(const struct lc_look *look, struct lc_look_lines *to)
{
    struct lc_look_list list = {0};

    for (size_t i = 0; i < look->table->missing.n; i++)
        lc_look_list_add(to, &list, "'", look->table->missing.text[i], MOST_MARKS);
    if (list.n)
        lc_look_say(to, "read as no value: %s; --keep-values keeps them",
                    lc_look_list_text(to, &list));
}

void lc_look_dirty(const struct lc_look *look, struct lc_look_lines *to)
{
    for (size_t j = 0; j < look->table->k; j++)
        say_standardised(look->of[j].column, to);
    for (size_t j = 0; j < look->table->k; j++)
        for (size_t i = 0; i < look->of[j].spellings.n;)
            i = say_twins_of(&look->of[j], i, to);
    for (size_t j = 0; j < look->table->k; j++)
        say_odd(&look->of[j], to);
    say_marks(look, to);
    lc_look_missing_words(look, to);
    for (size_t j = 0; j < look->table->k; j++)
        say_slips(&look->of[j], to);
    if (!to->n)
        lc_look_say(to, "nothing was found: no two spellings of one value, no odd value");
}

/* ---- empty cells by outcome ---- */

static void say_missing(const struct lc_look_column *c, struct lc_look_lines *to)
{
    char won[LC_LOOK_SHARE], rest[LC_LOOK_SHARE];

    lc_look_share(c->won_empty / c->won, won);
    lc_look_share(c->rest_empty / c->rest, rest);
    if (c->more.low > 0)
        lc_look_say(to,
                    "%s is empty for %s of those not won, %s of the won: filled in after "
                    "winning (a leak), or buyers tell more",
                    c->column->codes.name, rest, won);
    else
        lc_look_say(to,
                    "%s is empty for %s of the won, %s of the others: another form or source?",
                    c->column->codes.name, won, rest);
}

/* Attributes first, since they enter models; what leaks is said there. */
void lc_look_missing_words(const struct lc_look *look, struct lc_look_lines *to)
{
    for (size_t turn = 0; turn < 2; turn++)
        for (size_t j = 0; j < look->table->k; j++) {
            const struct lc_look_column *c = &look->of[j];

            if (c->differs && !c->leaks && c->use != LC_LOOK_ROLE &&
                c->column->kind != LC_KIND_EMPTY && (c->use > LC_LOOK_ENGAGEMENT) == turn)
                say_missing(c, to);
        }
}

/* ---- leaks ---- */

/* The worst finding of the column that begins at *f, which moves behind its last. */
static const struct lc_finding *worst_of(const struct lc_choices *ch, size_t *f)
{
    const struct lc_finding *worst = &ch->finding[*f];

    for (; *f < ch->n_findings && ch->finding[*f].column == worst->column; (*f)++)
        if (ch->finding[*f].severity > worst->severity)
            worst = &ch->finding[*f];
    return worst;
}

/* The columns whose worst finding is like this one: one sentence for them all, said by the first. */
static void say_findings(const struct lc_look *look, const struct lc_finding *like,
                         struct lc_look_lines *to)
{
    const struct lc_choices *ch = &look->proposal->choices;
    struct lc_look_list names = {0};

    for (size_t f = 0; f < ch->n_findings;) {
        const struct lc_finding *one = worst_of(ch, &f);

        if (one->severity != like->severity || strcmp(one->reason, like->reason) != 0)
            continue;
        if (one->column < like->column)
            return;
        lc_look_list_add(to, &names, "", look->table->column[one->column].codes.name,
                         LC_LOOK_NAMED);
    }
    lc_look_say(
        to, "%s %s %s: %s%s%s%s", lc_look_list_text(to, &names), names.n == 1 ? "is" : "are",
        like->severity == LC_SEVERITY_REJECT ? "rejected" : "suspect", like->reason,
        names.n == 1 ? " (" : "", names.n == 1 ? like->evidence : "", names.n == 1 ? ")" : "");
}

/* Those of one severity; of notes only the names. */
static void say_severity(const struct lc_look *look, enum lc_severity severity,
                         struct lc_look_lines *to)
{
    const struct lc_choices *ch = &look->proposal->choices;
    struct lc_look_list noted = {0};

    for (size_t f = 0; f < ch->n_findings;) {
        const struct lc_finding *one = worst_of(ch, &f);

        if (one->severity != severity)
            continue;
        if (severity == LC_SEVERITY_NOTE)
            lc_look_list_add(to, &noted, "", look->table->column[one->column].codes.name,
                             LC_LOOK_NAMED);
        else
            say_findings(look, one, to);
    }
    if (noted.n)
        lc_look_say(to, "looked at closely, and left in: %s", lc_look_list_text(to, &noted));
}

void lc_look_leaks(const struct lc_look *look, struct lc_look_lines *to)
{
    say_severity(look, LC_SEVERITY_REJECT, to);
    say_severity(look, LC_SEVERITY_SUSPECT, to);
    if (!to->n && look->cohort)
        lc_look_say(to, "no column is rejected or suspect");
    say_severity(look, LC_SEVERITY_NOTE, to);
}

/* ---- what the wins carry ---- */

static void say_begin(const struct lc_look *look, struct lc_look_lines *to)
{
    struct lc_look_list list = {0};
    size_t parameters = 0;

    for (size_t j = 0; j < look->table->k; j++) {
        const struct lc_look_column *c = &look->of[j];
        const char *name;

        if (!c->carried)
            continue;
        parameters += c->parameters;
        name = lc_arena_format(to->arena, "%.70s (%zu)", c->column->codes.name, c->parameters);
        to->refused = to->refused || !name;
        lc_look_list_add(to, &list, "", name ? name : "", look->table->k);
    }
    if (list.n)
        lc_look_say(to, "to begin with, those that tell most for their size, %zu in all: %s",
                    parameters, lc_look_list_text(to, &list));
    else
        lc_look_say(to, "no attribute tells more by itself than its parameters cost");
}

void lc_look_carries(const struct lc_look *look, struct lc_look_lines *to)
{
    const struct lc_cohort *c = look->cohort;
    size_t n = 0;

    if (!c)
        return;
    for (size_t j = 0; j < look->table->k; j++)
        n += look->of[j].parameters > 0;
    if (look->carried < 1) {
        lc_look_say(to,
                    "%zu win%s among %zu leads carry no free parameter: too few (Riley's rule)",
                    c->n_won, LC_S(c->n_won), c->n);
        return;
    }
    lc_look_say(
        to, "%zu wins among %zu leads carry about %.0f free parameter%s (Riley's rule, R2 %g)",
        c->n_won, c->n, look->carried, look->carried < 2 ? "" : "s", LC_EXPECTED_R2);
    lc_look_say(to, "the %zu attribute%s have %zu, levels less one each%s", n, LC_S(n),
                look->parameters,
                (double)look->parameters > look->carried
                    ? "; the prior draws in what the wins cannot carry"
                    : ": the wins carry them all");
    if ((double)look->parameters > look->carried)
        say_begin(look, to);
}
