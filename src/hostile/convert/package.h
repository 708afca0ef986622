/* package.h - a document that is a zip of entries: what its list and the end of each entry mean for the whole. */
#pragma once
#include "hostile/convert/made.h"
#include "hostile/convert/xml.h"

/* The document while it is read. */
typedef struct {
    Converters *converters;
    Zip *zip;
    guint contents; /* that are asked for, bits of ConvertContent */
    Made *made;
} Package;

/* What an entry is. */
typedef enum {
    PACKAGE_NOISE,    /* nothing that an author wrote           */
    PACKAGE_XML,      /* its text is read                       */
    PACKAGE_EMBEDDED, /* no XML: a picture, macros, a font      */
    PACKAGE_FILE,     /* no XML, and may hold anything          */
} PackageKind;
typedef struct {
    PackageKind kind;
    ConvertContent content;
    const char *what; /* of PACKAGE_EMBEDDED: "picture", "macros" … */
    gboolean encrypted;
} PackageEntry;

/* Whether entry i is not for the caller to read: it is passed over, which may be a gap, or is a file within and read
 * as that. */
gboolean package_passes(const Package *package, guint i, const PackageEntry *entry);

/* Whether the bytes begin as a zip does. */
gboolean package_is_zip(Span bytes);
/* What the end of a walk through an entry means. */
void package_judge_entry(const Zip *zip, const ZipEntry *entry, XmlEnd end, Made *made);
/* What the list of entries itself says; `size`: of the whole file. */
void package_judge_list(const Zip *zip, guint64 size, Made *made);
/* Which entry has this name and can be read; FALSE: none. */
/* All of the entry that the zip was turned to, up to LIMIT_INNER_BYTES. FALSE when it is not whole. */
gboolean package_read(Zip *zip, Scratch *out);
gboolean package_find(const Zip *zip, const char *name, guint *index);
