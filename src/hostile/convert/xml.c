/* xml.c - one XML entry of a zip, element by element. */
#include "hostile/convert/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include "hostile/limits.h"
#include "hostile/read/scratch.h"

/* Entities are the five: what would declare others ends the walk. */
#define OPTIONS                                                                                              \
    (XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOENT)
/* Of each, libxml2 gives a name, a prefix, a namespace, and where the value begins and ends. */
#define ATTRIBUTE_FIELDS 5

struct XmlElement {
    const xmlChar **fields;
    int count;
};

typedef struct {
    Zip *zip;
    char first[4]; /* read ahead, for the mark of UTF-16 */
    int have;
    xmlParserCtxt *parser;
    const XmlWatch *watch;
    void *user;
    Scratch text; /* not yet told: it comes in pieces */
    guint depth;
    gboolean stopped, damaged;
    XmlEnd end;
} Walk;

/* --- bytes ------------------------------------------------------------------------------------------------- */

static int read_source(void *user, char *out, int n)
{
    Walk *walk = user;
    if (!walk->have || n < walk->have)
        return zip_read(walk->zip, out, n);
    int given = walk->have;
    memcpy(out, walk->first, (gsize)given);
    walk->have = 0;
    return given;
}

static int close_source(void *user)
{
    (void)user;
    return 0;
}

/* Whether the entry begins with a mark of UTF-16. */
static gboolean has_wide_mark(Walk *walk)
{
    for (int got; walk->have < 2; walk->have += got)
        if ((got = zip_read(walk->zip, walk->first + walk->have, 2 - walk->have)) <= 0)
            return FALSE;
    return memcmp(walk->first, "\xff\xfe", 2) == 0 || memcmp(walk->first, "\xfe\xff", 2) == 0;
}

/* --- attributes -------------------------------------------------------------------------------------------- */

static Span value_of(const xmlChar **field)
{
    return (Span){(const char *)field[3], (gsize)(field[4] - field[3])};
}

Span xml_attribute(XmlElement *element, const char *local)
{
    for (int i = 0; i < element->count; i++) {
        const xmlChar **field = element->fields + (gsize)i * ATTRIBUTE_FIELDS;
        if (strcmp((const char *)field[0], local) == 0)
            return value_of(field);
    }
    return SPAN_NONE;
}

void xml_each_attribute(XmlElement *element, XmlAttributeTaker take, void *user)
{
    for (int i = 0; i < element->count; i++) {
        const xmlChar **field = element->fields + (gsize)i * ATTRIBUTE_FIELDS;
        take(user, (const char *)field[0], value_of(field));
    }
}

/* --- what libxml2 tells ------------------------------------------------------------------------------------ */

static void stop(Walk *walk, XmlEnd end)
{
    if (walk->stopped)
        return;
    walk->stopped = TRUE;
    walk->end = end;
    xmlStopParser(walk->parser);
}

static void tell_text(Walk *walk)
{
    if (walk->text.n && walk->watch->text && !walk->stopped)
        walk->watch->text(walk->user, scratch_span(&walk->text));
    scratch_reset(&walk->text);
}

static void ask_whether_more(Walk *walk)
{
    if (walk->watch->wants_more && !walk->watch->wants_more(walk->user))
        stop(walk, XML_WHOLE);
}

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int spaces,
                     const xmlChar **space, int count, int defaulted, const xmlChar **fields)
{
    Walk *walk = user;
    (void)prefix, (void)uri, (void)spaces, (void)space, (void)defaulted;
    tell_text(walk);
    if (walk->depth++ > LIMIT_XML_DEPTH)
        stop(walk, XML_TOO_DEEP);
    if (walk->stopped)
        return;
    XmlElement element = {.fields = fields, .count = count};
    if (walk->watch->open)
        walk->watch->open(walk->user, (const char *)local, &element);
    ask_whether_more(walk);
}

static void on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    Walk *walk = user;
    (void)prefix, (void)uri;
    tell_text(walk);
    walk->depth--;
    if (walk->stopped)
        return;
    if (walk->watch->close)
        walk->watch->close(walk->user, (const char *)local);
    ask_whether_more(walk);
}

static void on_text(void *user, const xmlChar *text, int n)
{
    Walk *walk = user;
    if (walk->watch->text && !scratch_append(&walk->text, (const char *)text, (gsize)n))
        stop(walk, XML_DAMAGED);
}

/* What a document type declares could stand for anything. */
static void declared(Walk *walk)
{
    stop(walk, XML_HAS_DOCTYPE);
}

static void on_entity(void *user, const xmlChar *name, int type, const xmlChar *public, const xmlChar *system,
                      xmlChar *content)
{
    (void)name, (void)type, (void)public, (void)system, (void)content;
    declared(user);
}

static void on_unparsed(void *user, const xmlChar *name, const xmlChar *public, const xmlChar *system,
                        const xmlChar *notation)
{
    (void)name, (void)public, (void)system, (void)notation;
    declared(user);
}

static void on_notation(void *user, const xmlChar *name, const xmlChar *public, const xmlChar *system)
{
    (void)name, (void)public, (void)system;
    declared(user);
}

static void on_element(void *user, const xmlChar *name, int type, xmlElementContent *content)
{
    (void)name, (void)type, (void)content;
    declared(user);
}

static void on_attributes(void *user, const xmlChar *element, const xmlChar *name, int type, int kind,
                          const xmlChar *value, xmlEnumeration *values)
{
    (void)element, (void)name, (void)type, (void)kind, (void)value;
    xmlFreeEnumeration(values);
    declared(user);
}

/* Told instead of printed. */
static void note_error(void *user, xmlError *error)
{
    Walk *walk = user;
    /* a prefix that nobody declared loses no text */
    walk->damaged |= error->level >= XML_ERR_ERROR && error->domain != XML_FROM_NAMESPACE;
}

/* --- the walk ---------------------------------------------------------------------------------------------- */

static xmlSAXHandler handler(void)
{
    return (xmlSAXHandler){.initialized = XML_SAX2_MAGIC,
                           .startElementNs = on_start,
                           .endElementNs = on_end,
                           .characters = on_text,
                           .ignorableWhitespace = on_text,
                           .cdataBlock = on_text,
                           .entityDecl = on_entity,
                           .unparsedEntityDecl = on_unparsed,
                           .notationDecl = on_notation,
                           .elementDecl = on_element,
                           .attributeDecl = on_attributes,
                           .serror = (xmlStructuredErrorFunc)note_error};
}

XmlEnd xml_walk(Zip *zip, const XmlWatch *watch, void *user)
{
    Walk walk = {.zip = zip, .watch = watch, .user = user};
    xmlSAXHandler sax = handler();
    gboolean wide = has_wide_mark(&walk);
    walk.parser = xmlCreateIOParserCtxt(&sax, &walk, read_source, close_source, &walk,
                                        wide ? XML_CHAR_ENCODING_NONE : XML_CHAR_ENCODING_UTF8);
    if (!walk.parser)
        return XML_DAMAGED;
    xmlCtxtUseOptions(walk.parser, wide ? OPTIONS : OPTIONS | XML_PARSE_IGNORE_ENC);
    xmlParseDocument(walk.parser);
    tell_text(&walk);
    if (!walk.stopped && (walk.damaged || !walk.parser->wellFormed))
        walk.end = XML_DAMAGED;
    xmlFreeDoc(walk.parser->myDoc); /* of a document type, though nobody asked for one */
    xmlFreeParserCtxt(walk.parser);
    scratch_clear(&walk.text);
    return walk.end;
}

void xml_warm_up(void)
{
    xmlInitParser();
}
