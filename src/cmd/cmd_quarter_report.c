/* The report of recalibrate's folder, with its pictures. */
#include "cmd_quarter.h"

#include "leadcal/io.h"

/* The parts that the steps have not put into the report themselves. */
static enum lc_rc gather(struct cmd_study *s, const struct cmd_quarter_set *set,
                         struct cmd_quarter *q, struct lc_err *err)
{
    const struct lc_column_note *note;
    const char **left_out, **suspect;
    size_t n, suspects = 0;
    const enum lc_rc rc = cmd_study_excluded(s, &note, &n, err);

    if (rc)
        return rc;
    left_out = LC_NEW(&s->arena, n + 1, const char *);
    suspect = LC_NEW(&s->arena, s->choices.n + 1, const char *);
    if (!left_out || !suspect)
        return lc_fail_memory(err, "the report");
    for (size_t j = 0; j < s->choices.n; j++)
        if (s->choices.of[j].suspect)
            suspect[suspects++] = s->table.column[j].codes.name;
    for (size_t i = 0; i < n; i++)
        if (!(left_out[i] =
                  lc_arena_format(&s->arena, "%s: %s", note[i].column, note[i].reason)))
            return lc_fail_memory(err, "the report");
    q->report.command = set->command;
    q->report.word = s->out->word;
    q->report.cohort = &s->cohort;
    q->report.left_out = left_out;
    q->report.n_left_out = n;
    q->report.suspect = suspect;
    q->report.n_suspect = suspects;
    return LC_OK;
}

enum lc_rc cmd_quarter_figures(struct cmd_study *s, const struct cmd_quarter_set *set,
                               struct cmd_quarter *q, struct lc_err *err)
{
    size_t n = 0, missing = 0;
    enum lc_rc rc;

    cmd_quarter_say(set, "figures");
    rc = lc_report_pictures(&q->report, &s->arena, q->picture, &n, err);
    for (size_t i = 0; i < n && !rc; i++) {
        q->picture[i].path = cmd_folder_path(&q->folder, q->picture[i].name, &s->arena);
        if (!q->picture[i].path)
            rc = lc_fail_memory(err, "a file name");
    }
    if (!rc)
        rc = lc_figures_draw(q->picture, n, false, &s->arena, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < n; i++)
        if (q->picture[i].why && missing++ == 0)
            cmd_note(s->out->quiet, "no %s: %s", q->picture[i].name, q->picture[i].why);
    if (missing > 1)
        cmd_note(s->out->quiet, "and %zu more pictures are missing; the report says why",
                 missing - 1);
    q->report.picture = q->picture;
    q->report.n_pictures = n;
    return LC_OK;
}

static enum lc_rc put_report(struct cmd_study *s, const struct cmd_quarter *q, const char *name,
                             enum lc_rc (*write)(const struct lc_report *r, FILE *to,
                                                 struct lc_err *err),
                             struct lc_err *err)
{
    const char *path = cmd_folder_path(&q->folder, name, &s->arena);
    struct lc_file_out file;
    enum lc_rc rc;

    if (!path)
        return lc_fail_memory(err, "a file name");
    rc = lc_file_out_open(&file, path, false, err);
    if (rc)
        return rc;
    rc = write(&q->report, file.to, err);
    if (!rc)
        return lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    return rc;
}

enum lc_rc cmd_quarter_report(struct cmd_study *s, const struct cmd_quarter_set *set,
                              struct cmd_quarter *q, struct lc_err *err)
{
    enum lc_rc rc = gather(s, set, q, err);

    if (!rc)
        rc = put_report(s, q, "report.md", lc_report_markdown, err);
    if (!rc)
        rc = put_report(s, q, "report.html", lc_report_html, err);
    return rc;
}
