/* letter.c - one made-up message: header, parts and encodings as office mail has them. */
#include "letter.h"

#include <string.h>
#include "prose.h"

#define ATTACHMENTS_KEPT 200

typedef enum { ASCII_7BIT, UTF8_8BIT, UTF8_QP, LATIN1_QP, UTF8_BASE64, ENCODING_COUNT } TextEncoding;
static const char *const charset_of[ENCODING_COUNT] = {"us-ascii", "utf-8", "utf-8", "iso-8859-1", "utf-8"};
static const char *const transfer_of[ENCODING_COUNT] = {"7bit", "8bit", "quoted-printable",
                                                        "quoted-printable", "base64"};

static void append_base64(GString *out, const guint8 *bytes, gsize n)
{
    gint state = 0, save = 0;
    gsize at = out->len;
    g_string_set_size(out, at + n / 3 * 4 + n / 54 + 16);
    gsize written = g_base64_encode_step(bytes, n, TRUE, out->str + at, &state, &save);
    written += g_base64_encode_close(TRUE, out->str + at + written, &state, &save);
    g_string_set_size(out, at + written);
}

static void append_utf8(GString *out, const char *latin1, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        guint8 byte = (guint8)latin1[i];
        if (byte >= 0x80)
            g_string_append_c(out, (char)(0xC0 | byte >> 6));
        g_string_append_c(out, (char)(byte < 0x80 ? byte : 0x80 | (byte & 0x3F)));
    }
}

static void append_quoted_printable(GString *out, const char *bytes, gsize n)
{
    static const char hex[] = "0123456789ABCDEF";
    gsize column = 0;
    for (gsize i = 0; i < n; i++) {
        guint8 byte = (guint8)bytes[i];
        if (byte == '\n') {
            column = 0;
        } else if (column >= 72) {
            g_string_append(out, "=\n");
            column = 0;
        }
        if (byte == '\n' || (byte >= ' ' && byte < 0x7F && byte != '=')) {
            g_string_append_c(out, (char)byte);
            column += byte != '\n';
        } else {
            char escape[3] = {'=', hex[byte >> 4], hex[byte & 15]};
            g_string_append_len(out, escape, 3);
            column += 3;
        }
    }
}

/* Latin-1 text as the body of a part in that encoding, with the part's fields before it. */
static void append_text_part(GString *out, const char *subtype, const GString *latin1, TextEncoding encoding)
{
    g_string_append_printf(out, "Content-Type: text/%s; charset=\"%s\"\nContent-Transfer-Encoding: %s\n\n",
                           subtype, charset_of[encoding], transfer_of[encoding]);
    g_autoptr(GString) utf8 = g_string_sized_new(latin1->len * 2);
    append_utf8(utf8, latin1->str, latin1->len);
    switch (encoding) {
    case ASCII_7BIT:
        for (gsize i = 0; i < latin1->len; i++)
            g_string_append_c(out, (char)(latin1->str[i] & 0x7F));
        break;
    case UTF8_8BIT:
        g_string_append_len(out, utf8->str, (gssize)utf8->len);
        break;
    case UTF8_QP:
        append_quoted_printable(out, utf8->str, utf8->len);
        break;
    case LATIN1_QP:
        append_quoted_printable(out, latin1->str, latin1->len);
        break;
    default:
        append_base64(out, (const guint8 *)utf8->str, utf8->len);
    }
}

/* The text as Outlook writes HTML: a style sheet, and a paragraph with a span for each line. */
static void append_html(GString *out, const GString *text)
{
    g_string_append(out,
                    "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta name=Generator "
                    "content=\"Microsoft Word 15\">\n<style><!--\np.MsoNormal, li.MsoNormal, div.MsoNormal\n"
                    "\t{margin:0cm;font-size:11.0pt;font-family:\"Calibri\",sans-serif;}\na:link, "
                    "span.MsoHyperlink\n\t{color:#0563C1;text-decoration:underline;}\n--></style></head>\n"
                    "<body lang=EN-GB link=\"#0563C1\" vlink=\"#954F72\"><div class=WordSection1>\n");
    const char *line = text->str, *end = text->str + text->len;
    while (line < end) {
        const char *stop = memchr(line, '\n', (gsize)(end - line));
        stop = stop ? stop : end;
        g_string_append(out, "<p class=MsoNormal><span style='mso-fareast-language:EN-US'>");
        g_string_append_len(out, line, stop - line);
        g_string_append(out, stop == line ? "&nbsp;<o:p></o:p></span></p>\n" : "<o:p></o:p></span></p>\n");
        line = stop + 1;
    }
    g_string_append(out, "</div></body></html>\n");
}

