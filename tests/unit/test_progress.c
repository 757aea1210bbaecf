#include "test.h"

#include <unistd.h>

#include "leadcal/progress.h"
#include "scratch.h"

/* What is written to stderr while a bar goes from start to end. */
static long written(bool quiet)
{
    char path[SCRATCH_PATH];
    struct lc_progress p;
    int kept, file;
    long n;
    FILE *in;

    assert_true(scratch_file(path, ""));
    kept = dup(STDERR_FILENO);
    in = fopen(path, "r+b");
    assert_non_null(in);
    file = fileno(in);
    assert_true(kept >= 0 && dup2(file, STDERR_FILENO) >= 0);
    lc_progress_start(&p, "reading", 10, quiet);
    for (int i = 0; i < 10; i++)
        lc_progress_add(&p, 1);
    lc_progress_end(&p);
    (void)fflush(stderr);
    assert_true(dup2(kept, STDERR_FILENO) >= 0);
    (void)close(kept);
    assert_int_equal(p.done, 10);
    assert_false(p.on);
    (void)fseek(in, 0, SEEK_END);
    n = ftell(in);
    (void)fclose(in);
    (void)unlink(path);
    return n;
}

static void nothing_is_drawn_where_stderr_is_no_terminal(void **state)
{
    (void)state;
    assert_int_equal(written(false), 0);
    assert_int_equal(written(true), 0);
}

static void work_is_counted_whether_or_not_it_is_shown(void **state)
{
    struct lc_progress p;

    (void)state;
    lc_progress_start(&p, "reading", 0, true);
    assert_false(p.on);
    lc_progress_add(&p, 3);
    lc_progress_add(&p, 4);
    assert_int_equal(p.done, 7);
    lc_progress_end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_drawn_where_stderr_is_no_terminal),
        cmocka_unit_test(work_is_counted_whether_or_not_it_is_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
