#include "leadcal/io.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_OPEN 64 /* atomic files open at once; a report has a few dozen */

/* Names of the temporary files now open, for the signal handler. */
static char *volatile open_temp[MOST_OPEN];

static enum lc_rc read_all(FILE *in, size_t most, char **bytes, size_t *n, struct lc_err *err)
{
    size_t room = 65536, have = 0;
    char *buffer = malloc(room);

    while (buffer) {
        const size_t got = fread(buffer + have, 1, room - have - 1, in);
        char *wider;

        have += got;
        if (have > most) {
            free(buffer);
            return lc_fail(err, LC_EFORMAT, "longer than %zu bytes; is it the right file?",
                           most);
        }
        if (got == 0) {
            buffer[have] = 0;
            *bytes = buffer;
            *n = have;
            return LC_OK;
        }
        if (have + 1 < room)
            continue;
        wider = realloc(buffer, room * 2);
        if (!wider)
            break;
        buffer = wider;
        room *= 2;
    }
    free(buffer);
    return lc_fail_memory(err, "a file");
}

enum lc_rc lc_read_file(const char *path, size_t most, struct lc_arena *arena,
                        struct lc_slice *text, struct lc_err *err)
{
    const bool standard = strcmp(path, "-") == 0;
    char *bytes = NULL, *copy;
    struct stat about;
    size_t n = 0;
    enum lc_rc rc;
    FILE *in;

    errno = 0;
    in = standard ? stdin : fopen(path, "rb");
    if (!in)
        return lc_fail(err, LC_EIO, "%s: cannot be opened: %s", path, strerror(errno));
    if (!standard && fstat(fileno(in), &about) == 0 && S_ISDIR(about.st_mode)) {
        (void)fclose(in);
        return lc_fail(err, LC_EIO, "%s: is a folder; name a file in it", path);
    }
    rc = read_all(in, most, &bytes, &n, err);
    if (!rc && ferror(in))
        rc = lc_fail(err, LC_EIO, "cannot be read: %s", strerror(errno));
    if (!standard)
        (void)fclose(in);
    if (rc) {
        free(bytes);
        return lc_fail_in(err, path);
    }
    copy = lc_arena_text(arena, (struct lc_slice){bytes, n});
    free(bytes);
    if (!copy)
        return lc_fail_memory(err, path);
    *text = (struct lc_slice){copy, n};
    return LC_OK;
}

static void remember(char *temp)
{
    for (size_t i = 0; i < MOST_OPEN; i++)
        if (!open_temp[i]) {
            open_temp[i] = temp;
            return;
        }
}

static void forget(const char *temp)
{
    for (size_t i = 0; i < MOST_OPEN; i++)
        if (open_temp[i] == temp)
            open_temp[i] = NULL;
}

void lc_file_out_drop_all(void)
{
    for (size_t i = 0; i < MOST_OPEN; i++)
        if (open_temp[i])
            (void)unlink(open_temp[i]);
}

/* A device or a folder is refused even with --force: root's rename would put a plain file where
 * /dev/null was. */
static enum lc_rc refuse_existing(const struct lc_file_out *out, struct lc_err *err)
{
    struct stat about;

    if (stat(out->path, &about) == 0 && !S_ISREG(about.st_mode))
        return lc_fail(err, LC_EMISMATCH, "%s: is not a plain file; choose another name",
                       out->path);
    if (!out->replace && lc_file_exists(out->path))
        return lc_fail(err, LC_EMISMATCH, "%s: exists already; use --force to replace it",
                       out->path);
    return LC_OK;
}

/* As open(2) would have made it: mkstemp's 0600 is too strict for a result others are to read, and
 * where the person asked for strictness by umask, customers' data are not to be opened to all. */
static mode_t usual_mode(void)
{
    const mode_t mask = umask(077);

    (void)umask(mask);
    return 0666 & ~mask;
}

static void close_out(struct lc_file_out *out)
{
    if (out->temp)
        forget(out->temp);
    free(out->path);
    free(out->temp);
    *out = (struct lc_file_out){0};
}

enum lc_rc lc_file_out_open(struct lc_file_out *out, const char *path, bool replace,
                            struct lc_err *err)
{
    const size_t n = strlen(path);
    enum lc_rc rc;
    int fd;

    *out = (struct lc_file_out){.replace = replace};
    out->path = malloc(n + 1);
    out->temp = malloc(n + 8);
    if (!out->path || !out->temp) {
        close_out(out);
        return lc_fail_memory(err, "a file name");
    }
    memcpy(out->path, path, n + 1);
    memcpy(out->temp, path, n);
    memcpy(out->temp + n, ".XXXXXX", 8);
    rc = refuse_existing(out, err);
    if (rc) {
        close_out(out);
        return rc;
    }
    fd = mkstemp(out->temp);
    if (fd < 0) {
        rc = lc_fail(err, LC_EIO, "%s: cannot be written: %s", path, strerror(errno));
        close_out(out);
        return rc;
    }
    remember(out->temp);
    (void)fchmod(fd, usual_mode());
    out->to = fdopen(fd, "wb");
    if (!out->to) {
        (void)close(fd);
        (void)unlink(out->temp);
        close_out(out);
        return lc_fail_memory(err, "a file");
    }
    return LC_OK;
}

static void sync_folder_of(const char *path)
{
    char *folder = strdup(path), *slash = folder ? strrchr(folder, '/') : NULL;
    FILE *in;

    if (slash)
        slash[slash == folder] = 0;
    in = folder ? fopen(slash ? folder : ".", "rb") : NULL;
    if (in) {
        (void)fsync(fileno(in));
        (void)fclose(in);
    }
    free(folder);
}

enum lc_rc lc_file_out_commit(struct lc_file_out *out, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;
    bool bad = ferror(out->to) != 0;

    errno = errno ? errno : EIO;
    if (fflush(out->to) != 0)
        bad = true;
    if (!bad && fsync(fileno(out->to)) != 0 && errno != EINVAL && errno != EROFS)
        bad = true;
    if (fclose(out->to) != 0)
        bad = true;
    out->to = NULL;
    if (bad)
        rc = lc_fail(err, LC_EIO, "%s: cannot be written: %s; is the disk full?", out->path,
                     strerror(errno));
    if (!rc)
        rc = refuse_existing(out, err);
    if (!rc && rename(out->temp, out->path) != 0)
        rc = lc_fail(err, LC_EIO, "%s: cannot be put in place: %s", out->path, strerror(errno));
    if (rc)
        (void)unlink(out->temp);
    else
        sync_folder_of(out->path);
    close_out(out);
    return rc;
}

void lc_file_out_drop(struct lc_file_out *out)
{
    if (out->to)
        (void)fclose(out->to);
    if (out->temp)
        (void)unlink(out->temp);
    close_out(out);
}

enum lc_rc lc_make_folder(const char *path, struct lc_err *err)
{
    struct stat about;

    if (mkdir(path, 0755) == 0)
        return LC_OK;
    if (errno == EEXIST && stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        return LC_OK;
    return lc_fail(err, LC_EIO, "%s: the folder cannot be made: %s", path, strerror(errno));
}

bool lc_file_exists(const char *path)
{
    struct stat about;

    return lstat(path, &about) == 0;
}

const char *lc_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}
