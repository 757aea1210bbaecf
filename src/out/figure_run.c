/* gnuplot as another process: no shell, no start-up file, nothing of our environment but PATH. */
#define _GNU_SOURCE /* NOLINT(bugprone-reserved-identifier): posix_spawn's change of folder */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "figure_internal.h"

#define MOST_SECONDS 60 /* a picture takes a tenth of one */
#define MOST_PATH    4096
#define NAP          5000000L /* nanoseconds between two looks whether it has ended */

static enum lc_rc refuse_start(int why, struct lc_err *err)
{
    if (why == ENOENT || why == EACCES || why == ENOTDIR)
        return lc_fail(err, LC_EIO,
                       "gnuplot is not there, so no picture can be drawn; install it: "
                       "apt-get install gnuplot-nox");
    return lc_fail(err, LC_EIO, "gnuplot cannot be started: %s", strerror(why));
}

/* Changing the folder of the child alone leaves the threads of this process where they are. */
static int start(const char *folder, pid_t *child)
{
    char path[MOST_PATH] = "PATH=", name[] = "gnuplot", bare[] = "-d", script[] = "script.gp";
    char *const argv[] = {name, bare, script, NULL};
    const char *from = getenv("PATH");
    char *environment[] = {from ? path : NULL, NULL};
    posix_spawn_file_actions_t actions;
    int why;

    if (from && strlen(from) + sizeof "PATH=" > sizeof path)
        return E2BIG;
    if (from)
        memcpy(path + strlen("PATH="), from, strlen(from) + 1);
    why = posix_spawn_file_actions_init(&actions);
    if (why)
        return why;
    why = posix_spawn_file_actions_addchdir_np(&actions, folder);
    if (!why)
        why = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    if (!why)
        why = posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    if (!why)
        why = posix_spawn_file_actions_adddup2(&actions, 1, 2);
    if (!why)
        why = posix_spawnp(child, name, &actions, NULL, argv, environment);
    (void)posix_spawn_file_actions_destroy(&actions);
    return why;
}

/* Waits for the end, and makes one after MOST_SECONDS. false: it was too slow, or cannot be
 * waited for. */
static bool wait_for(pid_t child, int *status)
{
    const struct timespec nap = {0, NAP};

    for (long looks = 0; looks < MOST_SECONDS * (1000000000L / NAP); looks++) {
        const pid_t ended = waitpid(child, status, WNOHANG);

        if (ended == child)
            return true;
        if (ended < 0 && errno != EINTR)
            return false;
        (void)nanosleep(&nap, NULL);
    }
    (void)kill(child, SIGKILL);
    while (waitpid(child, status, 0) < 0 && errno == EINTR)
        continue;
    return false;
}

enum lc_rc lc_plot_run(const char *folder, struct lc_err *err)
{
    int status = 0, why;
    pid_t child = 0;

    why = start(folder, &child);
    if (why)
        return refuse_start(why, err);
    if (!wait_for(child, &status))
        return lc_fail(err, LC_EIO, "gnuplot did not end within %d seconds and was stopped",
                       MOST_SECONDS);
    /* A loader that finds no program, in a child of its own, says so by this status. */
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return refuse_start(ENOENT, err);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return lc_fail(err, LC_EIO,
                       "gnuplot failed; leadcal needs version 5.2 or newer with the svg "
                       "terminal: gnuplot --version");
    return LC_OK;
}
