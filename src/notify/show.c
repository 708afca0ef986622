/* show.c - a notice as it would read. */
#include "notify/notice.h"
#include "notify/statement.h"

static char *write_text(const Notice *notice, GError **error)
{
    values_text(notice->values, "reference", "(given at approval)");
    g_autoptr(GPtrArray) blocks = tongue_write(notice->tongue, notice->kind, notice->values, error);
    return blocks ? blocks_text(blocks) : NULL;
}

char *notify_show(Store *store, const Run *run, const NoticeTexts *texts, const char *whom, GError **error)
{
    const Notice *notice;
    g_autoptr(Letters) letters = letters_new(texts->data_dir, error);
    g_autoptr(NoticeReader) reader =
        letters ? notices_open(store, texts, letters, run->now, whom, error) : NULL;
    if (!reader || !notices_next(reader, &notice, error))
        return NULL;
    if (notice)
        return write_text(notice, error);
    error_set(error, CANDOR_ERROR_MISSING,
              "nothing is owed to %s; candor notify plan lists who is owed something", whom);
    return NULL;
}
