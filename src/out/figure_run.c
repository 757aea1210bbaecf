/* gnuplot as other processes, all at once: no shell, no start-up file, nothing of our environment but PATH. */
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

#define MOST_PATH 4096
#define NAP       5000000L /* nanoseconds between two looks whether it has ended */

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

/* How a gnuplot ended. */
static void judge(struct lc_plot_job *job, int status)
{
    job->running = false;
    /* A loader that finds no program, in a child of its own, says so by this status. */
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        (void)refuse_start(ENOENT, &job->err);
    else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        (void)lc_fail(&job->err, LC_EIO,
                      "gnuplot failed; leadcal needs version 5.2 or newer with the svg "
                      "terminal: gnuplot --version");
}

/* Somebody else has waited for it, so that nobody knows how it ended. */
static void refuse_wait(struct lc_plot_job *job)
{
    job->running = false;
    (void)lc_fail(&job->err, LC_EIO, "gnuplot cannot be waited for: %s", strerror(errno));
}

/* Looks once whether jobs have ended; returns how many have not. */
static size_t look(struct lc_plot_job *job, size_t n)
{
    size_t running = 0;

    for (size_t j = 0; j < n; j++) {
        int status = 0;
        pid_t ended;

        if (!job[j].running)
            continue;
        ended = waitpid(job[j].child, &status, WNOHANG);
        if (ended == job[j].child)
            judge(&job[j], status);
        else if (ended < 0 && errno != EINTR)
            refuse_wait(&job[j]);
        else
            running++;
    }
    return running;
}

static void stop(struct lc_plot_job *job, int seconds)
{
    int status;

    (void)kill(job->child, SIGKILL);
    while (waitpid(job->child, &status, 0) < 0 && errno == EINTR)
        continue;
    job->running = false;
    (void)lc_fail(&job->err, LC_EIO, "gnuplot did not end within %d second%s and was stopped",
                  seconds, seconds == 1 ? "" : "s");
}

void lc_plot_run(struct lc_plot_job *job, size_t n, int most_seconds)
{
    const struct timespec nap = {0, NAP};
    long looks = most_seconds * (1000000000L / NAP);

    for (size_t j = 0; j < n; j++) {
        const int why = start(job[j].folder, &job[j].child);

        job[j].err = (struct lc_err){.code = LC_OK};
        job[j].running = why == 0;
        if (why)
            (void)refuse_start(why, &job[j].err);
    }
    while (look(job, n) > 0 && looks-- > 0)
        (void)nanosleep(&nap, NULL);
    for (size_t j = 0; j < n; j++)
        if (job[j].running)
            stop(&job[j], most_seconds);
}
