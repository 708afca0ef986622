/* remedy.c - what a person can do about a gap. */
#include "cli/remedy.h"

#include "lib/escape.h"

typedef struct {
    const char *reason, *remedy;
} Remedy;

static const Remedy known[] = {
    {"unreadable", "Give the account that runs candor the right to read it, then collect again."},
    {"missing", "It was listed, but gone when it was opened. Bring it back, then collect again."},
    {"not-regular",
     "Not a plain file (link, device, pipe): hand over what it leads to as a source of its own."},
    {"empty", "The file holds no byte. Ask whoever handed it over whether it should."},
    {"binary", "No mail that candor reads. If it should be, convert it to mbox or EML and collect that."},
    {"text", "Text, but no mail. candor scan looks through it without a case."},
    {"pst", "An Outlook store. Export it as mbox or EML and collect that."},
    {"msg", "An Outlook message. Export it as EML and collect that."},
    {"zip", "An archive. Unpack it and collect the folder."},
    {"gzip", "A compressed file. Unpack it and collect the result."},
    {"source-changed",
     "The file is not what it was when it was listed: collect again; find out who changed it."},
    {"reader-stopped-early", "A fault of the reader. Please report it with the reader's version."},
    {"crashed", "The reader died on this message. It counts as not read; please report it."},
    {"killed-by-box",
     "The box ended the reader: a library asked for what it may not have. Please report it."},
    {"cpu-time", "It took too long. Collect again on an idle machine."},
    {"worker-died", "A worker died twice. Collect again; if it stays, look at the machine's memory."},
    {"resource", "Memory or another resource was short. Collect again with fewer --jobs."},
    {"message-too-large", "Larger than any mail system sends; its beginning was read. Look at it by hand."},
    {"header-too-large", "Its header is cut; body and parts were read."},
    {"too-deep", "Nested deeper than candor follows. Look at it by hand."},
    {"too-many-parts", "More parts than candor lists. Look at it by hand."},
    {"too-many-addresses", "More addresses than candor lists. Look at its header by hand."},
    {"too-many-mentions", "More quoted headers than candor lists."},
    {"too-many-matches", "More findings than candor lists in one part: treat it as a list of such data."},
    {"text-too-large", "The text is longer than is scanned at once; its beginning was."},
    {"rows-too-large", "More to say of this message than fits. Look at it by hand."},
    {"yenc", "Encoded as yEnc, which candor does not decode. Decode it and scan the result."},
    {"encrypted", "Encrypted: with the key, decrypt it and collect the result."},
};

const char *remedy_of(const char *reason)
{
    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(known[i].reason, reason) == 0)
            return known[i].remedy;
    return "Not read: presume that it holds anything, or look at it by hand.";
}

gboolean remedies_print(Store *store, FILE *out, GError **error)
{
    Query *query = store_query(store, "status.gap_reasons", error);
    if (!query)
        return FALSE;
    g_autoptr(GError) cause = NULL;
    while (query_step(query, &cause)) {
        g_autofree char *reason = span_dup(query_get_text(query, 0));
        g_autoptr(GString) shown = g_string_new(NULL);
        escape_terminal(shown, span_of_string(reason));
        fprintf(out, "\n%s (%" G_GINT64_FORMAT ")\n    %s\n", shown->str, query_get_int(query, 1),
                remedy_of(reason));
    }
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}
