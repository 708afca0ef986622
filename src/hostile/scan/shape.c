/* shape.c - what has no literal: numbers, mail addresses, IP addresses. */
#include "hostile/scan/shape.h"

#include "hostile/scan/shape_named.h"
#include "hostile/scan/template.h"
#include "hostile/scan/wide.h"

#define CHUNK_BLOCKS 64
/* The most letters that stand apart from the digits behind them, as in "AB 12 34 56 C". */
#define LETTERS_APART 4
/* As many as there are TemplateEntries. */
#define ENTRIES ((TEMPLATE_MAX_LETTERS + 1) * (TEMPLATE_MAX_DIGITS + 1) * NEXT_COUNT)

typedef gboolean (*NamedShape)(Span text, gsize at, gsize *start, gsize *end);
typedef enum { SIGN_DIGIT, SIGN_AT, SIGN_COLON, SIGN_COUNT } Sign;

static const struct {
    const char *name;
    Sign sign;
    NamedShape shape;
} named_shapes[] = {
    {"email", SIGN_AT, shape_email},
    {"iban", SIGN_DIGIT, shape_iban},
    {"ipv6", SIGN_COLON, shape_ipv6},
    {"phone-international", SIGN_DIGIT, shape_phone_international},
    {"phone-national", SIGN_DIGIT, shape_phone_national},
};

typedef struct {
    guint rule;
    char lead;
    guint token; /* letters and digits that stand together at its beginning, at least */
    Template template;
} TemplateUse;

typedef struct {
    guint rule;
    NamedShape shape;
} NamedUse;

struct Shapes {
    WideClassify classify;
    GArray *templates;         /* TemplateUse                                      */
    GArray *named[SIGN_COUNT]; /* NamedUse                                         */
    GArray *at[ENTRIES];       /* guint: the templates that may enter so, by index */
};

Shapes *shapes_new(void)
{
    Shapes *shapes = g_new0(Shapes, 1);
    shapes->classify = wide_classify_avx2();
    if (!shapes->classify)
        shapes_use_plain(shapes);
    shapes->templates = g_array_new(FALSE, FALSE, sizeof(TemplateUse));
    for (guint sign = 0; sign < SIGN_COUNT; sign++)
        shapes->named[sign] = g_array_new(FALSE, FALSE, sizeof(NamedUse));
    for (guint i = 0; i < ENTRIES; i++)
        shapes->at[i] = g_array_new(FALSE, FALSE, sizeof(guint));
    return shapes;
}

void shapes_use_plain(Shapes *shapes)
{
    shapes->classify = wide_classify_plain;
}

void shapes_free(Shapes *shapes)
{
    if (!shapes)
        return;
    g_array_unref(shapes->templates);
    for (guint sign = 0; sign < SIGN_COUNT; sign++)
        g_array_unref(shapes->named[sign]);
    for (guint i = 0; i < ENTRIES; i++)
        g_array_unref(shapes->at[i]);
    g_free(shapes);
}

static gboolean add_named(Shapes *shapes, guint rule, const char *shape)
{
    for (guint i = 0; i < G_N_ELEMENTS(named_shapes); i++) {
        if (strcmp(named_shapes[i].name, shape) != 0)
            continue;
        NamedUse use = {rule, named_shapes[i].shape};
        g_array_append_val(shapes->named[named_shapes[i].sign], use);
        return TRUE;
    }
    return FALSE;
}

static guint entry_index(TemplateEntry entry)
{
    return (entry.letters * (TEMPLATE_MAX_DIGITS + 1) + entry.digits) * NEXT_COUNT + entry.next;
}

static TemplateEntry entry_of_index(guint i)
{
    guint pair = i / NEXT_COUNT;
    return (TemplateEntry){pair / (TEMPLATE_MAX_DIGITS + 1), pair % (TEMPLATE_MAX_DIGITS + 1),
                           (TemplateNext)(i % NEXT_COUNT)};
}

static guint least_token(const Template *template)
{
    guint least = 0;
    for (guint i = template_lead(template) ? 1 : 0; i < template->count; i++) {
        if (!strchr("9AX", template->piece[i].kind))
            break;
        least += template->piece[i].least;
    }
    return least;
}

/* Enter the template wherever it can begin; FALSE when it never can. */
static gboolean add_template(Shapes *shapes, guint rule, const Template *template)
{
    guint index = shapes->templates->len, entries = 0;
    TemplateUse use = {rule, template_lead(template), least_token(template), *template};
    g_array_append_val(shapes->templates, use);
    for (guint i = 0; i < ENTRIES; i++) {
        TemplateEntry entry = entry_of_index(i);
        if (entry.digits == 0 || !template_enters(template, entry))
            continue;
        g_array_append_val(shapes->at[i], index);
        entries++;
    }
    return entries > 0;
}

gboolean shapes_add(Shapes *shapes, guint rule, const char *shape)
{
    if (add_named(shapes, rule, shape))
        return TRUE;
    do {
        Template template;
        if (!template_parse(&shape, &template) || !add_template(shapes, rule, &template))
            return FALSE;
    } while (*shape);
    return TRUE;
}

/* A scan on its way. */
typedef struct {
    const Shapes *shapes;
    Span text;
    ShapeFound found;
    void *user;
    gsize taken; /* no number begins before it */
    gboolean stop;
} Pass;

