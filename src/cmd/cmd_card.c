/* card - an index card: few attributes, small whole points, and what that costs. */
#include <stdio.h>

#include "cmd_study.h"
#include "leadcal/backtest.h"
#include "leadcal/fit_integer.h"
#include "leadcal/num.h"

static const struct cmd_about about = {
    .name = "card",
    .brief = "an index card: few attributes, small whole points, and their price",
    .usage = "[option...] FILE...",
    .about =
        "The weights of a logistic model as small whole points that people can add up. Points are\n"
        "not rounded but searched for: those that lose least of the fit, its prior included, for\n"
        "any number of points to a doubling of the odds. --attributes keeps the card to so many\n"
        "attributes, chosen together. What the card costs is measured on later leads, against the\n"
        "logistic model of all attributes, both learnt from the leads before them: log loss, AUC,\n"
        "the leads that change grade. A bound says what no card can be under.\n"
        "--model writes a model file that score, backtest --current and export take.",
    .example =
        "leadcal card --outcome stage --won 'Closed Won' --attributes 4 --cap 5 \\\n"
        "    --entered created_date --closed close_date --model card.json datasets/leads.csv\n"
        "leadcal card --outcome stage --won 'Closed Won' --by company_size,source \\\n"
        "    --rising company_size --price datasets/leads.csv",
    .notes =
        "CSV columns: attribute, level, points, leads, won, rate. --price: what, fold,\n"
        "continuous, integer, difference, low, high (95 %); fold train is the leads that the\n"
        "card was made on, the others are later ones.",
};

struct settings {
    struct cmd_output out;
    struct cmd_grade_set grade;
    struct lc_grades grades;
    struct cmd_list rising, falling, not_negative, not_positive;
    double prior_sd;
    int64_t attributes, cap;
    const char *model;
    bool price;
};

/* The lists of columns cut at commas; levels stand one by one, as their names may hold a comma. */
static enum lc_rc read_rules(struct cmd_study *s, const struct settings *set,
                             struct lc_integer_options *o, struct lc_err *err)
{
    enum lc_rc rc =
        cmd_split(&set->rising, cmd_study_has, &s->table, &s->arena, &o->rising, err);

    *o = (struct lc_integer_options){
        .cap = (int)set->cap,
        .attributes = (size_t)set->attributes,
        .rising = o->rising,
        .not_negative = {set->not_negative.text, set->not_negative.n},
        .not_positive = {set->not_positive.text, set->not_positive.n}};
    if (!rc)
        rc = cmd_split(&set->falling, cmd_study_has, &s->table, &s->arena, &o->falling, err);
    return rc;
}

/* The columns as they are, before some are chosen: each fold chooses anew. */
static enum lc_rc keep_all(struct cmd_study *s, const struct cmd_columns *columns,
                           struct cmd_columns *all, struct lc_err *err)
{
    *all = (struct cmd_columns){
        .n = columns->n,
        .column = LC_NEW(&s->arena, columns->n + 1, size_t),
        .given = LC_NEW(&s->arena, columns->n + 1, const struct lc_spec_attribute *)};
    if (!all->column || !all->given)
        return lc_fail_memory(err, "the card's attributes");
    for (size_t j = 0; j < columns->n; j++) {
        all->column[j] = columns->column[j];
        all->given[j] = columns->given[j];
    }
    return LC_OK;
}

/* Keeps the columns that the card is to have. */
static enum lc_rc choose(struct cmd_study *s, const struct settings *set,
                         const struct lc_fit_options *options, struct cmd_columns *columns,
                         struct lc_err *err)
{
    const size_t most = (size_t)set->attributes;
    size_t *chosen, n;
    enum lc_rc rc;

    if (most == 0 || most >= columns->n)
        return LC_OK;
    chosen = LC_NEW(&s->arena, most, size_t);
    if (!chosen)
        return lc_fail_memory(err, "the card's attributes");
    rc = lc_fit_few(&s->table, s->cohort.row, s->cohort.y, s->cohort.n, columns->column,
                    columns->given, columns->n, options, most, s->pool, &s->arena, chosen, &n,
                    err);
    if (rc)
        return rc;
    if (n == 0)
        return lc_fail(err, LC_EDEGENERATE,
                       "no attribute tells won leads from others, so a card would be empty");
    for (size_t j = 0; j < n; j++) {
        columns->column[j] = columns->column[chosen[j]];
        columns->given[j] = columns->given[chosen[j]];
    }
    columns->n = n;
    return LC_OK;
}

