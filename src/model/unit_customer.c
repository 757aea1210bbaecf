#include "unit_internal.h"

enum lc_rc lc_unit_customers(struct lc_table *table, struct lc_spec *spec,
                             struct lc_notes *notes, struct lc_arena *arena,
                             struct lc_unit_account *account, struct lc_err *err)
{
    (void)table; (void)spec; (void)notes; (void)arena; (void)account; (void)err;
    return LC_OK;
}
