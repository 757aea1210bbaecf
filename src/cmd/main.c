/* leadcal - the table of programs: `leadcal NAME` and `leadcal-NAME` are the same. */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_version.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "leadcal/csv_stream.h"
#include "leadcal/io.h"
#include "leadcal/slice.h"

static const struct program {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *brief;
} programs[] = {
    {"inspect", cmd_inspect, "what a file is, and a proposal of what its columns mean"},
    {"rates", cmd_rates, "conversion rate by attribute level, with intervals and points"},
    {"audit", cmd_audit, "which columns know the outcome, and why they are left out"},
    {"fit", cmd_fit, "weights from closed-won history: logistic regression, model file"},
    {"cuts", cmd_cuts, "every way to cut grades side by side, with the spread of each cut"},
    {"card", cmd_card, "an index card: few attributes, small whole points, and their price"},
    {"backtest", cmd_backtest, "train on the past, test on later leads: rates by grade"},
    {"accept", cmd_accept, "what sales did with the leads it was handed, and how soon"},
    {"funnel", cmd_funnel, "from lead to won by quarter of entry, and by day of closing"},
    {"events", cmd_events, "what leads did before they were decided, and its half-life"},
    {"stages", cmd_stages, "close rate of opportunities by the stage they have come to"},
    {"units", cmd_units, "one row for each account, opportunity or customer"},
    {"maturity", cmd_maturity, "how long a win takes: share won by age, and still to come"},
    {"value", cmd_value, "won amount by grade or level, and quick wins against slow ones"},
    {"fairness", cmd_fairness, "who is handed over, by columns kept out of the model"},
    {"score", cmd_score, "apply a model file to an export of any size"},
    {"drift", cmd_drift, "are today's leads still those the model was learnt from?"},
    {"export", cmd_export, "a model as SQL, Python, JavaScript or C, with a self-test inside"},
    {"recalibrate", cmd_recalibrate, "all steps in order: tables, model, report, figures"},
    {"promote", cmd_promote,
     "puts a candidate in use over the current model, if the gate lets it"},
    {"simulate", cmd_simulate, "a made-up leads file with known truth"},
};

#define N_PROGRAMS (sizeof programs / sizeof *programs)

void cmd_print_version(void)
{
    printf(
        "leadcal %s\n"
        "GSL %s, libcsv %s, cJSON %s\n"
        "GPL-3.0-or-later; what leadcal writes (models, reports) carries no licence of ours\n",
        LEADCAL_VERSION, gsl_version, lc_csv_version(), "1.7.15");
}

static void print_help(void)
{
    puts("leadcal - lead scores calibrated against closed-won history\n\n"
         "Examples:\n"
         "  leadcal inspect datasets/leads.csv\n"
         "  leadcal rates --outcome stage --won 'Closed Won' --by source datasets/leads.csv\n\n"
         "Usage: leadcal PROGRAM [option...] [FILE...]\n\n"
         "Programs:");
    for (size_t i = 0; i < N_PROGRAMS; i++)
        printf("  %-12s %s\n", programs[i].name, programs[i].brief);
    puts(
        "\nleadcal PROGRAM --help shows its examples and options. leadcal-PROGRAM is the same.\n"
        "Also: --version, --list-programs, --completion bash.\n\n"
        "Exit status:");
    cmd_print_exit_status("  ");
}

static int print_completion(const char *shell)
{
    if (!shell || strcmp(shell, "bash") != 0) {
        (void)fprintf(stderr, "leadcal: --completion needs bash, not '%.40s'\n",
                      shell ? shell : "");
        return CMD_USAGE;
    }
    (void)fputs(
        "# completion for leadcal: source <(leadcal --completion bash)\n"
        "_leadcal() {\n"
        "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words= name\n"
        "  name=${COMP_WORDS[0]##*/}\n"
        "  if [ \"$name\" = leadcal ]; then\n"
        "    if [ \"$COMP_CWORD\" = 1 ]; then name=; else name=${COMP_WORDS[1]}; fi\n"
        "  fi\n"
        "  case \"${name#leadcal-}:$prev\" in\n"
        "    :*) words=\"--help --version --list-programs --completion",
        stdout);
    for (size_t i = 0; i < N_PROGRAMS; i++)
        printf(" %s", programs[i].name);
    puts("\" ;;");
    for (size_t i = 0; i < N_PROGRAMS; i++) {
        char name[32], words[] = "--words";
        char *argv[] = {name, words, NULL};

        (void)snprintf(name, sizeof name, "%s", programs[i].name);
        (void)programs[i].run(2, argv);
    }
    puts(
        "  esac\n"
        "  case \"$prev:$cur\" in\n"
        "    *:-*|--format:*|--scale:*|--penalty:*|--cuts:*|--denominator:*|--date-order:*|--decimal:*|--period:*|--to:*|--dialect:*|*leadcal:*)\n"
        "      mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\") ;;\n"
        "  esac\n"
        "}\n"
        "complete -o default -F _leadcal leadcal");
    for (size_t i = 0; i < N_PROGRAMS; i++)
        printf("complete -o default -F _leadcal leadcal-%s\n", programs[i].name);
    return cmd_close_stdout("leadcal");
}

static const struct program *find(const char *name)
{
    for (size_t i = 0; i < N_PROGRAMS; i++)
        if (strcmp(programs[i].name, name) == 0)
            return &programs[i];
    return NULL;
}

static int refuse(const char *name)
{
    const char *known[N_PROGRAMS + 1], *near;

    for (size_t i = 0; i < N_PROGRAMS; i++)
        known[i] = programs[i].name;
    near = lc_nearest(name, known, N_PROGRAMS);
    if (near)
        (void)fprintf(stderr,
                      "leadcal: there is no program '%.40s'; did you mean %s? leadcal --help "
                      "lists them\n",
                      name, near);
    else
        (void)fprintf(
            stderr, "leadcal: there is no program '%.40s'; leadcal --help lists them\n", name);
    return CMD_USAGE;
}

int main(int argc, char **argv)
{
    const char *self = argc > 0 ? lc_base_name(argv[0]) : "leadcal";
    const struct program *program;

    (void)gsl_set_error_handler_off();
    cmd_catch_signals();
    if (strncmp(self, "leadcal-", 8) == 0 && (program = find(self + 8)))
        return program->run(argc, argv);
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_help();
        return cmd_close_stdout("leadcal");
    }
    if (strcmp(argv[1], "--version") == 0) {
        cmd_print_version();
        return cmd_close_stdout("leadcal");
    }
    if (strcmp(argv[1], "--list-programs") == 0) {
        for (size_t i = 0; i < N_PROGRAMS; i++)
            puts(programs[i].name);
        return cmd_close_stdout("leadcal");
    }
    if (strcmp(argv[1], "--completion") == 0)
        return print_completion(argc > 2 ? argv[2] : NULL);
    program = find(argv[1]);
    return program ? program->run(argc - 1, argv + 1) : refuse(argv[1]);
}
