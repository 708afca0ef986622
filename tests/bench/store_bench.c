/* store_bench.c - what the store costs: seals, digests, content ids, and whole messages with what hangs on them.
 *
 * store_bench FOLDER [KEYS…]: makes a case in FOLDER (which must not be there, nor FOLDER.key), and measures content
 * ids with each number of KEYS (rising; default 0 2000000 5000000) already there.  Times are CPU, user and system. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "store/digest_rows.h"

#define UNIT 20000
#define LOAD (25 * UNIT) /* keys that are only to be there come in so many at once */
#define MESSAGES (10 * UNIT)
#define SMALL 1000000

static const StoreRole role_bench = {
    .name = "bench",
    .reads = (const char *const[]){"*", NULL},
    .writes = (const char *const[]){"*", NULL},
};

static double cpu_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void must(gboolean done, GError *error)
{
    if (done)
        return;
    fprintf(stderr, "store_bench: %s\n", error ? error->message : "failed");
    exit(1);
}

/* The n-th key: spread over all 64 bits, no two alike. */
static void make_key(guint8 key[DIGEST_BYTES], guint64 n)
{
    memset(key, 0, DIGEST_BYTES);
    for (guint i = 0; i < 4; i++) {
        n = (n ^ (n >> 31)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9) + 1;
        memcpy(key + 8 * i, &n, sizeof n);
    }
}

static void bench_seal(const CaseKeys *keys, const char *name)
{
    char plain[40] = "Quarterly figures of the northern region";
    guint8 sealed[40 + SEAL_OVERHEAD];
    double began = cpu_now();
    for (guint i = 0; i < SMALL; i++) {
        memcpy(plain, &i, sizeof i);
        seal(keys, "subject", (Span){plain, sizeof plain}, sealed);
    }
    printf("seal, %s, 40 bytes: %.2f us\n", name, (cpu_now() - began) * 1e6 / SMALL);
}

static void bench_digest(Store *store)
{
    MessageRow message = {.size = 4000,
                          .message_id = SPAN_OF("0123456789abcdef@mail.example"),
                          .subject = SPAN_OF("Quarterly figures of the northern region")};
    MatchRow match = {.path = SPAN_OF("1.2"),
                      .rule = SPAN_OF("card.number"),
                      .type = SPAN_OF("card.number"),
                      .masked = SPAN_OF("************1234")};
    must(store_begin(store, NULL), NULL);
    double began = cpu_now();
    for (guint i = 0; i < SMALL; i++) {
        message.size = i;
        digest_message(store, &message);
    }
    double between = cpu_now();
    for (guint i = 0; i < SMALL; i++) {
        match.start = i;
        digest_match(store, message.key, &match);
    }
    double ended = cpu_now();
    store_rollback(store);
    printf("digest, a row: message (one sealed value) %.2f us, match %.2f us\n",
           (between - began) * 1e6 / SMALL, (ended - between) * 1e6 / SMALL);
}

/* --- content ids ----------------------------------------------------------------------------------------------- */

static void resolve_unit(Store *store, guint64 first, guint n, gint64 *ids, gboolean *fresh)
{
    static guint8 keys[LOAD][DIGEST_BYTES];
    GError *error = NULL;
    for (guint i = 0; i < n; i++)
        make_key(keys[i], first + i);
    must(store_content_ids(store, (const guint8(*)[DIGEST_BYTES])keys, n, ids, fresh, &error), error);
}

static guint64 add_keys(Store *store, guint64 from, guint64 to, guint64 at_once)
{
    static gint64 ids[LOAD];
    static gboolean fresh[LOAD];
    GError *error = NULL;
    while (from < to) {
        guint n = (guint)MIN(at_once, to - from);
        must(store_begin(store, &error), error);
        resolve_unit(store, from, n, ids, fresh);
        must(store_commit(store, &error), error);
        from += n;
    }
    return to;
}

