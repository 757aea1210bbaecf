/* Sentences of a first look while they are gathered. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "leadcal/num.h"
#include "look_internal.h"

void lc_look_say(struct lc_look_lines *to, const char *fmt, ...)
{
    va_list args;

    if (to->n == to->room) {
        const size_t room = to->room ? 2 * to->room : 16;
        const char **wider = LC_NEW(to->arena, room, const char *);

        if (!wider) {
            to->refused = true;
            return;
        }
        if (to->n)
            memcpy(wider, to->line, to->n * sizeof *wider);
        to->line = wider;
        to->room = room;
    }
    va_start(args, fmt);
    to->line[to->n] = lc_arena_vformat(to->arena, fmt, args);
    va_end(args);
    to->refused = to->refused || !to->line[to->n];
    to->n += to->line[to->n] != NULL;
}

void lc_look_list_add(struct lc_look_lines *to, struct lc_look_list *list, const char *quote,
                      const char *name, size_t most)
{
    if (list->n++ >= most)
        return;
    list->named++;
    list->text = lc_arena_format(to->arena, "%s%s%s%.80s%s", list->text ? list->text : "",
                                 list->text ? ", " : "", quote, name, quote);
    to->refused = to->refused || !list->text;
}

const char *lc_look_list_text(struct lc_look_lines *to, const struct lc_look_list *list)
{
    const char *text = list->text ? list->text : "";

    if (list->n > list->named)
        text = lc_arena_format(to->arena, "%s and %zu more", text, list->n - list->named);
    to->refused = to->refused || !text;
    return text ? text : "";
}

void lc_look_share(double share, char to[LC_LOOK_SHARE])
{
    const double per_cent = share * 100;

    if (isnan(share))
        to[0] = '\0';
    else if (per_cent > 0 && per_cent < 0.5)
        (void)snprintf(to, LC_LOOK_SHARE, "under 1 %%");
    else if (per_cent < 100 && per_cent >= 99.5)
        (void)snprintf(to, LC_LOOK_SHARE, "over 99 %%");
    else
        (void)snprintf(to, LC_LOOK_SHARE, "%.0f %%", lc_round_away(per_cent));
}
