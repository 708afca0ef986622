/* charset_label.c - labels that mean more than they say, and the list of those that are warmed up. */
#include "hostile/read/charset_label.h"

#include "hostile/read/seek.h"

const char *const charset_label_warm[] = {
    "us-ascii",
    "utf-8",
    "utf-7",
    "utf-16",
    "utf-16le",
    "utf-16be",
    "utf-32",
    "utf-32le",
    "utf-32be",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-8-i",
    "iso-8859-9",
    "iso-8859-10",
    "iso-8859-11",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "iso-8859-16",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "tis-620",
    "koi8-r",
    "koi8-u",
    "macintosh",
    "x-mac-cyrillic",
    "ibm437",
    "ibm850",
    "ibm852",
    "ibm855",
    "ibm858",
    "ibm862",
    "ibm866",
    "gb2312",
    "gbk",
    "gb18030",
    "hz-gb-2312",
    "big5",
    "big5-hkscs",
    "euc-tw",
    "iso-2022-cn",
    "euc-jp",
    "shift_jis",
    "iso-2022-jp",
    "iso-2022-jp-2",
    "euc-kr",
    "ks_c_5601-1987",
    "iso-2022-kr",
    "windows-949",
    "cp932",
    "unicode-1-1-utf-7",
    "unicode-1-1-utf-8",
    "ansi_x3.4-1968",
    NULL,
};

/* The first column is what stands in mail; the second is a superset that readers use for it
 * (encoding.spec.whatwg.org), or ICU's spelling. */
static const char *const meanings[][2] = {
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"iso-8859-1-windows-3.1-latin-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"x-cp1252", "windows-1252"},
    {"ansi", "windows-1252"},
    {"iso-8859-9", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"tis620", "windows-874"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"iso-8859-8-e", "iso-8859-8"},
    {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"cp936", "gb18030"},
    {"x-gbk", "gb18030"},
    {"euc-cn", "gb18030"},
    {"hz-gb-2312", "HZ"},
    {"big5", "Big5-HKSCS"},
    {"cn-big5", "Big5-HKSCS"},
    {"cp950", "windows-950"},
    {"ks_c_5601-1987", "windows-949"},
    {"ks_c_5601-1989", "windows-949"},
    {"ksc5601", "windows-949"},
    {"euc-kr", "windows-949"},
    {"cp949", "windows-949"},
    {"shift_jis", "windows-31j"},
    {"shift-jis", "windows-31j"},
    {"sjis", "windows-31j"},
    {"x-sjis", "windows-31j"},
    {"cp932", "windows-31j"},
    {"iso-2022-jp", "iso-2022-jp-2"},
    {"unicode-1-1-utf-7", "utf-7"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"utf8", "utf-8"},
    {"x-utf-8", "utf-8"},
    {"utf-8mb4", "utf-8"},
    {"utf8mb4", "utf-8"},
    {"x-mac-roman", "macintosh"},
    {"mac", "macintosh"},
    {"x-mac-cyrillic", "x-mac-cyrillic"},
    {"ascii", "us-ascii"},
    {"ansi_x3.4-1968", "us-ascii"},
    {"x-user-defined", "windows-1252"},
    {"koi8r", "koi8-r"},
    {"cp1251", "windows-1251"},
    {"win-1251", "windows-1251"},
    {"cp1250", "windows-1250"},
    {"cp866", "ibm866"},
};

gboolean charset_label_plain(Span label, char plain[CHARSET_LABEL_BYTES])
{
    label = span_trim(label);
    while (label.n && strchr("\"'", label.p[0]))
        label = (Span){label.p + 1, label.n - 1};
    while (label.n && strchr("\"' ;", label.p[label.n - 1]))
        label.n--;
    if (!label.n || label.n >= CHARSET_LABEL_BYTES)
        return FALSE;
    for (gsize i = 0; i < label.n; i++) {
        plain[i] = g_ascii_tolower(label.p[i]);
        if (!g_ascii_isalnum(plain[i]) && !strchr("-_.:+()", plain[i]))
            return FALSE;
    }
    plain[label.n] = '\0';
    return TRUE;
}

const char *charset_label_icu(const char *plain)
{
    for (guint i = 0; i < G_N_ELEMENTS(meanings); i++)
        if (strcmp(plain, meanings[i][0]) == 0)
            return meanings[i][1];
    return plain;
}

void charset_label_of_codepage(guint codepage, char label[CHARSET_LABEL_BYTES])
{
    static const struct {
        guint codepage;
        const char *label;
    } others[] = {{932, "cp932"},          {936, "cp936"},         {949, "cp949"},         {950, "cp950"},
                  {437, "ibm437"},         {850, "ibm850"},        {852, "ibm852"},        {866, "ibm866"},
                  {1200, "utf-16le"},      {1201, "utf-16be"},     {10000, "macintosh"},   {20127, "us-ascii"},
                  {20866, "koi8-r"},       {20932, "euc-jp"},      {21866, "koi8-u"},      {28598, "iso-8859-8"},
                  {38598, "iso-8859-8-i"}, {50220, "iso-2022-jp"}, {50221, "iso-2022-jp"}, {50222, "iso-2022-jp"},
                  {50225, "iso-2022-kr"},  {51932, "euc-jp"},      {51936, "gb2312"},      {51949, "euc-kr"},
                  {52936, "hz-gb-2312"},   {54936, "gb18030"},     {65000, "utf-7"},       {65001, "utf-8"}};
    /* 28591 is ISO 8859-1, and so on. */
    if (codepage > 28590 && codepage <= 28606)
        g_snprintf(label, CHARSET_LABEL_BYTES, "iso-8859-%u", codepage - 28590);
    else
        g_snprintf(label, CHARSET_LABEL_BYTES, "windows-%u", codepage);
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        if (others[i].codepage == codepage)
            g_strlcpy(label, others[i].label, CHARSET_LABEL_BYTES);
}
