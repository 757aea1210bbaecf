/* error.h - the one error object that every fallible function fills.   Layer: base */
#ifndef LC_ERROR_H
#define LC_ERROR_H

#define LC_MUST_USE          __attribute__((warn_unused_result))
#define LC_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

enum lc_rc {
    LC_OK = 0,
    LC_END,         /* not an error: there is nothing more to read */
    LC_ENOMEM,      /* memory, or a limit the caller set, ran out */
    LC_EIO,         /* the system refused an open, read, write or rename */
    LC_EFORMAT,     /* bytes that are not what their format says; the text has the place */
    LC_EMISMATCH,   /* well-formed, but does not fit its partner: spec, model, option */
    LC_EDEGENERATE, /* well-formed and fitting, but the mathematics has no answer */
    LC_ENOCONV,     /* an iteration met its limit before its tolerance */
    LC_EINTR,       /* the person pressed Ctrl-C (or sent SIGTERM) */
};

#define LC_ERR_TEXT 512 /* a place, a sentence and a list of known names fit */

struct lc_err {
    enum lc_rc code;
    char text[LC_ERR_TEXT]; /* one line for a person; no full stop, no newline */
};

/* Fills *err and returns `code`, so that a failing function ends `return lc_fail(...)`.
 * The macro lets compilers and analysers see that what is returned is not LC_OK
 * (git does so for error()); `code` is evaluated twice. Control characters in the text
 * are replaced by '?', so that a hostile column name cannot reach a terminal. */
enum lc_rc lc_fail(struct lc_err *err, enum lc_rc code, const char *fmt, ...) LC_PRINTF(3, 4);
#define lc_fail(err, code, ...) ((void)lc_fail((err), (code), __VA_ARGS__), (code))

/* Puts "where: " before the text of *err, and returns its code unchanged. A text that begins with
 * a colon goes on with the place: "leads.csv" before ":17: ..." is "leads.csv:17: ...". */
enum lc_rc lc_fail_in(struct lc_err *err, const char *where);

/* lc_fail_memory - the sentence for a refused allocation. `what` says what it was for. */
#define lc_fail_memory(err, what)                                                             \
    lc_fail((err), LC_ENOMEM, "out of memory for %s; close other programs or use fewer rows", \
            (what))

#endif
