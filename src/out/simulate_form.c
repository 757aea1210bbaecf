/* What the made-up leads typed into the form: some of them could never convert. */
#include <stdio.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/random.h"
#include "simulate_internal.h"

#define FORM_STREAM UINT64_C(0x5851F42D4C957F2D) /* other draws than those of the lead itself */

const double sim_form_share[SIM_FORMS] = {
    [SIM_COMPETITOR] = 0.02, [SIM_JUNK] = 0.04, [SIM_TEST] = 0.01};
const char *const sim_form_name[SIM_FORMS] = {"genuine", "competitor", "junk", "test"};
const char *const sim_outside[SIM_OUTSIDE] = {"Brasil", "México", "Argentina", "Chile",
                                              "Colombia"};

static const char *const junk[] = {"asdf", "test",   "xxx",    "123", "qwertz", "aaaa",
                                   "qwer", "Test 1", "asdasd", "zzz", "abc",    "0000"};
static const char *const rival[] = {"rival-one.example", "rival-two.example",
                                    "eu.rival-two.example"};
static const char *const private_mail[] = {"gmail.com", "yahoo.com", "hotmail.com", "web.de",
                                           "gmx.de",    "orange.fr", "outlook.com"};
#define COUNT(list) (sizeof(list) / sizeof *(list))

bool sim_is_outside(const struct sim_world *world, const int *level)
{
    const int country = level[SIM_COUNTRY];

    for (size_t i = 0; i < SIM_OUTSIDE && country >= 0; i++)
        if (strcmp(world->urn[SIM_COUNTRY].cell[country], sim_outside[i]) == 0)
            return true;
    return false;
}

static enum sim_form_kind draw_kind(struct lc_random *random)
{
    double u = lc_random_unit(random);

    for (size_t k = SIM_COMPETITOR; k < SIM_FORMS; k++) {
        if (u < sim_form_share[k])
            return (enum sim_form_kind)k;
        u -= sim_form_share[k];
    }
    return SIM_GENUINE;
}

/* A lead without a level has a private mailbox as often as chance has it. */
static bool is_private(const struct sim_world *world, const int *level,
                       struct lc_random *random)
{
    const bool drawn = lc_random_below(random, 5) == 0;

    if (level[SIM_FREE_EMAIL] < 0)
        return drawn;
    return strcmp(world->urn[SIM_FREE_EMAIL].cell[level[SIM_FREE_EMAIL]], "Yes") == 0;
}

void sim_form_draw(const struct sim_world *world, const int *level, uint64_t row, uint64_t seed,
                   struct sim_form *form)
{
    struct lc_random random = {(seed + 1) * FORM_STREAM + row * 0xA0761D6478BD642FU};
    const unsigned firm = (unsigned)lc_random_below(&random, 900) + 100;
    const char *domain = private_mail[lc_random_below(&random, COUNT(private_mail))];
    const char *other = junk[lc_random_below(&random, COUNT(junk))];

    form->kind = draw_kind(&random);
    form->loses = form->kind == SIM_COMPETITOR || form->kind == SIM_TEST ||
                  sim_is_outside(world, level) ||
                  (form->kind == SIM_JUNK && lc_random_unit(&random) >= SIM_JUNK_STAYS);
    if (form->kind == SIM_JUNK)
        (void)snprintf(form->company, sizeof form->company, "%s", other);
    else
        (void)snprintf(form->company, sizeof form->company, "Sample %u", firm);
    if (form->kind == SIM_COMPETITOR)
        (void)snprintf(form->domain, sizeof form->domain, "%s",
                       rival[lc_random_below(&random, COUNT(rival))]);
    else if (is_private(world, level, &random))
        (void)snprintf(form->domain, sizeof form->domain, "%s", domain);
    else
        (void)snprintf(form->domain, sizeof form->domain, "sample-%u.example", firm);
}

char *sim_form_put(char *to, const struct sim_form *form)
{
    return to + snprintf(to, sizeof form->company + sizeof form->domain + sizeof ",,,Yes",
                         ",%s,%s,%s", form->company, form->domain,
                         form->kind == SIM_TEST ? "Yes" : "No");
}

void sim_form_truth(FILE *to)
{
    for (size_t k = SIM_COMPETITOR; k < SIM_FORMS; k++) {
        char number[LC_REAL_TEXT];

        lc_real_text(sim_form_share[k], number);
        (void)fprintf(to, "(share of leads),%s,%s\n", sim_form_name[k], number);
    }
    for (size_t i = 0; i < SIM_OUTSIDE; i++)
        (void)fprintf(to, "(never won),country=%s,\n", sim_outside[i]);
    (void)fprintf(to, "(share of wins kept),junk,%g\n", SIM_JUNK_STAYS);
}
