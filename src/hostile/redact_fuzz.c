/* redact_fuzz.c - whatever the text, no value that was taken out stands in what is shown, nor in an excerpt. */
#include "hostile/redact.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize n);

static Scanner *scanner(void)
{
    static const guint8 key[32] = {1};
    static Rules *rules;
    static Scanner *made;
    if (!made) {
        rules = rules_load("data", NULL, NULL);
        made = rules ? scanner_new(rules, key, NULL, NULL) : NULL;
        g_assert(made); /* run at the top of the checkout */
    }
    return made;
}

static void holds_none(const Redaction *redaction, const GString *shown)
{
    GHashTableIter values;
    gpointer value;
    g_hash_table_iter_init(&values, redaction->taken);
    while (g_hash_table_iter_next(&values, &value, NULL)) {
        gsize size;
        const char *taken = g_bytes_get_data(value, &size);
        /* A mark may itself hold a value, as "belongs". */
        if (!memmem(REDACTED_MARK REDACTED_MARK, 2 * strlen(REDACTED_MARK), taken, size))
            g_assert(!memmem(shown->str, shown->len, taken, size));
    }
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize n)
{
    gsize own = n && bytes[0] % 2 ? MIN(n, 16) : 0;
    Span text = {(const char *)bytes, n};
    if (!g_utf8_validate(text.p, (gssize)text.n, NULL))
        return 0;
    Redacted redacted;
    g_auto(Redaction) redaction = {0};
    redaction_init(&redaction, scanner(), (Span){text.p, own});
    redaction_learn(&redaction, text);
    g_autoptr(GString) shown = redaction_apply(&redaction, text, &redacted);
    g_assert(g_utf8_validate(shown->str, (gssize)shown->len, NULL));
    g_assert(redaction.overfull || redacted.cut || redacted.removed || shown->len == n);
    holds_none(&redaction, shown);
    g_autoptr(GPtrArray) excerpts = redaction_excerpts(&redaction, text, REDACTED_EXCERPTS_MOST, &redacted);
    for (guint i = 0; i < excerpts->len; i++)
        g_assert(g_utf8_strlen(((GString *)excerpts->pdata[i])->str, -1) <= REDACTED_EXCERPT_CHARACTERS);
    return 0;
}
