/* unpacker.c - a box that goes through an archive, from the outside. */
#include "hostile/unpacker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>
#include "hostile/archive/formats.h"
#include "hostile/archive/member.h"
#include "hostile/limits.h"
#include "hostile/unpacked.h"

/* What is larger goes to the disk. */
#define MEMORY_BYTES (256UL << 10)
#define TICK_MS 250
#define NANO 1000000000u

/* --- the file that is written -------------------------------------------------------------------------------- */

static const char *disk_folder(void)
{
    const char *folder = g_getenv("TMPDIR");
    return folder && *folder ? folder : "/var/tmp";
}

/* A file without a name, also where the file system has no such thing. */
static int disk_file(void)
{
    int file = open(disk_folder(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        return file;
    g_autofree char *path = g_build_filename(disk_folder(), "candor-XXXXXX", NULL);
    file = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        unlink(path);
    return file;
}

static gboolean write_all(int file, const char *bytes, gsize n)
{
    while (n) {
        gssize written = write(file, bytes, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return FALSE;
        bytes += written;
        n -= (gsize)written;
    }
    return TRUE;
}

static gboolean move_to_disk(Unpacked *member)
{
    g_autofree char *bytes = g_malloc(member->n + 1);
    int disk = disk_file();
    gboolean moved = disk >= 0 && pread(member->file, bytes, member->n, 0) == (gssize)member->n &&
                     write_all(disk, bytes, member->n);
    if (disk >= 0 && !moved)
        close(disk);
    if (!moved)
        return FALSE;
    close(member->file);
    member->file = disk;
    member->on_disk = TRUE;
    return TRUE;
}

static void unpacked_append(Unpacked *member, Span bytes)
{
    if (member->reason)
        return;
    gboolean fits = member->on_disk || member->n + bytes.n <= MEMORY_BYTES || move_to_disk(member);
    if (fits && write_all(member->file, bytes.p, bytes.n)) {
        member->n += bytes.n;
        return;
    }
    member->reason = "no-space";
    member->retryable = TRUE;
}

Unpacked unpacked_new(void)
{
    Unpacked member = {.file = memfd_create("member", MFD_CLOEXEC)};
    if (member.file < 0) {
        member.reason = "no-space";
        member.retryable = TRUE;
    }
    return member;
}

int unpacked_end(Unpacked *member, guint64 *size, const char **reason, gboolean *retryable)
{
    *size = member->n;
    if (!member->reason || (g_str_equal(member->reason, "archive-damaged") && member->n && !member->missing))
        return member->file;
    *reason = member->reason;
    *retryable = member->retryable;
    if (member->file >= 0)
        close(member->file);
    return -1;
}

/* --- the box ------------------------------------------------------------------------------------------------- */

static void stop(Unpacker *unpacker, gboolean kill_it, CellEnd *end)
{
    if (!unpacker->key)
        return;
    cell_end(&unpacker->cell, kill_it, end, NULL);
    g_clear_pointer(&unpacker->key, g_free);
    g_clear_pointer(&unpacker->names, g_ptr_array_unref);
    g_clear_pointer(&unpacker->passed, g_hash_table_unref);
}

void unpacker_clear(Unpacker *unpacker)
{
    CellEnd ignored;
    stop(unpacker, TRUE, &ignored);
}

/* Read exactly n bytes. FALSE when the box has ended, or must be: then *end says why. */
static gboolean read_whole(Unpacker *unpacker, char *bytes, gsize n, CellEnd *end)
{
    Cell *cell = &unpacker->cell;
    const Tools *tools = unpacker->tools;
    guint64 cpu = cell_cpu(cell);
    gint64 began = g_get_monotonic_time();
    while (n) {
        struct pollfd ready = {.fd = cell->pipe, .events = POLLIN};
        gssize got = -1;
        if (poll(&ready, 1, TICK_MS) > 0 && (got = read(cell->pipe, bytes, n)) == 0)
            return FALSE;
        if (got > 0) {
            bytes += got;
            n -= (gsize)got;
        } else if (cell_cpu(cell) - cpu >= (guint64)tools->cpu_seconds * NANO) {
            *end = (CellEnd){.reason = "cpu-time", .retryable = TRUE};
            return FALSE;
        } else if (g_get_monotonic_time() - began >= (gint64)tools->stall_seconds * G_USEC_PER_SEC) {
            *end = (CellEnd){.reason = "stalled", .retryable = TRUE};
            return FALSE;
        }
    }
    return TRUE;
}

/* The box's word for a reason, as one of ours; NULL for one that it cannot give. */
static const char *known_reason(const UnpackedHead *head)
{
    static const char *const reasons[] = {"encrypted",        "not-regular", "archive-damaged",
                                          "too-many-entries", "zip-bomb",    "method-not-read"};
    for (guint i = 0; i < G_N_ELEMENTS(reasons); i++)
        if (strncmp(head->reason, reasons[i], sizeof head->reason) == 0)
            return reasons[i];
    return NULL;
}

/* What the box may say, and how much of it: one that says without end would hold us for ever. */
static gboolean head_holds(Unpacker *unpacker, const UnpackedHead *head)
{
    gboolean has_bytes = head->kind == UNPACKED_BYTES || (head->kind == UNPACKED_NAME && unpacker->gives_all);
    unpacker->bytes += head->n;
    unpacker->says += head->kind == UNPACKED_BYTES ? 0 : 1;
    return head->kind < UNPACKED_COUNT && head->n <= UNPACKED_MOST_BYTES && has_bytes == (head->n > 0) &&
           (!head->reason[0] || known_reason(head)) && unpacker->says <= 4UL * LIMIT_ARCHIVE_MEMBERS &&
           !members_are_too_large(unpacker->size, unpacker->bytes / 2);
}

static void take_name(Unpacker *unpacker, Span came, const char *name)
{
    g_autofree char *copy = span_dup(came);
    unpacker->is_wanted = g_str_equal(copy, name);
    g_hash_table_add(unpacker->passed, GUINT_TO_POINTER(g_str_hash(copy)));
}

/* Take one answer of the box, bytes of which go into `bytes`. FALSE when the member has ended, or the box. */
static gboolean take_answer(Unpacker *unpacker, const char *name, Unpacked *member, char *bytes, CellEnd *end)
{
    UnpackedHead head;
    if (!read_whole(unpacker, (char *)&head, sizeof head, end))
        return FALSE;
    if (!head_holds(unpacker, &head)) {
        *end = (CellEnd){.reason = "reader-lied"};
        return FALSE;
    }
    if (head.n && !read_whole(unpacker, bytes, head.n, end))
        return FALSE;
    if (head.kind == UNPACKED_ALL)
        unpacker->gives_all = TRUE;
    else if (head.kind == UNPACKED_NAME)
        take_name(unpacker, (Span){bytes, head.n}, name);
    gboolean is_wanted = !unpacker->gives_all || unpacker->is_wanted;
    if (head.kind == UNPACKED_BYTES && is_wanted)
        unpacked_append(member, (Span){bytes, head.n});
    if (head.kind != UNPACKED_MISSING && (head.kind != UNPACKED_END || !is_wanted))
        return TRUE;
    member->missing = head.kind == UNPACKED_MISSING;
    if (!member->reason)
        member->reason = known_reason(&head);
    *end = (CellEnd){.reason = ""}; /* it lives */
    return FALSE;
}

void unpacker_take(Unpacker *unpacker, const char *name, Unpacked *member)
{
    g_autofree char *bytes = g_malloc(UNPACKED_MOST_BYTES);
    CellEnd end = {0};
    while (take_answer(unpacker, name, member, bytes, &end))
        continue;
    gboolean lives = end.reason && !*end.reason;
    unpacker->next++;
    unpacker->is_wanted = FALSE;
    if (!lives) {
        CellEnd found = {0};
        stop(unpacker, end.reason != NULL, &found);
        end = end.reason ? end : found;
        member->reason = end.reason ? end.reason : "reader-stopped-early";
        member->retryable = end.retryable;
    } else if (member->missing || (!unpacker->gives_all && unpacker->next == unpacker->names->len)) {
        stop(unpacker, FALSE, &end);
    }
}

gboolean unpacker_start(Unpacker *unpacker, Tools *tools, const UnpackerArchive *archive, GPtrArray *names,
                        Unpacked *member)
{
    unpacker_clear(unpacker);
    archive_warm_up();
    const UnpackWork work = {
        .path = archive->path, .size = archive->size, .names = names, .charsets = tools->charsets};
    *unpacker = (Unpacker){.tools = tools};
    if (!cell_start_converter(&unpacker->cell, archive->file, unpacked_run, &work, NULL)) {
        g_ptr_array_unref(names);
        member->reason = "unreadable";
        member->retryable = TRUE;
        return FALSE;
    }
    unpacker->names = names;
    unpacker->size = archive->size;
    unpacker->key = g_strdup(archive->key);
    unpacker->passed = g_hash_table_new(NULL, NULL);
    return TRUE;
}

/* That two names have one hash costs no more than a new box. */
gboolean unpacker_may_give(const Unpacker *unpacker, const char *key, const char *name)
{
    if (!unpacker->key || !g_str_equal(unpacker->key, key))
        return FALSE;
    return unpacker->gives_all ? !g_hash_table_contains(unpacker->passed, GUINT_TO_POINTER(g_str_hash(name)))
                               : g_str_equal(unpacker->names->pdata[unpacker->next], name);
}
