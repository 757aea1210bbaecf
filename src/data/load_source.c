#include "load_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unpack_internal.h"

#define FIRST_BYTES 65536 /* of a pipe; doubled as it fills */

const char *lc_shown(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

/* A pipe, a terminal or anything else that cannot be mapped. */
static enum lc_rc read_stream(struct lc_source *source, int fd, const char *path,
                              struct lc_err *err)
{
    size_t room = FIRST_BYTES, have = 0;
    char *bytes = malloc(room);

    while (bytes) {
        const ssize_t got = read(fd, bytes + have, room - have);
        char *wider;

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            free(bytes);
            return lc_fail(err, LC_EIO, "%s: cannot be read: %s", lc_shown(path),
                           strerror(errno));
        }
        if (got == 0) {
            source->heap = bytes;
            source->bytes = (struct lc_slice){bytes, have};
            return LC_OK;
        }
        have += (size_t)got;
        if (have < room)
            continue;
        wider = realloc(bytes, 2 * room);
        if (!wider)
            break;
        bytes = wider;
        room *= 2;
    }
    free(bytes);
    return lc_fail_memory(err, lc_shown(path));
}

static enum lc_rc read_fd(struct lc_source *source, int fd, const char *path,
                          struct lc_err *err)
{
    struct stat about;

    if (fstat(fd, &about) != 0)
        return lc_fail(err, LC_EIO, "%s: cannot be read: %s", lc_shown(path), strerror(errno));
    if (S_ISDIR(about.st_mode))
        return lc_fail(err, LC_EIO, "%s: is a folder; name a file in it", lc_shown(path));
    if (S_ISREG(about.st_mode) && about.st_size > 0 && lseek(fd, 0, SEEK_CUR) == 0) {
        const size_t n = (size_t)about.st_size;
        void *map = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);

        if (map != MAP_FAILED) {
            source->map = map;
            source->bytes = (struct lc_slice){map, n};
            return LC_OK;
        }
    }
    return read_stream(source, fd, path, err);
}

/* What is packed is unpacked, and the packed bytes are kept for their hash. */
static enum lc_rc unpack(struct lc_source *source, const char *path, size_t most,
                         struct lc_err *err)
{
    struct lc_unpacked text = {NULL, 0};
    enum lc_rc rc;

    source->packed = source->bytes;
    if (!most || !lc_is_packed(source->bytes))
        return LC_OK;
    rc = lc_unpack(source->bytes, most, &text, err);
    if (rc)
        return rc == LC_EFORMAT ? lc_fail_in(err, lc_shown(path)) : rc;
    source->unpacked = text.bytes;
    source->bytes = (struct lc_slice){text.bytes, text.n};
    return LC_OK;
}

enum lc_rc lc_source_open(struct lc_source *source, const char *path, size_t most,
                          struct lc_err *err)
{
    struct lc_source opened = {.bytes = {"", 0}};
    const bool standard = strcmp(path, "-") == 0;
    enum lc_rc rc;
    int fd = STDIN_FILENO;

    if (!standard)
        fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return lc_fail(err, LC_EIO, "%s: cannot be opened: %s", path, strerror(errno));
    rc = read_fd(&opened, fd, path, err);
    if (!standard)
        (void)close(fd);
    if (!rc)
        rc = unpack(&opened, path, most, err);
    if (rc)
        lc_source_close(&opened);
    else
        *source = opened;
    return rc;
}

enum lc_rc lc_source_adopt(struct lc_source *source, void *bytes, size_t n, const char *path,
                           size_t most, struct lc_err *err)
{
    struct lc_source opened = {.bytes = {bytes, n}, .heap = bytes};
    const enum lc_rc rc = unpack(&opened, path, most, err);

    if (rc)
        lc_source_close(&opened);
    else
        *source = opened;
    return rc;
}

void lc_source_close(struct lc_source *source)
{
    if (source->map)
        (void)munmap(source->map, source->packed.n);
    free(source->heap);
    free(source->unpacked);
    *source = (struct lc_source){.bytes = {"", 0}};
}
