/* approve.c - notices of the plan become acts, with files that say the same. */
#include "notify/notify.h"

#include <string.h>
#include "notify/notice.h"
#include "notify/outbox.h"
#include "notify/statement.h"

/* Letters and digits that nobody mistakes when they are read out on a telephone (Crockford's base 32). */
static const char clear_digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
#define CODE_DIGITS 4

/* One approval on its way. */
typedef struct {
    Store *store;
    Run *run;
    const NoticeTexts *texts;
    const NotifyApproval *approval;
    NotifyApproved *done;
    gint64 wave;   /* its act; 0 before it is needed */
    gint64 number; /* of notices so far              */
    char *folder;  /* in the outbox                  */
} Approving;

/* --- one notice ------------------------------------------------------------------------------------------------- */

/* "T-2F7K-0031": the vendor's letter, a code that nobody guesses without the key, the number of the notice. */
static char *make_reference(const Approving *a, const char *whom)
{
    guint8 print[FINGERPRINT_OF_SEAL_BYTES];
    char code[CODE_DIGITS + 1] = {0};
    const char *letter = a->texts->vendor;
    while (*letter && !g_ascii_isalpha(*letter))
        letter++;
    g_autofree char *what = g_strdup_printf("%" G_GINT64_FORMAT "\t%s", a->number, whom);
    case_keys_fingerprint(store_keys(a->store), "notice", span_of_string(what), print);
    for (guint i = 0; i < CODE_DIGITS; i++)
        code[i] = clear_digits[print[i] % 32];
    return g_strdup_printf("%c-%s-%04" G_GINT64_FORMAT, *letter ? g_ascii_toupper(*letter) : 'C', code,
                           a->number);
}

/* What a program may read: everything that the letter was written from, and the letter's hashes. */
static char *make_json(const Notice *notice, const char *text_sha256, const char *html_sha256)
{
    values_text(notice->values, "whom", notice->whom);
    values_text(notice->values, "language", tongue_tag(notice->tongue));
    values_text(notice->values, "channel", notice->channel);
    values_text(notice->values, "contact", notice->contact);
    values_text(notice->values, "text_sha256", text_sha256);
    values_text(notice->values, "html_sha256", html_sha256);
    GString *json = g_string_new(NULL);
    values_json(json, notice->values);
    g_string_append_c(json, '\n');
    return g_string_free(json, FALSE);
}

static gboolean put_files(const Approving *a, const Notice *notice, const char *reference, char **text_sha256,
                          char **html_sha256, GError **error)
{
    values_text(notice->values, "reference", reference);
    values_text(notice->values, "wave", a->approval->wave);
    g_autoptr(GPtrArray) blocks = tongue_write(notice->tongue, notice->kind, notice->values, error);
    if (!blocks)
        return FALSE;
    g_autofree char *text = blocks_text(blocks), *html = blocks_html(blocks, tongue_tag(notice->tongue));
    *text_sha256 = text_hash(text);
    *html_sha256 = text_hash(html);
    g_autofree char *json = make_json(notice, *text_sha256, *html_sha256);
    return outbox_put(a->folder, reference, "txt", text, error) &&
           outbox_put(a->folder, reference, "html", html, error) &&
           outbox_put(a->folder, reference, "json", json, error);
}

