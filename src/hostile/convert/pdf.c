/* pdf.c - the converter of PDF. */
#include "hostile/convert/pdf.h"

#include "hostile/convert/handed.h"
#include "hostile/convert/inner.h"
#include "hostile/convert/pdf_page.h"
#include "hostile/convert/pdf_scan.h"
#include "hostile/limits.h"

/* The header may stand behind other bytes, as far as readers look for it. */
#define FRONT_BYTES 1024

typedef struct {
    Converters *converters;
    PopplerDocument *document;
    Span bytes;
    guint contents;
    GPtrArray *attached; /* PopplerAttachment, owned */
    Made *made;
} Pdf;

gboolean pdf_takes(Span bytes, Span media_type)
{
    Span front = {bytes.p, MIN(bytes.n, FRONT_BYTES)};
    return span_equals(media_type, "application/pdf") || memmem(front.p, front.n, "%PDF-", 5);
}

static void put_owned(Made *made, char *text)
{
    if (text && *text) {
        made_text(made, span_of_string(text));
        made_line(made);
    }
    g_free(text);
}

/* --- pages ------------------------------------------------------------------------------------------------- */

static void judge_pages(Pdf *pdf, guint pages, guint blank, gboolean comments_left)
{
    Made *made = pdf->made;
    if (blank) {
        g_autofree char *detail = g_strdup_printf("%u of %u pages", blank, pages);
        made_worse(made, PART_CUT, "needs-ocr", detail, pdf->bytes.n / pages * blank);
    }
    if (comments_left)
        made_off(made, CONTENT_COMMENTS, 0);
}

static void read_pages(Pdf *pdf)
{
    guint pages = (guint)MAX(poppler_document_get_n_pages(pdf->document), 0), blank = 0;
    guint most = MIN(pages, LIMIT_PDF_PAGES);
    gboolean comments_left = FALSE;
    Ocr *ocr = inner_ocr(pdf->converters);
    for (guint i = 0; i < most && !pdf->made->full; i++) {
        PopplerPage *page = poppler_document_get_page(pdf->document, (int)i);
        PdfPage read = {.blank = TRUE};
        if (page)
            read = pdf_page_read(page, pdf->contents, pdf->attached, pdf->made);
        if (page && read.blank && ocr)
            read.blank = !pdf_scan_read(page, ocr, pdf->made);
        blank += read.blank && !pdf->made->full ? 1 : 0;
        comments_left |= read.comments;
        g_clear_object(&page);
    }
    if (!pages)
        made_worse(pdf->made, PART_BROKEN, "broken", "no page can be read", pdf->bytes.n);
    else
        judge_pages(pdf, pages, blank, comments_left);
    if (pages > most)
        made_worse(pdf->made, PART_CUT, "too-many-pages", NULL, pdf->bytes.n / pages * (pages - most));
}

/* --- what hangs on the whole ------------------------------------------------------------------------------- */

static void put_outline(PopplerIndexIter *at, guint depth, Made *made)
{
    guint entries = 0;
    do {
        PopplerAction *action = poppler_index_iter_get_action(at);
        if (action && action->any.title)
            put_owned(made, g_strdup(action->any.title));
        if (action && action->type == POPPLER_ACTION_URI)
            put_owned(made, g_strdup(action->uri.uri));
        poppler_action_free(action);
        PopplerIndexIter *child = depth < LIMIT_DEPTH ? poppler_index_iter_get_child(at) : NULL;
        if (child)
            put_outline(child, depth + 1, made);
        poppler_index_iter_free(child);
    } while (++entries < LIMIT_PDF_PAGES && !made->full && poppler_index_iter_next(at));
}

static void read_outline(Pdf *pdf)
{
    PopplerIndexIter *first = poppler_index_iter_new(pdf->document);
    if (first)
        put_outline(first, 0, pdf->made);
    poppler_index_iter_free(first);
}

/* XMP is XML; only its text counts. */
static void put_without_tags(Made *made, char *xml)
{
    gboolean inside = FALSE;
    for (char *c = xml; c && *c; c++) {
        inside |= *c == '<';
        char kept = *c;
        if (inside || kept == '\n' || kept == '\r')
            *c = ' ';
        inside &= kept != '>';
    }
    if (xml) {
        g_auto(GStrv) words = g_strsplit_set(g_strstrip(xml), " \t", -1);
        for (char **word = words; *word; word++)
            if (**word) {
                made_text(made, span_of_string(*word));
                made_char(made, ' ');
            }
        made_line(made);
    }
    g_free(xml);
}

