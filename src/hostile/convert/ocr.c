/* ocr.c - the converter of pictures. */
#include "hostile/convert/ocr.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <time.h>
#include "hostile/limits.h"
#include "lib/error.h"

/* A picture with a side shorter than this is a bullet or a line. */
#define LEAST_SIDE 16
/* Of Tesseract's engines the one by neural nets, whose data is smallest. */
#define ENGINE_NETS 1
/* Of Leptonica's levels of chatter: none. */
#define SEVERITY_NONE 6

#define NANO 1000000000u

typedef struct Pix Pix;
typedef struct Api Api;
typedef struct Monitor Monitor;

/* What is called of the two libraries, by their own names. */
struct Ocr {
    void *leptonica, *tesseract;
    Api *api;
    Monitor *monitor;
    guint64 *clock;             /* where the feeder looks, or NULL         */
    guint64 began, until, none; /* of the page at hand; none: a clock for nobody */
    gboolean late;              /* the page at hand was cut off            */
    int (*setMsgSeverity)(int);
    Pix *(*pixReadMem)(const guint8 *, gsize);
    int (*pixReadHeaderMem)(const guint8 *, gsize, int *, int *, int *, int *, int *, int *);
    Pix *(*pixReadMemTiff)(const guint8 *, gsize, int);
    int (*readHeaderMemTiff)(const guint8 *, gsize, int, int *, int *, int *, int *, int *, int *, int *);
    void (*pixDestroy)(Pix **);
    Api *(*TessBaseAPICreate)(void);
    void (*TessBaseAPIDelete)(Api *);
    int (*TessBaseAPIInit2)(Api *, const char *, const char *, int);
    void (*TessBaseAPISetImage)(Api *, const guint8 *, int, int, int, int);
    void (*TessBaseAPISetImage2)(Api *, Pix *);
    void (*TessBaseAPISetSourceResolution)(Api *, int);
    int (*TessBaseAPIRecognize)(Api *, Monitor *);
    Monitor *(*TessMonitorCreate)(void);
    void (*TessMonitorDelete)(Monitor *);
    void (*TessMonitorSetCancelFunc)(Monitor *, bool (*)(void *, int));
    void (*TessMonitorSetCancelThis)(Monitor *, void *);
    char *(*TessBaseAPIGetUTF8Text)(Api *);
    void (*TessBaseAPIClear)(Api *);
    void (*TessDeleteText)(const char *);
};

#define FIND(ocr, library, name) ((*(void **)&(ocr)->name = dlsym((ocr)->library, #name)) != NULL)

static gboolean find_all(Ocr *ocr)
{
    return FIND(ocr, leptonica, setMsgSeverity) && FIND(ocr, leptonica, pixReadMem) &&
           FIND(ocr, leptonica, pixReadHeaderMem) && FIND(ocr, leptonica, pixReadMemTiff) &&
           FIND(ocr, leptonica, readHeaderMemTiff) && FIND(ocr, leptonica, pixDestroy) &&
           FIND(ocr, tesseract, TessBaseAPICreate) && FIND(ocr, tesseract, TessBaseAPIDelete) &&
           FIND(ocr, tesseract, TessBaseAPIInit2) && FIND(ocr, tesseract, TessBaseAPISetImage) &&
           FIND(ocr, tesseract, TessBaseAPISetImage2) &&
           FIND(ocr, tesseract, TessBaseAPISetSourceResolution) &&
           FIND(ocr, tesseract, TessBaseAPIRecognize) && FIND(ocr, tesseract, TessMonitorCreate) &&
           FIND(ocr, tesseract, TessMonitorDelete) && FIND(ocr, tesseract, TessMonitorSetCancelFunc) &&
           FIND(ocr, tesseract, TessMonitorSetCancelThis) && FIND(ocr, tesseract, TessBaseAPIGetUTF8Text) &&
           FIND(ocr, tesseract, TessBaseAPIClear) && FIND(ocr, tesseract, TessDeleteText);
}

static void *open_first(const char *const *names)
{
    void *library = NULL;
    for (; *names && !library; names++)
        library = dlopen(*names, RTLD_NOW | RTLD_LOCAL);
    return library;
}

