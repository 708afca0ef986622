/* corpus.c - walks corpora: files, packed Maildirs, mboxes. */
#include "hostile/read/corpus.h"

#include <glib/gstdio.h>

#include "hostile/read/seek.h"

typedef struct {
    CorpusTaker take;
    void *user;
    guint count;
    gboolean stopped;
} Walk;

char *corpus_folder(void)
{
    const char *named = g_getenv("CANDOR_CORPORA");
    char *folder = g_strdup(named ? named : CANDOR_SOURCE_ROOT "/../shared/corpora");
    if (g_file_test(folder, G_FILE_TEST_IS_DIR))
        return folder;
    g_free(folder);
    return NULL;
}

gsize corpus_unify_line_ends(char *bytes, gsize n)
{
    gsize to = 0;
    for (gsize i = 0; i < n; i++)
        if (bytes[i] != '\r' || i + 1 == n || bytes[i + 1] != '\n')
            bytes[to++] = bytes[i];
    return to;
}

char *corpus_as_lines(Span lines, gsize *bytes_n)
{
    GString *bytes = g_string_sized_new(lines.n + 1);
    for (gsize i = 0; i < lines.n; i++) {
        if (lines.p[i] == '\n' && (!i || lines.p[i - 1] != '\r'))
            g_string_append_c(bytes, '\r');
        g_string_append_c(bytes, lines.p[i]);
    }
    *bytes_n = bytes->len;
    return g_string_free(bytes, FALSE);
}

static void give(Walk *walk, const char *name, Span mail)
{
    if (span_begins(mail, "From ")) {
        gsize end = MIN(seek_line_end(mail, 0) + 1, mail.n);
        mail = (Span){mail.p + end, mail.n - end};
    }
    walk->count++;
    walk->stopped = !walk->take(walk->user, name, mail);
}

/* An mbox falls into messages at "From " lines behind an empty line; another file is one message. */
static void split(Walk *walk, const char *name, Span file)
{
    gsize start = 0;
    while (span_begins(file, "From ") && !walk->stopped) {
        const char *next = memmem(file.p + start, file.n - start, "\n\nFrom ", 7);
        if (!next)
            break;
        gsize end = (gsize)(next - file.p) + 1;
        g_autofree char *numbered = g_strdup_printf("%s@%zu", name, start);
        give(walk, numbered, (Span){file.p + start, end - start});
        start = end + 1;
    }
    if (!walk->stopped)
        give(walk, name, (Span){file.p + start, file.n - start});
}

static gboolean is_mail_name(const char *name)
{
    static const char *const others[] = {".xml", ".out", ".ref", ".jsonl", ".json",   ".gif",
                                         ".jpg", ".png", ".pm",  ".sh",    ".py",     ".md",
                                         ".crt", ".pem", ".key", "SOURCE", ".json.gz"};
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        if (g_str_has_suffix(name, others[i]))
            return FALSE;
    return !strstr(name, "LICEN") && !strstr(name, "_decoded") && !strstr(name, "README");
}

static void read_file(Walk *walk, const char *path, const char *name)
{
    g_autofree char *bytes = NULL;
    gsize n;
    if (is_mail_name(name) && g_file_get_contents(path, &bytes, &n, NULL))
        split(walk, name, (Span){bytes, corpus_unify_line_ends(bytes, n)});
}

static void read_folder(Walk *walk, const char *path, const char *name);

static void read_packed(Walk *walk, const char *path, const char *name)
{
    g_autofree char *folder = g_dir_make_tmp("candor-corpus-XXXXXX", NULL);
    const char *const unpack[] = {"tar", "-xJf", path, "-C", folder, NULL};
    const char *const remove[] = {"rm", "-rf", folder, NULL};
    gboolean done = folder && g_spawn_sync(NULL, (char **)unpack, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                                           NULL, NULL, NULL);
    if (done)
        read_folder(walk, folder, name);
    if (folder)
        g_spawn_sync(NULL, (char **)remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In the order of names, so that reports are alike on every file system. */
static void read_folder(Walk *walk, const char *path, const char *name)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(g_free);
    for (const char *entry; dir && (entry = g_dir_read_name(dir));)
        g_ptr_array_add(entries, g_strdup(entry));
    g_ptr_array_sort(entries, by_name);
    for (guint i = 0; i < entries->len && !walk->stopped; i++) {
        const char *entry = g_ptr_array_index(entries, i);
        g_autofree char *below = g_build_filename(path, entry, NULL);
        g_autofree char *named = g_build_filename(name, entry, NULL);
        if (g_str_has_suffix(entry, ".tar.xz"))
            read_packed(walk, below, named);
        else if (g_file_test(below, G_FILE_TEST_IS_DIR))
            read_folder(walk, below, named);
        else
            read_file(walk, below, named);
    }
}

guint corpus_each(const char *folder, const char *part, CorpusTaker take, void *user)
{
    Walk walk = {.take = take, .user = user};
    g_autofree char *path = g_build_filename(folder, part, NULL);
    read_folder(&walk, path, part);
    return walk.count;
}
