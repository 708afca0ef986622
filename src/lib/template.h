/* template.h - a letter as blocks of sentences: read from a file, filled with values.
 *
 * A template is text, a line at a time:
 *
 *   % a comment                        = the title              == a heading
 *   - an item of a list                + a numbered step        anything else: a paragraph
 *   [if NAME] … [end]                  [unless NAME] … [end]    [each LIST] … [end]
 *   [section NAME] … [end]             [use NAME]
 *
 * A line that begins with two blanks goes on with the block above it.  Sentences are patterns (pattern.h).  A section
 * is only written where it is used; those of the file read first may be used by all that are read after it. */
#pragma once
#include "lib/pattern.h"

typedef enum { BLOCK_TITLE, BLOCK_HEADING, BLOCK_ITEM, BLOCK_STEP, BLOCK_PARAGRAPH } BlockKind;

/* One block, filled: a line of plain text, not escaped for any sink yet. */
typedef struct {
    BlockKind kind;
    char *text;
} Block;

typedef struct Template Template;

/* Read a template. `sections` (may be NULL, must outlive it) is searched for sections that this one has not. IO, or
 * FORMAT with "FILE:LINE: ". */
Template *template_open(const char *path, const Template *sections, GError **error);
Template *template_parse(const char *name, const char *text, const Template *sections, GError **error);
void template_close(Template *t);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Template, template_close)

/* Fill it: an array of Block *, g_ptr_array_unref. FORMAT names file and line of the sentence that cannot be filled. */
GPtrArray *template_fill(const Template *t, const Language *language, const Values *values, GError **error);

/* The blocks on their way out, in the same words: as plain text in lines of 72 cells at most (longer words stand
 * alone), and as one HTML page without script, link or image. g_free. */
char *blocks_text(const GPtrArray *blocks);
char *blocks_html(const GPtrArray *blocks, const char *language_tag);
