/* rtf_word.c - the control words of RTF that matter to a reader of text. */
#include "hostile/convert/rtf_word.h"

#include <string.h>

#define TEXT(name, text)                                                                                     \
    {                                                                                                        \
        name, RTF_WORD_TEXT, text, RTF_BODY, FALSE                                                           \
    }
#define INTO(name, destination)                                                                              \
    {                                                                                                        \
        name, RTF_WORD_DESTINATION, NULL, destination, FALSE                                                 \
    }
static const RtfWord words[] = {
    TEXT("par", "\n"),
    TEXT("line", "\n"),
    TEXT("sect", "\n"),
    TEXT("page", "\n"),
    TEXT("row", "\n"),
    TEXT("cell", "\t"),
    TEXT("nestcell", "\t"),
    TEXT("nestrow", "\n"),
    TEXT("tab", "\t"),
    TEXT("emdash", "\xe2\x80\x94"),
    TEXT("endash", "\xe2\x80\x93"),
    TEXT("emspace", " "),
    TEXT("enspace", " "),
    TEXT("qmspace", " "),
    TEXT("propname", "\n"),
    TEXT("staticval", "\t"),
    TEXT("bullet", "\xe2\x80\xa2"),
    TEXT("lquote", "\xe2\x80\x98"),
    TEXT("rquote", "\xe2\x80\x99"),
    TEXT("ldblquote", "\xe2\x80\x9c"),
    TEXT("rdblquote", "\xe2\x80\x9d"),
    INTO("footnote", RTF_NOTE),
    INTO("annotation", RTF_COMMENT),
    INTO("info", RTF_PROPERTY),
    INTO("userprops", RTF_PROPERTY),
    INTO("docvar", RTF_PROPERTY),
    INTO("fonttbl", RTF_SKIPPED),
    INTO("colortbl", RTF_SKIPPED),
    INTO("stylesheet", RTF_SKIPPED),
    INTO("listtable", RTF_SKIPPED),
    INTO("listoverridetable", RTF_SKIPPED),
    INTO("revtbl", RTF_SKIPPED),
    INTO("themedata", RTF_SKIPPED),
    INTO("colorschememapping", RTF_SKIPPED),
    INTO("latentstyles", RTF_SKIPPED),
    INTO("datastore", RTF_SKIPPED),
    INTO("xmlnstbl", RTF_SKIPPED),
    INTO("rsidtbl", RTF_SKIPPED),
    INTO("generator", RTF_SKIPPED),
    INTO("filetbl", RTF_SKIPPED),
    INTO("pict", RTF_EMBEDDED),
    INTO("objdata", RTF_EMBEDDED),
    /* Marked as not for old readers, and yet text: addresses of links, fields, shapes with text,
     * what stands for an object. */
    INTO("fldinst", RTF_BODY),
    INTO("ud", RTF_BODY),
    INTO("formfield", RTF_BODY),
    INTO("ffdeftext", RTF_BODY),
    INTO("ffl", RTF_BODY),
    INTO("do", RTF_BODY),
    INTO("shpinst", RTF_BODY),
    INTO("shptxt", RTF_BODY),
    INTO("sp", RTF_SKIPPED),
    INTO("shprslt", RTF_SKIPPED), /* the same shape again, for old readers */
    INTO("shppict", RTF_BODY),
    INTO("nonshppict", RTF_SKIPPED),
    INTO("nonesttables", RTF_SKIPPED),
    {"u", RTF_WORD_UNICODE, NULL, RTF_BODY, FALSE},
    {"uc", RTF_WORD_SKIP, NULL, RTF_BODY, TRUE},
    {"ansicpg", RTF_WORD_CODEPAGE, NULL, RTF_BODY, FALSE},
    {"f", RTF_WORD_FONT, NULL, RTF_BODY, FALSE},
    {"fcharset", RTF_WORD_CHARSET, NULL, RTF_BODY, FALSE},
    {"bin", RTF_WORD_BINARY, NULL, RTF_BODY, FALSE},
};

const RtfWord *rtf_word_find(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i].name, name) == 0)
            return &words[i];
    return NULL;
}

guint rtf_codepage_of_charset(gint64 charset)
{
    static const struct {
        gint64 charset;
        guint codepage;
    } pages[] = {{0, 1252},   {77, 10000}, {128, 932},  {129, 949},  {130, 1361}, {134, 936},
                 {136, 950},  {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255}, {178, 1256},
                 {186, 1257}, {204, 1251}, {222, 874},  {238, 1250}};
    for (guint i = 0; i < G_N_ELEMENTS(pages); i++)
        if (pages[i].charset == charset)
            return pages[i].codepage;
    return 0;
}
