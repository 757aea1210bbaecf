/* The spec of a quarter: as JSON, and as a table for a spreadsheet. */
#include "cmd_quarter.h"
#include "leadcal/io.h"
#include "leadcal/spec_file.h"
#include "leadcal/spec_table.h"

/* Options that name roles are kept too: the spec alone gives the same numbers again. */
static enum lc_rc keep_roles(struct cmd_study *s, struct lc_spec *spec, struct lc_err *err)
{
    struct lc_spec_attribute *attribute;
    struct cmd_columns c;
    enum lc_rc rc;

    if (!(s->engagement.n || spec->sets.n) || spec->n_attributes)
        return LC_OK;
    rc = cmd_study_columns(s, true, &c, err);
    if (rc)
        return rc;
    attribute = LC_NEW(&s->arena, c.n, struct lc_spec_attribute);
    if (!attribute)
        return lc_fail_memory(err, "the spec");
    for (size_t j = 0; j < c.n; j++)
        attribute[j] = *c.given[j];
    spec->attribute = attribute;
    spec->n_attributes = c.n;
    return LC_OK;
}

/* What the unit has made of outcome and dates is made again from what they were. */
static void ask_again(const struct cmd_study *s, struct lc_spec *spec)
{
    if (!spec->unit)
        return;
    spec->outcome = s->asked.outcome;
    spec->date = s->asked.date;
    spec->decision_after_days = s->asked.decision_after_days;
    spec->acceptance = s->asked.acceptance;
    spec->ignore = s->asked.ignore;
    spec->as_of_day = s->asked.as_of_day;
}

/* One file of the folder; as_table: the other form. */
static enum lc_rc write_spec(struct cmd_study *s, const struct cmd_quarter_set *set,
                             const struct cmd_quarter *q, const struct lc_spec *spec,
                             bool as_table, struct lc_err *err)
{
    static const char *const plain[] = {"the spec of this recalibration, with its options"};
    const char *path =
        cmd_folder_path(&q->folder, as_table ? "spec.csv" : "spec.json", &s->arena);
    struct lc_file_out file;
    enum lc_rc rc = path ? LC_OK : lc_fail_memory(err, "a file name");

    if (!rc)
        rc = lc_file_out_open(&file, path, false, err);
    if (rc)
        return rc;
    if (as_table)
        rc = lc_spec_table_write(spec, &s->table, &s->choices, &s->arena, file.to, err);
    else
        rc = lc_spec_write(spec, set->n_comments ? set->comment : plain,
                           set->n_comments ? set->n_comments : 1, file.to, err);
    if (!rc)
        return lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    return rc;
}

enum lc_rc cmd_quarter_spec(struct cmd_study *s, const struct cmd_quarter_set *set,
                            const struct cmd_quarter *q, struct lc_err *err)
{
    struct lc_spec spec = s->spec;
    enum lc_rc rc = keep_roles(s, &spec, err);

    ask_again(s, &spec);
    if (!rc)
        rc = write_spec(s, set, q, &spec, false, err);
    if (rc || spec.unit) /* the table has no place for a unit */
        return rc;
    return write_spec(s, set, q, &spec, true, err);
}
