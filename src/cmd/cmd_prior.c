/* --prior: last quarter's model, read before the leads are, and the leads that are new to it. */
#include <string.h>

#include "cmd_study.h"
#include "leadcal/hash.h"
#include "leadcal/io.h"
#include "leadcal/model_file.h"

enum lc_rc cmd_read_hashed(const char *path, struct lc_arena *arena, struct lc_slice *bytes,
                           const char **sha256, struct lc_err *err)
{
    char *text = LC_NEW(arena, LC_SHA256_TEXT, char);
    enum lc_rc rc = lc_read_file(path, LC_MOST_MODEL_BYTES, arena, bytes, err);

    if (!rc && !text)
        rc = lc_fail_memory(err, "a file's hash");
    if (rc)
        return rc;
    lc_sha256_text(bytes->p, bytes->n, text);
    *sha256 = text;
    return LC_OK;
}

/* W is kept from quarter to quarter unless somebody says another. */
static void take_window(struct cmd_study *s)
{
    if (!s->given.window && s->spec.window_days == LC_WINDOW_AUTO)
        s->spec.window_days = s->prior_model.boundary.window_days;
}

enum lc_rc cmd_prior_spec(struct cmd_study *s, const struct cmd_fit_set *set,
                          struct lc_err *err)
{
    struct lc_slice bytes;
    enum lc_rc rc;

    if (!set->prior)
        return LC_OK;
    rc = cmd_read_hashed(set->prior, &s->arena, &bytes, &s->prior_sha256, err);
    if (!rc)
        rc = lc_model_parse(set->prior, bytes, &s->arena, &s->prior_model, err);
    if (!rc)
        rc =
            lc_prior_take(&s->prior_model, lc_base_name(set->prior), &s->arena, &s->prior, err);
    if (!rc)
        take_window(s);
    return rc;
}

static enum lc_rc note_prior(const struct cmd_study *s, struct lc_err *err)
{
    struct lc_arena scratch;
    const char *outcome;
    char day[LC_DAY_TEXT];

    lc_day_text(lc_prior_boundary(&s->prior_model), day);
    cmd_note(
        s->out->quiet,
        "prior: %.100s has learnt from leads decided up to %s; %zu of these leads were decided "
        "by then and are left out of the fit, %zu are new to it, %zu of them won",
        s->prior.name, day, s->learnt.account.overlapping, s->learnt.n, s->learnt.n_won);
    if (s->cohort.window_days != s->prior_model.boundary.window_days)
        cmd_note(
            s->out->quiet,
            "the window is not the prior's: won within another time is another outcome, and "
            "the prior's weights are taken for it all the same");
    lc_arena_init(&scratch, LC_ARENA_NO_LIMIT);
    outcome = lc_model_outcome(&s->spec, &scratch);
    if (outcome && strcmp(outcome, s->prior_model.boundary.outcome) != 0)
        cmd_note(
            s->out->quiet,
            "the prior's outcome is \"%.100s\", here it is \"%.100s\"; its weights are taken "
            "over by the names of levels all the same",
            s->prior_model.boundary.outcome, outcome);
    lc_arena_release(&scratch);
    return outcome ? LC_OK : lc_fail_memory(err, "the outcome");
}

enum lc_rc cmd_prior_cohort(struct cmd_study *s, struct lc_err *err)
{
    enum lc_rc rc;

    s->learnt = s->lag ? s->grown : s->cohort;
    if (!s->prior.name)
        return LC_OK;
    rc = lc_cohort_after(&s->cohort, lc_prior_boundary(&s->prior_model), &s->arena, &s->learnt,
                         err);
    return rc ? rc : note_prior(s, err);
}

enum lc_rc cmd_prior_chain(struct cmd_study *s, const struct lc_chain **chain,
                           struct lc_err *err)
{
    const struct lc_cohort *c = &s->cohort;
    struct lc_chain *made;
    int32_t *day;

    *chain = s->chain;
    if (!s->prior.name || s->chain)
        return LC_OK;
    if (!c->day)
        return lc_fail(
            err, LC_EMISMATCH,
            "the leads have no dates, so they cannot be taken quarter after quarter; "
            "name their columns with --entered and --closed, or leave out --prior");
    made = LC_NEW(&s->arena, 1, struct lc_chain);
    day = LC_NEW(&s->arena, s->table.n, int32_t);
    if (made)
        made->memory = lc_chain_remember(&s->arena);
    if (!made || !day || !made->memory)
        return lc_fail_memory(err, "the quarters");
    for (size_t i = 0; i < s->table.n; i++)
        day[i] = LC_NO_DAY;
    for (size_t i = 0; i < c->n; i++)
        day[c->row[i]] = c->day[i];
    made->day = day;
    *chain = s->chain = made;
    cmd_note(
        s->out->quiet,
        "the new model is tested as it is made: inside the training leads each quarter is the "
        "prior of the next; the prior's file is not used, since it may know the test leads");
    return LC_OK;
}
