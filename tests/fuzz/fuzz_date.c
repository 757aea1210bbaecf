/* fuzz_date - what is read as a date is one, in every order that the look promised and in no other;
 * a time of day stands behind a date alone, and lies within its day. */
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

/* 24:59:60 is as late as a clock is read; the farthest offset is 15:59. */
static void check_time(struct lc_slice s, bool is_date)
{
    struct lc_time time = {.second = -1, .offset = -1};

    if (!lc_time_parse(s, LC_DATE_ANY, &time)) {
        assert(time.second == -1 && time.offset == -1);
        return;
    }
    assert(is_date);
    assert(time.second >= 0 && time.second < 90001);
    assert(time.offset == LC_NO_OFFSET || (time.offset > -57600 && time.offset < 57600));
}

/* A count is a date in one order at most, and in none of those with parts. */
static void check_count(struct lc_slice s, enum lc_date_order order, bool is_date)
{
    struct lc_time time = {.second = -1, .offset = -1};
    int32_t day = LC_NO_DAY, other;

    if (!lc_date_parse(s, order, &day)) {
        assert(day == LC_NO_DAY && !lc_time_parse(s, order, &time) && time.second == -1);
        return;
    }
    assert(!is_date);
    assert(!lc_date_parse(s, order == LC_DATE_EXCEL ? LC_DATE_UNIX : LC_DATE_EXCEL, &other));
    check_round_trip(day);
    if (lc_time_parse(s, order, &time))
        assert(time.second > 0 && time.second <= 86400);
}

/* Years of two digits are those of POSIX. */
static void check_short(struct lc_date_look look, int32_t day)
{
    assert(!look.short_year || day == LC_NO_DAY ||
           (day >= lc_day_of(1969, 1, 1) && day <= lc_day_of(2068, 12, 31)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    const struct lc_slice s = {(const char *)bytes, n};
    const struct lc_date_look look = lc_date_look(s);
    int32_t dmy = LC_NO_DAY, mdy = LC_NO_DAY, ymd = LC_NO_DAY, yymd = LC_NO_DAY,
            any = LC_NO_DAY;

    assert(lc_date_parse(s, LC_DATE_DMY, &dmy) == look.dmy);
    assert(lc_date_parse(s, LC_DATE_MDY, &mdy) == look.mdy);
    assert(lc_date_parse(s, LC_DATE_YMD, &ymd) == look.ymd);
    assert(lc_date_parse(s, LC_DATE_YYMD, &yymd) == look.yymd);
    assert(look.is_date == (look.dmy || look.mdy || look.yymd));
    assert(!look.ymd || (look.dmy && look.mdy && look.yymd && !look.short_year));
    assert(!look.ymd || (dmy == ymd && mdy == ymd && yymd == ymd));
    if (lc_date_parse(s, LC_DATE_ANY, &any))
        assert((!look.dmy || any == dmy) && (!look.mdy || any == mdy) &&
               (!look.yymd || any == yymd));
    else
        assert(any == LC_NO_DAY && (!look.is_date || (look.dmy && look.mdy && dmy != mdy) ||
                                    (look.yymd && look.dmy && yymd != dmy) ||
                                    (look.yymd && look.mdy && yymd != mdy)));
    check_short(look, dmy);
    check_short(look, mdy);
    check_short(look, yymd);
    check_time(s, look.is_date);
    check_count(s, LC_DATE_EXCEL, look.is_date);
    check_count(s, LC_DATE_UNIX, look.is_date);
    if (look.dmy)
        check_round_trip(dmy);
    if (look.mdy)
        check_round_trip(mdy);
    if (look.yymd)
        check_round_trip(yymd);
    return 0;
}
