#include "leadcal/figure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "figure_internal.h"
#include "leadcal/io.h"

#define MOST_SECONDS 60       /* all pictures take one */
#define MOST_FOLDER  4096     /* bytes of the temporary folder's path */
#define MOST_SVG     16777216 /* bytes; a picture has some ten thousand */
#define MOST_TITLE   112      /* display columns that fit across the picture */

#define HEAD   "head.tsv"
#define DATA   "data.tsv"
#define SCRIPT "script.gp"
#define SVG    "figure.svg"

const char *lc_figure_name(enum lc_figure figure)
{
    static const char *const name[] = {
        [LC_FIGURE_FUNNEL] = "funnel.svg",     [LC_FIGURE_GRADES] = "grades.svg",
        [LC_FIGURE_RATES] = "rates.svg",       [LC_FIGURE_POINTS] = "points.svg",
        [LC_FIGURE_LIFT] = "lift.svg",         [LC_FIGURE_CALIBRATION] = "calibration.svg",
        [LC_FIGURE_CYCLE] = "cycle.svg",       [LC_FIGURE_ACCEPT] = "acceptance.svg",
        [LC_FIGURE_MATURITY] = "maturity.svg",
    };

    return name[figure];
}

/* The temporary folder in which gnuplot works. */
struct workshop {
    char folder[MOST_FOLDER];
    bool made;
};

static enum lc_rc open_workshop(struct workshop *w, struct lc_err *err)
{
    const char *where = getenv("TMPDIR");
    const int n = snprintf(w->folder, sizeof w->folder, "%s/leadcal-XXXXXX",
                           where && *where ? where : "/tmp");

    w->made = n > 0 && (size_t)n < sizeof w->folder && mkdtemp(w->folder) != NULL;
    if (!w->made)
        return lc_fail(err, LC_EIO,
                       "no temporary folder for pictures can be made: %s; set TMPDIR to one "
                       "that can be written",
                       strerror(errno));
    return LC_OK;
}

static void path_in(const struct workshop *w, const char *name, char to[MOST_FOLDER + 16])
{
    (void)snprintf(to, MOST_FOLDER + 16, "%s/%s", w->folder, name);
}

static void close_workshop(const struct workshop *w)
{
    static const char *const all[] = {HEAD, DATA, SCRIPT, SVG};

    if (!w->made)
        return;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char path[MOST_FOLDER + 16];

        path_in(w, all[i], path);
        (void)unlink(path);
    }
    (void)rmdir(w->folder);
}

static enum lc_rc open_in(const struct workshop *w, const char *name, FILE **to,
                          struct lc_err *err)
{
    char path[MOST_FOLDER + 16];

    path_in(w, name, path);
    *to = fopen(path, "wb");
    return *to ? LC_OK
               : lc_fail(err, LC_EIO, "%s: cannot be written: %s", path, strerror(errno));
}

static enum lc_rc close_in(FILE *to, struct lc_err *err)
{
    const bool bad = ferror(to) != 0;

    if (fclose(to) != 0 || bad)
        return lc_fail(
            err, LC_EIO,
            "the temporary folder for pictures cannot be written; is the disk full?");
    return LC_OK;
}

/* A title of several parts stands on two lines, parted at a semicolon. */
static void put_title(const char *title, FILE *to)
{
    char line[LC_PLOT_LABEL];
    const char *parting = title ? strstr(title, "; ") : NULL;
    struct lc_arena arena;
    const char *first = title ? title : " ";

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    if (parting)
        first = lc_arena_text(&arena, (struct lc_slice){title, (size_t)(parting - title)});
    (void)lc_plot_label(first ? first : " ", MOST_TITLE, line);
    (void)fprintf(to, "%s\t", *line ? line : " ");
    (void)lc_plot_label(parting ? parting + 2 : " ", MOST_TITLE, line);
    (void)fprintf(to, "%s\n", *line ? line : " ");
    lc_arena_release(&arena);
}

static enum lc_rc write_head(const struct workshop *w, const struct lc_plot_head *head,
                             const char *title, struct lc_err *err)
{
    FILE *to = NULL;
    const enum lc_rc rc = open_in(w, HEAD, &to, err);

    if (rc)
        return rc;
    /* A line that cannot be drawn stands at the axis, where it is not seen. */
    (void)fprintf(to, "%.10g\t%.10g\t%.10g\t%.10g\t%d\t", head->x_min, head->x_max, head->y_max,
                  head->base >= 0 ? head->base : 0, (int)head->second);
    put_title(title, to);
    return close_in(to, err);
}

static enum lc_rc write_script(const struct workshop *w, enum lc_figure figure,
                               struct lc_err *err)
{
    FILE *to = NULL;
    const enum lc_rc rc = open_in(w, SCRIPT, &to, err);

    if (rc)
        return rc;
    (void)fputs(lc_plot_script(figure), to);
    return close_in(to, err);
}

