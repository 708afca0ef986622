/* xml.h - one XML entry of a zip, element by element; by libxml2's parser (SAX2).
 *
 * No network, no entities but the five, no document type, no depth over LIMIT_XML_DEPTH.  Charset is UTF-8, or UTF-16
 * by its mark: Office writes no other, and a declaration is not believed. */
#pragma once
#include "hostile/convert/zip.h"
#include "lib/span.h"

/* Attributes of the element that was just opened. */
typedef struct XmlElement XmlElement;
/* The value of the attribute `local` in whatever namespace; absent if there is none. Good until the next call. */
Span xml_attribute(XmlElement *element, const char *local);
/* Each attribute in turn, its name without the prefix; declarations of namespaces are left out. */
typedef void (*XmlAttributeTaker)(void *user, const char *local, Span value);
void xml_each_attribute(XmlElement *element, XmlAttributeTaker take, void *user);

/* Whether a name is one of those, NULL at their end. */
static inline gboolean xml_is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return TRUE;
    return FALSE;
}

/* What is told of an entry, in order; each may be NULL. Names are without their prefix. */
typedef struct {
    void (*open)(void *user, const char *name, XmlElement *element);
    /* Text in the innermost open element. */
    void (*text)(void *user, Span text);
    void (*close)(void *user, const char *name);
    /* Asked now and then: FALSE ends the walk, which then counts as whole. NULL: to the end. */
    gboolean (*wants_more)(void *user);
} XmlWatch;

typedef enum { XML_WHOLE, XML_DAMAGED, XML_TOO_DEEP, XML_HAS_DOCTYPE } XmlEnd;
/* Walk the entry that the zip was turned to. What was told before a damage stands. A document type that only names
 * itself, as old OpenOffice writes, is passed over; one that declares anything ends the walk. */
XmlEnd xml_walk(Zip *zip, const XmlWatch *watch, void *user);

/* What libxml2 makes on first use, outside of any box. */
void xml_warm_up(void);
