/* escape_world.c - what stands around a box that is attacked from within. */
#include "hostile/escape_world.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <cmocka.h>
#include "hostile/escape_attacks.h"

static int listen_inet(guint16 *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof address;
    int file = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    assert_int_equal(bind(file, (struct sockaddr *)&address, n), 0);
    assert_int_equal(listen(file, 8), 0);
    assert_int_equal(getsockname(file, (struct sockaddr *)&address, &n), 0);
    *port = ntohs(address.sin_port);
    return file;
}

static int listen_local(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    g_strlcpy(address.sun_path, path, sizeof address.sun_path);
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    assert_int_equal(bind(file, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(file, 8), 0);
    return file;
}

int escape_world_make(void **state)
{
    EscapeWorld *world = g_new0(EscapeWorld, 1);
    world->folder = g_dir_make_tmp("candor-escape-XXXXXX", NULL);
    world->input = g_build_filename(world->folder, "mailbox", NULL);
    world->loot = g_build_filename(world->folder, "loot", NULL);
    world->unix_path = g_build_filename(world->folder, "socket", NULL);
    world->inet = listen_inet(&targets.port);
    world->local = listen_local(world->unix_path);
    targets.victim = getpid();
    targets.input = world->input;
    targets.loot = world->loot;
    targets.unix_path = world->unix_path;
    *state = world;
    return 0;
}

int escape_world_end(void **state)
{
    EscapeWorld *world = *state;
    unlink(world->input);
    unlink(world->unix_path);
    rmdir(world->folder);
    close(world->inet);
    close(world->local);
    g_free(world->folder);
    g_free(world->input);
    g_free(world->loot);
    g_free(world->unix_path);
    g_free(world);
    return 0;
}

gboolean escape_is_a_death(const char *reason)
{
    static const char *const deaths[] = {
        "killed-by-box", "crashed", "cpu-time", "stalled", "reader-lied", "reader-stopped-early", NULL};
    return g_strv_contains(deaths, reason);
}

void escape_world_is_as_it_was(const EscapeWorld *world, const GString *mailbox)
{
    g_autofree char *now = NULL;
    gsize n;
    assert_true(g_file_get_contents(world->input, &now, &n, NULL));
    assert_int_equal(n, mailbox->len);
    assert_memory_equal(now, mailbox->str, n);
    assert_false(g_file_test(world->loot, G_FILE_TEST_EXISTS));
    assert_int_equal(accept(world->inet, NULL, NULL), -1);
    assert_int_equal(accept(world->local, NULL, NULL), -1);
    struct stat status;
    assert_int_equal(stat(world->input, &status), 0);
    assert_int_equal(status.st_mode & 0111, 0);
}