/* gnuplot ends with status 0 on a full disk, so what it left is looked at. */
static enum lc_rc inspect(struct lc_slice svg, struct lc_err *err)
{
    static const char end[] = "</svg>";
    const struct lc_slice s = lc_slice_trim(svg);
    const size_t n = strlen(end);

    if (s.n < n || memcmp(s.p + s.n - n, end, n) != 0)
        return lc_fail(err, LC_EIO, "gnuplot left an unfinished picture; is the disk full?");
    if (strlen(svg.p) != svg.n || strstr(svg.p, "<script"))
        return lc_fail(err, LC_EIO,
                       "gnuplot left a picture with a script in it, which is not kept; leadcal "
                       "needs gnuplot-nox without a start-up file");
    return LC_OK;
}

/* The picture, inspected and in place; its bytes live in the arena. */
static enum lc_rc deliver(const struct workshop *w, struct lc_picture *p, bool replace,
                          struct lc_arena *arena, struct lc_err *err)
{
    char made[MOST_FOLDER + 16];
    struct lc_file_out file = {0};
    struct lc_slice svg = {NULL, 0};
    enum lc_rc rc;

    path_in(w, SVG, made);
    if (!lc_file_exists(made))
        rc = lc_fail(err, LC_EIO,
                     "gnuplot drew nothing; leadcal needs version 5.2 or newer with the svg "
                     "terminal: gnuplot --version");
    else
        rc = lc_read_file(made, MOST_SVG, arena, &svg, err);
    if (!rc)
        rc = inspect(svg, err);
    if (!rc)
        rc = lc_file_out_open(&file, p->path, replace, err);
    if (!rc) {
        (void)fwrite(svg.p, 1, svg.n, file.to);
        rc = lc_file_out_commit(&file, err);
    }
    if (!rc)
        p->svg = svg;
    return rc;
}

static enum lc_rc write_data(const struct workshop *w, enum lc_figure figure,
                             const struct lc_frame *frame, struct lc_plot_head *head,
                             size_t *rows, struct lc_err *err)
{
    FILE *to = NULL;
    const enum lc_rc rc = open_in(w, DATA, &to, err);

    if (rc)
        return rc;
    *rows = lc_plot_data(figure, frame, to, head);
    return close_in(to, err);
}

/* ---- all pictures ---- */

/* One picture on its way. */
struct work {
    struct workshop shop;
    size_t rows;
    struct lc_err err; /* code LC_OK as long as nothing failed */
};

static void prepare(struct work *k, const struct lc_picture *p)
{
    struct lc_plot_head head;
    enum lc_rc rc = open_workshop(&k->shop, &k->err);

    if (!rc)
        rc = write_data(&k->shop, p->figure, p->frame, &head, &k->rows, &k->err);
    if (!rc && k->rows)
        rc = write_head(&k->shop, &head, p->frame->title, &k->err);
    if (!rc && k->rows)
        rc = write_script(&k->shop, p->figure, &k->err);
    k->err.code = rc;
}

/* gnuplot on every picture that is ready and has something to show. */
static void run_all(struct work *work, size_t n, struct lc_plot_job *job)
{
    size_t jobs = 0;

    for (size_t i = 0; i < n; i++)
        if (!work[i].err.code && work[i].rows)
            job[jobs++] = (struct lc_plot_job){.folder = work[i].shop.folder};
    lc_plot_run(job, jobs, MOST_SECONDS);
    jobs = 0;
    for (size_t i = 0; i < n; i++)
        if (!work[i].err.code && work[i].rows)
            work[i].err = job[jobs++].err;
}

/* Puts a picture in place with its words, or says why there is none. */
static enum lc_rc finish(struct work *k, struct lc_picture *p, bool replace,
                         struct lc_arena *arena, struct lc_err *err)
{
    enum lc_rc rc = k->err.code;

    if (!rc && k->rows)
        rc = k->err.code = deliver(&k->shop, p, replace, arena, &k->err);
    if (!rc && k->rows)
        p->text = lc_plot_words(p->figure, p->frame, arena);
    if (rc && rc != LC_ENOMEM)
        p->why = lc_arena_text(arena, lc_slice_of(k->err.text));
    if (rc == LC_ENOMEM || (rc ? !p->why : k->rows && !p->text))
        return lc_fail_memory(err, "the pictures");
    return LC_OK;
}

enum lc_rc lc_figures_draw(struct lc_picture *picture, size_t n, bool replace,
                           struct lc_arena *arena, struct lc_err *err)
{
    struct work *work = LC_NEW(arena, n, struct work);
    struct lc_plot_job *job = LC_NEW(arena, n, struct lc_plot_job);
    enum lc_rc rc = LC_OK;

    if (!work || !job)
        return lc_fail_memory(err, "the pictures");
    for (size_t i = 0; i < n; i++)
        prepare(&work[i], &picture[i]);
    run_all(work, n, job);
    for (size_t i = 0; i < n; i++) {
        if (!rc)
            rc = finish(&work[i], &picture[i], replace, arena, err);
        close_workshop(&work[i].shop);
    }
    return rc;
}
