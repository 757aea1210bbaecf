/* Where a first look at an export goes: the terminal, and a page. */
#include <stdio.h>

#include "cmd_propose.h"
#include "leadcal/io.h"
#include "leadcal/look_page.h"
#include "leadcal/look_screen.h"

enum lc_rc cmd_look_screen(const struct cmd_output *out, const struct lc_look *look,
                           size_t width, struct lc_err *err)
{
    bool color;
    const size_t terminal = cmd_width(out, &color);

    if (!width)
        width = terminal ? terminal : LC_LOOK_USUAL_WIDTH;
    return lc_look_screen(look, width, color, stdout, err);
}

enum lc_rc cmd_look_page(struct cmd_study *s, const struct lc_look *look, const char *path,
                         bool replace, struct lc_err *err)
{
    struct lc_file_out file;
    enum lc_rc rc = lc_file_out_open(&file, path, replace, err);

    if (rc)
        return rc;
    rc = lc_look_page(look, s->account.note, s->account.n_notes, &s->arena, file.to, err);
    if (!rc)
        return lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    return rc;
}
