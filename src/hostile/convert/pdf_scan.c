/* pdf_scan.c - the text of a page of a PDF that is a picture. */
#include "hostile/convert/pdf_scan.h"

#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <math.h>
#include "hostile/limits.h"

/* What Tesseract likes best; and what is the least for letters of 12 points. */
#define USUAL_DPI 300.0
#define LEAST_DPI 100.0
#define POINTS_PER_INCH 72.0
/* A page on which nothing is darker has nothing to read. */
#define NEARLY_WHITE 0xe0

/* The page as it is printed, on white; NULL when it cannot be drawn at a size that is of use. */
static cairo_surface_t *draw(PopplerPage *page, int *dpi)
{
    double width = 0, height = 0;
    poppler_page_get_size(page, &width, &height);
    if (!(width >= 1 && height >= 1))
        return NULL;
    double fits = sqrt((double)LIMIT_PICTURE_PIXELS / (width * height)) * POINTS_PER_INCH;
    double used = MIN(USUAL_DPI, floor(fits)), scale = used / POINTS_PER_INCH;
    if (!(used >= LEAST_DPI))
        return NULL;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(width * scale), (int)(height * scale));
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    poppler_page_render(page, cairo);
    gboolean drawn = cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cairo);
    if (!drawn)
        g_clear_pointer(&surface, cairo_surface_destroy);
    *dpi = (int)used;
    return surface;
}

/* Four bytes a pixel become one, in the same place; the darkest of them. */
static guint8 make_grey(guint8 *pixels, int width, int height, int stride)
{
    guint8 darkest = 0xff;
    for (int y = 0; y < height; y++) {
        const guint32 *from = (const guint32 *)(gconstpointer)(pixels + (gsize)y * (gsize)stride);
        guint8 *to = pixels + (gsize)y * (gsize)stride;
        for (int x = 0; x < width; x++) {
            guint32 rgb = from[x];
            to[x] = (guint8)((77 * (rgb >> 16 & 0xff) + 151 * (rgb >> 8 & 0xff) + 28 * (rgb & 0xff)) >> 8);
            darkest = MIN(darkest, to[x]);
        }
    }
    return darkest;
}

static gboolean look_at(cairo_surface_t *surface, int dpi, Ocr *ocr, Made *made)
{
    cairo_surface_flush(surface);
    guint8 *pixels = cairo_image_surface_get_data(surface);
    const OcrDrawing drawing = {.pixels = pixels,
                                .width = cairo_image_surface_get_width(surface),
                                .height = cairo_image_surface_get_height(surface),
                                .stride = cairo_image_surface_get_stride(surface),
                                .dpi = dpi};
    return make_grey(pixels, drawing.width, drawing.height, drawing.stride) >= NEARLY_WHITE ||
           ocr_read_drawing(ocr, &drawing, made);
}

gboolean pdf_scan_read(PopplerPage *page, Ocr *ocr, Made *made)
{
    int dpi = 0;
    if (!ocr_page_begin(ocr, made))
        return FALSE;
    cairo_surface_t *surface = draw(page, &dpi);
    gboolean read = surface && look_at(surface, dpi, ocr, made);
    if (surface)
        cairo_surface_destroy(surface);
    ocr_page_end(ocr, made);
    return read;
}

/* Poppler asks fontconfig for a font in the place of one that is not in the file, and a box would die of opening it. */
void pdf_scan_warm_up(PopplerDocument *sample)
{
    int dpi;
    FcConfigSetCurrent(FcConfigCreate());
    PopplerPage *page = sample ? poppler_document_get_page(sample, 0) : NULL;
    cairo_surface_t *surface = page ? draw(page, &dpi) : NULL;
    g_clear_pointer(&surface, cairo_surface_destroy);
    g_clear_object(&page);
}
