/* template.c - a letter as blocks of sentences: read from a file, filled with values. */
#include "lib/template.h"

#include <string.h>

/* Sections that use one another, lists in lists: the stack is the reason. */
#define DEPTH_MOST 8

typedef enum { NODE_BLOCK, NODE_IF, NODE_UNLESS, NODE_EACH, NODE_SECTION, NODE_USE } NodeKind;

typedef struct {
    NodeKind kind;
    BlockKind block;
    guint line;
    GString *text;   /* the pattern of a block; the name of anything else */
    GPtrArray *held; /* Node *, of what has an end                        */
} Node;

struct Template {
    char *name;
    const Template *sections;
    GPtrArray *nodes;
};

static void node_free(gpointer data)
{
    Node *node = data;
    g_string_free(node->text, TRUE);
    if (node->held)
        g_ptr_array_unref(node->held);
    g_free(node);
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

typedef struct {
    const Template *to;
    GPtrArray *open; /* GPtrArray * of Node *, innermost last; owned by their nodes */
    Node *last;      /* the block that a further line would go on with              */
    guint line;
} Reader;

static gboolean wrong(const Reader *reader, GError **error, const char *what)
{
    return error_set(error, CANDOR_ERROR_FORMAT, "%s:%u: %s", reader->to->name, reader->line, what);
}

static Node *add(Reader *reader, NodeKind kind, const char *text)
{
    Node *node = g_new0(Node, 1);
    *node = (Node){.kind = kind, .line = reader->line, .text = g_string_new(text)};
    g_strstrip(node->text->str);
    node->text->len = strlen(node->text->str);
    g_ptr_array_add(reader->open->pdata[reader->open->len - 1], node);
    return node;
}

/* "[each customers]" */
static gboolean read_bracket(Reader *reader, char *line, GError **error)
{
    static const char *const words[] = {"if", "unless", "each", "section", "use"};
    static const NodeKind kinds[] = {NODE_IF, NODE_UNLESS, NODE_EACH, NODE_SECTION, NODE_USE};
    gsize n = strlen(line);
    if (n < 2 || line[n - 1] != ']')
        return wrong(reader, error, "a line that begins with [ ends with ]");
    line[n - 1] = '\0';
    reader->last = NULL;
    if (strcmp(line + 1, "end") == 0) {
        if (reader->open->len < 2)
            return wrong(reader, error, "[end] ends nothing");
        g_ptr_array_set_size(reader->open, (gint)reader->open->len - 1);
        return TRUE;
    }
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        gsize word = strlen(words[i]);
        if (strncmp(line + 1, words[i], word) != 0 || line[1 + word] != ' ')
            continue;
        Node *node = add(reader, kinds[i], line + 1 + word);
        if (node->kind != NODE_USE) {
            node->held = g_ptr_array_new_with_free_func(node_free);
            g_ptr_array_add(reader->open, node->held);
        }
        return TRUE;
    }
    return wrong(reader, error, "in brackets stand if, unless, each, section, use or end");
}

static void read_block(Reader *reader, const char *line)
{
    static const struct {
        const char *mark;
        BlockKind kind;
    } marks[] = {
        {"== ", BLOCK_HEADING}, {"= ", BLOCK_TITLE},   {"- ", BLOCK_ITEM},
        {"+ ", BLOCK_STEP},     {"", BLOCK_PARAGRAPH},
    };
    guint i = 0;
    while (!g_str_has_prefix(line, marks[i].mark))
        i++;
    reader->last = add(reader, NODE_BLOCK, line + strlen(marks[i].mark));
    reader->last->block = marks[i].kind;
}

static gboolean read_line(Reader *reader, char *line, GError **error)
{
    reader->line++;
    g_strchomp(line);
    if (line[0] == '%')
        return TRUE;
    if (line[0] == '[')
        return read_bracket(reader, line, error);
    if (line[0] == '\0') {
        reader->last = NULL;
    } else if (g_str_has_prefix(line, "  ")) {
        if (!reader->last)
            return wrong(reader, error, "this line goes on with a block, and there is none above it");
        g_string_append_printf(reader->last->text, " %s", line + strspn(line, " "));
    } else {
        read_block(reader, line);
    }
    return TRUE;
}

