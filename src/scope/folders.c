/* folders.c - whether two names mean the same mail folder. */
#include "scope/folders.h"

#include <string.h>

/* What mail programs call the folders that every mailbox has. First the name that stands for all. */
static const char *const known[][12] = {
    {"inbox", "posteingang", "boîte de réception", "bandeja de entrada", "postvak in", "posta in arrivo",
     "caixa de entrada", "indbakke", "inkorgen", "innboks", NULL},
    {"sent items", "sent", "sent mail", "sent messages", "gesendete elemente", "gesendet", "éléments envoyés",
     "elementos enviados", "verzonden items", "posta inviata", NULL},
    {"deleted items", "trash", "deleted messages", "gelöschte elemente", "papierkorb", "éléments supprimés",
     "elementos eliminados", "verwijderde items", "posta eliminata", NULL},
    {"drafts", "entwürfe", "brouillons", "borradores", "concepten", "bozze", "rascunhos", NULL},
    {"junk email", "junk e-mail", "junk", "spam", "junk-e-mail", "courrier indésirable", "correo no deseado",
     NULL},
};
static const char *const without_mail[] = {
    "calendar",           "kalender",       "calendrier", "calendario", "contacts", "kontakte",
    "contactos",          "tasks",          "aufgaben",   "notes",      "notizen",  "journal",
    "suggested contacts", "recipientcache", "birthdays",  NULL,
};

/* One part of a path. */
static char *part_normal(const char *part, gboolean first)
{
    g_autofree char *folded = g_utf8_casefold(part, -1);
    g_strstrip(folded);
    static const char *const endings[] = {".mbox", ".mbx", ".sbd"};
    for (guint i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(folded, endings[i]))
            folded[strlen(folded) - strlen(endings[i])] = 0;
    for (guint i = 0; first && i < G_N_ELEMENTS(known); i++)
        if (g_strv_contains(known[i], folded))
            return g_strdup(known[i][0]);
    return g_steal_pointer(&folded);
}

/* What exports put before the folders of a mailbox. */
static gboolean is_top(const char *part)
{
    return strcmp(part, "top of information store") == 0 || strcmp(part, "ipm_subtree") == 0;
}

char *folder_normal(const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    g_autoptr(GString) normal = g_string_new(NULL);
    for (guint i = 0; parts[i]; i++) {
        g_autofree char *part = part_normal(parts[i], normal->len == 0);
        if (*part && !is_top(part))
            g_string_append_printf(normal, "%s%s", normal->len ? "/" : "", part);
    }
    return g_string_free(g_steal_pointer(&normal), FALSE);
}

const char *folder_leaf(const char *normal)
{
    const char *slash = strrchr(normal, '/');
    return slash ? slash + 1 : normal;
}

gboolean folder_holds_no_mail(const char *normal)
{
    g_autofree char *top = g_strndup(normal, strcspn(normal, "/"));
    return g_strv_contains(without_mail, top);
}
