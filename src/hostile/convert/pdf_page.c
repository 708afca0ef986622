/* pdf_page.c - one page of a PDF to text. */
#include "hostile/convert/pdf_page.h"

/* A page with fewer characters than this and a picture is a scan with a stamp on it. */
#define FEW_CHARACTERS 80

static void put(Made *made, const char *text)
{
    if (!text || !*text)
        return;
    made_text(made, span_of_string(text));
    made_line(made);
}

/* Take the string, which is freed. */
static void put_owned(Made *made, char *text)
{
    put(made, text);
    g_free(text);
}

/* --- the text ---------------------------------------------------------------------------------------------- */

/* Poppler puts nothing between columns and boxes: where the place jumps, a line ends or a tab stands. */
static char gap_between(const PopplerRectangle *before, const PopplerRectangle *here)
{
    double height = here->y2 - here->y1, top = MAX(before->y1, here->y1), bottom = MIN(before->y2, here->y2);
    if (bottom - top < height / 4)
        return '\n';
    return here->x1 - before->x2 > height * 0.8 || here->x2 < before->x1 ? '\t' : '\0';
}

static gboolean is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* How many characters there are besides blanks. */
static guint put_spaced(Made *made, const char *text, const PopplerRectangle *places, guint count)
{
    const PopplerRectangle *before = NULL;
    guint seen = 0, i = 0;
    for (const char *c = text; *c && i < count; c = g_utf8_next_char(c), i++) {
        char between = before && !is_blank(*c) && !is_blank(c[-1]) ? gap_between(before, &places[i]) : '\0';
        if (between)
            made_char(made, between);
        made_text(made, (Span){c, (gsize)(g_utf8_next_char(c) - c)});
        seen += is_blank(*c) ? 0 : 1;
        before = &places[i];
    }
    return seen;
}

static guint put_page_text(PopplerPage *page, Made *made)
{
    g_autofree char *text = poppler_page_get_text(page);
    g_autofree PopplerRectangle *places = NULL;
    guint count = 0;
    if (!text || !*text)
        return 0;
    guint seen;
    if (poppler_page_get_text_layout(page, &places, &count))
        seen = put_spaced(made, text, places, count);
    else {
        made_text(made, span_of_string(text));
        seen = (guint)strlen(text);
    }
    made_line(made);
    return seen;
}

static gboolean has_picture(PopplerPage *page)
{
    GList *pictures = poppler_page_get_image_mapping(page);
    gboolean some = pictures != NULL;
    poppler_page_free_image_mapping(pictures);
    return some;
}

/* --- what hangs on it -------------------------------------------------------------------------------------- */

static void put_links(PopplerPage *page, Made *made)
{
    GList *links = poppler_page_get_link_mapping(page);
    for (GList *at = links; at; at = at->next) {
        const PopplerAction *action = ((const PopplerLinkMapping *)at->data)->action;
        if (action && action->type == POPPLER_ACTION_URI)
            put(made, action->uri.uri);
        else if (action && action->type == POPPLER_ACTION_LAUNCH) {
            put(made, action->launch.file_name);
            put(made, action->launch.params);
        } else if (action && action->type == POPPLER_ACTION_GOTO_REMOTE)
            put(made, action->goto_remote.file_name);
    }
    poppler_page_free_link_mapping(links);
}

static void put_choices(PopplerFormField *field, Made *made)
{
    int count = poppler_form_field_choice_get_n_items(field);
    for (int i = 0; i < count && !made->full; i++)
        put_owned(made, poppler_form_field_choice_get_item(field, i));
    put_owned(made, poppler_form_field_choice_get_text(field));
}

static void put_field(PopplerFormField *field, Made *made)
{
    g_autofree char *name = poppler_form_field_get_name(field);
    if (name) {
        made_text(made, span_of_string(name));
        made_char(made, '\t');
    }
    if (poppler_form_field_get_field_type(field) == POPPLER_FORM_FIELD_TEXT)
        put_owned(made, poppler_form_field_text_get_text(field));
    else if (poppler_form_field_get_field_type(field) == POPPLER_FORM_FIELD_CHOICE)
        put_choices(field, made);
    made_line(made);
}

static void put_fields(PopplerPage *page, Made *made)
{
    GList *fields = poppler_page_get_form_field_mapping(page);
    for (GList *at = fields; at; at = at->next)
        put_field(((PopplerFormFieldMapping *)at->data)->field, made);
    poppler_page_free_form_field_mapping(fields);
}

/* The same comment may hang on a note and on its window. */
static gboolean put_comment(PopplerAnnot *comment, gboolean wanted, Made *made)
{
    g_autofree char *text = poppler_annot_get_contents(comment);
    g_autofree char *author = NULL, *subject = NULL;
    if (POPPLER_IS_ANNOT_MARKUP(comment)) {
        author = poppler_annot_markup_get_label(POPPLER_ANNOT_MARKUP(comment));
        subject = poppler_annot_markup_get_subject(POPPLER_ANNOT_MARKUP(comment));
    }
    if (!wanted)
        return text && *text;
    put(made, author);
    put(made, subject);
    put(made, text);
    return FALSE;
}

static void take_attached(PopplerAnnot *comment, GPtrArray *attached)
{
    if (!POPPLER_IS_ANNOT_FILE_ATTACHMENT(comment))
        return;
    PopplerAttachment *file =
        poppler_annot_file_attachment_get_attachment(POPPLER_ANNOT_FILE_ATTACHMENT(comment));
    if (file)
        g_ptr_array_add(attached, file);
}

static gboolean put_comments(PopplerPage *page, gboolean wanted, GPtrArray *attached, Made *made)
{
    gboolean left = FALSE;
    GList *comments = poppler_page_get_annot_mapping(page);
    for (GList *at = comments; at; at = at->next) {
        PopplerAnnot *comment = ((PopplerAnnotMapping *)at->data)->annot;
        left |= put_comment(comment, wanted, made);
        take_attached(comment, attached);
    }
    poppler_page_free_annot_mapping(comments);
    return left;
}

PdfPage pdf_page_read(PopplerPage *page, guint contents, GPtrArray *attached, Made *made)
{
    guint seen = put_page_text(page, made);
    put_links(page, made);
    put_fields(page, made);
    gboolean left = put_comments(page, contents >> CONTENT_COMMENTS & 1, attached, made);
    return (PdfPage){.blank = !seen || (seen < FEW_CHARACTERS && has_picture(page)), .comments = left};
}