static void bench_keys(Store *store, guint64 *there, guint64 wanted)
{
    *there = add_keys(store, *there, MAX(*there, wanted), LOAD);
    double began = cpu_now();
    guint64 before = *there;
    *there = add_keys(store, *there, *there + MESSAGES, UNIT);
    double between = cpu_now();
    add_keys(store, before, *there, UNIT);
    double ended = cpu_now();
    printf("content ids, %" G_GUINT64_FORMAT " keys there: new %.2f us, known %.2f us\n", before,
           (between - began) * 1e6 / MESSAGES, (ended - between) * 1e6 / MESSAGES);
}

/* --- messages ---------------------------------------------------------------------------------------------------- */

static Query *ask(Store *store, const char *name)
{
    GError *error = NULL;
    Query *query = store_query(store, name, &error);
    must(query != NULL, error);
    return query;
}

static void bind(Query *query, guint first, const gint64 *numbers, guint n)
{
    for (guint i = 0; i < n; i++)
        query_int(query, first + i, numbers[i]);
}

static void run(Query *query)
{
    GError *error = NULL;
    must(query_run(query, &error), error);
}

#define BIND(query, first, ...)                                                                              \
    bind(query, first, (const gint64[]){__VA_ARGS__}, G_N_ELEMENTS(((const gint64[]){__VA_ARGS__})))

static void put_message(Store *store, gint64 id, const MessageRow *message, gint64 at)
{
    guint64 first;
    memcpy(&first, message->key, sizeof first);
    Query *query = ask(store, "import.message");
    BIND(query, 1, id, (gint64)GUINT64_FROM_BE(first), (gint64)message->size, message->date, message->zone);
    query_text(query, 6, message->message_id);
    query_sealed(query, 8, "subject", message->subject);
    BIND(query, 9, 0, 1, 0);
    run(query);
    digest_message(store, message);
    query = ask(store, "import.copy");
    BIND(query, 1, 1, at, (gint64)message->size, id, 1);
    query_blob(query, 6, (Span){(const char *)message->sha256, DIGEST_BYTES});
    run(query);
    digest_copy(store, &(DigestPlace){SPAN_OF("box"), SPAN_OF("ann"), SPAN_OF("")}, message);
}

static void put_address(Store *store, gint64 id, guint n, const guint8 *key)
{
    const AddressRow row = {.role = ROLE_TO,
                            .name = SPAN_OF("A. Person of Example Ltd"),
                            .address = SPAN_OF("a.person@mail.example")};
    Query *query = ask(store, "import.address");
    BIND(query, 1, id, n, row.role, n + 1, n + 1);
    run(query);
    digest_address(store, key, n, &row);
}

static void put_part(Store *store, gint64 id, Span path, const guint8 *key)
{
    const PartRow row = {.path = path,
                         .kind = PART_LEAF,
                         .media_type = SPAN_OF("text/plain"),
                         .charset = SPAN_OF("utf-8"),
                         .encoding = SPAN_OF("quoted-printable"),
                         .start = 700,
                         .end = 3000,
                         .read = 2300,
                         .scanned = 2300,
                         .state = PART_READ};
    Query *query = ask(store, "import.part");
    query_int(query, 1, id);
    query_text(query, 2, row.path);
    query_int(query, 3, row.kind);
    query_text(query, 4, row.media_type);
    query_text(query, 5, row.charset);
    query_text(query, 8, row.encoding);
    BIND(query, 10, (gint64)row.start, (gint64)row.end);
    query_blob(query, 12, (Span){(const char *)row.sha256, DIGEST_BYTES});
    run(query);
    digest_part(store, key, &row);
    query = ask(store, "import.attempt");
    query_int(query, 1, id);
    query_text(query, 2, row.path);
    BIND(query, 3, 1, row.state, (gint64)row.read, (gint64)row.scanned, (gint64)row.unscanned);
    run(query);
    digest_attempt(store, key, &row);
}

