/* draw_pages.c - made-up pages of prose as pictures: a PDF of pictures, or one picture.
 *
 *   draw_pages PAGES OUT.pdf [LINE…]    each page a picture at 200 dpi, as scanners make them; LINEs stand first
 *   draw_pages 1 OUT.png [LINE…]        the first page alone */
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include "prose.h"

#define DPI 200.0
#define WIDTH_POINTS 595.0
#define HEIGHT_POINTS 842.0
#define MARGIN 60.0
#define LINE_HEIGHT 14.0
#define PAGE_BYTES 2600
#define PDF_SCALE (72.0 / DPI)

static void show_line(cairo_t *cairo, double *y, const char *latin1)
{
    g_autofree char *line = g_convert(latin1, -1, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
    *y += LINE_HEIGHT;
    if (!line || *y > HEIGHT_POINTS - MARGIN)
        return;
    cairo_move_to(cairo, MARGIN, *y);
    cairo_show_text(cairo, line);
}

static cairo_surface_t *draw(Dice *dice, char **lines)
{
    cairo_surface_t *page = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(WIDTH_POINTS / PDF_SCALE),
                                                       (int)(HEIGHT_POINTS / PDF_SCALE));
    cairo_t *cairo = cairo_create(page);
    g_autoptr(GString) prose = g_string_new(NULL);
    double y = MARGIN;
    prose_append(prose, dice, PAGE_BYTES, 0);
    g_auto(GStrv) words = g_strsplit(prose->str, "\n", -1);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, 1 / PDF_SCALE, 1 / PDF_SCALE);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_select_font_face(cairo, "Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, 10);
    for (; *lines; lines++)
        show_line(cairo, &y, *lines);
    for (char **line = words; *line; line++)
        show_line(cairo, &y, *line);
    cairo_destroy(cairo);
    return page;
}

static void put_page(cairo_t *pdf, cairo_surface_t *page)
{
    cairo_save(pdf);
    cairo_scale(pdf, PDF_SCALE, PDF_SCALE);
    cairo_set_source_surface(pdf, page, 0, 0);
    cairo_paint(pdf);
    cairo_restore(pdf);
    cairo_show_page(pdf);
}

static gboolean draw_pdf(const char *out, guint64 pages, char **lines)
{
    Dice dice = {1};
    cairo_surface_t *surface = cairo_pdf_surface_create(out, WIDTH_POINTS, HEIGHT_POINTS);
    cairo_t *pdf = cairo_create(surface);
    for (guint64 i = 0; i < pages; i++) {
        cairo_surface_t *page = draw(&dice, lines);
        put_page(pdf, page);
        cairo_surface_destroy(page);
    }
    cairo_destroy(pdf);
    cairo_surface_finish(surface);
    gboolean fine = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return fine;
}

static gboolean draw_png(const char *out, char **lines)
{
    Dice dice = {1};
    cairo_surface_t *page = draw(&dice, lines);
    gboolean fine = cairo_surface_write_to_png(page, out) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(page);
    return fine;
}

int main(int argc, char **argv)
{
    guint64 pages = 0;
    if (argc < 3 || !g_ascii_string_to_unsigned(argv[1], 10, 1, 10000, &pages, NULL)) {
        fprintf(stderr, "usage: draw_pages PAGES OUT.pdf|OUT.png [LINE…]\n");
        return 2;
    }
    gboolean fine =
        g_str_has_suffix(argv[2], ".png") ? draw_png(argv[2], argv + 3) : draw_pdf(argv[2], pages, argv + 3);
    /* What both keep for the next picture. */
    cairo_debug_reset_static_data();
    FcFini();
    if (!fine)
        fprintf(stderr, "draw_pages: %s cannot be written\n", argv[2]);
    return fine ? 0 : 1;
}
