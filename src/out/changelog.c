#include "leadcal/changelog.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/date.h"
#include "leadcal/num.h"
#include "leadcal/table_file.h"

enum column {
    DATE,
    BY,
    VERDICT,
    GAIN,
    GAIN_LOW,
    GAIN_HIGH,
    WON,
    WHY,
    DESPITE,
    CANDIDATE,
    CANDIDATE_SHA256,
    CURRENT,
    CURRENT_SHA256,
    CHANGES,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [DATE] = {"date", LC_CELL_TEXT, NULL, false},
    [BY] = {"by", LC_CELL_TEXT, NULL, false},
    [VERDICT] = {"verdict", LC_CELL_TEXT, NULL, false},
    [GAIN] = {"gain", LC_CELL_REAL, NULL, false},
    [GAIN_LOW] = {"gain_low", LC_CELL_REAL, NULL, false},
    [GAIN_HIGH] = {"gain_high", LC_CELL_REAL, NULL, false},
    [WON] = {"won", LC_CELL_REAL, NULL, false},
    [WHY] = {"why", LC_CELL_TEXT, NULL, false},
    [DESPITE] = {"despite", LC_CELL_TEXT, NULL, false},
    [CANDIDATE] = {"candidate", LC_CELL_TEXT, NULL, false},
    [CANDIDATE_SHA256] = {"candidate_sha256", LC_CELL_TEXT, NULL, false},
    [CURRENT] = {"current", LC_CELL_TEXT, NULL, false},
    [CURRENT_SHA256] = {"current_sha256", LC_CELL_TEXT, NULL, false},
    [CHANGES] = {"changes", LC_CELL_TEXT, NULL, false},
};

/* "source=Web: 3.1 to 5.0 (+1.9); ..." of the largest changes. */
static const char *changes_text(const struct lc_frame *f, struct lc_arena *arena)
{
    const size_t attribute = lc_frame_column(f, "attribute");
    const size_t level = lc_frame_column(f, "level");
    const size_t was = lc_frame_column(f, "current_points");
    const size_t now = lc_frame_column(f, "new_points");
    const size_t change = lc_frame_column(f, "change");
    const char *text = "";

    for (size_t i = 0; i < f->n && i < LC_CHANGES_KEPT && text; i++) {
        const union lc_value *row = f->value + i * f->k;

        if (isnan(row[change].number))
            text = lc_arena_format(arena, "%s%s%s=%s: %.1f", text, i ? "; " : "",
                                   row[attribute].text, row[level].text, row[now].number);
        else
            text = lc_arena_format(arena, "%s%s%s=%s: %.1f to %.1f (%+.1f)", text,
                                   i ? "; " : "", row[attribute].text, row[level].text,
                                   row[was].number, row[now].number, row[change].number);
    }
    return text;
}

static enum lc_rc fill(const struct lc_promotion *p, struct lc_arena *arena, struct lc_frame *f,
                       struct lc_err *err)
{
    const struct lc_champion *c = &p->candidate->champion;
    union lc_value *row = NULL;
    enum lc_rc rc;

    lc_frame_init(f, "changelog", heading, COLUMNS, arena);
    rc = lc_frame_add(f, &row, err);
    if (rc)
        return rc;
    if (p->candidate->boundary.as_of != LC_NO_DAY) {
        char day[LC_DAY_TEXT];

        lc_day_text(p->candidate->boundary.as_of, day);
        row[DATE].text = lc_arena_text(arena, lc_slice_of(day));
    }
    row[BY].text = p->by;
    row[VERDICT].text = lc_advice_text(p->gate->advice);
    row[GAIN].number = c->gain;
    row[GAIN_LOW].number = c->low;
    row[GAIN_HIGH].number = c->high;
    row[WON].number = c->won;
    row[WHY].text = p->gate->why;
    row[DESPITE].text = p->despite;
    row[CANDIDATE].text = p->candidate_name;
    row[CANDIDATE_SHA256].text = p->candidate_sha256;
    row[CURRENT].text = p->current_name;
    row[CURRENT_SHA256].text = p->current_sha256;
    row[CHANGES].text = changes_text(&p->gate->changes, arena);
    return row[CHANGES].text ? LC_OK : lc_fail_memory(err, "the changelog");
}

/* The old lines, and of the new text what stands behind its header. */
static enum lc_rc put(struct lc_slice old, struct lc_slice text, FILE *to, struct lc_err *err)
{
    const char *end = memchr(text.p, '\n', text.n);
    const size_t header = end ? (size_t)(end - text.p) + 1 : 0;
    const size_t skip = old.n ? header : 0;

    if (old.n && (old.n < header || memcmp(old.p, text.p, header) != 0))
        return lc_fail(
            err, LC_EFORMAT,
            "is no changelog of leadcal, so no line is added to it; move it away, or "
            "choose another folder with -o");
    (void)fwrite(old.p, 1, old.n, to);
    if (old.n && old.p[old.n - 1] != '\n')
        (void)putc('\n', to);
    (void)fwrite(text.p + skip, 1, text.n - skip, to);
    if (ferror(to))
        return lc_fail(err, LC_EIO, "the changelog cannot be written: %s", strerror(errno));
    return LC_OK;
}

enum lc_rc lc_changelog_append(struct lc_slice old, const struct lc_promotion *p,
                               struct lc_arena *arena, FILE *to, struct lc_err *err)
{
    struct lc_frame f;
    char *text = NULL;
    size_t n = 0;
    FILE *memory;
    enum lc_rc rc = fill(p, arena, &f, err);

    if (rc)
        return rc;
    memory = open_memstream(&text, &n);
    if (!memory)
        return lc_fail_memory(err, "the changelog");
    rc = lc_frame_csv(&f, memory, err);
    if (fclose(memory) != 0 && !rc)
        rc = lc_fail_memory(err, "the changelog");
    if (!rc)
        rc = put(old, (struct lc_slice){text, n}, to, err);
    free(text);
    return rc;
}
