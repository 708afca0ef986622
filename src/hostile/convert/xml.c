/* xml.c - one XML entry of a zip, element by element. */
#include "hostile/convert/xml.h"

#include <libxml/xmlreader.h>
#include "hostile/limits.h"

#define OPTIONS                                                                                              \
    (XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |     \
     XML_PARSE_COMPACT)

struct XmlElement {
    xmlTextReader *reader;
};

typedef struct {
    Zip *zip;
    char first[4]; /* read ahead, for the mark of UTF-16 */
    int have;
} Source;

static int read_source(void *user, char *out, int n)
{
    Source *source = user;
    if (!source->have || n < source->have)
        return zip_read(source->zip, out, n);
    int given = source->have;
    memcpy(out, source->first, (gsize)given);
    source->have = 0;
    return given;
}

static int close_source(void *user)
{
    (void)user;
    return 0;
}

/* Whether the entry begins with a mark of UTF-16. */
static gboolean has_wide_mark(Source *source)
{
    for (int got; source->have < 2; source->have += got)
        if ((got = zip_read(source->zip, source->first + source->have, 2 - source->have)) <= 0)
            return FALSE;
    return memcmp(source->first, "\xff\xfe", 2) == 0 || memcmp(source->first, "\xfe\xff", 2) == 0;
}

/* Told instead of printed. */
static void note_error(void *user, xmlError *error)
{
    gboolean *damaged = user;
    /* a prefix that nobody declared loses no text */
    *damaged |= error->level >= XML_ERR_ERROR && error->domain != XML_FROM_NAMESPACE;
}

Span xml_attribute(XmlElement *element, const char *local)
{
    Span value = SPAN_NONE;
    for (int more = xmlTextReaderMoveToFirstAttribute(element->reader); more == 1 && !value.p;
         more = xmlTextReaderMoveToNextAttribute(element->reader)) {
        const char *name = (const char *)xmlTextReaderConstLocalName(element->reader);
        const char *text = (const char *)xmlTextReaderConstValue(element->reader);
        if (name && strcmp(name, local) == 0)
            value = span_of_string(text ? text : "");
    }
    xmlTextReaderMoveToElement(element->reader);
    return value;
}

void xml_each_attribute(XmlElement *element, XmlAttributeTaker take, void *user)
{
    for (int more = xmlTextReaderMoveToFirstAttribute(element->reader); more == 1;
         more = xmlTextReaderMoveToNextAttribute(element->reader)) {
        const char *name = (const char *)xmlTextReaderConstLocalName(element->reader);
        const char *text = (const char *)xmlTextReaderConstValue(element->reader);
        if (name && xmlTextReaderIsNamespaceDecl(element->reader) != 1)
            take(user, name, span_of_string(text ? text : ""));
    }
    xmlTextReaderMoveToElement(element->reader);
}

static void tell(xmlTextReader *reader, int type, const XmlWatch *watch, void *user)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(reader);
    if (type == XML_READER_TYPE_ELEMENT) {
        XmlElement element = {.reader = reader};
        gboolean empty = xmlTextReaderIsEmptyElement(reader) == 1;
        if (watch->open)
            watch->open(user, name, &element);
        if (empty && watch->close)
            watch->close(user, name);
    } else if (type == XML_READER_TYPE_END_ELEMENT) {
        if (watch->close)
            watch->close(user, name);
    } else if (!watch->text) {
        return;
    } else if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
               type == XML_READER_TYPE_CDATA || type == XML_READER_TYPE_WHITESPACE) {
        watch->text(user, span_of_string((const char *)xmlTextReaderConstValue(reader)));
    }
}

/* Whether the document type that was just read says more than a name. */
static gboolean declares(xmlTextReader *reader)
{
    const xmlNode *type = xmlTextReaderCurrentNode(reader);
    return !type || type->children;
}

static XmlEnd walk(xmlTextReader *reader, const XmlWatch *watch, void *user)
{
    int more;
    while ((more = xmlTextReaderRead(reader)) == 1) {
        int type = xmlTextReaderNodeType(reader);
        if (type == XML_READER_TYPE_DOCUMENT_TYPE && declares(reader))
            return XML_HAS_DOCTYPE;
        if (xmlTextReaderDepth(reader) > LIMIT_XML_DEPTH)
            return XML_TOO_DEEP;
        tell(reader, type, watch, user);
        if (watch->wants_more && !watch->wants_more(user))
            return XML_WHOLE;
    }
    return more < 0 ? XML_DAMAGED : XML_WHOLE;
}

XmlEnd xml_walk(Zip *zip, const XmlWatch *watch, void *user)
{
    Source source = {.zip = zip};
    gboolean wide = has_wide_mark(&source), damaged = FALSE;
    xmlTextReader *reader = xmlReaderForIO(read_source, close_source, &source, NULL, wide ? NULL : "UTF-8",
                                           wide ? OPTIONS : OPTIONS | XML_PARSE_IGNORE_ENC);
    if (!reader)
        return XML_DAMAGED;
    xmlTextReaderSetStructuredErrorHandler(reader, (xmlStructuredErrorFunc)note_error, &damaged);
    XmlEnd end = walk(reader, watch, user);
    xmlFreeTextReader(reader);
    return end == XML_WHOLE && damaged ? XML_DAMAGED : end;
}

void xml_warm_up(void)
{
    xmlInitParser();
}
