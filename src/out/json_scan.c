#include <stdarg.h>
#include <string.h>

#include "json_internal.h"

#define FIRST_MARKS 64 /* doubled as they fill */

/* What may stand at the place where the scan is. */
enum expect {
    VALUE,
    VALUE_OR_END, /* after [ */
    KEY,
    KEY_OR_END, /* after { */
    COLON,
    COMMA_OR_END,
    NOTHING, /* behind the whole */
};

struct scan {
    struct lc_json_in *in;
    char *text;
    size_t n, i;
    enum expect expect;
    char open[LC_JSON_DEPTH]; /* brackets not closed yet */
    size_t depth;
    struct lc_json_mark *mark;
    size_t n_marks, room;
    size_t key; /* where the key of the value to come begins */
    bool has_key;
};

enum lc_rc lc_json_fail_at(struct lc_json_in *in, size_t at, enum lc_rc code, const char *fmt,
                           ...)
{
    char text[LC_ERR_TEXT];
    size_t line = 1, column = 1;
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    for (size_t i = 0; i < at && i < in->text.n; i++) {
        const unsigned char c = (unsigned char)in->text.p[i];

        if (c == '\n') {
            line++;
            column = 1;
        } else if ((c & 0xc0) != 0x80) {
            column++;
        }
    }
    (void)lc_fail(in->err, code, "%.200s:%zu:%zu: %.300s", in->path, line, column, text);
    return code;
}

static enum lc_rc refuse(struct scan *s, size_t at, const char *what)
{
    return lc_json_fail_at(s->in, at, LC_EFORMAT, "%s", what);
}

/* Blanks of any kind; comments become blanks, so that places stay where they are. */
static enum lc_rc skip_blanks(struct scan *s)
{
    while (s->i < s->n) {
        const char *p = s->text + s->i;
        size_t k = 1;

        if (p[0] == '/' && p[1] == '/') {
            k = strcspn(p, "\n");
            memset(s->text + s->i, ' ', k);
        } else if (p[0] == '/' && p[1] == '*') {
            const char *end = strstr(p + 2, "*/");

            if (!end)
                return refuse(s, s->i, "the comment that begins here is not closed by */");
            for (k = 0; k < (size_t)(end + 2 - p); k++)
                if (p[k] != '\n')
                    s->text[s->i + k] = ' ';
        } else if (!strchr(" \t\r\n", p[0]) || !p[0]) {
            break;
        }
        s->i += k;
    }
    return LC_OK;
}

