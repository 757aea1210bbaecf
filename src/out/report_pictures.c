/* Which pictures a report has room for. */
#include "report_internal.h"

static void add(struct lc_picture *picture, size_t *n, enum lc_figure figure,
                const struct lc_frame *frame)
{
    if (frame && frame->n)
        picture[(*n)++] = (struct lc_picture){
            .figure = figure, .frame = frame, .name = lc_figure_name(figure)};
}

/* The frames that only a report makes, for the pictures by level. */
static enum lc_rc make_levels(const struct lc_report *r, struct lc_arena *arena,
                              struct lc_frame level[2], struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    if (r->rates)
        rc = lc_rates_known(r, arena, &level[0], err);
    if (!rc && r->model)
        rc = lc_points_frame(r, arena, &level[1], err);
    return rc;
}

enum lc_rc lc_report_pictures(const struct lc_report *r, struct lc_arena *arena,
                              struct lc_picture *picture, size_t *n, struct lc_err *err)
{
    const struct lc_backtest *b = r->backtest;
    struct lc_frame *level = LC_NEW(arena, 2, struct lc_frame);
    size_t count = 0;
    enum lc_rc rc;

    if (!level)
        return lc_fail_memory(err, "the pictures");
    rc = make_levels(r, arena, level, err);
    if (rc)
        return rc;
    add(picture, &count, LC_FIGURE_FUNNEL, r->funnel);
    add(picture, &count, LC_FIGURE_GRADES, b ? &b->grades : NULL);
    add(picture, &count, LC_FIGURE_RATES, &level[0]);
    add(picture, &count, LC_FIGURE_POINTS, &level[1]);
    add(picture, &count, LC_FIGURE_CALIBRATION, b ? &b->bins : NULL);
    add(picture, &count, LC_FIGURE_LIFT, b ? &b->gains : NULL);
    add(picture, &count, LC_FIGURE_CYCLE, b ? &b->grades : NULL);
    add(picture, &count, LC_FIGURE_ACCEPT, r->accept);
    add(picture, &count, LC_FIGURE_MATURITY, r->maturity);
    *n = count;
    return LC_OK;
}