static void put_match(Store *store, gint64 id, guint n, const guint8 *key)
{
    const MatchRow row = {.path = SPAN_OF("1"),
                          .type = SPAN_OF("card.number"),
                          .rule = SPAN_OF("card.number"),
                          .masked = SPAN_OF("************1234"),
                          .start = 100 * n,
                          .end = 100 * n + 16,
                          .confidence = 90};
    Query *query = ask(store, "import.match");
    BIND(query, 1, id, 1);
    query_text(query, 3, row.path);
    BIND(query, 4, (gint64)row.start, (gint64)row.end);
    query_text(query, 6, row.rule);
    query_text(query, 7, row.type);
    query_blob(query, 8, (Span){(const char *)row.fingerprint, FINGERPRINT_BYTES});
    query_text(query, 9, row.masked);
    query_int(query, 10, (gint64)row.confidence);
    run(query);
    digest_match(store, key, &row);
}

/* A message, its copy, 4 addresses with names, 2 parts with their attempts, 3 matches: 13 rows. */
static void put_all(Store *store, gint64 id, guint64 n)
{
    MessageRow message = {.size = 4000,
                          .date = (gint64)n,
                          .message_id = SPAN_OF("0123456789abcdef@mail.example"),
                          .subject = SPAN_OF("Quarterly figures of the northern region")};
    make_key(message.key, n);
    put_message(store, id, &message, (gint64)n * 4000);
    for (guint i = 0; i < 4; i++)
        put_address(store, id, i, message.key);
    put_part(store, id, SPAN_OF("1"), message.key);
    put_part(store, id, SPAN_OF("2"), message.key);
    for (guint i = 0; i < 3; i++)
        put_match(store, id, i, message.key);
}

static void bench_messages(Store *store, guint64 *there)
{
    static gint64 ids[UNIT];
    static gboolean fresh[UNIT];
    GError *error = NULL;
    double began = cpu_now();
    for (guint unit = 0; unit < MESSAGES / UNIT; unit++) {
        must(store_begin(store, &error), error);
        resolve_unit(store, *there, UNIT, ids, fresh);
        for (guint i = 0; i < UNIT; i++)
            put_all(store, ids[i], *there + i);
        must(store_commit(store, &error), error);
        *there += UNIT;
    }
    double each = (cpu_now() - began) * 1e6 / MESSAGES;
    printf("messages of 13 rows, %" G_GUINT64_FORMAT " keys there: %.1f us each, %.0f a CPU-second\n",
           *there - MESSAGES, each, 1e6 / each);
}

int main(int count, char **arguments)
{
    static const char *const usual[] = {"0", "2000000", "5000000"};
    if (count < 2) {
        fprintf(stderr, "store_bench FOLDER [KEYS...]\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    GError *error = NULL;
    g_autofree char *path = g_strconcat(arguments[1], ".key", NULL);
    g_autofree char *other_path = g_strconcat(arguments[1], ".openssl.key", NULL);
    must(case_keys_create(path, SUITE_SODIUM, &error), error);
    must(case_keys_create(other_path, SUITE_OPENSSL, &error), error);
    g_autoptr(CaseKeys) keys = case_keys_open(path, &error), other = case_keys_open(other_path, &error);
    must(store_create(arguments[1], keys, "", 0, &error), error);
    g_autoptr(Store) store = store_open(arguments[1], &role_bench, keys, &error);
    must(store != NULL, error);
    bench_seal(keys, "sodium");
    bench_seal(other, "openssl");
    bench_digest(store);
    guint64 there = 0;
    const char *const *wanted = count > 2 ? (const char *const *)arguments + 2 : usual;
    for (guint i = 0; i < (count > 2 ? (guint)count - 2 : G_N_ELEMENTS(usual)); i++) {
        bench_keys(store, &there, g_ascii_strtoull(wanted[i], NULL, 10));
        bench_messages(store, &there);
    }
    return 0;
}
