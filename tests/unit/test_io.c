#include "test.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "leadcal/io.h"
#include "scratch.h"

static char folder[SCRATCH_PATH], path[SCRATCH_PATH + 16];

static int begin(void **state)
{
    const char *in = getenv("TMPDIR");

    (void)state;
    (void)umask(022);
    (void)snprintf(folder, sizeof folder, "%s/leadcal-io-XXXXXX", in ? in : "/tmp");
    if (!mkdtemp(folder))
        return -1;
    (void)snprintf(path, sizeof path, "%s/out.csv", folder);
    return 0;
}

static int end(void **state)
{
    (void)state;
    (void)unlink(path);
    return rmdir(folder); /* fails where a temporary file was left behind */
}

static void assert_holds(const char *text)
{
    struct lc_arena arena;
    struct lc_slice got;
    struct lc_err err;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_read_file(path, 1000, &arena, &got, &err), LC_OK);
    assert_true(lc_slice_eq(got, lc_slice_of(text)));
    assert_int_equal(got.p[got.n], 0);
    lc_arena_release(&arena);
}

static enum lc_rc write_text(const char *text, bool replace, struct lc_err *err)
{
    struct lc_file_out out;
    enum lc_rc rc = lc_file_out_open(&out, path, replace, err);

    if (rc)
        return rc;
    assert_true(fputs(text, out.to) >= 0);
    return lc_file_out_commit(&out, err);
}

static size_t files(void)
{
    DIR *d = opendir(folder);
    size_t n = 0;

    assert_non_null(d);
    while (readdir(d))
        n++;
    (void)closedir(d);
    return n - 2;
}

static void a_file_appears_whole_and_only_at_the_commit(void **state)
{
    struct lc_file_out out;
    struct stat about;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_file_out_open(&out, path, false, &err), LC_OK);
    assert_true(fputs("a,b\n", out.to) >= 0);
    assert_false(lc_file_exists(path));
    assert_int_equal(lc_file_out_commit(&out, &err), LC_OK);
    assert_holds("a,b\n");
    assert_int_equal(files(), 1);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0644);
    assert_null(out.to);
}

static void an_existing_file_is_replaced_only_with_force(void **state)
{
    struct lc_file_out out;
    struct lc_err err;

    (void)state;
    assert_int_equal(write_text("old", false, &err), LC_OK);
    assert_int_equal(write_text("new", false, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "--force"));
    assert_holds("old");
    assert_int_equal(write_text("new", true, &err), LC_OK);
    assert_holds("new");
    (void)unlink(path); /* one that appears while we write is not ours to replace either */
    assert_int_equal(lc_file_out_open(&out, path, false, &err), LC_OK);
    assert_int_equal(write_text("theirs", false, &err), LC_OK);
    assert_int_equal(lc_file_out_commit(&out, &err), LC_EMISMATCH);
    assert_holds("theirs");
    assert_int_equal(files(), 1);
}

static void what_is_dropped_leaves_nothing(void **state)
{
    struct lc_file_out out, other;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_file_out_open(&out, path, false, &err), LC_OK);
    assert_true(fputs("half", out.to) >= 0);
    assert_int_equal(files(), 1);
    lc_file_out_drop(&out);
    lc_file_out_drop(&out);
    assert_int_equal(files(), 0);
    assert_int_equal(lc_file_out_open(&out, path, false, &err), LC_OK);
    assert_int_equal(lc_file_out_open(&other, path, false, &err), LC_OK);
    assert_int_equal(files(), 2);
    lc_file_out_drop_all();
    assert_int_equal(files(), 0);
    lc_file_out_drop(&out);
    lc_file_out_drop(&other);
}

static void a_full_disk_is_an_error_and_keeps_the_old_file(void **state)
{
    struct lc_file_out out;
    struct lc_err err;
    FILE *full;

    (void)state;
    if (access("/dev/full", W_OK) != 0) {
        print_message("skipped: a_full_disk_is_an_error: no /dev/full here\n");
        skip();
    }
    assert_int_equal(write_text("old", false, &err), LC_OK);
    assert_int_equal(lc_file_out_open(&out, path, true, &err), LC_OK);
    full = fopen("/dev/full", "wb");
    assert_non_null(full);
    (void)fclose(out.to);
    out.to = full;
    assert_true(fputs("new", out.to) >= 0);
    assert_int_equal(lc_file_out_commit(&out, &err), LC_EIO);
    assert_holds("old");
    assert_int_equal(files(), 1);
}