/* Its threads are those of OpenMP, which asks the environment when it is loaded; a box has one. */
static gboolean open_libraries(Ocr *ocr)
{
    static const char *const leptonica[] = {"libleptonica.so.6", "liblept.so.5", NULL};
    static const char *const tesseract[] = {"libtesseract.so.5", NULL};
    g_setenv("OMP_THREAD_LIMIT", "1", TRUE);
    ocr->leptonica = open_first(leptonica);
    ocr->tesseract = ocr->leptonica ? open_first(tesseract) : NULL;
    return ocr->tesseract && find_all(ocr);
}

static guint64 cpu_now(void)
{
    struct timespec used = {0};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (guint64)used.tv_sec * NANO + (guint64)used.tv_nsec;
}

/* Asked by Tesseract before each word. */
static bool is_late(void *user, int words)
{
    Ocr *ocr = user;
    (void)words;
    ocr->late |= cpu_now() >= ocr->until;
    return ocr->late;
}

void ocr_free(Ocr *ocr)
{
    if (!ocr)
        return;
    if (ocr->api)
        ocr->TessBaseAPIDelete(ocr->api);
    if (ocr->monitor)
        ocr->TessMonitorDelete(ocr->monitor);
    /* The libraries stay: what they registered to be done at the end of the process is in them. */
    g_free(ocr);
}

Ocr *ocr_new(const char *languages, GError **error)
{
    Ocr *ocr = g_new0(Ocr, 1);
    if (!open_libraries(ocr)) {
        error_set(
            error, CANDOR_ERROR_MISSING,
            "the text of pictures is asked for (--ocr, case.yaml or converters.yaml), but Tesseract 5 is "
            "not there; install the packages libtesseract5 and tesseract-ocr-eng, or say --ocr off");
        ocr_free(ocr);
        return NULL;
    }
    ocr->setMsgSeverity(SEVERITY_NONE);
    ocr->api = ocr->TessBaseAPICreate();
    ocr->monitor = ocr->TessMonitorCreate();
    ocr->clock = &ocr->none;
    ocr->TessMonitorSetCancelFunc(ocr->monitor, is_late);
    ocr->TessMonitorSetCancelThis(ocr->monitor, ocr);
    if (ocr->api && ocr->TessBaseAPIInit2(ocr->api, NULL, languages, ENGINE_NETS) == 0)
        return ocr;
    error_set(
        error, CANDOR_ERROR_MISSING,
        "Tesseract has no data of the languages %s; install their packages tesseract-ocr-LANGUAGE, or name "
        "others in converters.yaml",
        languages);
    ocr_free(ocr);
    return NULL;
}

gboolean ocr_takes(Span bytes, Span media_type)
{
    static const struct {
        const char *magic;
        gsize n;
    } kinds[] = {{"\x89PNG\r\n", 6}, {"\xff\xd8\xff", 3}, {"GIF8", 4}, {"II*\0", 4}, {"MM\0*", 4}};
    (void)media_type;
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (bytes.n > kinds[i].n && memcmp(bytes.p, kinds[i].magic, kinds[i].n) == 0)
            return TRUE;
    return FALSE;
}

/* --- pages ------------------------------------------------------------------------------------------------ */

static gboolean is_tiff(Span bytes)
{
    return bytes.n > 4 && (memcmp(bytes.p, "II*\0", 4) == 0 || memcmp(bytes.p, "MM\0*", 4) == 0);
}

/* A number of a TIFF in its order of bytes; beyond the end 0. */
static guint64 tiff_number(Span bytes, guint64 at, guint n)
{
    guint64 number = 0;
    for (guint i = 0; i < n; i++) {
        guint64 place = at + (bytes.p[0] == 'I' ? n - 1 - i : i);
        number = number << 8 | (place < bytes.n ? (guint8)bytes.p[place] : 0u);
    }
    return number;
}

/* Pages of a picture, one more than LIMIT_PICTURE_PAGES at most: those of a TIFF are lists of entries, each with the
 * place of the next behind it. */
static guint count_pages(Span bytes)
{
    guint pages = 0;
    if (!is_tiff(bytes))
        return 1;
    for (guint64 at = tiff_number(bytes, 4, 4); at && at < bytes.n && pages <= LIMIT_PICTURE_PAGES; pages++)
        at = tiff_number(bytes, at + 2 + 12 * tiff_number(bytes, at, 2), 4);
    return MAX(pages, 1);
}