static void read_properties(Pdf *pdf)
{
    PopplerDocument *document = pdf->document;
    char *properties[] = {poppler_document_get_title(document),   poppler_document_get_author(document),
                          poppler_document_get_subject(document), poppler_document_get_keywords(document),
                          poppler_document_get_creator(document), poppler_document_get_producer(document)};
    char *metadata = poppler_document_get_metadata(document);
    gboolean wanted = pdf->contents >> CONTENT_PROPERTIES & 1, left = metadata && !wanted;
    for (guint i = 0; i < G_N_ELEMENTS(properties); i++) {
        left |= properties[i] && !wanted;
        put_owned(pdf->made, wanted ? properties[i] : NULL);
        if (!wanted)
            g_free(properties[i]);
    }
    if (wanted)
        put_without_tags(pdf->made, metadata);
    else
        g_free(metadata);
    if (left)
        made_off(pdf->made, CONTENT_PROPERTIES, 0);
}

static gboolean take_bytes(const char *bytes, gsize n, gpointer user, GError **error)
{
    Scratch *out = user;
    (void)error;
    return out->n + n <= LIMIT_INNER_BYTES && scratch_append(out, bytes, n);
}

static void read_attached(Pdf *pdf)
{
    GList *files = poppler_document_get_attachments(pdf->document);
    for (GList *at = files; at; at = at->next)
        g_ptr_array_add(pdf->attached, at->data);
    g_list_free(files);
    for (guint i = 0; i < pdf->attached->len; i++) {
        PopplerAttachment *file = pdf->attached->pdata[i];
        g_auto(Scratch) bytes = {0};
        Span name = span_of_string(poppler_attachment_get_name(file));
        if (poppler_attachment_save_to_callback(file, take_bytes, &bytes, NULL))
            inner_convert(pdf->converters, scratch_span(&bytes), name, bytes.n, pdf->made);
        else
            made_worse(pdf->made, PART_CUT, "inflated-too-large", NULL, 0);
    }
}

/* What poppler does not give. */
static void judge_rest(Pdf *pdf)
{
    if (poppler_document_has_javascript(pdf->document))
        made_gap(pdf->made, "embedded", "macros", 0);
    if (memmem(pdf->bytes.p, pdf->bytes.n, "/XFA", 4))
        made_worse(pdf->made, PART_CUT, "embedded", "form", 0);
}

/* --- the whole --------------------------------------------------------------------------------------------- */

static void read_document(Pdf *pdf)
{
    pdf->attached = g_ptr_array_new_with_free_func(g_object_unref);
    read_pages(pdf);
    read_outline(pdf);
    read_properties(pdf);
    read_attached(pdf);
    judge_rest(pdf);
    pdf->made->unscanned = MIN(pdf->made->unscanned, pdf->bytes.n);
    g_ptr_array_unref(pdf->attached);
}

void pdf_convert(Converters *converters, Span bytes, guint contents, Made *made)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) kept = g_bytes_new_static(bytes.p, bytes.n);
    PopplerDocument *document = poppler_document_new_from_bytes(kept, NULL, &error);
    Pdf pdf = {
        .converters = converters, .document = document, .bytes = bytes, .contents = contents, .made = made};
    if (document)
        read_document(&pdf);
    else if (g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
        made_worse(made, PART_ENCRYPTED, "encrypted", NULL, bytes.n);
    else
        made_worse(made, PART_BROKEN, "broken", "no PDF that can be read", bytes.n);
    g_clear_object(&document);
}

/* A page with a font of which no more than the name is there, so that every table of poppler's is made. */
static const char sample[] =
    "%PDF-1.4\n"
    "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 "
    "R>>>>>>\nendobj\n"
    "4 0 obj\n<</Length 32>>stream\nBT /F 20 Tf 20 50 Td <93fa> Tj ET\nendstream\nendobj\n"
    "5 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/90ms-RKSJ-H/DescendantFonts[6 0 R]>>\nendobj\n"
    "6 0 obj\n<</Type/Font/Subtype/CIDFontType0/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)"
    "/Supplement 2>>>>\nendobj\n"
    "trailer\n<</Size 7/Root 1 0 R>>\n%%EOF\n";

/* Poppler looks into its folders when the first document is opened, and forgets them with the last: this one stays. */
static PopplerDocument *kept_open;

void pdf_warm_up(void)
{
    Made made = {0};
    if (kept_open)
        return;
    handed_load(CANDOR_POPPLER_DATA);
    g_autoptr(GBytes) bytes = g_bytes_new_static(sample, sizeof sample - 1);
    kept_open = poppler_document_new_from_bytes(bytes, NULL, NULL);
    pdf_scan_warm_up(kept_open);
    made_begin(&made, NULL, NULL);
    pdf_convert(NULL, (Span){sample, sizeof sample - 1}, (1u << CONTENT_COUNT) - 1, &made);
    scratch_clear(&made.text);
}
