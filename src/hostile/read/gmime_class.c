/* gmime_class.c - which differences to GMime are meant, and how they are told. */
#include "hostile/read/gmime_class.h"

static gboolean mail_has(const Pair *pair, const char *text)
{
    return memmem(pair->mail.p, pair->mail.n, text, strlen(text)) != NULL;
}

static gboolean has_defect(const Pair *pair, guint64 defects)
{
    return (pair->ours->defects & defects) != 0;
}

/* GMime gives no message at all where there is no header. */
static gboolean gmime_wants_a_header(const Pair *pair)
{
    return !pair->theirs && has_defect(pair, DEFECT_NO_HEADER | DEFECT_BAD_HEADER_LINE);
}

/* A multipart whose boundary is absent or never occurs: we keep its text, GMime has no part. */
static gboolean boundary_never_occurs(const Pair *pair)
{
    return pair->theirs && has_defect(pair, DEFECT_BOUNDARY_MISSING | DEFECT_NO_BOUNDARY);
}

static gboolean uuencode_is_a_part(const Pair *pair)
{
    guint found = 0;
    for (guint i = 0; i < pair->ours->leaves->len; i++)
        found += ((const ListedLeaf *)g_ptr_array_index(pair->ours->leaves, i))->uuencoded ? 1 : 0;
    return pair->theirs && found && pair->ours->leaves->len == pair->theirs->leaves->len + found;
}

/* A mail under base64 or quoted-printable: GMime leaves it closed. */
static gboolean encoded_message_is_opened(const Pair *pair)
{
    for (guint i = 0; pair->theirs && i < pair->theirs->leaves->len; i++)
        if (g_str_has_prefix(((const ListedLeaf *)g_ptr_array_index(pair->theirs->leaves, i))->type,
                             "message/"))
            return TRUE;
    return FALSE;
}

/* An empty part, or one cut off by the end of the mail: GMime drops it, we count it. */
static gboolean empty_part_counts(const Pair *pair)
{
    guint empty = 0;
    for (guint i = 0; i < pair->ours->leaves->len; i++)
        empty += ((const ListedLeaf *)g_ptr_array_index(pair->ours->leaves, i))->size == 0;
    return pair->theirs && empty && pair->ours->leaves->len <= pair->theirs->leaves->len + empty;
}

static gboolean several_content_types(const Pair *pair)
{
    return pair->theirs && has_defect(pair, DEFECT_DUPLICATE_FIELD);
}

/* A delimiter that GMime does not take for one: "--boundary--" with something behind it, or broken nesting. */
static gboolean nesting_is_broken(const Pair *pair)
{
    return pair->theirs && has_defect(pair, DEFECT_NO_FINAL_BOUNDARY | DEFECT_BAD_HEADER_LINE);
}

static gboolean type_is_unreadable(const Pair *pair)
{
    return has_defect(pair, DEFECT_BAD_TYPE);
}

static gboolean base64_end_is_kept(const Pair *pair)
{
    return has_defect(pair, DEFECT_BAD_BASE64);
}

static gboolean header_ends_elsewhere(const Pair *pair)
{
    return has_defect(pair, DEFECT_BAD_HEADER_LINE | DEFECT_NO_HEADER);
}

/* The boundary is of dashes alone: "----" opens and closes at once. */
static gboolean boundary_is_dashes(const Pair *pair)
{
    return mail_has(pair, "boundary=\"--\"") || mail_has(pair, "boundary=\"-");
}

static gboolean text_behind_close_delimiter(const Pair *pair)
{
    return mail_has(pair, "--</BODY>") || mail_has(pair, "--</body>");
}

static gboolean quoted_printable_is_bad(const Pair *pair)
{
    return has_defect(pair, DEFECT_BAD_QP);
}

static gboolean backslash_is_kept(const Pair *pair)
{
    return pair->our_leaf->filename && strchr(pair->our_leaf->filename, '\\');
}

/* Undeclared 8-bit bytes, words that are torn or end half-way: readers guess. */
static gboolean words_are_broken(const Pair *pair)
{
    return has_defect(pair, DEFECT_RAW_8BIT_HEADER | DEFECT_BAD_ENCODED_WORD | DEFECT_CHARSET_LIED |
                                DEFECT_UNKNOWN_CHARSET);
}

/* The subject's end or its Western quotes are missing in GMime's reading. */
static gboolean words_are_tolerated(const Pair *pair)
{
    const char *ours = pair->ours->subject, *theirs = pair->theirs->subject;
    return ours && theirs && strlen(theirs) < strlen(ours) &&
           (mail_has(pair, "=?") || words_are_broken(pair));
}

static gboolean first_field_holds(const Pair *pair)
{
    return has_defect(pair, DEFECT_DUPLICATE_FIELD);
}

/* GMime 3.2 loses the end of an id that it would have to fold. */
static gboolean gmime_cuts_long_ids(const Pair *pair)
{
    return pair->ours->message_id && pair->theirs->message_id &&
           g_str_has_prefix(pair->ours->message_id, pair->theirs->message_id);
}