static void hand_over(Pass *pass, guint rule, gsize start, gsize end)
{
    ShapeVerdict verdict = pass->found(pass->user, rule, start, end);
    if (verdict == SHAPE_TAKEN)
        pass->taken = MAX(pass->taken, end);
    pass->stop = pass->stop || verdict == SHAPE_STOP;
}

static void try_named(Pass *pass, Sign sign, gsize at)
{
    const GArray *uses = pass->shapes->named[sign];
    for (guint i = 0; i < uses->len && !pass->stop; i++) {
        const NamedUse *use = &g_array_index(uses, NamedUse, i);
        gsize start, end;
        if (use->shape(pass->text, at, &start, &end))
            hand_over(pass, use->rule, start, end);
    }
}

#define LONGEST_TOKEN 32

static guint token_length(Span text, gsize start)
{
    guint n = 0;
    while (n < LONGEST_TOKEN && start + n < text.n && g_ascii_isalnum(text.p[start + n]))
        n++;
    return n;
}

/* The templates that may enter so, at the letters and digits that begin at `start`. */
static void try_templates(Pass *pass, TemplateEntry entry, gsize start)
{
    const GArray *indices = pass->shapes->at[entry_index(entry)];
    guint token = indices->len ? token_length(pass->text, start) : 0;
    for (guint i = 0; i < indices->len && !pass->stop; i++) {
        guint index = g_array_index(indices, guint, i);
        const TemplateUse *use = &g_array_index(pass->shapes->templates, TemplateUse, index);
        gsize from = start;
        if (token < use->token)
            continue;
        if (use->lead && (from == 0 || pass->text.p[--from] != use->lead))
            continue;
        gsize end = template_match(&use->template, pass->text, from);
        if (end > 0 && stands_alone(pass->text, from, end))
            hand_over(pass, use->rule, from, end);
    }
}

static guint letters_before(Span text, gsize at, guint most)
{
    guint letters = 0;
    while (letters < most && letters < at && g_ascii_isalpha(text.p[at - letters - 1]))
        letters++;
    return letters;
}

static gboolean word_before(Span text, gsize at)
{
    return at > 0 && (g_ascii_isalnum(text.p[at - 1]) || text.p[at - 1] == '_');
}

/* "AB 123456": letters, a separator, digits. */
static void try_letters_apart(Pass *pass, TemplateEntry entry, gsize at)
{
    gsize gap = 1;
    while (gap <= 3 && gap < at && separator_at(pass->text, at - gap) != gap)
        gap++;
    if (gap > 3 || gap >= at)
        return;
    entry.letters = letters_before(pass->text, at - gap, LETTERS_APART + 1);
    gsize start = at - gap - entry.letters;
    if (entry.letters > 0 && entry.letters <= LETTERS_APART && !word_before(pass->text, start))
        try_templates(pass, entry, start);
}

static guint digits_from(Span text, gsize at)
{
    guint digits = 0;
    while (digits < TEMPLATE_MAX_DIGITS && at + digits < text.n && g_ascii_isdigit(text.p[at + digits]))
        digits++;
    return digits;
}

/* The first digit of a run. */
static void at_digit(Pass *pass, gsize at)
{
    guint letters = letters_before(pass->text, at, TEMPLATE_MAX_LETTERS + 1);
    if (at < pass->taken || letters > TEMPLATE_MAX_LETTERS || word_before(pass->text, at - letters))
        return;
    guint digits = digits_from(pass->text, at);
    TemplateEntry entry = {letters, digits, template_next(pass->text, at + digits)};
    try_named(pass, SIGN_DIGIT, at);
    try_templates(pass, entry, at - letters);
    if (letters == 0)
        try_letters_apart(pass, entry, at);
}

/* One block's signs, in order. `carry` is the digit bit of the byte before it. */
static void do_block(Pass *pass, gsize base, const WideMask *mask, guint64 carry)
{
    guint64 starts = mask->digit & ~(mask->digit << 1 | carry);
    guint64 todo = starts | mask->at | mask->colon;
    for (; todo && !pass->stop; todo &= todo - 1) {
        guint bit = (guint)__builtin_ctzll(todo);
        guint64 one = 1ULL << bit;
        if (starts & one)
            at_digit(pass, base + bit);
        else
            try_named(pass, mask->at & one ? SIGN_AT : SIGN_COLON, base + bit);
    }
}

gboolean shapes_scan(const Shapes *shapes, Span text, ShapeFound found, void *user)
{
    Pass pass = {.shapes = shapes, .text = text, .found = found, .user = user};
    guint64 carry = 0;
    for (gsize base = 0; base < text.n && !pass.stop;) {
        WideMask masks[CHUNK_BLOCKS];
        char tail[WIDE_BLOCK] = {0};
        gsize left = text.n - base, blocks = MIN(left / WIDE_BLOCK, CHUNK_BLOCKS);
        if (blocks > 0) {
            shapes->classify(text.p + base, blocks, masks);
        } else {
            memcpy(tail, text.p + base, left);
            shapes->classify(tail, 1, masks);
            blocks = 1;
        }
        for (gsize i = 0; i < blocks; i++, base += WIDE_BLOCK) {
            do_block(&pass, base, &masks[i], carry);
            carry = masks[i].digit >> 63;
        }
    }
    return !pass.stop;
}
