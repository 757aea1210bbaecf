#include "leadcal/spec.h"

#include <string.h>

void lc_spec_init(struct lc_spec *spec)
{
    *spec = (struct lc_spec){.window_days = LC_WINDOW_AUTO, .as_of_day = LC_NO_DAY};
}

const struct lc_spec_attribute *lc_spec_attribute_of(const struct lc_spec *spec,
                                                     const char *column)
{
    for (size_t i = 0; i < spec->n_attributes; i++)
        if (strcmp(spec->attribute[i].column, column) == 0)
            return &spec->attribute[i];
    return NULL;
}

bool lc_texts_have(struct lc_texts texts, const char *text)
{
    for (size_t i = 0; i < texts.n; i++)
        if (strcmp(texts.text[i], text) == 0)
            return true;
    return false;
}
