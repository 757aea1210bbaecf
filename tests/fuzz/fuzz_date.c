/* fuzz_date - what is read as a date is one, in every order that the look promised and in no other. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "leadcal/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_round_trip(int32_t day)
{
    char text[LC_DAY_TEXT];
    int32_t back;

    assert(day >= lc_day_of(1900, 1, 1) && day <= lc_day_of(2199, 12, 31));
    lc_day_text(day, text);
    assert(strlen(text) == 10);
    assert(lc_date_parse(lc_slice_of(text), LC_DATE_ANY, &back) && back == day);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    const struct lc_slice s = {(const char *)bytes, n};
    const struct lc_date_look look = lc_date_look(s);
    int32_t dmy = LC_NO_DAY, mdy = LC_NO_DAY, ymd = LC_NO_DAY, any = LC_NO_DAY;

    assert(lc_date_parse(s, LC_DATE_DMY, &dmy) == look.dmy);
    assert(lc_date_parse(s, LC_DATE_MDY, &mdy) == look.mdy);
    assert(lc_date_parse(s, LC_DATE_YMD, &ymd) == look.ymd);
    assert(look.is_date == (look.dmy || look.mdy));
    assert(!look.ymd || (look.dmy && look.mdy && dmy == ymd && mdy == ymd));
    if (lc_date_parse(s, LC_DATE_ANY, &any))
        assert((look.dmy && any == dmy) || (look.mdy && any == mdy));
    else
        assert(any == LC_NO_DAY && (!look.is_date || (look.dmy && look.mdy && dmy != mdy)));
    if (look.dmy)
        check_round_trip(dmy);
    if (look.mdy)
        check_round_trip(mdy);
    return 0;
}