/* Pixels of a page; 0: it cannot be read. */
static guint64 count_pixels(const Ocr *ocr, Span bytes, guint page, gboolean *small)
{
    const guint8 *p = (const guint8 *)bytes.p;
    int format = 0, width = 0, height = 0, bits = 0, samples = 0, resolution = 0, colours = 0;
    int failed = is_tiff(bytes)
                     ? ocr->readHeaderMemTiff(p, bytes.n, (int)page, &width, &height, &bits, &samples,
                                              &resolution, &colours, &format)
                     : ocr->pixReadHeaderMem(p, bytes.n, &format, &width, &height, &bits, &samples, &colours);
    *small = width < LEAST_SIDE || height < LEAST_SIDE;
    return failed || width <= 0 || height <= 0 ? 0 : (guint64)width * (guint64)height;
}

/* --- a part's share --------------------------------------------------------------------------------------- */

void ocr_set_clock(Ocr *ocr, guint64 *taken)
{
    ocr->clock = taken ? taken : &ocr->none;
}

gboolean ocr_page_begin(Ocr *ocr, Made *made)
{
    const guint64 most = (guint64)LIMIT_OCR_PART_SECONDS * NANO;
    if (made->ocr_pages >= LIMIT_OCR_PAGES || made->ocr_nanos >= most)
        return FALSE;
    guint64 page = MIN((guint64)LIMIT_OCR_PAGE_SECONDS * NANO, most - made->ocr_nanos);
    made->ocr_pages++;
    ocr->late = FALSE;
    ocr->began = cpu_now();
    ocr->until = ocr->began + page;
    *ocr->clock = made->ocr_nanos + page;
    return TRUE;
}

void ocr_page_end(Ocr *ocr, Made *made)
{
    made->ocr_nanos += cpu_now() - ocr->began;
    *ocr->clock = made->ocr_nanos;
}

/* Of a page that is late, the words before that. When nothing was looked at, asking for the text would begin anew. */
static gboolean recognise(Ocr *ocr, Made *made)
{
    gboolean looked = ocr->TessBaseAPIRecognize(ocr->api, ocr->monitor) == 0;
    char *text = looked || ocr->late ? ocr->TessBaseAPIGetUTF8Text(ocr->api) : NULL;
    if (text && g_utf8_validate(text, -1, NULL))
        made_text(made, span_of_string(text));
    made_line(made);
    ocr->TessDeleteText(text);
    ocr->TessBaseAPIClear(ocr->api);
    return looked && !ocr->late;
}

gboolean ocr_read_drawing(Ocr *ocr, const OcrDrawing *drawing, Made *made)
{
    ocr->TessBaseAPISetImage(ocr->api, drawing->pixels, drawing->width, drawing->height, 1, drawing->stride);
    ocr->TessBaseAPISetSourceResolution(ocr->api, drawing->dpi);
    return recognise(ocr, made);
}

/* --- the whole -------------------------------------------------------------------------------------------- */

static void read_page(Ocr *ocr, Span bytes, guint page, guint64 share, Made *made)
{
    const guint8 *p = (const guint8 *)bytes.p;
    Pix *picture = is_tiff(bytes) ? ocr->pixReadMemTiff(p, bytes.n, (int)page) : ocr->pixReadMem(p, bytes.n);
    if (!picture) {
        made_worse(made, PART_BROKEN, "broken", "no picture that can be read", share);
        return;
    }
    ocr->TessBaseAPISetImage2(ocr->api, picture);
    if (!recognise(ocr, made))
        made_worse(made, PART_CUT, "ocr-time", NULL, share);
    ocr->pixDestroy(&picture);
}

void ocr_convert(Ocr *ocr, Span bytes, Made *made)
{
    guint pages = count_pages(bytes);
    guint64 share = bytes.n / pages;
    for (guint page = 0; page < pages && !made->full; page++) {
        gboolean small = FALSE;
        guint64 pixels = count_pixels(ocr, bytes, page, &small);
        gboolean wanted = pixels && !small && pixels <= LIMIT_PICTURE_PIXELS;
        if (page == LIMIT_PICTURE_PAGES || (wanted && !ocr_page_begin(ocr, made))) {
            made_worse(made, PART_CUT, "too-many-pages", NULL, share * (pages - page));
            return;
        }
        if (!pixels)
            made_worse(made, PART_BROKEN, "broken", "no picture that can be read", share);
        else if (pixels > LIMIT_PICTURE_PIXELS)
            made_worse(made, PART_CUT, "picture-too-large", NULL, share);
        if (!wanted)
            continue;
        read_page(ocr, bytes, page, share, made);
        ocr_page_end(ocr, made);
    }
}