static const struct lc_heading heading[] = {
    {"attribute", LC_CELL_TEXT, NULL, false}, {"level", LC_CELL_TEXT, NULL, false},
    {"points", LC_CELL_COUNT, NULL, false},   {"leads", LC_CELL_COUNT, NULL, false},
    {"won", LC_CELL_COUNT, NULL, false},      {"rate", LC_CELL_RATE, NULL, false},
};
enum { ATTRIBUTE, LEVEL, POINTS, LEADS, WON, RATE, COLUMNS };

static enum lc_rc tabulate(struct cmd_study *s, const struct lc_card *card,
                           const struct lc_frame *price, struct lc_frame *f, struct lc_err *err)
{
    lc_frame_init(f, "card", heading, COLUMNS, &s->arena);
    f->title = lc_cohort_title(&s->cohort, &s->arena);
    if (!f->title)
        return lc_fail_memory(err, "the title");
    for (size_t j = 0; j < card->k; j++) {
        const struct lc_attribute *a = &card->attribute[j].attribute;

        for (size_t v = 0; v < a->n_levels; v++) {
            union lc_value *row;
            const enum lc_rc rc = lc_frame_add(f, &row, err);

            if (rc)
                return rc;
            row[ATTRIBUTE].text = a->column;
            row[LEVEL].text = a->level[v];
            row[POINTS].number = card->attribute[j].points[v];
            row[LEADS].number = a->n[v];
            row[WON].number = a->won[v];
            row[RATE].number = a->n[v] > 0 ? a->won[v] / a->n[v] : LC_NAN;
        }
    }
    for (size_t i = 0; i < price->n_notes; i++) {
        const enum lc_rc rc = lc_frame_note(f, err, "%s", price->note[i]);

        if (rc)
            return rc;
    }
    return lc_frame_note(f, err,
                         "Add the points of a lead: a sum of 0 means %.1f %% to win, and every "
                         "%.1f points more double the odds; a value that is not listed adds 0.",
                         100 * lc_logistic(card->intercept), card->scale.per_doubling);
}

static enum lc_rc write_model(struct cmd_study *s, const struct settings *set,
                              const struct lc_fit *fit, const struct lc_card *card,
                              const struct cmd_columns *columns, struct lc_err *err)
{
    const struct cmd_model_parts parts = {
        .fit = fit, .card = card, .columns = columns, .grades = &set->grades};
    struct lc_model model;
    enum lc_rc rc = cmd_prior_cohort(s, err); /* all leads: a card has no prior */

    if (!rc)
        rc = cmd_model_step(s, &parts, &model, err);
    return rc ? rc : cmd_model_write(&model, set->model, set->out.force, err);
}

/* What the card costs on later leads, where the history has enough of them. */
static enum lc_rc add_price(struct cmd_study *s, const struct settings *set,
                            const struct lc_fit_options *fit,
                            const struct lc_integer_options *rules,
                            const struct cmd_columns *columns, struct lc_frame *price,
                            struct lc_err *err)
{
    struct lc_backtest_options options;
    enum lc_rc rc;

    lc_backtest_options_init(&options);
    options.spec = &s->spec;
    options.fit = *fit;
    options.grades = set->grades;
    options.card = *rules;
    options.rolling = LC_ROLLING_AUTO;
    rc = lc_backtest_price(&s->table, &s->cohort, columns->column, columns->given, columns->n,
                           &options, s->pool, &s->arena, price, err);
    if (rc != LC_EDEGENERATE && rc != LC_ENOCONV)
        return rc;
    return lc_frame_note(
        price, err,
        "What the card costs on later leads is not known: %s. On its own leads, "
        "which flatter it and the weights alike, see --price.",
        err->text);
}

