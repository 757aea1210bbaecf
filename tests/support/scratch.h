/* scratch.h - small files for tests, and the folder of the public data sets. */
#ifndef LC_SCRATCH_H
#define LC_SCRATCH_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SCRATCH_PATH 512

/* Writes n bytes to a new file and its path to `path`; false where that fails. */
static inline bool scratch_bytes(char *path, const void *bytes, size_t n)
{
    const char *folder = getenv("TMPDIR");
    FILE *to;
    int fd;

    (void)snprintf(path, SCRATCH_PATH, "%s/leadcal-test-XXXXXX", folder ? folder : "/tmp");
    fd = mkstemp(path);
    to = fd < 0 ? NULL : fdopen(fd, "wb");
    if (!to)
        return false;
    if (fwrite(bytes, 1, n, to) != n) {
        (void)fclose(to);
        return false;
    }
    return fclose(to) == 0;
}

static inline bool scratch_file(char *path, const char *text)
{
    return scratch_bytes(path, text, strlen(text));
}

/* The path of a public data set, or false (and a line that says so) where it is absent. */
static inline bool dataset(char *path, const char *test, const char *name)
{
    const char *folder = getenv("LEADCAL_DATASETS");

    (void)snprintf(path, SCRATCH_PATH, "%s/%s", folder ? folder : "../shared/datasets", name);
    if (access(path, R_OK) == 0)
        return true;
    print_message("skipped: %s: %s is absent\n", test, name);
    return false;
}

#endif