static void what_cannot_be_read_says_why(void **state)
{
    struct lc_arena arena;
    struct lc_slice text = {"kept", 4};
    struct lc_file_out out;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_read_file(path, 100, &arena, &text, &err), LC_EIO);
    assert_non_null(strstr(err.text, "No such file"));
    assert_int_equal(lc_read_file(folder, 100, &arena, &text, &err), LC_EIO);
    assert_non_null(strstr(err.text, "is a folder"));
    assert_int_equal(write_text("12345", false, &err), LC_OK);
    assert_int_equal(lc_read_file(path, 4, &arena, &text, &err), LC_EFORMAT);
    assert_int_equal(lc_read_file(path, 5, &arena, &text, &err), LC_OK);
    lc_arena_release(&arena);
    lc_arena_init(&arena, 3);
    text.n = 4;
    assert_int_equal(lc_read_file(path, 5, &arena, &text, &err), LC_ENOMEM);
    assert_int_equal(text.n, 4);
    assert_int_equal(lc_file_out_open(&out, "/no/such/folder/x", false, &err), LC_EIO);
    assert_null(out.to);
}

static mode_t mode_after(mode_t mask, bool replace)
{
    const mode_t before = umask(mask);
    struct stat about;
    struct lc_err err;

    assert_int_equal(write_text("a,b\n", replace, &err), LC_OK);
    assert_int_equal(umask(before), mask);
    assert_int_equal(stat(path, &about), 0);
    return about.st_mode & 0777;
}

/* Leads are personal data: who set a strict umask does not want them read by all. */
static void a_new_file_has_the_permissions_the_umask_leaves(void **state)
{
    (void)state;
    assert_int_equal(mode_after(077, false), 0600);
    assert_int_equal(mode_after(027, true), 0640);
    assert_int_equal(mode_after(002, true), 0664);
    assert_int_equal(mode_after(022, true), 0644);
}

static void only_a_plain_file_is_replaced_even_with_force(void **state)
{
    char at[SCRATCH_PATH + 32];
    struct lc_file_out out;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_file_out_open(&out, folder, true, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "is not a plain file"));
    assert_null(out.to);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(lc_file_out_open(&out, path, true, &err), LC_EMISMATCH);
    assert_int_equal(lc_file_out_open(&out, path, false, &err), LC_EMISMATCH);
    assert_int_equal(files(), 1);
    /* One that appears while we write is seen at the commit. */
    assert_int_equal(unlink(path), 0);
    assert_int_equal(lc_file_out_open(&out, path, true, &err), LC_OK);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(lc_file_out_commit(&out, &err), LC_EMISMATCH);
    assert_int_equal(files(), 1);
    assert_int_equal(rmdir(path), 0);
    /* A link to nowhere is no obstacle to --force, and one to a device is. */
    assert_int_equal(symlink("/dev/null", path), 0);
    assert_int_equal(lc_file_out_open(&out, path, true, &err), LC_EMISMATCH);
    assert_int_equal(unlink(path), 0);
    (void)snprintf(at, sizeof at, "%s/nowhere", folder);
    assert_int_equal(symlink(at, path), 0);
    assert_int_equal(write_text("a", false, &err), LC_EMISMATCH);
    assert_int_equal(write_text("a", true, &err), LC_OK);
    assert_holds("a");
}

static void an_error_met_while_writing_is_told_at_the_commit(void **state)
{
    struct lc_file_out out;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_file_out_open(&out, path, false, &err), LC_OK);
    assert_true(fputs("a,b\n", out.to) >= 0);
    assert_int_equal(fgetc(out.to), EOF); /* it is open for writing alone */
    assert_true(ferror(out.to));
    assert_int_equal(lc_file_out_commit(&out, &err), LC_EIO);
    assert_non_null(strstr(err.text, path));
    assert_null(out.to);
    assert_int_equal(files(), 0);
    /* The temporary file is taken away: there is nothing to put in place. */
    assert_int_equal(lc_file_out_open(&out, path, false, &err), LC_OK);
    lc_file_out_drop_all();
    assert_int_equal(lc_file_out_commit(&out, &err), LC_EIO);
    assert_non_null(strstr(err.text, "cannot be put in place"));
    assert_false(lc_file_exists(path));
}

