/* ocr.c - the converter of pictures. */
#include "hostile/convert/ocr.h"

#include <dlfcn.h>
#include "hostile/limits.h"
#include "lib/error.h"

/* A picture with a side shorter than this is a bullet or a line. */
#define LEAST_SIDE 16
/* Of Tesseract's engines the one by neural nets, whose data is smallest. */
#define ENGINE_NETS 1
/* Of Leptonica's levels of chatter: none. */
#define SEVERITY_NONE 6

typedef struct Pix Pix;
typedef struct Api Api;

/* What is called of the two libraries, by their own names. */
struct Ocr {
    void *leptonica, *tesseract;
    Api *api;
    int (*setMsgSeverity)(int);
    Pix *(*pixReadMem)(const guint8 *, gsize);
    int (*pixReadHeaderMem)(const guint8 *, gsize, int *, int *, int *, int *, int *, int *);
    void (*pixDestroy)(Pix **);
    Api *(*TessBaseAPICreate)(void);
    void (*TessBaseAPIDelete)(Api *);
    int (*TessBaseAPIInit2)(Api *, const char *, const char *, int);
    void (*TessBaseAPISetImage2)(Api *, Pix *);
    char *(*TessBaseAPIGetUTF8Text)(Api *);
    void (*TessBaseAPIClear)(Api *);
    void (*TessDeleteText)(const char *);
};

#define FIND(ocr, library, name) ((*(void **)&(ocr)->name = dlsym((ocr)->library, #name)) != NULL)

static gboolean find_all(Ocr *ocr)
{
    return FIND(ocr, leptonica, setMsgSeverity) && FIND(ocr, leptonica, pixReadMem) &&
           FIND(ocr, leptonica, pixReadHeaderMem) && FIND(ocr, leptonica, pixDestroy) &&
           FIND(ocr, tesseract, TessBaseAPICreate) && FIND(ocr, tesseract, TessBaseAPIDelete) &&
           FIND(ocr, tesseract, TessBaseAPIInit2) && FIND(ocr, tesseract, TessBaseAPISetImage2) &&
           FIND(ocr, tesseract, TessBaseAPIGetUTF8Text) && FIND(ocr, tesseract, TessBaseAPIClear) &&
           FIND(ocr, tesseract, TessDeleteText);
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

void ocr_free(Ocr *ocr)
{
    if (!ocr)
        return;
    if (ocr->api)
        ocr->TessBaseAPIDelete(ocr->api);
    /* The libraries stay: what they registered to be done at the end of the process is in them. */
    g_free(ocr);
}

Ocr *ocr_new(const char *languages, GError **error)
{
    Ocr *ocr = g_new0(Ocr, 1);
    if (!open_libraries(ocr)) {
        error_set(error, CANDOR_ERROR_MISSING,
                  "converters.yaml asks for the text of pictures, but Tesseract 5 is not there; install "
                  "libtesseract5 and tesseract-ocr-eng, or take `image` away");
        ocr_free(ocr);
        return NULL;
    }
    ocr->setMsgSeverity(SEVERITY_NONE);
    ocr->api = ocr->TessBaseAPICreate();
    if (ocr->api && ocr->TessBaseAPIInit2(ocr->api, NULL, languages, ENGINE_NETS) == 0)
        return ocr;
    error_set(error, CANDOR_ERROR_MISSING,
              "Tesseract has no data of the languages %s; install tesseract-ocr-LANGUAGE, or name others in "
              "converters.yaml",
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

static void put_text(Ocr *ocr, Span bytes, Made *made)
{
    Pix *picture = ocr->pixReadMem((const guint8 *)bytes.p, bytes.n);
    if (!picture) {
        made_worse(made, PART_BROKEN, "broken", "no picture that can be read", bytes.n);
        return;
    }
    ocr->TessBaseAPISetImage2(ocr->api, picture);
    char *text = ocr->TessBaseAPIGetUTF8Text(ocr->api);
    if (text && g_utf8_validate(text, -1, NULL))
        made_text(made, span_of_string(text));
    made_line(made);
    ocr->TessDeleteText(text);
    ocr->TessBaseAPIClear(ocr->api);
    ocr->pixDestroy(&picture);
}

void ocr_convert(Ocr *ocr, Span bytes, Made *made)
{
    int format = 0, width = 0, height = 0, bits = 0, samples = 0, colours = 0;
    if (ocr->pixReadHeaderMem((const guint8 *)bytes.p, bytes.n, &format, &width, &height, &bits, &samples,
                              &colours) != 0 ||
        width <= 0 || height <= 0)
        made_worse(made, PART_BROKEN, "broken", "no picture that can be read", bytes.n);
    else if ((guint64)width * (guint64)height > LIMIT_PICTURE_PIXELS)
        made_worse(made, PART_CUT, "picture-too-large", NULL, bytes.n);
    else if (width >= LEAST_SIDE && height >= LEAST_SIDE)
        put_text(ocr, bytes, made);
}