static enum lc_rc make(struct cmd_study *s, const struct settings *set, struct lc_frame *frame,
                       struct lc_err *err)
{
    const struct lc_fit_options options = {.prior_sd = set->prior_sd};
    struct lc_integer_options rules = {.cap = LC_INTEGER_CAP};
    struct cmd_columns columns, all;
    struct lc_frame price;
    struct lc_card card;
    struct lc_fit fit;
    enum lc_rc rc = cmd_study_columns(s, true, &columns, err);

    if (!rc)
        rc = read_rules(s, set, &rules, err);
    if (!rc)
        rc = keep_all(s, &columns, &all, err);
    if (!rc)
        rc = choose(s, set, &options, &columns, err);
    if (!rc)
        rc = lc_fit_leads(&s->table, s->cohort.row, s->cohort.y, s->cohort.n, columns.column,
                          columns.given, columns.n, &options, s->pool, &s->arena, &fit, err);
    if (!rc)
        rc = lc_fit_integer(&s->table, s->cohort.row, s->cohort.y, s->cohort.n, columns.column,
                            &fit, &rules, &set->grades, &s->arena, &card, &price, err);
    if (!rc)
        rc = add_price(s, set, &options, &rules, &all, &price, err);
    if (!rc && set->model)
        rc = write_model(s, set, &fit, &card, &columns, err);
    if (rc)
        return rc;
    *frame = price;
    return set->price ? LC_OK : tabulate(s, &card, &price, frame, err);
}

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct lc_frame frame;
    enum lc_rc rc = cmd_model_place(set->model, set->out.force, err);

    if (!rc)
        rc = cmd_study_load(s, err);
    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (rc)
        return rc;
    cmd_study_note_columns(s, true);
    rc = make(s, set, &frame, err);
    if (rc)
        return rc;
    cmd_note_frame(&set->out, &frame);
    return cmd_put_frame(&set->out, &frame, 0, err);
}

/* Cuts by the outcome, or by what sales takes, are learnt on other points than those of the card. */
static bool may_cut(const struct settings *set)
{
    if (set->grades.method <= LC_CUTS_QUANTILE || set->grades.method == LC_CUTS_PINNED)
        return true;
    (void)cmd_wrong(about.name, "a card is cut by shares, by quantile or as typed (pinned)");
    return false;
}

int cmd_card(int argc, char **argv)
{
    struct settings set = {.prior_sd = LC_PRIOR_SD, .cap = LC_INTEGER_CAP};
    struct cmd_study study;
    const struct opt own[] = {
        OPT_SECTION("Card"),
        OPT_WHOLE(0, "attributes", &set.attributes, 1, 1000, "K",
                  "at most so many attributes; default: all that fit"),
        OPT_WHOLE(0, "cap", &set.cap, 1, 100, "P",
                  "no level has more points, or fewer than -P; default 20"),
        OPT_LIST(
            0, "rising", &set.rising, "COLUMN,...",
            "columns whose points never fall from level to level, in the order of the card"),
        OPT_LIST(0, "falling", &set.falling, "COLUMN,...", "columns whose points never rise"),
        OPT_LIST(0, "not-negative", &set.not_negative, "COLUMN=LEVEL",
                 "a level that takes no points off; may be repeated"),
        OPT_LIST(0, "not-positive", &set.not_positive, "COLUMN=LEVEL",
                 "a level that adds no points; may be repeated"),
        OPT_REAL(0, "prior-sd", &set.prior_sd, 0.001, 1000, "S",
                 "standard deviation of the Gaussian prior on a level's deviation from its "
                 "attribute's mean, in log-odds; default 0.7"),
        OPT_FLAG(0, "price", &set.price, "the table of what the card costs, instead"),
        OPT_TEXT('m', "model", &set.model, "FILE", "write the card as a model file there"),
        OPT_END(),
    };
    const struct opt *const tables[] = {own, cmd_grade_rows(&set.grade),
                                        cmd_study_rows(&study, about.name, &set.out),
                                        cmd_output_rows(&set.out), NULL};
    int first;

    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!cmd_study_usable(&study, argc - first) ||
        !cmd_grade_options(about.name, &set.grade, &set.grades) || !may_cut(&set))
        return CMD_USAGE;
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &set);
}
