/* Help, man page and completion, all from the option table. */
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "leadcal/num.h"

#define HELP_COLUMN 30 /* where the words on an option begin */
#define HELP_WIDTH  96

void cmd_print_exit_status(const char *before)
{
    static const char *const line[] = {
        "0  done",
        "1  done, and the answer is no (a check failed)",
        "2  wrong usage",
        "3  bad input: the bytes of a file, or files and options that do not fit each other",
        "4  a file that cannot be opened or written; disk or memory",
        "5  no numerical answer: no wins, one class, not enough history",
    };

    for (size_t i = 0; i < sizeof line / sizeof *line; i++)
        printf("%s%s\n", before, line[i]);
}

/* The value as the help writes it: "DAYS", "table|csv|json", "". */
static void value_text(const struct opt *o, char *to, size_t room)
{
    size_t used = 0;

    to[0] = 0;
    if (o->kind == OPT_KIND_CHOICE)
        for (size_t i = 0; o->choice[i] && used < room; i++)
            used +=
                (size_t)snprintf(to + used, room - used, "%s%s", i ? "|" : "", o->choice[i]);
    else if (o->value)
        (void)snprintf(to, room, "%s", o->value);
}

#define MOST_RANGE 1e6 /* nobody needs to read that a number may be as large as that */

/* The range in words, for numbers: " (1 to 64)". */
static void range_text(const struct opt *o, char *to, size_t room)
{
    char low[LC_REAL_TEXT], high[LC_REAL_TEXT];

    to[0] = 0;
    if ((o->kind != OPT_KIND_REAL && o->kind != OPT_KIND_WHOLE) || o->high > MOST_RANGE)
        return;
    lc_real_text(o->low, low);
    lc_real_text(o->high, high);
    (void)snprintf(to, room, " (%s to %s)", low, high);
}

/* Words from column `at` on, broken at blanks, the next lines indented to `at`. */
static void put_wrapped(const char *text, size_t at, size_t indent)
{
    while (*text) {
        const size_t word = strcspn(text, " ");

        if (at > indent && at + 1 + word > HELP_WIDTH) {
            printf("\n%*s", (int)indent, "");
            at = indent;
        } else if (at > indent) {
            putchar(' ');
            at++;
        }
        printf("%.*s", (int)word, text);
        at += word;
        text += word;
        text += strspn(text, " ");
    }
    putchar('\n');
}

static void put_option(const struct opt *o)
{
    char value[120], range[80], left[200], words[700];
    size_t n;

    value_text(o, value, sizeof value);
    range_text(o, range, sizeof range);
    if (o->letter)
        (void)snprintf(left, sizeof left, "  -%c, --%s %s", o->letter, o->name, value);
    else
        (void)snprintf(left, sizeof left, "      --%s %s", o->name, value);
    (void)snprintf(words, sizeof words, "%s%s", o->help, range);
    n = strlen(left);
    while (n && left[n - 1] == ' ')
        left[--n] = 0;
    if (n + 2 > HELP_COLUMN)
        printf("%s\n%*s", left, HELP_COLUMN, "");
    else
        printf("%-*s", HELP_COLUMN, left);
    put_wrapped(words, HELP_COLUMN, HELP_COLUMN);
}

/* Calls `put` for each line of a text that has several. */
static void each_line(const char *text, void (*put)(const char *line, size_t n))
{
    while (*text) {
        const size_t n = strcspn(text, "\n");

        put(text, n);
        text += n + (text[n] == '\n');
    }
}

static void put_example(const char *line, size_t n)
{
    printf("  %.*s\n", (int)n, line);
}

void opt_print_help(const struct cmd_about *about, const struct opt *const *tables)
{
    printf("leadcal %s - %s\n\nExamples:\n", about->name, about->brief);
    each_line(about->example, put_example);
    printf("\nUsage: leadcal %s %s\n\n%s\n", about->name, about->usage, about->about);
    for (; *tables; tables++)
        for (const struct opt *o = *tables; o->kind != OPT_KIND_END; o++)
            if (o->kind == OPT_KIND_SECTION)
                printf("\n%s:\n", o->name);
            else
                put_option(o);
    printf("\nOther:\n");
    put_option(&(struct opt){.letter = 'h', .name = "help", .help = "this text"});
    put_option(&(struct opt){.name = "version", .help = "versions and licence"});
    if (about->notes)
        printf("\n%s\n", about->notes);
    printf("\nExit status:\n");
    cmd_print_exit_status("  ");
}