Template *template_parse(const char *name, const char *text, const Template *sections, GError **error)
{
    g_autoptr(Template) t = g_new0(Template, 1);
    *t = (Template){.name = g_strdup(name), .sections = sections};
    t->nodes = g_ptr_array_new_with_free_func(node_free);
    g_autoptr(GPtrArray) open = g_ptr_array_new();
    g_ptr_array_add(open, t->nodes);
    Reader reader = {.to = t, .open = open};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        if (!read_line(&reader, *line, error))
            return NULL;
    if (open->len > 1) {
        wrong(&reader, error, "something in brackets has no [end]");
        return NULL;
    }
    return g_steal_pointer(&t);
}

Template *template_open(const char *path, const Template *sections, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &text, NULL, &cause)) {
        error_set(error, CANDOR_ERROR_IO, "%s", cause->message);
        return NULL;
    }
    return template_parse(path, text, sections, error);
}

void template_close(Template *t)
{
    if (!t)
        return;
    g_ptr_array_unref(t->nodes);
    g_free(t->name);
    g_free(t);
}

/* --- filling ---------------------------------------------------------------------------------------------------- */

typedef struct {
    const Template *t;
    const Language *language;
    GPtrArray *blocks;
    guint depth;
} Filler;

static void block_free(gpointer data)
{
    Block *block = data;
    g_free(block->text);
    g_free(block);
}

static gboolean cannot(const Filler *filler, const Node *node, GError **error, const char *what)
{
    return error_set(error, CANDOR_ERROR_FORMAT, "%s:%u: %s", filler->t->name, node->line, what);
}

static gboolean fill_block(Filler *filler, const Node *node, const Values *values, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) cause = NULL;
    if (!pattern_append(text, node->text->str, filler->language, values, &cause))
        return cannot(filler, node, error, cause->message);
    Block *block = g_new0(Block, 1);
    *block = (Block){.kind = node->block, .text = g_string_free(g_steal_pointer(&text), FALSE)};
    g_ptr_array_add(filler->blocks, block);
    return TRUE;
}

static gboolean fill_all(Filler *filler, const GPtrArray *nodes, const Values *values, GError **error);

static gboolean fill_each(Filler *filler, const Node *node, const Values *values, GError **error)
{
    const Value *list = values_get(values, node->text->str);
    if (list && list->is != VALUE_IS_LIST)
        return cannot(filler, node, error, "[each] wants a list");
    for (guint i = 0; list && i < list->list->len; i++)
        if (!fill_all(filler, node->held, list->list->pdata[i], error))
            return FALSE;
    return TRUE;
}

/* *in: the template that has the section. */
static const Node *find_section(const Template *t, const char *name, const Template **in)
{
    for (*in = t; *in; *in = (*in)->sections)
        for (guint i = 0; i < (*in)->nodes->len; i++) {
            const Node *node = (*in)->nodes->pdata[i];
            if (node->kind == NODE_SECTION && strcmp(node->text->str, name) == 0)
                return node;
        }
    return NULL;
}

static gboolean fill_use(Filler *filler, const Node *node, const Values *values, GError **error)
{
    const Template *in;
    const Node *section = find_section(filler->t, node->text->str, &in);
    if (!section)
        return cannot(filler, node, error, "there is no section of this name");
    Filler inner = *filler;
    inner.t = in;
    return fill_all(&inner, section->held, values, error);
}

static gboolean fill_node(Filler *filler, const Node *node, const Values *values, GError **error)
{
    switch (node->kind) {
    case NODE_BLOCK:
        return fill_block(filler, node, values, error);
    case NODE_IF:
    case NODE_UNLESS:
        return values_true(values, node->text->str) != (node->kind == NODE_IF) ||
               fill_all(filler, node->held, values, error);
    case NODE_EACH:
        return fill_each(filler, node, values, error);
    case NODE_USE:
        return fill_use(filler, node, values, error);
    case NODE_SECTION:
        break;
    }
    return TRUE;
}

static gboolean fill_all(Filler *filler, const GPtrArray *nodes, const Values *values, GError **error)
{
    if (filler->depth >= DEPTH_MOST)
        return error_set(error, CANDOR_ERROR_LIMIT, "%s: sections stand more than %d deep in one another",
                         filler->t->name, DEPTH_MOST);
    filler->depth++;
    for (guint i = 0; i < nodes->len; i++)
        if (!fill_node(filler, nodes->pdata[i], values, error))
            return FALSE;
    filler->depth--;
    return TRUE;
}

GPtrArray *template_fill(const Template *t, const Language *language, const Values *values, GError **error)
{
    g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func(block_free);
    Filler filler = {.t = t, .language = language, .blocks = blocks};
    return fill_all(&filler, t->nodes, values, error) ? g_steal_pointer(&blocks) : NULL;
}
