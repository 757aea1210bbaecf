/* What a row of the study is: leads, or the spec's accounts, opportunities or customers. */
#include "cmd_study.h"
#include "leadcal/spec_unit.h"
#include "leadcal/unit.h"

enum lc_rc cmd_study_unit(struct cmd_study *s, struct lc_err *err)
{
    struct lc_unit_account a;
    enum lc_rc rc;

    if (!s->spec.unit)
        return LC_OK;
    if (s->audit && (s->audit->last.n || s->audit->snapshot.n))
        return lc_fail(err, LC_EMISMATCH,
                       "--%s compares rows of two exports, and the spec's unit is %s; leave it "
                       "out, or take \"unit\" out of the spec",
                       s->audit->last.n ? "last" : "snapshot",
                       lc_unit_word(s->spec.unit->of, true));
    rc = cmd_study_values(s, err);
    s->asked = s->spec;
    if (!rc)
        rc = lc_units_take(&s->table, &s->spec, &s->arena, &a, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < a.note.n; i++)
        cmd_note(s->out->quiet, "%s", a.note.text[i]);
    s->out->word = (struct lc_wording){lc_unit_word(s->spec.unit->of, false),
                                       lc_unit_word(s->spec.unit->of, true)};
    s->as_of_found = a.as_of != LC_NO_DAY;
    return LC_OK;
}
