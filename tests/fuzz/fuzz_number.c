/* fuzz_number - a look promises what a parse keeps; a plain number keeps its value; a comma in one
 * reading is a point in the other; whatever is read is finite and reads back. */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/number.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#define MOST_MIRROR 512

/* The same cell with . and , exchanged: its readings are exchanged, too. */
static void check_mirror(struct lc_slice s, const struct lc_number_look *look, double point)
{
    char text[MOST_MIRROR];
    double comma = (double)NAN;
    struct lc_number_look other;

    if (s.n > sizeof text ||
        (s.n && memchr(s.p, 'F', s.n))) /* the unit "Fr." has a point of its own */
        return;
    if (s.n && memchr(s.p, 'k', s.n)) /* and so has "kr." */
        return;
    for (size_t i = 0; i < s.n; i++)
        text[i] = s.p[i] == '.' ? ',' : s.p[i] == ',' ? '.' : s.p[i];
    other = lc_number_look((struct lc_slice){text, s.n});
    assert(other.comma == look->point && other.point == look->comma &&
           other.differ == look->differ && other.unit == look->unit);
    if (look->point)
        assert(lc_number_parse((struct lc_slice){text, s.n}, LC_DECIMAL_COMMA, &comma) &&
               comma == point);
}

static void check_back(double x)
{
    char text[LC_REAL_TEXT];
    double back;

    assert(isfinite(x));
    lc_real_text(x, text);
    assert(lc_number_parse(lc_slice_of(text), LC_DECIMAL_POINT, &back) && back == x);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    const struct lc_slice s = {(const char *)bytes, n};
    const struct lc_number_look look = lc_number_look(s);
    double point = (double)NAN, comma = (double)NAN, any = (double)NAN, plain;

    assert(lc_number_parse(s, LC_DECIMAL_POINT, &point) == look.point);
    assert(lc_number_parse(s, LC_DECIMAL_COMMA, &comma) == look.comma);
    assert(look.differ == (look.point && look.comma && point != comma));
    assert(lc_number_parse(s, LC_DECIMAL_ANY, &any) ==
           ((look.point || look.comma) && !look.differ));
    assert(isnan(any) || any == point || any == comma);
    if (lc_real_parse(s, &plain))
        assert(look.point && point == plain && !look.unit);
    if (look.point)
        check_back(point);
    if (look.comma)
        check_back(comma);
    check_mirror(s, &look, point);
    return 0;
}
