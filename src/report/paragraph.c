/* paragraph.c - sentences in lines that fit a mail or a terminal. */
#include "report/paragraph.h"

void paragraph_append(GString *out, const char *text, guint used, guint indent)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    gboolean fresh = TRUE; /* no word on this line yet */
    for (guint i = 0; words[i]; i++) {
        guint n = (guint)g_utf8_strlen(words[i], -1);
        if (!fresh && used + 1 + n > PARAGRAPH_COLUMNS) {
            g_string_append_printf(out, "\n%*s", (int)indent, "");
            used = indent;
            fresh = TRUE;
        }
        g_string_append_printf(out, "%s%s", fresh ? "" : " ", words[i]);
        used += n + (fresh ? 0 : 1);
        fresh = FALSE;
    }
    g_string_append_c(out, '\n');
}
