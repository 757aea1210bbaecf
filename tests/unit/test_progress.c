#include "test.h"

#include <time.h>
#include <unistd.h>

#include "leadcal/progress.h"
#include "scratch.h"

static int64_t now_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

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

/* A bar of 400 units of which 148 are done, as if started `ago_ms` ago, on a terminal. */
static void draw(char *text, size_t room, size_t total, int64_t ago_ms)
{
    char path[SCRATCH_PATH];
    struct lc_progress p;
    const int kept = dup(STDERR_FILENO);
    FILE *in;

    assert_true(scratch_file(path, ""));
    in = fopen(path, "r+b");
    assert_non_null(in);
    assert_true(kept >= 0 && dup2(fileno(in), STDERR_FILENO) >= 0);
    lc_progress_start(&p, "reading leads.csv", total, true);
    p.on = true;
    p.started_ms = now_ms() - ago_ms;
    lc_progress_add(&p, 148);
    lc_progress_add(&p, 1); /* too soon after the last to be drawn */
    lc_progress_end(&p);
    assert_int_equal(p.done, 149);
    (void)fflush(stderr);
    assert_true(dup2(kept, STDERR_FILENO) >= 0);
    (void)close(kept);
    rewind(in);
    text[fread(text, 1, room - 1, in)] = 0;
    (void)fclose(in);
    (void)unlink(path);
}

static void a_bar_is_drawn_after_half_a_second_and_wiped(void **state)
{
    char text[200];

    (void)state;
    draw(text, sizeof text, 400, 800);
    assert_string_equal(text, "\rreading leads.csv  37 %\r\033[K");
    draw(text, sizeof text, 0, 800);
    assert_string_equal(text, "\rreading leads.csv 148\r\033[K");
    draw(text, sizeof text, 400, 0);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_drawn_where_stderr_is_no_terminal),
        cmocka_unit_test(a_bar_is_drawn_after_half_a_second_and_wiped),
        cmocka_unit_test(work_is_counted_whether_or_not_it_is_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
