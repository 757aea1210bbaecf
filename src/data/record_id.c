#include "leadcal/record_id.h"

#include <string.h>

#define SHORT_ID 15
#define BLOCK    5

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char capital(char c)
{
    return is_small(c) ? (char)(c - 'a' + 'A') : c;
}

static char small(char c)
{
    return is_capital(c) ? (char)(c - 'A' + 'a') : c;
}

/* The character that says which of five are capitals. */
static char case_of(const char *block)
{
    unsigned bits = 0;

    for (unsigned i = 0; i < BLOCK; i++)
        bits |= (unsigned)is_capital(block[i]) << i;
    return (char)(bits < 26 ? 'A' + bits : '0' + (bits - 26));
}

/* The bits of such a character; false: it is none. */
static bool bits_of(char c, unsigned *bits)
{
    c = capital(c);
    if (is_capital(c))
        *bits = (unsigned)(c - 'A');
    else if (c >= '0' && c <= '5')
        *bits = (unsigned)(c - '0') + 26;
    else
        return false;
    return true;
}

/* Written by hand, or by a program that does not know that the case counts. */
static bool in_one_case(struct lc_slice id)
{
    bool any_small = false, any_capital = false;

    for (size_t i = 0; i < id.n; i++) {
        any_small = any_small || is_small(id.p[i]);
        any_capital = any_capital || is_capital(id.p[i]);
    }
    return !(any_small && any_capital);
}

/* Puts the case of the first 15 as the last three say. */
static bool restore(struct lc_slice id, char *out)
{
    for (size_t b = 0; b < LC_LONG_ID - SHORT_ID; b++) {
        unsigned bits = 0;

        if (!bits_of(id.p[SHORT_ID + b], &bits))
            return false;
        for (size_t i = 0; i < BLOCK; i++) {
            const char c = id.p[b * BLOCK + i];

            if ((bits >> i & 1U) && is_digit(c))
                return false;
            out[b * BLOCK + i] = bits >> i & 1U ? capital(c) : small(c);
        }
    }
    return true;
}

bool lc_record_id_long(struct lc_slice id, char out[LC_LONG_ID + 1])
{
    char text[LC_LONG_ID + 1] = {0};

    if (id.n != SHORT_ID && id.n != LC_LONG_ID)
        return false;
    for (size_t i = 0; i < id.n; i++)
        if (!is_digit(id.p[i]) && !is_small(id.p[i]) && !is_capital(id.p[i]))
            return false;
    memcpy(text, id.p, SHORT_ID);
    if (id.n == LC_LONG_ID &&
        (!restore(id, text) || (memcmp(text, id.p, SHORT_ID) != 0 && !in_one_case(id))))
        return false;
    for (size_t b = 0; b < LC_LONG_ID - SHORT_ID; b++)
        text[SHORT_ID + b] = case_of(text + b * BLOCK);
    memcpy(out, text, sizeof text);
    return true;
}

bool lc_record_id_rounded(struct lc_slice text)
{
    size_t i = 0, digits = 0;

    while (i < text.n && is_digit(text.p[i]))
        i++;
    if (i != 1)
        return false;
    if (i < text.n && (text.p[i] == '.' || text.p[i] == ','))
        for (i++; i < text.n && is_digit(text.p[i]); i++)
            ;
    if (i + 1 >= text.n || (text.p[i] != 'E' && text.p[i] != 'e') || text.p[i + 1] != '+')
        return false;
    for (i += 2; i < text.n && is_digit(text.p[i]); i++)
        digits++;
    return i == text.n && digits >= 2;
}
