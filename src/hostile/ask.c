/* ask.c - a worker as a child of a test: one request in, all rows out. */
#include "hostile/ask.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
#include "hostile/serve.h"

Tools *ask_true_tools(void)
{
    static const guint8 key[FINGERPRINT_KEY_BYTES] = {1};
    static Tools tools;
    g_autoptr(GError) error = NULL;
    if (!tools.reader && !tools_load(&tools, "data", NULL, NULL, key, OCR_OFF, &error))
        g_error("%s", error->message);
    return &tools;
}

static G_GNUC_NORETURN void serve_and_end(Tools *tools, const char *request, int file, int output)
{
    g_autoptr(GError) error = NULL;
    FILE *requests = fmemopen((char *)(guintptr)request, strlen(request), "r");
    if (file >= 0)
        dup2(file, 4);
    gboolean served = serve(tools, requests, output, &error);
    if (!served)
        fprintf(stderr, "worker: %s\n", error->message);
    _exit(served ? 0 : 1);
}

char *ask_worker(Tools *tools, const char *request, int file, int *exit_code)
{
    int pipes[2], out[2];
    if (pipe(pipes) != 0)
        return NULL;
    /* Away from 4, which may be the file's. */
    out[0] = fcntl(pipes[0], F_DUPFD, 10);
    out[1] = fcntl(pipes[1], F_DUPFD, 10);
    close(pipes[0]);
    close(pipes[1]);
    pid_t child = fork();
    if (child == 0)
        serve_and_end(tools, request, file, out[1]);
    close(out[1]);
    GString *rows = g_string_new(NULL);
    char buffer[65536];
    gssize got;
    while ((got = read(out[0], buffer, sizeof buffer)) > 0)
        g_string_append_len(rows, buffer, got);
    close(out[0]);
    int status = 0;
    waitpid(child, &status, 0);
    *exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return g_string_free(rows, FALSE);
}
