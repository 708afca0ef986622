/* package.h - a document that is a zip of entries: what its list and the end of each entry mean for the whole. */
#pragma once
#include "hostile/convert/made.h"
#include "hostile/convert/xml.h"

/* Whether the bytes begin as a zip does. */
gboolean package_is_zip(Span bytes);
/* What the end of a walk through an entry means. */
void package_judge_entry(const Zip *zip, const ZipEntry *entry, XmlEnd end, Made *made);
/* What the list of entries itself says; `size`: of the whole file. */
void package_judge_list(const Zip *zip, guint64 size, Made *made);
/* Entry i, which lies ahead, is a file within: inner_convert it. */
void package_inner(Converters *converters, Zip *zip, guint i, Made *made);
/* Which entry has this name and can be read; FALSE: none. */
gboolean package_find(const Zip *zip, const char *name, guint *index);
