/* Cards typed by hand, exported and scored: typed_exports CARD FOLDER. Writes FOLDER/export.TARGET for
 * every engine, FOLDER/leads.csv with all combinations of some cells, and FOLDER/reference.csv with
 * what the library says of each. CARD: points, extremes or margin. */
#include <stdio.h>

#include "leadcal/export.h"
#include "leadcal/table_file.h"
#include "typed_cards.h"

static const char *const cells[] = {
    "",      "Banking", "Retail",  "n/a", "up",     "down",   "?\?/", "0",      "1",        "2",
    "+50.0", "50.01",   "5005e-1", "501", "always", "Always", "x",    "-1e400", "(missing)"};
#define N_CELLS (sizeof cells / sizeof *cells)
#define STRIDE  37 /* prime, and no multiple of N_CELLS: every attribute has every cell */

static const struct {
    const char *name, *target, *dialect;
} engines[] = {{"postgresql", "sql", "postgresql"},
               {"sqlite", "sql", "sqlite"},
               {"python", "python", NULL},
               {"js", "js", NULL},
               {"c", "c", NULL}};

static FILE *open_in(const char *folder, const char *name)
{
    char path[512];

    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return fopen(path, "w");
}

static bool write_exports(const struct lc_model *m, const char *folder)
{
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        const struct lc_export how = {engines[i].target, engines[i].dialect, LC_EXPORT_TABLE,
                                      false};
        struct lc_arena scratch;
        struct lc_err err;
        char name[32];
        enum lc_rc rc;
        FILE *to;

        (void)snprintf(name, sizeof name, "export.%s", engines[i].name);
        to = open_in(folder, name);
        if (!to)
            return false;
        lc_arena_init(&scratch, LC_ARENA_NO_LIMIT);
        rc = lc_export_write(m, &how, &scratch, to, &err);
        lc_arena_release(&scratch);
        if (rc)
            (void)fprintf(stderr, "%s: %s\n", name, err.text);
        if (fclose(to) != 0 || rc)
            return false;
    }
    return true;
}

static void put_place(FILE *to, double place)
{
    if (isnan(place))
        (void)fputc(',', to);
    else
        (void)fprintf(to, ",%.0f", lc_round_away(place));
}

/* The action and the hours come from the cells of the model, as lc_model_cell has them. */
static void put_score(const struct lc_model *m, const struct lc_scored *s, FILE *to)
{
    const char *action;
    char grade[LC_GRADE_TEXT];
    int hours;

    lc_grade_text(&m->grades, s, grade);
    action = lc_grade_action(grade);
    hours = lc_sla_hours(grade);
    for (size_t c = 0; c < m->n_cells; c++)
        if (strcmp(m->cell[c].grade, grade) == 0) {
            action = m->cell[c].action;
            hours = m->cell[c].sla_hours;
        }
    if (!isnan(s->probability))
        (void)fprintf(to, "%.17g", s->probability);
    (void)fprintf(to, ",%.17g", s->points);
    put_place(to, s->fit);
    put_place(to, s->engagement);
    (void)fprintf(to, ",%s,", grade);
    lc_csv_field(lc_slice_of(action), false, to);
    (void)fputc(',', to);
    if (hours)
        (void)fprintf(to, "%d", hours);
    (void)fputc('\n', to);
}

static void write_row(const struct lc_model *m, size_t key, size_t combination, FILE *leads,
                      FILE *reference)
{
    const struct lc_range range[2] = {
        [LC_ROLE_PROFILE] = lc_card_range(&m->card, LC_ROLE_PROFILE),
        [LC_ROLE_ENGAGEMENT] = lc_card_range(&m->card, LC_ROLE_ENGAGEMENT)};
    size_t level[8], rest = combination;
    struct lc_scored s;
    bool empty;

    (void)fputs("lead", leads);
    for (size_t j = 0; j < m->card.k; j++, rest /= N_CELLS) {
        (void)fprintf(leads, ",%s", cells[rest % N_CELLS]);
        level[j] = lc_model_level(m, j, lc_slice_of(cells[rest % N_CELLS]), &empty);
    }
    (void)fputc('\n', leads);
    s = lc_card_score(&m->card, range, level);
    (void)fprintf(reference, "%zu,", key);
    put_score(m, &s, reference);
}

/* As many combinations as three attributes have, spread over those of all. */
static bool write_rows(const struct lc_model *m, const char *folder)
{
    FILE *leads = open_in(folder, "leads.csv"), *reference = open_in(folder, "reference.csv");

    if (!leads || !reference)
        return false;
    (void)fputs("lead", leads);
    for (size_t j = 0; j < m->card.k; j++)
        (void)fprintf(leads, ",%s", m->card.attribute[j].attribute.column);
    (void)fputc('\n', leads);
    (void)fputs("row_key,lc_probability,lc_points,lc_fit,lc_engagement,lc_grade,lc_action,"
                "lc_sla_hours\n",
                reference);
    for (size_t i = 0; i < N_CELLS * N_CELLS * N_CELLS; i++)
        write_row(m, i + 1, i * STRIDE, leads, reference);
    return fclose(leads) == 0 && fclose(reference) == 0;
}

int main(int argc, char **argv)
{
    struct lc_model m;

    if (argc != 3)
        return 2;
    m = strcmp(argv[1], "points") == 0 ? typed_points()
                                       : typed_extremes(strcmp(argv[1], "margin") == 0);
    return write_exports(&m, argv[2]) && write_rows(&m, argv[2]) ? 0 : 1;
}
