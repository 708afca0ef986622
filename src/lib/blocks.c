/* blocks.c - a filled letter on its way out: as plain text and as HTML, in the same words. */
#include "lib/template.h"

#include "lib/escape.h"

#define LINE_CELLS 72

/* --- plain text ------------------------------------------------------------------------------------------------- */

/* Words of `text` in lines of LINE_CELLS: `first` before the first line, as many blanks before the others. */
static void append_wrapped(GString *out, const char *first, const char *text)
{
    glong indent = g_utf8_strlen(first, -1), column = indent;
    g_auto(GStrv) words = g_strsplit_set(text, " ", -1);
    g_string_append(out, first);
    for (char **word = words; *word; word++) {
        glong width = g_utf8_strlen(*word, -1);
        if (width == 0)
            continue;
        if (column > indent && column + 1 + width > LINE_CELLS) {
            g_string_append_printf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            g_string_append_c(out, ' ');
            column++;
        }
        g_string_append(out, *word);
        column += width;
    }
    g_string_append_c(out, '\n');
}

static void append_underlined(GString *out, const char *text, char line)
{
    glong cells = MIN(g_utf8_strlen(text, -1), LINE_CELLS);
    append_wrapped(out, "", text);
    for (glong i = 0; i < cells; i++)
        g_string_append_c(out, line);
    g_string_append_c(out, '\n');
}

static gboolean is_listed(const Block *block)
{
    return block->kind == BLOCK_ITEM || block->kind == BLOCK_STEP;
}

char *blocks_text(const GPtrArray *blocks)
{
    GString *out = g_string_new(NULL);
    guint step = 0;
    BlockKind before = BLOCK_PARAGRAPH;
    for (guint i = 0; i < blocks->len; i++) {
        const Block *block = blocks->pdata[i];
        g_autofree char *number = g_strdup_printf("%u. ", ++step);
        if (i && !(is_listed(block) && block->kind == before))
            g_string_append_c(out, '\n');
        if (block->kind != BLOCK_STEP)
            step = 0;
        if (block->kind == BLOCK_TITLE || block->kind == BLOCK_HEADING)
            append_underlined(out, block->text, block->kind == BLOCK_TITLE ? '=' : '-');
        else
            append_wrapped(out,
                           block->kind == BLOCK_ITEM ? "- "
                           : is_listed(block)        ? number
                                                     : "",
                           block->text);
        before = block->kind;
    }
    return g_string_free(out, FALSE);
}

/* --- HTML ------------------------------------------------------------------------------------------------------- */

static const char style[] =
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b1b1b;background:#fff}h1{font-size:1.5rem;line-height:1.25}"
    "h2{font-size:1.15rem;margin-top:2rem}li{margin:.35rem 0}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#111}}";

static const char *list_tag(BlockKind kind)
{
    return kind == BLOCK_ITEM ? "ul" : "ol";
}

static void append_element(GString *out, const char *tag, const char *text)
{
    g_string_append_printf(out, "<%s>", tag);
    escape_html(out, span_of_string(text));
    g_string_append_printf(out, "</%s>\n", tag);
}

static void append_head(GString *out, const GPtrArray *blocks, const char *language_tag)
{
    const Block *title = blocks->len ? blocks->pdata[0] : NULL;
    g_string_append(out, "<!DOCTYPE html>\n<html lang=\"");
    escape_html_attribute(out, span_of_string(language_tag));
    g_string_append(out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width\">\n");
    append_element(out, "title", title ? title->text : "");
    g_string_append_printf(out, "<style>%s</style>\n</head>\n<body>\n<main>\n", style);
}

char *blocks_html(const GPtrArray *blocks, const char *language_tag)
{
    static const char *const tags[] = {[BLOCK_TITLE] = "h1",
                                       [BLOCK_HEADING] = "h2",
                                       [BLOCK_ITEM] = "li",
                                       [BLOCK_STEP] = "li",
                                       [BLOCK_PARAGRAPH] = "p"};
    GString *out = g_string_new(NULL);
    const Block *before = NULL;
    append_head(out, blocks, language_tag);
    for (guint i = 0; i < blocks->len; i++) {
        const Block *block = blocks->pdata[i];
        gboolean goes_on = before && before->kind == block->kind;
        if (before && is_listed(before) && !goes_on)
            g_string_append_printf(out, "</%s>\n", list_tag(before->kind));
        if (is_listed(block) && !goes_on)
            g_string_append_printf(out, "<%s>\n", list_tag(block->kind));
        append_element(out, tags[block->kind], block->text);
        before = block;
    }
    if (before && is_listed(before))
        g_string_append_printf(out, "</%s>\n", list_tag(before->kind));
    g_string_append(out, "</main>\n</body>\n</html>\n");
    return g_string_free(out, FALSE);
}