static gboolean add_facts(Store *store, gint64 act, const char *whom, GError **error)
{
    Query *query = store_query(store, "notify.notice_facts_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, act);
    query_text(query, 2, span_of_string(whom));
    return query_run(query, error);
}

static gboolean find_wave(Approving *a, GError **error)
{
    const Span fields[] = {span_of_string(a->approval->wave), span_of_string(a->approval->by)};
    Query *query = store_query(a->store, "notify.wave_named", error);
    if (!query)
        return FALSE;
    query_text(query, 1, fields[0]);
    return query_only_int(query, &a->wave, error) &&
           (a->wave || act_record(a->store, a->run, "wave", fields, G_N_ELEMENTS(fields), &a->wave, error));
}

static gboolean approve_one(Approving *a, const Notice *notice, GError **error)
{
    gint64 act;
    g_autofree char *text = NULL, *html = NULL;
    if (!a->wave && !find_wave(a, error))
        return FALSE;
    a->number++;
    g_autofree char *reference = make_reference(a, notice->whom);
    g_autofree char *wave = g_strdup_printf("%" G_GINT64_FORMAT, a->wave);
    if (!put_files(a, notice, reference, &text, &html, error) || !act_next(a->store, &act, error) ||
        !add_facts(a->store, act, notice->whom, error))
        return FALSE;
    const Span fields[] = {
        span_of_string(wave),
        span_of_string(notice->whom),
        span_of_string(notice->kind),
        span_of_string(reference),
        span_of_string(tongue_tag(notice->tongue)),
        span_of_string(text),
        span_of_string(html),
        span_of_string(notice->channel),
        span_of_string(notice->contact),
        span_of_string(a->approval->by),
    };
    a->done->approved++;
    return act_record(a->store, a->run, "notice", fields, G_N_ELEMENTS(fields), NULL, error);
}

/* --- all that are meant ----------------------------------------------------------------------------------------- */

static gboolean is_meant(const Approving *a, const Notice *notice)
{
    return !a->approval->whoms || g_strv_contains(a->approval->whoms, notice->whom);
}

static gboolean consider(Approving *a, const Notice *notice, GError **error)
{
    if (!is_meant(a, notice))
        return TRUE;
    if (g_str_equal(notice->state, "ready"))
        return approve_one(a, notice, error);
    if (g_str_equal(notice->state, "delayed"))
        a->done->delayed++;
    else
        a->done->no_contact++;
    return TRUE;
}

static gboolean is_stopped(const Run *run)
{
    return run->tools && run->tools->stopped && run->tools->stopped(run->tools->user);
}

static gboolean approve_each(Approving *a, GError **error)
{
    const Notice *notice;
    g_autoptr(Letters) letters = letters_new(a->texts->data_dir, error);
    g_autoptr(NoticeReader) reader =
        letters ? notices_open(a->store, a->texts, letters, a->run->now, NULL, error) : NULL;
    if (!reader)
        return FALSE;
    do {
        if (is_stopped(a->run))
            return error_set(error, CANDOR_ERROR_CONFLICT, "stopped; nothing was approved");
        if (!notices_next(reader, &notice, error) || (notice && !consider(a, notice, error)))
            return FALSE;
    } while (notice);
    return TRUE;
}

static gboolean check_whoms(Store *store, const char *const *whoms, GError **error)
{
    for (; whoms && *whoms; whoms++) {
        gint64 known;
        Query *query = store_query(store, "notify.whom_is", error);
        if (!query)
            return FALSE;
        query_text(query, 1, span_of_string(*whoms));
        if (!query_only_int(query, &known, error))
            return FALSE;
        if (!known)
            return error_set(
                error, CANDOR_ERROR_MISSING,
                "no customer has the id %s, and no person of this case; candor notify plan lists who "
                "is owed something",
                *whoms);
    }
    return TRUE;
}

static gboolean approve_and_commit(Approving *a, GError **error)
{
    if (!store_begin(a->store, error))
        return FALSE;
    if (store_ask_int(a->store, "notify.notices", &a->number, error) && approve_each(a, error) &&
        (!a->done->approved || outbox_sync(a->folder, error)))
        return store_commit(a->store, error);
    store_rollback(a->store);
    outbox_clean(a->store, NULL); /* whoever sends must not find what was not approved */
    return FALSE;
}

gboolean notify_approve(Store *store, Run *run, const NoticeTexts *texts, const NotifyApproval *approval,
                        NotifyApproved *done, GError **error)
{
    *done = (NotifyApproved){0};
    if (!wave_name_is_good(approval->wave))
        return error_set(error, CANDOR_ERROR_FORMAT,
                         "\"%s\" is no name of a wave: letters, digits, - _ and . make one, as in wave-1",
                         approval->wave);
    g_autofree char *folder = outbox_folder(store, approval->wave);
    Approving approving = {
        .store = store, .run = run, .texts = texts, .approval = approval, .done = done, .folder = folder};
    return check_whoms(store, approval->whoms, error) && outbox_clean(store, error) &&
           outbox_make(folder, error) && approve_and_commit(&approving, error);
}
