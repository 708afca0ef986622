/* tools.h - what a box works with, made before any box: rules, scanner, reader, converters, hashing. */
#pragma once
#include "hostile/convert/convert.h"
#include "hostile/open/canon.h"
#include "hostile/read/charset.h"
#include "hostile/read/reader.h"
#include "hostile/scan/scan.h"

#define FINGERPRINT_KEY_BYTES 32

typedef struct {
    Rules *rules;
    Scanner *scanner;
    Reader *reader;
    Converters *converters;
    Charsets *charsets; /* for what is no mail by itself: items of Outlook's */
    Hashing hashing;
    /* convert and reader_read, or what a test puts in their place. */
    void (*convert)(Converters *converters, Span bytes, Span media_type, ConvertGap gap, void *user,
                    Converted *converted);
    void (*read)(Reader *reader, Span canonical, const ReaderSink *sink, void *user, MessageRow *head);
    guint cpu_seconds;    /* a box's processor time without an answer before it is ended */
    guint part_seconds;   /* the same of a converter's box                                  */
    guint stall_seconds;  /* the same by the wall clock: it waits for something that does not come */
    gboolean recheck_all; /* rehash every message, not one in RECHECK_ONE_IN */
} Tools;

/* Load the rules and the settings of converters of `rules_dir`, the rules of `extra_dir` (the case's own; may be NULL),
 * and make the rest. `cache_dir` (may be NULL) is the scanner's. The error names what could not be had. */
gboolean tools_load(Tools *tools, const char *rules_dir, const char *extra_dir, const char *cache_dir,
                    const guint8 key[FINGERPRINT_KEY_BYTES], OcrReach ocr, GError **error);
void tools_clear(Tools *tools);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tools, tools_clear)
