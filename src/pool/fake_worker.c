/* fake_worker.c - a worker for pool_test: what it does stands in the request. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The request's fields are word, unit, root, then what to do: answer, die, once FILE (die the first time), lie. */
static void obey(char *line)
{
    char *field[8] = {NULL};
    int n = 0;
    for (char *next = line; next && n < 8;)
        field[n++] = strsep(&next, "\t");
    const char *unit = n > 1 ? field[1] : "0", *what = n > 3 ? field[3] : "answer";
    if (!strcmp(what, "die"))
        exit(1);
    if (!strcmp(what, "once") && access(field[4], F_OK) != 0) {
        FILE *seen = fopen(field[4], "w");
        if (seen)
            fclose(seen);
        exit(1);
    }
    printf("U\t0\t%s\t0\t1\n", what);
    printf("D\t%s\t0\t0\t0\t0\t%064d\n", unit, 0);
    fflush(stdout);
}

int main(void)
{
    printf("H\tcandor-rows\t%s\tfake 1\t7\tdigest\tnone 1\n",
           getenv("FAKE_VERSION") ? getenv("FAKE_VERSION") : "3");
    fflush(stdout);
    char *line = NULL;
    size_t size = 0;
    for (ssize_t n; (n = getline(&line, &size, stdin)) > 0;) {
        line[n - 1] = 0;
        obey(line);
    }
    free(line);
    return 0;
}
