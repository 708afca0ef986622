/* ooxml_sheet.h - an Excel workbook to text: the names of its sheets, then its cells in their rows.
 *
 * Shared strings lie in an entry of their own, and which sheets are hidden in another two; all are read before the
 * cells.  Cells of a row are a tab apart; of numbers the value as it is kept stands there, whatever its format. */
#pragma once
#include "hostile/convert/made.h"
#include "hostile/convert/xml.h"

typedef struct {
    Scratch strings;     /* the shared ones, one behind the other           */
    GArray *ends;        /* gsize: where each of them ends                   */
    GHashTable *hidden;  /* ids of relationships of hidden sheets           */
    GHashTable *targets; /* names of the entries of hidden sheets           */
    gboolean incomplete; /* strings are missing: a limit, or no memory     */
} Workbook;

void workbook_init(Workbook *workbook);
void workbook_clear(Workbook *workbook);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Workbook, workbook_clear)

/* Take the shared strings; the names of sheets and what names stand for, which go to `made`, and which sheets are
 * hidden; where those lie. Without `names` a name that stands for something is the gap "contents-off". */
XmlEnd workbook_strings(Workbook *workbook, Zip *zip);
XmlEnd workbook_sheets(Workbook *workbook, Zip *zip, gboolean names, Made *made);
XmlEnd workbook_links(Workbook *workbook, Zip *zip);
/* Whether the entry is a hidden sheet. */
gboolean workbook_hides(const Workbook *workbook, const char *entry);

/* The cells of a sheet; with the formulas if asked for. */
XmlEnd workbook_cells(Workbook *workbook, Zip *zip, gboolean formulas, Made *made);
