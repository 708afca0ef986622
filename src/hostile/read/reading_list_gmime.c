/* reading_list_gmime.c - GMime's reading of a message as lists. */
#include <gmime/gmime.h>

#include "hostile/read/corpus.h"
#include "hostile/read/reading_list.h"

/* GMime 3.2 declares none itself. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeMessage, g_object_unref)

static void hash(const char *bytes, gsize n, guint8 sha256[DIGEST_BYTES])
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    gsize digest_bytes = DIGEST_BYTES;
    g_checksum_update(checksum, (const guchar *)bytes, (gssize)n);
    g_checksum_get_digest(checksum, sha256, &digest_bytes);
}

static void add_leaf(ReadingList *list, GMimeObject *object, const char *bytes, gsize n)
{
    ListedLeaf *leaf = g_new0(ListedLeaf, 1);
    GMimeContentType *type = g_mime_object_get_content_type(object);
    g_autofree char *name = g_mime_content_type_get_mime_type(type);
    leaf->type = g_ascii_strdown(name, -1);
    leaf->charset = g_strdup(g_mime_content_type_get_parameter(type, "charset"));
    if (GMIME_IS_PART(object))
        leaf->filename = g_strdup(g_mime_part_get_filename(GMIME_PART(object)));
    leaf->size = n;
    gsize lines_n;
    g_autofree char *lines = corpus_as_lines((Span){bytes, n}, &lines_n);
    hash(bytes, n, leaf->sha256);
    hash(lines, lines_n, leaf->sha256_as_lines);
    g_ptr_array_add(list->leaves, leaf);
}

static void add_part(ReadingList *list, GMimeObject *object)
{
    g_autoptr(GMimeStream) stream = g_mime_stream_mem_new();
    GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(object));
    if (content)
        g_mime_data_wrapper_write_to_stream(content, stream);
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    add_leaf(list, object, (const char *)bytes->data, bytes->len);
}

static void add_object(ReadingList *list, GMimeObject *object)
{
    if (GMIME_IS_MULTIPART(object)) {
        for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(object)); i++)
            add_object(list, g_mime_multipart_get_part(GMIME_MULTIPART(object), i));
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        GMimeMessage *inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        if (inner && g_mime_message_get_mime_part(inner))
            add_object(list, g_mime_message_get_mime_part(inner));
    } else if (GMIME_IS_PART(object)) {
        add_part(list, object);
    }
}

/* local@Domain with the domain in lower case, as ours are. */
static char *lower_domain(const char *address)
{
    const char *sign = address ? strrchr(address, '@') : NULL;
    if (!sign)
        return g_strdup(address);
    g_autofree char *domain =
        g_utf8_validate(sign, -1, NULL) ? g_utf8_strdown(sign, -1) : g_ascii_strdown(sign, -1);
    return g_strdup_printf("%.*s%s", (int)(sign - address), address, domain);
}

static void add_addresses(ReadingList *list, Role role, InternetAddressList *addresses)
{
    for (int i = 0; addresses && i < internet_address_list_length(addresses); i++) {
        InternetAddress *address = internet_address_list_get_address(addresses, i);
        if (INTERNET_ADDRESS_IS_GROUP(address)) {
            add_addresses(list, role, internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)));
        } else {
            g_autofree char *lower =
                lower_domain(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)));
            reading_list_add_address(list, role, internet_address_get_name(address), lower);
        }
    }
}

ReadingList *reading_list_of_gmime(Span mail)
{
    static const GMimeAddressType types[] = {GMIME_ADDRESS_TYPE_FROM,     GMIME_ADDRESS_TYPE_SENDER,
                                             GMIME_ADDRESS_TYPE_REPLY_TO, GMIME_ADDRESS_TYPE_TO,
                                             GMIME_ADDRESS_TYPE_CC,       GMIME_ADDRESS_TYPE_BCC};
    static const Role roles[] = {ROLE_FROM, ROLE_SENDER, ROLE_REPLY_TO, ROLE_TO, ROLE_CC, ROLE_BCC};
    g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(mail.p, mail.n);
    g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(stream);
    g_autoptr(GMimeMessage) message = g_mime_parser_construct_message(parser, NULL);
    if (!message)
        return NULL;
    ReadingList *list = reading_list_new();
    if (g_mime_message_get_mime_part(message))
        add_object(list, g_mime_message_get_mime_part(message));
    for (guint i = 0; i < G_N_ELEMENTS(types); i++)
        add_addresses(list, roles[i], g_mime_message_get_addresses(message, types[i]));
    list->subject = g_strdup(g_mime_message_get_subject(message));
    list->message_id = g_strdup(g_mime_message_get_message_id(message));
    return list;
}