/* A file of about `length` bytes: one in six is a table of text, the others are bytes that no one can read. */
static void append_file(GString *out, Dice *dice, gsize length, guint64 number)
{
    static const char *const types[] = {
        "application/pdf", "image/jpeg", "image/png", "application/zip",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"};
    static const char *const endings[] = {"pdf", "jpg", "png", "zip", "docx"};
    static const char *const magic[] = {"%PDF-1.7\n", "\xff\xd8\xff\xe0", "\x89PNG\r\n\x1a\n", "PK\x03\x04",
                                        "PK\x03\x04"};
    gboolean table = dice_below(dice, 6) == 0;
    guint kind = dice_below(dice, G_N_ELEMENTS(types));
    g_autoptr(GString) name = g_string_new(NULL);
    g_string_append_printf(name, "file-%" G_GUINT64_FORMAT ".%s", number, table ? "csv" : endings[kind]);
    g_string_append_printf(
        out,
        "Content-Type: %s; name=\"%s\"\nContent-Disposition: attachment;\n filename=\"%s\"\n"
        "Content-Transfer-Encoding: base64\n\n",
        table ? "text/csv" : types[kind], name->str, name->str);
    g_autoptr(GString) bytes = g_string_sized_new(length + 64);
    if (table) {
        prose_table(bytes, dice, MIN(length, 60000));
    } else {
        g_string_append(bytes, magic[kind]);
        while (bytes->len < length) {
            guint64 roll = dice_roll(dice);
            g_string_append_len(bytes, (const char *)&roll, sizeof roll);
        }
    }
    append_base64(out, (const guint8 *)bytes->str, bytes->len);
}

/* "=?utf-8?Q?…?=" words, or the text as it is when all of it is ASCII. */
static void append_header_text(GString *out, const GString *latin1)
{
    gboolean plain = TRUE;
    for (gsize i = 0; i < latin1->len; i++)
        plain = plain && (guint8)latin1->str[i] < 0x80;
    if (plain) {
        g_string_append_len(out, latin1->str, (gssize)latin1->len);
        return;
    }
    g_string_append(out, "=?iso-8859-1?Q?");
    for (gsize i = 0; i < latin1->len; i++) {
        guint8 byte = (guint8)latin1->str[i];
        if (byte == ' ')
            g_string_append_c(out, '_');
        else if (g_ascii_isalnum(byte))
            g_string_append_c(out, (char)byte);
        else
            g_string_append_printf(out, "=%02X", byte);
    }
    g_string_append(out, "?=");
}

static void append_person(GString *out, guint person)
{
    g_autoptr(GString) name = g_string_new(NULL);
    prose_name(name, person);
    append_header_text(out, name);
    g_string_append(out, " <");
    prose_address(out, person);
    g_string_append_c(out, '>');
}

static void append_people(GString *out, Dice *dice, const char *field, guint n)
{
    g_string_append(out, field);
    for (guint i = 0; i < n; i++) {
        g_string_append(out, i ? ",\n " : " ");
        append_person(out, dice_below(dice, 4096));
    }
    g_string_append_c(out, '\n');
}

static void append_transport(GString *out, Dice *dice, const char *date)
{
    for (guint hop = 0; hop < 3; hop++)
        g_string_append_printf(
            out,
            "Received: from mx%u.relay.example (198.51.100.%u) by\n mx%u.relay.example (203.0.113.%u) "
            "with Microsoft SMTP Server\n (version=TLS1_2, cipher=TLS_ECDHE_RSA) id 15.20.%u.%u; %s\n",
            hop, dice_below(dice, 256), hop + 1, dice_below(dice, 256), dice_below(dice, 9000),
            dice_below(dice, 30), date);
    g_string_append_printf(
        out,
        "Authentication-Results: spf=pass (sender IP is 198.51.100.%u)\n smtp.mailfrom=relay.example; "
        "dkim=pass (signature was verified)\n header.d=relay.example; dmarc=pass action=none\n"
        "X-MS-Exchange-Organization-SCL: -1\nX-MS-Has-Attach: \nX-MS-TNEF-Correlator: \n"
        "X-MS-Exchange-CrossTenant-Id: %08x-%04x-%04x-0000-00%010" G_GINT64_MODIFIER "x\n"
        "X-MS-Exchange-Transport-EndToEndLatency: 00:00:0%u.%u\nThread-Index: Ad%08x%08x\n"
        "X-Originating-IP: [192.0.2.%u]\nAccept-Language: en-GB, de-DE\nContent-Language: en-GB\n",
        dice_below(dice, 256), (guint)dice_roll(dice), dice_below(dice, 65536), dice_below(dice, 65536),
        dice_roll(dice) & 0xFFFFFFFFFFu, dice_below(dice, 9), dice_below(dice, 9999999),
        (guint)dice_roll(dice), (guint)dice_roll(dice), dice_below(dice, 256));
}

static void append_header(GString *out, const LetterStyle *style, Dice *dice, guint64 number)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    /* 1 January 2024 is a Monday; a message every 97 seconds. */
    gint64 second = (gint64)(number * 97 % (86400 * 28));
    g_autofree char *date = g_strdup_printf(
        "%s, %" G_GINT64_FORMAT " Jan 2024 %02d:%02d:%02d +0100", days[second / 86400 % 7],
        1 + second / 86400, (int)(second / 3600 % 24), (int)(second / 60 % 60), (int)(second % 60));
    if (style->office_header)
        append_transport(out, dice, date);
    append_people(out, dice, "From:", 1);
    append_people(out, dice, "To:", 1 + dice_below(dice, 3));
    if (dice_permille(dice, 400))
        append_people(out, dice, "Cc:", 1);
    g_autoptr(GString) subject = g_string_new(NULL);
    prose_subject(subject, dice);
    g_string_append(out, dice_permille(dice, 400) ? "Subject: Re: " : "Subject: ");
    append_header_text(out, subject);
    g_string_append_printf(
        out, "\nDate: %s\nMessage-ID: <%016" G_GINT64_MODIFIER "x.%" G_GUINT64_FORMAT "@relay.example>\n",
        date, dice_roll(dice), number);
    if (!style->office_header)
        g_string_append(
            out, "List-Id: <talk.lists.example>\nSender: talk-bounces@lists.example\nPrecedence: list\n");
    g_string_append(out, "MIME-Version: 1.0\n");
}

