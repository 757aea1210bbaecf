/* In which order files are joined: a file may be joined through another, and which row a lead takes may
 * hang on a decision that a third one tells. */
#include <string.h>

#include "load_internal.h"

const char *lc_decision_name(const struct lc_spec *spec)
{
    return spec->date.handed_over ? spec->date.handed_over : spec->date.entered;
}

/* The file that the column of the decision stands in, or is made of; 0: the leads, or none. */
static size_t decision_file(const struct lc_input *in, size_t n)
{
    const char *name = lc_decision_name(in[0].spec);

    for (size_t j = 0; name && j < in[0].k; j++)
        if (strcmp(in[0].name[j], name) == 0)
            return 0;
    for (size_t f = 1; name && f < n; f++) {
        const size_t used = strlen(in[f].prefix);

        if (strncmp(name, in[f].prefix, used) == 0 && name[used] == '.')
            return f;
    }
    return 0;
}

/* Nothing that the file waits for is still to come. A file that tells the decision itself cannot wait
 * for it: its leads take the first row of all. */
static bool is_ready(const struct lc_input *in, size_t f, size_t decides, const bool *done)
{
    const bool waits = in[f].events || in[f].created < in[f].k;

    return done[in[f].through] && (!waits || decides == f || done[decides]);
}

static enum lc_rc refuse_round(const struct lc_input *in, size_t f, const bool *done,
                               struct lc_err *err)
{
    if (!done[in[f].through])
        return lc_fail(
            err, LC_EMISMATCH,
            "%.160s: is joined through '%.80s', which waits for it in turn; join one of "
            "the two to the leads (\"join\"), or name another date of the decision",
            lc_shown(in[f].path), in[in[f].through].prefix);
    return lc_fail(
        err, LC_EMISMATCH,
        "%.160s: which of its rows a lead has hangs on the decision, and '%.80s', which "
        "tells that, is joined through this file; name another date (\"handed_over\")",
        lc_shown(in[f].path), lc_decision_name(in[0].spec));
}

enum lc_rc lc_inputs_order(struct lc_input *in, size_t n, size_t *order, struct lc_err *err)
{
    const size_t decides = decision_file(in, n);
    bool *done = LC_NEW(&in[0].scratch, n, bool);
    size_t placed = 0;

    if (!done)
        return lc_fail_memory(err, "a list of files");
    done[0] = true;
    order[placed++] = 0;
    while (placed < n) {
        const size_t before = placed;
        size_t waiting = 0;

        for (size_t f = 1; f < n; f++) {
            if (done[f])
                continue;
            if (is_ready(in, f, decides, done)) {
                done[f] = true;
                order[placed++] = f;
            } else if (!waiting)
                waiting = f;
        }
        if (placed == before)
            return refuse_round(in, waiting, done, err);
    }
    return LC_OK;
}