static void many_files_are_open_at_once(void **state)
{
    enum { N = 70 };
    static struct lc_file_out out[N];
    char name[SCRATCH_PATH + 32];
    struct lc_err err;

    (void)state;
    for (int i = 0; i < N; i++) {
        (void)snprintf(name, sizeof name, "%s/%d.csv", folder, i);
        assert_int_equal(lc_file_out_open(&out[i], name, false, &err), LC_OK);
    }
    assert_int_equal(files(), N);
    for (int i = 0; i < N; i++)
        lc_file_out_drop(&out[i]);
    assert_int_equal(files(), 0);
}

/* 300,017 bytes with every value among them: longer than any buffer on the way. */
static void every_byte_of_a_long_file_and_of_standard_input_is_read(void **state)
{
    enum { N = 300017 };
    struct lc_arena arena;
    struct lc_file_out out;
    struct lc_slice text;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_file_out_open(&out, path, false, &err), LC_OK);
    for (int i = 0; i < N; i++)
        assert_int_not_equal(putc(i * 7 % 256, out.to), EOF);
    assert_int_equal(lc_file_out_commit(&out, &err), LC_OK);
    for (int standard = 0; standard < 2; standard++) {
        text = (struct lc_slice){0};
        if (standard)
            assert_non_null(freopen(path, "rb", stdin));
        assert_int_equal(lc_read_file(standard ? "-" : path, N, &arena, &text, &err), LC_OK);
        assert_int_equal(text.n, N);
        for (size_t i = 0; i < N; i++)
            assert_true((unsigned char)text.p[i] == i * 7 % 256);
        assert_int_equal(text.p[N], 0);
    }
    assert_int_equal(lc_read_file(path, N - 1, &arena, &text, &err), LC_EFORMAT);
    lc_arena_release(&arena);
}

static void an_empty_file_is_no_bytes(void **state)
{
    struct lc_slice text = {"kept", 4};
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(write_text("", false, &err), LC_OK);
    assert_int_equal(lc_read_file(path, 0, &arena, &text, &err), LC_OK);
    assert_int_equal(text.n, 0);
    assert_string_equal(text.p, "");
    lc_arena_release(&arena);
}

static void folders_are_made_once(void **state)
{
    char sub[SCRATCH_PATH + 16], deeper[SCRATCH_PATH + 32];
    struct lc_err err;

    (void)state;
    (void)snprintf(sub, sizeof sub, "%s/sub", folder);
    (void)snprintf(deeper, sizeof deeper, "%s/sub2/x", folder);
    assert_int_equal(lc_make_folder(sub, &err), LC_OK);
    assert_int_equal(lc_make_folder(sub, &err), LC_OK);
    assert_int_equal(lc_make_folder(deeper, &err), LC_EIO);
    assert_int_equal(rmdir(sub), 0);
    assert_int_equal(write_text("a file", false, &err), LC_OK);
    assert_int_equal(lc_make_folder(path, &err), LC_EIO);
    assert_non_null(strstr(err.text, path));
    assert_holds("a file");
    assert_string_equal(lc_base_name("a/b/c.csv"), "c.csv");
    assert_string_equal(lc_base_name("c.csv"), "c.csv");
    assert_string_equal(lc_base_name("a/"), "");
}

#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_file_appears_whole_and_only_at_the_commit),
        T(an_existing_file_is_replaced_only_with_force),
        T(what_is_dropped_leaves_nothing),
        T(a_full_disk_is_an_error_and_keeps_the_old_file),
        T(what_cannot_be_read_says_why),
        T(a_new_file_has_the_permissions_the_umask_leaves),
        T(only_a_plain_file_is_replaced_even_with_force),
        T(an_error_met_while_writing_is_told_at_the_commit),
        T(many_files_are_open_at_once),
        T(every_byte_of_a_long_file_and_of_standard_input_is_read),
        T(an_empty_file_is_no_bytes),
        T(folders_are_made_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
