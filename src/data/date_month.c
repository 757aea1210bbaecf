/* Names of months, as data. No word means two months in any two of these languages, so that a
 * date with a name needs no option. */
#include <string.h>

#include "date_internal.h"

#define MOST_MONTH 12 /* bytes: "septiembre", "février" */

/* Lower case, whole and as they are shortened (a full stop behind is a gap): English, German,
 * French, Spanish, Italian, Portuguese, Dutch. */
static const char *const month_words[12] = {
    " january jan januar jänner janvier janv enero ene gennaio gen janeiro januari ",
    " february feb februar février févr fév fevrier fevr febrero febbraio fevereiro fev februari ",
    " march mar märz mär maerz mrz mars marzo março maart mrt ",
    " april apr avril avr abril abr aprile ",
    " may mai mayo maggio mag maio mei ",
    " june jun juni juin junio giugno giu junho ",
    " july jul juli juillet juil julio luglio lug julho ",
    " august aug août aout agosto ago augustus ",
    " september sep sept septembre septiembre setiembre settembre set setembro ",
    " october oct oktober okt octobre octubre ottobre ott outubro out ",
    " november nov novembre noviembre novembro ",
    " december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro ",
};

/* Bytes of the letter at the front: A-Z, or one of the accented letters of Latin-1. 0: none. */
static size_t letter(struct lc_slice s)
{
    const char c = s.n ? (char)(s.p[0] | 0x20) : 0;

    if (c >= 'a' && c <= 'z')
        return 1;
    return s.n > 1 && s.p[0] == '\xc3' ? 2 : 0;
}

bool lc_date_month(struct lc_slice *s, int *month)
{
    char word[MOST_MONTH + 3] = " ";
    struct lc_slice rest = *s;
    size_t n = 1, width;

    while ((width = letter(rest))) {
        if (n + width > MOST_MONTH + 1)
            return false;
        memcpy(word + n, rest.p, width);
        word[n + width - 1] |= 0x20; /* A-Z, and À-Þ behind their first byte */
        n += width;
        rest.p += width;
        rest.n -= width;
    }
    word[n] = ' ';
    for (int m = 0; n > 1 && m < 12; m++)
        if (strstr(month_words[m], word)) {
            *month = m + 1;
            *s = rest;
            return true;
        }
    return false;
}