static bool is_hex4(const char *p, unsigned *value)
{
    *value = 0;
    for (size_t i = 0; i < 4; i++) {
        const char c = p[i];
        unsigned digit;

        if (c >= '0' && c <= '9')
            digit = (unsigned)(c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            digit = (unsigned)((c | 0x20) - 'a') + 10;
        else
            return false;
        *value = *value * 16 + digit;
    }
    return true;
}

/* At a backslash in a string: steps over the escape. */
static enum lc_rc scan_escape(struct scan *s)
{
    const char *p = s->text + s->i;
    unsigned high, low;

    if (p[1] && strchr("\"\\/bfnrt", p[1])) {
        s->i += 2;
        return LC_OK;
    }
    if (p[1] != 'u' || !is_hex4(p + 2, &high))
        return refuse(s, s->i, "a backslash that begins no escape; write \\\\ for one");
    if (high == 0)
        return refuse(s, s->i, "\\u0000 cannot be part of a text here");
    s->i += 6;
    if (high < 0xd800 || high > 0xdfff)
        return LC_OK;
    if (high > 0xdbff || p[6] != '\\' || p[7] != 'u' || !is_hex4(p + 8, &low) || low < 0xdc00 ||
        low > 0xdfff)
        return refuse(s, s->i - 6, "half of a surrogate pair");
    s->i += 6;
    return LC_OK;
}

static enum lc_rc scan_string(struct scan *s)
{
    const size_t from = s->i++;

    while (s->i < s->n && s->text[s->i] != '"') {
        const size_t k = lc_utf8_step(s->text + s->i, s->text + s->n);
        enum lc_rc rc = LC_OK;

        if (k == 0)
            return refuse(s, s->i, "bytes that are not UTF-8; save the file as UTF-8");
        if (s->text[s->i] == '\n' || s->text[s->i] == '\r')
            return refuse(s, from, "the text that begins here is not closed on its line");
        if ((unsigned char)s->text[s->i] < 0x20)
            return refuse(s, s->i, "a control character in a text; write it as \\u00XX");
        if (s->text[s->i] == '\\')
            rc = scan_escape(s);
        else
            s->i += k;
        if (rc)
            return rc;
    }
    if (s->i == s->n)
        return refuse(s, from, "the text that begins here is not closed");
    s->i++;
    return LC_OK;
}

static size_t digits_from(const struct scan *s, size_t i)
{
    return strspn(s->text + i, "0123456789");
}

/* -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)? */
static enum lc_rc scan_number(struct scan *s)
{
    const size_t from = s->i;
    size_t i = from + (s->text[from] == '-'), k = digits_from(s, i);

    if (k == 0 || (k > 1 && s->text[i] == '0'))
        return refuse(s, from, "not a number as JSON writes it");
    i += k;
    if (s->text[i] == '.') {
        k = digits_from(s, i + 1);
        if (k == 0)
            return refuse(s, from, "a number needs a digit behind its point");
        i += 1 + k;
    }
    if (s->text[i] == 'e' || s->text[i] == 'E') {
        i += s->text[i + 1] == '+' || s->text[i + 1] == '-' ? 2 : 1;
        k = digits_from(s, i);
        if (k == 0)
            return refuse(s, from, "not a number as JSON writes it");
        i += k;
    }
    s->i = i;
    return LC_OK;
}

static enum lc_rc scan_word(struct scan *s)
{
    static const char *const word[] = {"true", "false", "null"};

    for (size_t w = 0; w < sizeof word / sizeof word[0]; w++) {
        const size_t k = strlen(word[w]);

        if (strncmp(s->text + s->i, word[w], k) == 0) {
            s->i += k;
            return LC_OK;
        }
    }
    return refuse(s, s->i,
                  "needs a value here: a text in \"quotes\", a number, true, false, null, "
                  "[ or {");
}

static enum lc_rc add_mark(struct scan *s)
{
    if (s->n_marks == s->room) {
        const size_t room = s->room ? 2 * s->room : FIRST_MARKS;
        struct lc_json_mark *wider = LC_NEW(s->in->arena, room, struct lc_json_mark);

        if (!wider)
            return lc_fail_memory(s->in->err, s->in->path);
        if (s->n_marks)
            memcpy(wider, s->mark, s->n_marks * sizeof *wider);
        s->mark = wider;
        s->room = room;
    }
    s->mark[s->n_marks++] =
        (struct lc_json_mark){.at = s->has_key ? s->key : s->i, .value = s->i, .end = s->i};
    s->has_key = false;
    return LC_OK;
}

static enum expect after_value(const struct scan *s)
{
    return s->depth ? COMMA_OR_END : NOTHING;
}

static enum lc_rc scan_value(struct scan *s)
{
    const char c = s->text[s->i];
    enum lc_rc rc = add_mark(s);

    if (rc)
        return rc;
    if (c == '{' || c == '[') {
        if (s->depth == LC_JSON_DEPTH)
            return refuse(s, s->i, "nested too deep");
        s->open[s->depth++] = c;
        s->i++;
        s->expect = c == '{' ? KEY_OR_END : VALUE_OR_END;
        return LC_OK;
    }
    if (c == '"')
        rc = scan_string(s);
    else if (c == '-' || (c >= '0' && c <= '9'))
        rc = scan_number(s);
    else
        rc = scan_word(s);
    s->mark[s->n_marks - 1].end = s->i;
    s->expect = after_value(s);
    return rc;
}

static enum lc_rc scan_key(struct scan *s)
{
    enum lc_rc rc;

    if (s->text[s->i] == '}')
        return refuse(s, s->i, "a comma stands before this }; take the comma out");
    if (s->text[s->i] != '"')
        return refuse(s, s->i, "needs a key in \"quotes\" here");
    s->key = s->i;
    s->has_key = true;
    rc = scan_string(s);
    s->expect = COLON;
    return rc;
}

static bool closes(const struct scan *s)
{
    const char c = s->text[s->i];

    return s->depth && c == (s->open[s->depth - 1] == '{' ? '}' : ']');
}

/* Between two members: a comma, or the end of what is open. */
static enum lc_rc scan_between(struct scan *s)
{
    const bool object = s->open[s->depth - 1] == '{';

    if (s->text[s->i] != ',')
        return refuse(s, s->i, object ? "needs a comma or } here" : "needs a comma or ] here");
    s->i++;
    s->expect = object ? KEY : VALUE;
    return LC_OK;
}

static enum lc_rc scan_colon(struct scan *s)
{
    if (s->text[s->i] != ':')
        return refuse(s, s->i, "needs a colon behind the key");
    s->i++;
    s->expect = VALUE;
    return LC_OK;
}

static enum lc_rc scan_step(struct scan *s)
{
    if (closes(s) &&
        (s->expect == COMMA_OR_END || s->expect == KEY_OR_END || s->expect == VALUE_OR_END)) {
        s->depth--;
        s->i++;
        s->expect = after_value(s);
        return LC_OK;
    }
    switch (s->expect) {
    case VALUE:
    case VALUE_OR_END:
        if (closes(s))
            return refuse(s, s->i, "a comma stands before this ]; take the comma out");
        return scan_value(s);
    case KEY:
    case KEY_OR_END: return scan_key(s);
    case COLON: return scan_colon(s);
    case COMMA_OR_END: return scan_between(s);
    case NOTHING: break;
    }
    return refuse(s, s->i, "nothing may stand behind the end of the JSON");
}

enum lc_rc lc_json_scan(struct lc_json_in *in, char *text, struct lc_json_mark **mark,
                        size_t *n)
{
    struct scan s = {.in = in, .text = text, .n = in->text.n};
    enum lc_rc rc;

    if (strncmp(text, "\xef\xbb\xbf", 3) == 0) /* a byte order mark */
        memset(text, ' ', 3);
    rc = skip_blanks(&s);
    while (!rc && s.i < s.n) {
        rc = scan_step(&s);
        if (!rc)
            rc = skip_blanks(&s);
    }
    if (!rc && s.expect != NOTHING)
        rc = refuse(&s, s.n,
                    s.n_marks ? "the file ends before its JSON does: a bracket is not closed"
                              : "the file is empty");
    if (rc)
        return rc;
    *mark = s.mark;
    *n = s.n_marks;
    return LC_OK;
}
