/* dataset.h - columns of a public data set as numbers, for tests of the mathematics alone. */
#ifndef LC_TEST_DATASET_H
#define LC_TEST_DATASET_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

#define DATASET_MOST_ROWS 1000
#define DATASET_LINE      1024

/* The cell number `at` of a line, quotes taken off, as a number; a text gives its first letter. */
static inline double dataset_cell(const char *line, size_t at)
{
    char *end;
    double x;

    for (; at > 0 && line; at--) {
        line = strchr(line, ',');
        line += line != NULL;
    }
    if (!line)
        return (double)NAN;
    line += *line == '"';
    x = strtod(line, &end);
    return end > line ? x : (double)*line;
}

/* The place of a column in the header. */
static inline size_t dataset_column(const char *header, const char *name)
{
    size_t at = 0;

    for (const char *p = header; *p; p++) {
        const char *text = p + (*p == '"');
        const char after = strncmp(text, name, strlen(name)) ? '?' : text[strlen(name)];

        if ((p == header || p[-1] == ',') &&
            (after == ',' || after == '"' || after == '\n' || after == '\r'))
            return at;
        at += *p == ',';
    }
    print_error("no column %s\n", name);
    fail();
    return 0;
}

/* dataset_read - m columns of FOLDER/FILE, out[j][i] the cell of row i; the number of rows. Skips
 * the test, saying so, where the data sets are absent: LEADCAL_DATASETS, else ../shared/datasets. */
static inline size_t dataset_read(const char *test, const char *file, const char *const *name,
                                  size_t m, double (*out)[DATASET_MOST_ROWS])
{
    const char *folder = getenv("LEADCAL_DATASETS");
    char line[DATASET_LINE];
    size_t n = 0, at[16];
    FILE *f;

    assert_true(m <= 16);
    (void)snprintf(line, sizeof line, "%s/%s", folder ? folder : "../shared/datasets", file);
    f = fopen(line, "r");
    if (!f) {
        (void)printf("skipped: %s: no %s; set LEADCAL_DATASETS\n", test, line);
        skip();
    }
    assert_non_null(fgets(line, sizeof line, f));
    for (size_t j = 0; j < m; j++)
        at[j] = dataset_column(line, name[j]);
    while (n < DATASET_MOST_ROWS && fgets(line, sizeof line, f)) {
        for (size_t j = 0; j < m; j++)
            out[j][n] = dataset_cell(line, at[j]);
        n++;
    }
    (void)fclose(f);
    return n;
}

#endif
