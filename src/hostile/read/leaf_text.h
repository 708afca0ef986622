/* leaf_text.h - a leaf's bytes as text. */
#pragma once
#include "hostile/read/leaf.h"

/* Hand the text of decoded bytes to the sink (charset, HTML, blocks taken out), and the mentions in it; sets
 * row->state and row->unscanned. A uuencoded block is a part of its own and counts as scanned here, since
 * that part accounts for it; yEnc and PGP blocks are gaps. */
void leaf_text_read(Reader *reader, const Content *content, const LeafPlace *place, Span bytes, PartRow *row);
/* Preamble and epilogue of a multipart, as text of its path. */
void leaf_text_around(Reader *reader, Span path, Span before, Span behind);
