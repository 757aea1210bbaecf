#include "leadcal/audit.h"

#include "leadcal/num.h"

enum column { COLUMN, SEVERITY, STEP, REASON, EVIDENCE, VALUE, THRESHOLD, LEFT_OUT, COLUMNS };

static const struct lc_heading heading[COLUMNS] = {
    [COLUMN] = {"column", LC_CELL_TEXT, NULL, false},
    [SEVERITY] = {"severity", LC_CELL_TEXT, NULL, false},
    [STEP] = {"step", LC_CELL_TEXT, NULL, false},
    [REASON] = {"reason", LC_CELL_TEXT, NULL, false},
    [EVIDENCE] = {"evidence", LC_CELL_TEXT, NULL, false},
    [VALUE] = {"value", LC_CELL_REAL, NULL, true},
    [THRESHOLD] = {"threshold", LC_CELL_REAL, NULL, true},
    [LEFT_OUT] = {"left_out", LC_CELL_TEXT, "left out", false},
};

static enum lc_rc add_finding(const struct lc_table *table, const struct lc_choices *choices,
                              const struct lc_finding *f, struct lc_frame *frame,
                              struct lc_err *err)
{
    union lc_value *row = NULL;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[COLUMN].text = table->column[f->column].codes.name;
    row[SEVERITY].text = lc_severity_text(f->severity);
    row[STEP].text = lc_leak_step_text(f->step);
    row[REASON].text = f->reason;
    row[EVIDENCE].text = f->evidence;
    row[VALUE].number = f->value;
    row[THRESHOLD].number = f->threshold;
    row[LEFT_OUT].text = choices->of[f->column].choice == LC_CHOICE_FIT ? "no" : "yes";
    return LC_OK;
}

/* "2 columns are rejected, 1 suspect": by the worst finding of each. */
static enum lc_rc note_counts(const struct lc_choices *choices, struct lc_frame *frame,
                              struct lc_err *err)
{
    size_t n[LC_SEVERITY_REJECT + 1] = {0};

    for (size_t f = 0; f < choices->n_findings;) {
        const size_t column = choices->finding[f].column;
        enum lc_severity worst = LC_SEVERITY_NOTE;

        for (; f < choices->n_findings && choices->finding[f].column == column; f++)
            if (choices->finding[f].severity > worst)
                worst = choices->finding[f].severity;
        n[worst]++;
    }
    return lc_frame_note(frame, err,
                         "columns: %zu rejected, %zu suspect, %zu with a note alone; a note "
                         "leaves a column in",
                         n[LC_SEVERITY_REJECT], n[LC_SEVERITY_SUSPECT], n[LC_SEVERITY_NOTE]);
}

enum lc_rc lc_audit_frame(const struct lc_table *table, const struct lc_choices *choices,
                          struct lc_arena *arena, struct lc_frame *frame, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    lc_frame_init(frame, "audit", heading, COLUMNS, arena);
    for (int severity = LC_SEVERITY_REJECT; severity >= LC_SEVERITY_NOTE; severity--)
        for (size_t f = 0; f < choices->n_findings && !rc; f++)
            if ((int)choices->finding[f].severity == severity)
                rc = add_finding(table, choices, &choices->finding[f], frame, err);
    if (!rc)
        rc = note_counts(choices, frame, err);
    for (size_t i = 0; i < choices->n_notes && !rc; i++)
        rc = lc_frame_note(frame, err, "%s", choices->note[i]);
    return rc;
}

size_t lc_audit_kept(const struct lc_table *table, const struct lc_choices *choices,
                     const char **name)
{
    size_t n = 0, last = choices->n;

    for (size_t f = 0; f < choices->n_findings; f++) {
        const size_t column = choices->finding[f].column;

        if (choices->finding[f].severity == LC_SEVERITY_NOTE || column == last ||
            choices->of[column].choice != LC_CHOICE_FIT)
            continue;
        name[n++] = table->column[column].codes.name;
        last = column;
    }
    return n;
}