/* Ids are compared as bytes: quotes, comments, blanks and encoded words in them stay. */
static gboolean id_stays_as_it_is(const Pair *pair)
{
    const char *id = pair->ours->message_id, *sign = id ? strchr(id, '@') : NULL;
    return id && (strstr(id, "=?") || strpbrk(id, "\"( <") || !sign || strchr(sign + 1, '@'));
}

/* The address of a line "role name|address". */
static const char *address_of(gconstpointer line)
{
    return strrchr(line, '|');
}

/* Lines of `list` whose role and address do not stand in `other`. */
static guint missing_in(const GPtrArray *list, const GPtrArray *other)
{
    guint missing = 0;
    for (guint i = 0; i < list->len; i++) {
        const char *line = g_ptr_array_index(list, i);
        gsize role = strcspn(line, " ");
        gboolean found = FALSE;
        for (guint j = 0; j < other->len && !found; j++) {
            const char *candidate = g_ptr_array_index(other, j);
            found = strncmp(candidate, line, role + 1) == 0 &&
                    strcmp(address_of(candidate), address_of(line)) == 0;
        }
        missing += !found;
    }
    return missing;
}

/* Only names differ: we drop '…' around them, keep comments, and decode what senders wrote wrongly. */
static gboolean names_are_tidied(const Pair *pair)
{
    return missing_in(pair->ours->addresses, pair->theirs->addresses) == 0 &&
           missing_in(pair->theirs->addresses, pair->ours->addresses) == 0;
}

/* All that GMime has, and entries besides that it drops: "Undisclosed recipients", names without address. */
static gboolean entries_are_kept(const Pair *pair)
{
    return missing_in(pair->theirs->addresses, pair->ours->addresses) == 0;
}

/* Domains stay as they were sent: GMime turns xn-- into letters. */
static gboolean domain_stays_encoded(const Pair *pair)
{
    return mail_has(pair, "@xn--");
}

/* What GMime takes for an address was none, or it was guessed on both sides. */
static gboolean addresses_are_guessed(const Pair *pair)
{
    return has_defect(pair, DEFECT_BAD_ADDRESS | DEFECT_RAW_8BIT_HEADER | DEFECT_BAD_ENCODED_WORD |
                                DEFECT_BAD_HEADER_LINE | DEFECT_DUPLICATE_FIELD);
}

DifferenceClass difference_classes[] = {
    {"no-header", ABOUT_PARTS, gmime_wants_a_header, 0},
    {"boundary-never-occurs", ABOUT_PARTS, boundary_never_occurs, 0},
    {"uuencode-in-text", ABOUT_PARTS, uuencode_is_a_part, 0},
    {"mail-under-base64", ABOUT_PARTS, encoded_message_is_opened, 0},
    {"empty-part", ABOUT_PARTS, empty_part_counts, 0},
    {"several-content-types", ABOUT_PARTS, several_content_types, 0},
    {"broken-nesting", ABOUT_PARTS, nesting_is_broken, 0},
    {"unreadable-type", ABOUT_TYPE, type_is_unreadable, 0},
    {"mail-under-base64", ABOUT_TYPE, encoded_message_is_opened, 0},
    {"base64-end", ABOUT_BYTES, base64_end_is_kept, 0},
    {"header-ends-elsewhere", ABOUT_BYTES, header_ends_elsewhere, 0},
    {"mail-under-base64", ABOUT_BYTES, encoded_message_is_opened, 0},
    {"boundary-of-dashes", ABOUT_BYTES, boundary_is_dashes, 0},
    {"text-behind-close-delimiter", ABOUT_BYTES, text_behind_close_delimiter, 0},
    {"bad-quoted-printable", ABOUT_BYTES, quoted_printable_is_bad, 0},
    {"broken-nesting", ABOUT_BYTES, nesting_is_broken, 0},
    {"unreadable-type", ABOUT_FILENAME, type_is_unreadable, 0},
    {"backslash-in-file-name", ABOUT_FILENAME, backslash_is_kept, 0},
    {"broken-words", ABOUT_FILENAME, words_are_broken, 0},
    {"broken-words", ABOUT_SUBJECT, words_are_broken, 0},
    {"tolerated-words", ABOUT_SUBJECT, words_are_tolerated, 0},
    {"first-field-holds", ABOUT_SUBJECT, first_field_holds, 0},
    {"first-field-holds", ABOUT_ID, first_field_holds, 0},
    {"gmime-cuts-long-ids", ABOUT_ID, gmime_cuts_long_ids, 0},
    {"id-stays-as-it-is", ABOUT_ID, id_stays_as_it_is, 0},
    {"tidied-names", ABOUT_ADDRESSES, names_are_tidied, 0},
    {"kept-entries", ABOUT_ADDRESSES, entries_are_kept, 0},
    {"encoded-domain", ABOUT_ADDRESSES, domain_stays_encoded, 0},
    {"guessed-addresses", ABOUT_ADDRESSES, addresses_are_guessed, 0},
    {NULL, ABOUT_PARTS, NULL, 0},
};