static TextEncoding pick_encoding(Dice *dice)
{
    guint roll = dice_below(dice, 100);
    return roll < 40   ? ASCII_7BIT
           : roll < 50 ? UTF8_8BIT
           : roll < 75 ? UTF8_QP
           : roll < 90 ? LATIN1_QP
                       : UTF8_BASE64;
}

static void append_alternative(GString *out, const GString *text, const char *boundary, TextEncoding encoding)
{
    g_autoptr(GString) html = g_string_sized_new(text->len * 3);
    append_html(html, text);
    g_string_append_printf(out, "Content-Type: multipart/alternative;\n boundary=\"%s\"\n\n--%s\n", boundary,
                           boundary);
    append_text_part(out, "plain", text, encoding);
    g_string_append_printf(out, "\n--%s\n", boundary);
    append_text_part(out, "html", html, encoding);
    g_string_append_printf(out, "\n--%s--\n", boundary);
}

/* An attachment of those that come again and again, or a new one of the size that brings the mean about. */
static void append_attachment(GString *out, const LetterStyle *style, Dice *dice, guint64 number,
                              gint64 missing)
{
    if (dice_permille(dice, 500)) {
        const GString *kept = style->attachments->pdata[dice_below(dice, style->attachments->len)];
        g_string_append_len(out, kept->str, (gssize)kept->len);
    } else {
        append_file(out, dice, (gsize)CLAMP(missing * 3 / 4, 1000, 4000000), number);
    }
}

void letter_append(GString *out, const LetterStyle *style, Dice *dice, guint64 number, gint64 missing)
{
    guint shape = dice_below(dice, 1000);
    TextEncoding encoding = pick_encoding(dice);
    gsize length = 200 + dice_below(dice, 2 * style->text);
    g_autofree char *boundary = g_strdup_printf("_000_%016" G_GINT64_MODIFIER "x", dice_roll(dice));
    g_autoptr(GString) text = g_string_sized_new(length + 256);
    append_header(out, style, dice, number);
    prose_append(text, dice, length, style->sparse);
    if (shape < style->mixed) {
        g_string_append_printf(out, "Content-Type: multipart/mixed;\n boundary=\"%s_m\"\n\n--%s_m\n",
                               boundary, boundary);
        append_alternative(out, text, boundary, encoding);
        g_string_append_printf(out, "\n--%s_m\n", boundary);
        append_attachment(out, style, dice, number, missing);
        g_string_append_printf(out, "\n--%s_m--\n", boundary);
    } else if (shape < style->mixed + style->alternative) {
        append_alternative(out, text, boundary, encoding);
    } else {
        append_text_part(out, "plain", text, encoding);
    }
}

static void free_string(gpointer string)
{
    g_string_free(string, TRUE);
}

void letter_style_init(LetterStyle *style, guint mean, guint64 seed)
{
    if (mean >= 10000)
        *style = (LetterStyle){mean, 1900, 510, 140, 1500, TRUE, NULL};
    else if (mean >= 2000)
        *style = (LetterStyle){mean, 2300, 60, 20, 3000, FALSE, NULL};
    else
        *style = (LetterStyle){mean, 40, 0, 0, 3000, FALSE, NULL};
    style->attachments = g_ptr_array_new_with_free_func(free_string);
    Dice dice = {seed ^ 0xA77AC4u};
    for (guint i = 0; i < ATTACHMENTS_KEPT; i++) {
        GString *kept = g_string_new(NULL);
        append_file(kept, &dice, 500 + dice_below(&dice, mean * 4), G_MAXUINT32 + (guint64)i);
        g_ptr_array_add(style->attachments, kept);
    }
}

void letter_style_clear(LetterStyle *style)
{
    g_clear_pointer(&style->attachments, g_ptr_array_unref);
}
