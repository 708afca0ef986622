/* remedy.c - what a person can do about a gap. */
#include "cli/remedy.h"

#include "lib/escape.h"

typedef struct {
    const char *reason, *remedy;
} Remedy;

static const Remedy known[] = {
    {"unreadable", "Give the account that runs candor the right to read it, then collect again."},
    {"missing", "It was listed, but gone when it was opened. Bring it back, then collect again."},
    {"not-regular", "No plain file (device, pipe, socket): save its contents to a file and collect that."},
    {"symlink", "A link is not followed: hand over what it leads to as a source of its own."},
    {"kind-not-read: binary",
     "No mail that candor reads. If it should be, convert it to mbox or EML and collect that."},
    {"kind-not-read: text", "Text, but no mail. candor scan looks through it without a case."},
    {"kind-not-read: ole", "An Office file of before 2007, or one like it, that is no Outlook message. "
                           "candor scan looks into it without a case."},
    {"kind-not-read: document",
     "A document (docx, odt, jar), and no mail. candor scan looks into it without a case."},
    {"archive-damaged", "A damaged archive; what lies before the damage was read. Look for another copy."},
    {"archive-rest", "Bytes of an archive before or behind what its list has. Look at them by hand, or "
                     "unpack it with another program."},
    {"method-not-read",
     "Packed in a way that candor does not read. Unpack it with another program, then collect the folder."},
    {"no-space", "No room to unpack it. Let TMPDIR name a folder with more, then collect again."},
    {"source-changed",
     "The file is not what it was when it was listed: find out who changed it, then collect again."},
    {"empty",
     "A file for one mail, or an archive, has nothing in it. Look for it in a backup or another copy."},
    {"no-envelope-line", "Bytes of an mbox before its first From line. Look at them by hand."},
    {"crashed", "The reader died on this message. It counts as not read; please report it."},
    {"killed-by-box", "The box ended the reader, which asked for what it may not have. Please report it."},
    {"reader-stopped-early", "A fault of the reader. Please report it with its version."},
    {"reader-lied", "The reader said what cannot be true, and was not believed. Please report it."},
    {"stalled", "The reader stood still. Collect again on an idle machine."},
    {"cpu-time",
     "It took too long. Collect again on an idle machine; what took too long twice, look at by hand."},
    {"worker-died", "A worker died twice. Collect again; if it stays, look at the machine's memory."},
    {"memory", "Memory was short. Collect again with fewer --jobs."},
    {"message-too-large", "Larger than mail systems send; its beginning was read. Look at it by hand."},
    {"header-too-large", "Its header is cut; body and parts were read. Look at the header by hand."},
    {"too-deep", "Nested deeper than candor follows. Look at it by hand."},
    {"too-many-parts", "More parts than candor lists. Look at it by hand."},
    {"too-many-addresses", "More addresses than candor lists. Look at its header by hand."},
    {"too-many-mentions", "More quoted headers than candor lists. Look at its text by hand."},
    {"too-many-matches", "More findings than candor lists in one part: treat it as a list of such data."},
    {"text-too-large", "The text is longer than is scanned; its beginning was. Look at the rest by hand."},
    {"rows-too-large", "More to say of this message than fits. Look at it by hand."},
    {"not-base64", "Bytes that are no base64 where it should be. Look at the part by hand."},
    {"yenc", "Encoded as yEnc, which candor does not decode. Decode it and scan the result."},
    {"kind-not-read: log-too-large",
     "A log in one piece of over 1 GiB. Export it as JSON lines, or in smaller pieces, and collect those."},
    {"log-too-large", "A log in UTF-16 that is too large. Save it as UTF-8 and collect that."},
    {"log-not-text", "A log that is no text all through. Export it again and collect that."},
    {"item-damaged",
     "Damaged in an Outlook message or winmail.dat; what could be read was. Look for another copy."},
    {"attachment-damaged", "An attachment of an Outlook item that is cut or missing. Ask for it."},
    {"body-damaged",
     "A text of an Outlook item that is damaged; what could be read was. Look for another copy."},
    {"pst-damaged",
     "Damaged in an Outlook store; what could be read was. Repair a copy with scanpst, then collect that."},
    {"pst-not-supported",
     "An Outlook store of a form or under a key that candor does not read. Export it from Outlook again."},
    {"pst-too-many-items", "More items than candor reads of one store. Split it, then collect the pieces."},
    {"pst-item-missing",
     "A folder lists it, but it is not in the store. Look for it in a backup or another copy."},
    {"record-cut", "A record of a log that was cut off. Export that time again and collect it as well."},
    {"record-too-large", "A record of a log without an end. Export that time again."},
    {"record-not-json", "A record of a log that is broken. Export that time again and collect it as well."},
    {"record-unknown", "A record of a log that says nothing candor knows. Look at it by hand."},
    {"not-a-record", "Text between the records of a log. Look at it by hand."},
    {"encrypted", "Encrypted. With the key, decrypt it and collect the result."},
    {"embedded", "A file within a file, of a kind that candor does not read. Open the outer one by hand."},
    {"embedded: picture",
     "A picture within a file. Classify again with --ocr all, or open the outer one by hand."},
    {"ocr-time", "A picture whose text takes too long to be read; some was. Look at it by hand."},
    {"picture-too-large", "More pixels than candor looks at for text. Look at it by hand."},
    {"strings-only",
     "A file whose inside candor does not know; its printable strings were read. Look at it by hand."},
    {"needs-ocr", "Pages that are pictures. Classify again with --ocr all; what stays, look at by hand."},
    {"resource", "A file of the machine was missing: install poppler-data, then collect again."},
    {"too-many-pages",
     "More pages than candor reads of one document; the first ones were. Look at the rest."},
    {"contents-off", "Switched off in converters.yaml. Switch it on, then classify again."},
    {"broken", "A damaged file; what stands before the damage was read. Ask for a whole one."},
    {"zip-bomb", "It would unpack to far more than such files hold. Look at it by hand."},
    {"inflated-too-large", "It unpacks to more than candor reads. Look at it by hand."},
    {"too-many-entries", "More files in it than candor lists. Look at it by hand."},
    {"too-many-gaps", "More gaps of one part than are listed; these are the rest. Look at it by hand."},
    {"external", "The part lies elsewhere, the mail only says where. Ask for it."},
    {"partial", "A piece of a message that was sent in several. Join them and collect the result."},
};

/* The remedy of a reason whose first n bytes are the name, or NULL. */
static const char *find(const char *reason, gsize n)
{
    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        if (strlen(known[i].reason) == n && memcmp(known[i].reason, reason, n) == 0)
            return known[i].remedy;
    return NULL;
}

/* "embedded: picture" has that of "embedded", if none of its own. */
const char *remedy_of(const char *reason)
{
    const char *remedy = find(reason, strlen(reason));
    if (!remedy)
        remedy = find(reason, strcspn(reason, ":"));
    if (remedy)
        return remedy;
    return "Not read: presume that it holds anything, or look at it by hand.";
}

gboolean remedies_print(Store *store, FILE *out, GError **error)
{
    Query *query = store_query(store, "status.gap_reasons", error);
    if (!query)
        return FALSE;
    while (query_step(query, error)) {
        g_autofree char *reason = span_dup(query_get_text(query, 0));
        g_autoptr(GString) shown = g_string_new(NULL);
        escape_terminal(shown, span_of_string(reason));
        fprintf(out, "\n%s (%" G_GINT64_FORMAT ")\n    %s\n", shown->str, query_get_int(query, 1),
                remedy_of(reason));
    }
    return query_ended(query);
}
