/* Exports packed with gzip (the door to zlib). */
#include "unpack_internal.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define GZIP_WINDOW (MAX_WBITS + 16) /* how zlib is told to expect gzip's own frame */
#define FIRST_TIMES 4                /* what text unpacks to, at a guess */

bool lc_is_packed(struct lc_slice bytes)
{
    return bytes.n >= 2 && bytes.p[0] == '\x1f' && bytes.p[1] == '\x8b';
}

/* The room that follows: twice as much, up to the most. */
static bool widen(unsigned char **to, size_t *room, size_t most)
{
    const size_t wider = *room > most / 2 ? most : 2 * *room;
    unsigned char *p = wider > *room ? realloc(*to, wider) : NULL;

    if (!p)
        return false;
    *to = p;
    *room = wider;
    return true;
}

static uInt part(size_t n)
{
    return n < UINT_MAX ? (uInt)n : UINT_MAX;
}

/* One step of zlib from what is left to what is free; *used and *have move on. */
static int step(z_stream *z, struct lc_slice from, size_t *used, unsigned char *to, size_t room,
                size_t *have)
{
    const uInt in = part(from.n - *used), out = part(room - *have);
    const char *next = from.p + *used;
    int answer;

    memcpy(&z->next_in, &next, sizeof next); /* zlib's pointer lacks a const; it only reads */
    z->avail_in = in;
    z->next_out = to + *have;
    z->avail_out = out;
    answer = inflate(z, Z_NO_FLUSH);
    *used += in - z->avail_in;
    *have += out - z->avail_out;
    return answer;
}

/* All of them; gzip files may stand in a row. Z_STREAM_END where that went well. */
static int unpack_all(z_stream *z, struct lc_slice bytes, size_t most, unsigned char **to,
                      size_t *room, size_t *have)
{
    size_t used = 0;
    int answer = Z_OK;

    while (answer == Z_OK || answer == Z_BUF_ERROR) {
        if (*have == *room && !widen(to, room, most))
            return answer;
        answer = step(z, bytes, &used, *to, *room, have);
        if (answer == Z_STREAM_END &&
            lc_is_packed((struct lc_slice){bytes.p + used, bytes.n - used}))
            answer = inflateReset(z);
        else if (answer != Z_STREAM_END && used == bytes.n && *have < *room)
            answer = Z_DATA_ERROR; /* it ends in the middle */
    }
    return answer;
}

static enum lc_rc refuse(int answer, bool full, size_t have, struct lc_err *err)
{
    if (answer == Z_DATA_ERROR || answer == Z_NEED_DICT)
        return lc_fail(err, LC_EFORMAT,
                       "is packed with gzip, and cut or damaged behind %zu bytes of text; "
                       "fetch it again",
                       have);
    if (answer == Z_MEM_ERROR || !full)
        return lc_fail_memory(err, "unpacking a file");
    return lc_fail(err, LC_EFORMAT,
                   "is packed with gzip and unpacks to more than %zu bytes; is it a table?",
                   have);
}

enum lc_rc lc_unpack(struct lc_slice bytes, size_t most, struct lc_unpacked *out,
                     struct lc_err *err)
{
    size_t room = bytes.n < most / FIRST_TIMES ? FIRST_TIMES * bytes.n : most, have = 0;
    unsigned char *to = malloc(room ? room : 1);
    z_stream z = {.next_in = NULL};
    int answer = to ? inflateInit2(&z, GZIP_WINDOW) : Z_MEM_ERROR;

    if (answer != Z_OK) {
        free(to);
        return lc_fail_memory(err, "unpacking a file");
    }
    answer = unpack_all(&z, bytes, most, &to, &room, &have);
    (void)inflateEnd(&z);
    if (answer == Z_STREAM_END) {
        *out = (struct lc_unpacked){(char *)to, have};
        return LC_OK;
    }
    free(to);
    return refuse(answer, have == most, have, err);
}
