/* ole_properties.c - the properties of an old Office file, after [MS-OLEPS]. */
#include "hostile/convert/ole_properties.h"

#include "hostile/convert/ole_text.h"

#define AT_SETS 24
#define MOST_PROPERTIES 2000
#define TYPE_TEXT 0x1e
#define TYPE_WIDE_TEXT 0x1f
#define UTF_8 65001

static void put_value(Span set, gsize at, guint code_page, Made *made)
{
    guint type = little16(set, at);
    gsize count = little32(set, at + 4);
    gboolean wide = type == TYPE_WIDE_TEXT || code_page == 1200;
    if (type != TYPE_TEXT && type != TYPE_WIDE_TEXT)
        return;
    Span text =
        little_part(set, at + 8, type == TYPE_WIDE_TEXT && count < G_MAXUINT32 / 2 ? count * 2 : count);
    if (wide)
        ole_put(made, text, TRUE);
    else if (code_page == UTF_8 && g_utf8_validate_len(text.p, text.n ? text.n - 1 : 0, NULL))
        made_text(made, (Span){text.p, text.n ? text.n - 1 : 0});
    else
        ole_put_windows(made, text);
    made_line(made);
}

/* Property 1 is the code page of the others. */
static guint find_code_page(Span set, guint count)
{
    for (guint i = 0; i < count; i++)
        if (little32(set, 8 + 8 * i) == 1)
            return little16(set, little32(set, 12 + 8 * i) + 4);
    return 0;
}

static void put_set(Span set, Made *made)
{
    guint count = MIN(little32(set, 4), MOST_PROPERTIES);
    guint code_page = find_code_page(set, count);
    for (guint i = 0; i < count && !made->full; i++)
        put_value(set, little32(set, 12 + 8 * i), code_page, made);
}

void ole_properties(Span stream, Made *made)
{
    guint sets = MIN(little32(stream, AT_SETS), 2);
    for (guint i = 0; i < sets; i++)
        put_set(little_part(stream, little32(stream, AT_SETS + 4 + 20 * i + 16), stream.n), made);
}
