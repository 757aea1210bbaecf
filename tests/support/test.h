/* test.h - what every unit test includes first. */
#ifndef LC_TEST_H
#define LC_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

/* |got - want| <= tol * max(1, |want|). cmocka 1.1.5 has only assert_float_equal,
 * which casts both sides to float: seven digits, silently. */
#define assert_close(got, want, tol) assert_close_at((got), (want), (tol), __FILE__, __LINE__)

static inline void assert_close_at(double got, double want, double tol, const char *file,
                                   int line)
{
    if (fabs(got - want) <= tol * fmax(1, fabs(want)))
        return;
    print_error("%.17g is not within %g of %.17g\n", got, tol, want);
    _fail(file, line);
}

#endif