/* Text for roff: a backslash, a hyphen and a line that begins with a dot mean something there. */
static void put_roff(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const bool starts = i == 0 || text[i - 1] == '\n';

        if (starts && (text[i] == '.' || text[i] == '\''))
            (void)fputs("\\&", stdout);
        if (text[i] == '\\')
            (void)fputs("\\e", stdout);
        else if (text[i] == '-')
            (void)fputs("\\-", stdout);
        else
            putchar(text[i]);
    }
}

static void put_roff_line(const char *line, size_t n)
{
    put_roff(line, n);
    putchar('\n');
}

static void put_roff_paragraphs(const char *text)
{
    while (*text) {
        const size_t n = strcspn(text, "\n");

        if (n == 0)
            puts(".PP");
        else
            put_roff_line(text, n);
        text += n + (text[n] == '\n');
    }
}

static void put_roff_option(const struct opt *o)
{
    char value[120], range[80];

    value_text(o, value, sizeof value);
    range_text(o, range, sizeof range);
    puts(".TP");
    if (o->letter)
        printf("\\fB\\-%c\\fR, ", o->letter);
    (void)fputs("\\fB\\-\\-", stdout);
    put_roff(o->name, strlen(o->name));
    (void)fputs("\\fR", stdout);
    if (value[0])
        printf(" \\fI%s\\fR", value);
    putchar('\n');
    put_roff(o->help, strlen(o->help));
    puts(range);
}

void opt_print_man(const struct cmd_about *about, const struct opt *const *tables)
{
    printf(".TH LEADCAL\\-");
    for (const char *p = about->name; *p; p++)
        putchar(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
    printf(" 1 \"\" \"leadcal %s\" \"leadcal manual\"\n", LEADCAL_VERSION);
    printf(".SH NAME\nleadcal\\-%s \\- ", about->name);
    put_roff_line(about->brief, strlen(about->brief));
    printf(".SH SYNOPSIS\n\\fBleadcal %s\\fR ", about->name);
    put_roff_line(about->usage, strlen(about->usage));
    puts(".SH EXAMPLES\n.nf");
    each_line(about->example, put_roff_line);
    puts(".fi\n.SH DESCRIPTION");
    put_roff_paragraphs(about->about);
    puts(".SH OPTIONS");
    for (; *tables; tables++)
        for (const struct opt *o = *tables; o->kind != OPT_KIND_END; o++)
            if (o->kind == OPT_KIND_SECTION)
                printf(".SS %s\n", o->name);
            else
                put_roff_option(o);
    puts(".SS Other");
    put_roff_option(&(struct opt){.letter = 'h', .name = "help", .help = "the help text"});
    put_roff_option(&(struct opt){.name = "version", .help = "versions and licence"});
    if (about->notes) {
        puts(".SH NOTES");
        put_roff_paragraphs(about->notes);
    }
    puts(".SH EXIT STATUS\n.nf");
    cmd_print_exit_status("");
    puts(".fi\n.SH SEE ALSO\n\\fBleadcal\\fR(1)");
}

/* The branches of a program in the completion script: each option's choices, then its options. */
void opt_print_words(const struct cmd_about *about, const struct opt *const *tables)
{
    for (const struct opt *const *t = tables; *t; t++)
        for (const struct opt *o = *t; o->kind != OPT_KIND_END; o++) {
            if (o->kind != OPT_KIND_CHOICE)
                continue;
            printf("    %s:--%s) words=\"", about->name, o->name);
            for (size_t i = 0; o->choice[i]; i++)
                printf("%s%s", i ? " " : "", o->choice[i]);
            puts("\" ;;");
        }
    printf("    %s:*) words=\"--help --version", about->name);
    for (; *tables; tables++)
        for (const struct opt *o = *tables; o->kind != OPT_KIND_END; o++)
            if (o->kind != OPT_KIND_SECTION)
                printf(" --%s", o->name);
    puts("\" ;;");
}
