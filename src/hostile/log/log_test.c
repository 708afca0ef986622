/* log_test.c - logs as exports write them: each shape made up, each read alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <sys/mman.h>
#include <unistd.h>
#include "hostile/log/pieces.h"
#include "hostile/log/record.h"
#include "lib/moment.h"

/* --- helpers --------------------------------------------------------------------------------------------------- */

static int file_of(const char *bytes, gsize n)
{
    int file = memfd_create("log", MFD_CLOEXEC);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, n), n);
    return file;
}

/* A row for people: kind and fields between bars, without item, offset and length of a first row. */
static void append_rows(GString *out, const RowBuffer *rows, guint skip)
{
    g_autofree char *copy = g_strndup(rows->bytes ? rows->bytes : "", rows->length);
    for (char *line = copy, *stop; *line && (stop = strchr(line, '\n')); line = stop + 1) {
        Row row;
        assert_true(row_split(line, (gsize)(stop - line), &row, NULL));
        g_string_append_c(out, row.kind);
        for (guint i = skip; i < row.count; i++)
            g_string_append_printf(out, "|%.*s", (int)row.field[i].n, row.field[i].p ? row.field[i].p : "-");
        g_string_append_c(out, '\n');
    }
}

/* Every record of a file, or !REASON for one that is none, a line each. */
static char *read_from(const char *bytes, gsize n, guint64 start)
{
    GString *out = g_string_new(NULL);
    LogPieces pieces;
    RecordReader reader;
    LogPiece piece;
    guint64 last = start;
    int file = file_of(bytes, n);
    log_pieces_init(&pieces);
    record_reader_init(&reader);
    const char *wrong = log_pieces_turn(&pieces, file, start, n);
    if (wrong)
        g_string_append_printf(out, "!%s\n", wrong);
    while (!wrong && log_pieces_next(&pieces, &piece)) {
        assert_true(piece.offset >= last && piece.end >= piece.offset && piece.end <= n);
        last = piece.end;
        const EventRow place = {0};
        const char *reason = piece.wrong;
        if (!pieces.is_csv && (!reason || g_str_equal(reason, "record-cut")))
            reason = record_read_json(&reader, piece.text, &place);
        else if (!reason) {
            g_autoptr(GPtrArray) fields = csv_fields(piece.text);
            reason = record_read_csv(&reader, pieces.header, fields, &place);
        }
        if (reason) {
            g_string_append_printf(out, "!%s\n", reason);
            continue;
        }
        append_rows(out, &reader.first, 3);
        append_rows(out, &reader.rows, 0);
    }
    record_reader_clear(&reader);
    log_pieces_clear(&pieces);
    close(file);
    return g_string_free(out, FALSE);
}

static void reads_as(const char *bytes, const char *wanted)
{
    g_autofree char *found = read_from(bytes, strlen(bytes), 0);
    assert_string_equal(found, wanted);
}

/* --- wrappings ------------------------------------------------------------------------------------------------- */

#define BIND                                                                                                 \
    "{\"CreationTime\":\"2025-01-02T03:04:05\",\"Id\":\"R1\",\"Operation\":\"MailItemsAccessed\","           \
    "\"RecordType\":50,"                                                                                     \
    "\"UserId\":\"Sp-1\",\"MailboxGuid\":\"A1\",\"MailboxOwnerUPN\":\"Amy@Vendor.example\","                 \
    "\"ClientIPAddress\":\"203.0.113.7:51234\",\"ClientInfoString\":\"Client=REST\",\"ClientAppId\":"        \
    "\"DEAD\","                                                                                              \
    "\"SessionId\":\"\",\"AppAccessContext\":{\"AADSessionId\":\"S-1\",\"UniqueTokenId\":\"Zk3\"},"          \
    "\"OperationProperties\":[{\"Name\":\"MailAccessType\",\"Value\":\"Bind\"},"                             \
    "{\"Name\":\"IsThrottled\",\"Value\":\"False\"}],\"OperationCount\":1,"                                  \
    "\"Folders\":[{\"Id\":\"F1\",\"Path\":\"\\\\Inbox\",\"FolderItems\":[{\"Id\":\"I1\","                    \
    "\"InternetMessageId\":\"\\u003cm1@north.example\\u003e\",\"SizeInBytes\":20480}]}]}"
#define BIND_ROWS                                                                                            \
    "V|1735787045000000|r1|MailItemsAccessed|bind|0|0|amy@vendor.example|Sp-1|203.0.113.7|Client=REST|s-1|"  \
    "Zk3|dead|1|"                                                                                            \
    "\nI|/Inbox|F1|m1@north.example|I1||20480\n"

static char *quoted_json(const char *text)
{
    GString *out = g_string_new("\"");
    for (; *text; text++)
        g_string_append_printf(out, strchr("\"\\", *text) ? "\\%c" : "%c", *text);
    return g_string_free(g_string_append_c(out, '"'), FALSE);
}

static char *quoted_csv(const char *text)
{
    g_auto(GStrv) pieces = g_strsplit(text, "\"", -1);
    g_autofree char *doubled = g_strjoinv("\"\"", pieces);
    return g_strconcat("\"", doubled, "\"", NULL);
}

static void one_record_in_every_wrapping_is_the_same(void **state)
{
    (void)state;
    g_autofree char *once = quoted_json(BIND), *twice = quoted_json(once), *cell = quoted_csv(BIND);
    g_autofree char *texts[] = {
        g_strdup(BIND),
        g_strdup("\xef\xbb\xbf" BIND "\r\n"),
        g_strdup("[" BIND "]"),
        g_strdup("{\"@odata.context\": \"x]}\", \"value\": [\n" BIND
                 "\n], \"@odata.nextLink\": \"https://x.example/}\"}"),
        g_strconcat("{\"RecordType\":\"ExchangeItemAggregated\",\"ResultIndex\":1,\"AuditData\":", once, "}",
                    NULL),
        g_strconcat("{\"Identity\":\"x\",\"AuditData\":", twice, "}", NULL),
        g_strdup("{\"id\":\"x\",\"operation\":\"MailItemsAccessed\",\"auditData\":" BIND "}"),
        g_strdup("{\"Timestamp\":\"2025-01-02T03:04:06Z\",\"ActionType\":\"MailItemsAccessed\","
                 "\"RawEventData\":" BIND "}"),
        g_strconcat("\xef\xbb\xbfRecordId,CreationDate,RecordType,AuditData,AssociatedAdminUnits\r\nR1,\"1/2/"
                    "2025, 4:04\",50,",
                    cell, ",\r\n", NULL),
    };
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        reads_as(texts[i], BIND_ROWS);
        g_free(g_steal_pointer(&texts[i]));
    }
}

static void many_records_in_every_arrangement(void **state)
{
    (void)state;
    static const char *const texts[] = {
        BIND "\n" BIND "\n",
        BIND BIND,
        "[\n  " BIND ",\n  " BIND "\n]\n",
        "[" BIND "]\n[" BIND "]",
        "{\"value\":[" BIND "]}\n{\"value\":[" BIND "]}\n",
        "\n\n" BIND "\r\n\r\n" BIND,
    };
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        reads_as(texts[i], BIND_ROWS BIND_ROWS);
}

static void a_log_in_utf16_is_decoded(void **state)
{
    (void)state;
    const char *text = "[" BIND ",\n{\"Operation\":\"Send\",\"UserId\":\"Zo\u00eb \U0001f4e8\"}\n]";
    glong units;
    g_autofree gunichar2 *wide = g_utf8_to_utf16(text, -1, NULL, &units, NULL);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_byte_array_append(bytes, (const guint8 *)"\xff\xfe", 2);
    g_byte_array_append(bytes, (const guint8 *)wide, (guint)units * 2);
    g_autofree char *found = read_from((const char *)bytes->data, bytes->len, 0);
    assert_string_equal(found, BIND_ROWS "V|-9223372036854775808||Send||0|0||Zo\u00eb \U0001f4e8||||||0|"
                                         "\n");
}

/* --- fields ---------------------------------------------------------------------------------------------------- */

/* What a record says of access and of what it names. */
static void record_names(const char *rest, const char *access, const char *wanted)
{
    g_autofree char *text =
        g_strconcat("{\"Id\":\"x\",\"Operation\":\"MailItemsAccessed\",", rest, "}", NULL);
    g_autofree char *rows =
        g_strconcat("V|-9223372036854775808|x|MailItemsAccessed|", access, "||||||||0|\n", wanted, NULL);
    reads_as(text, rows);
}

static void properties_come_in_three_forms(void **state)
{
    (void)state;
    record_names("\"OperationProperties\":{\"IsThrottled\":true,\"MailAccessType\":\"Sync\"}", "sync|1|0",
                 "");
    record_names("\"OperationProperties\":\"MailAccessType:Bind;IsThrottled:True\"", "bind|1|0", "");
    record_names("\"OperationProperties\":{\"Name\":\"MailAccessType\",\"Value\":\"Bind\"}", "bind|0|0", "");
    record_names("\"OperationProperties\":\"[{\\\"Name\\\":\\\"IsThrottled\\\",\\\"Value\\\":\\\"true\\\"},"
                 "{\\\"Name\\\":\\\"MailAccessType\\\",\\\"Value\\\":\\\"Bind\\\"}]\"",
                 "bind|1|0", "");
    record_names("\"OperationProperties\":[\"@{Value=Bind; Name=MailAccessType}\",\"@{Name=IsThrottled; "
                 "Value=True}\"]",
                 "bind|1|0", "");
    record_names("\"OperationProperties\":null", "|0|0", "");
}

static void folders_come_in_every_form(void **state)
{
    (void)state;
    record_names("\"Folders\":null", "|0|0", "");
    record_names("\"Folders\":[{\"Path\":\"\\\\Inbox\",\"FolderItems\":[null]}]", "|0|0", "I|/Inbox|||||0\n");
    record_names(
        "\"Folders\":{\"Path\":\"\\\\Inbox\\\\A\",\"FolderItems\":{\"InternetMessageId\":\"m@x.example\"}}",
        "|0|0", "I|/Inbox/A||m@x.example|||0\n");
    record_names("\"Folders\":\"[{\\\"FolderItems\\\":[{\\\"InternetMessageId\\\":\\\"<a@x.example>\\\"}],"
                 "\\\"Id\\\":\\\"F\\\"}]\"",
                 "|0|0", "I||F|a@x.example|||0\n");
    record_names("\"Folders\":[{\"FolderItems\":[{\"Id\":\"I9\",\"InternetMessageId\":\"\"}]}]", "|0|0",
                 "I||||I9||0\n");
    record_names("\"Reports\":[{\"Inner\":[{\"InternetMessageId\":\"<h@x.example>\"}]}]", "|0|0",
                 "I|||h@x.example|||0\n");
}

static void a_sync_names_its_folder_by_the_item(void **state)
{
    (void)state;
    record_names(
        "\"OperationProperties\":{\"MailAccessType\":\"Sync\"},\"Item\":{\"Id\":\"F7\",\"ParentFolder\":"
        "{\"Id\":\"F7\",\"Name\":\"Inbox\",\"Path\":\"Not Available\"}}",
        "sync|0|0", "I|Inbox|F7||||0\n");
}

static void a_send_has_its_recipients(void **state)
{
    (void)state;
    reads_as(
        "{\"Operation\":\"Send\",\"CreationTime\":\"/Date(1735787045000)/\",\"Item\":{\"Id\":\"Unknown\","
        "\"InternetMessageId\":\"<s@v.example>\",\"ParentFolder\":{\"Path\":\"\\\\Drafts\"}},"
        "\"recipientList\":[{\"Address\":\"Bo@North.example\",\"Name\":\"Bo\"}],\"ClientIP\":\"::1\"}",
        "V|1735787045000000||Send||0|0||||||||0|\nI|/Drafts||s@v.example|Unknown||0\n"
        "I|||s@v.example||bo@north.example|0\n");
}

/* --- sign-ins -------------------------------------------------------------------------------------------------- */

#define GRAPH_SIGNIN                                                                                         \
    "{\"id\":\"G1\",\"createdDateTime\":\"2025-01-02T03:04:05.1234567Z\",\"userPrincipalName\":\"Bo@North."  \
    "example\","                                                                                             \
    "\"userId\":\"U1\",\"appId\":\"AB\",\"ipAddress\":\"203.0.113.9\",\"userAgent\":\"curl\","               \
    "\"isInteractive\":true,"                                                                                \
    "\"homeTenantId\":\"T1\",\"resourceTenantId\":\"T2\",\"authenticationProtocol\":\"ropc\","               \
    "\"uniqueTokenIdentifier\":\"uTi\",\"sessionId\":\"S1\",\"status\":{\"errorCode\":50126}}"
#define GRAPH_ROW                                                                                            \
    "S|1735787045123456|g1|interactive|bo@north.example|u1|t1|t2|ab|203.0.113.9|curl|ropc|50126||uTi|s1\n"

static void sign_ins_of_graph(void **state)
{
    (void)state;
    reads_as(GRAPH_SIGNIN, GRAPH_ROW);
    reads_as("[" GRAPH_SIGNIN "]", GRAPH_ROW);
    reads_as("{\"@odata.context\":\"c\",\"value\":[" GRAPH_SIGNIN "," GRAPH_SIGNIN "]}", GRAPH_ROW GRAPH_ROW);
}

static void sign_ins_of_tables_and_settings(void **state)
{
    (void)state;
    reads_as(
        "{\"TimeGenerated\":\"2025-01-02T03:04:05Z\",\"Id\":\"L1\",\"ResultType\":\"50053\",\"Type\":"
        "\"AADNonInteractiveUserSignInLogs\",\"UserPrincipalName\":\"bo@north.example\",\"AppId\":\"ab\","
        "\"IPAddress\":\"2001:db8::7\",\"Status\":\"{\\\"errorCode\\\":50053}\"}",
        "S|1735787045000000|l1|non-interactive|bo@north.example||||ab|2001:db8::7|||50053|||\n");
    reads_as("{\"time\":\"2025-01-02T03:04:05Z\",\"category\":\"ServicePrincipalSignInLogs\",\"resultType\":"
             "\"7000215\","
             "\"callerIpAddress\":\"203.0.113.9\",\"properties\":{\"id\":\"D1\",\"createdDateTime\":"
             "\"2025-01-02T03:04:05Z\",\"servicePrincipalId\":\"P1\",\"appId\":\"ab\",\"ipAddress\":\"203.0."
             "113.9\","
             "\"servicePrincipalCredentialKeyId\":\"K1\"}}",
             "S|1735787045000000|d1|service-principal||p1|||ab|203.0.113.9|||7000215|k1||\n");
    /* What was typed is no account's principal name, but an alias or nothing that exists. */
    reads_as("{\"id\":\"D2\",\"createdDateTime\":\"2025-01-02T03:04:05Z\",\"userPrincipalName\":\"\","
             "\"signInIdentifier\":\"Bo.Alias@north.example\",\"appId\":\"ab\",\"isInteractive\":true,"
             "\"ipAddress\":\"203.0.113.9\",\"status\":{\"errorCode\":50034}}",
             "S|1735787045000000|d2|interactive|bo.alias@north.example||||ab|203.0.113.9|||50034|||\n");
}

/* --- what is broken -------------------------------------------------------------------------------------------- */

static void a_broken_line_costs_itself(void **state)
{
    (void)state;
    reads_as(BIND "\nno record\n" BIND "\n", BIND_ROWS "!not-a-record\n" BIND_ROWS);
    reads_as(BIND "\n{\"a\":}\n" BIND "\n", BIND_ROWS "!record-not-json\n" BIND_ROWS);
    reads_as(BIND "\n{\"Name\":\"cut in a te\nno record\n" BIND "\n",
             BIND_ROWS "!record-unknown\n!not-a-record\n" BIND_ROWS);
    reads_as(BIND "\n{\"Name\":\"cut in a te\n" BIND "\n", BIND_ROWS "!record-unknown\n" BIND_ROWS);
    reads_as(BIND "\n{\"Something\":\"else\"}\n" BIND "\n", BIND_ROWS "!record-unknown\n" BIND_ROWS);
}

static void a_cut_record_says_what_it_can(void **state)
{
    (void)state;
    static const char *const whole =
        "{\"Id\":\"x\",\"Operation\":\"MailItemsAccessed\",\"OperationProperties\":{\"MailAccessType\":"
        "\"Bind\"},"
        "\"Folders\":[{\"Path\":\"A\",\"FolderItems\":[{\"InternetMessageId\":\"<a@x.example>\"},"
        "{\"InternetMessageId\":\"<b@x.exa";
    static const char *const rows =
        "V|-9223372036854775808|x|MailItemsAccessed|bind|0|1||||||||0|\nI|A||a@x.example|||0\n";
    g_autofree char *in_cell = quoted_csv(whole);
    g_autofree char *sheet = g_strconcat("Id,AuditData\nx,", in_cell, "\n", NULL);
    g_autofree char *lines = g_strconcat(whole, "\n" BIND "\n", NULL);
    g_autofree char *then = g_strconcat(rows, BIND_ROWS, NULL);
    reads_as(whole, rows);
    reads_as(sheet, rows);
    reads_as(lines, then);
}

static void an_open_quote_in_a_sheet_is_one_gap(void **state)
{
    (void)state;
    g_autofree char *cell = quoted_csv(BIND);
    g_autofree char *sheet = g_strconcat("Id,AuditData\nx,", cell, "\nx,\"open\ny,z\nx,\n", NULL);
    reads_as(sheet, BIND_ROWS "!record-cut\n!record-unknown\n!record-unknown\n");
}

static void reading_goes_on_in_the_middle(void **state)
{
    (void)state;
    g_autofree char *cell = quoted_csv(BIND);
    g_autofree char *sheet = g_strconcat("Id,AuditData\nx,", cell, "\nx,", cell, "\n", NULL);
    static const char page[] = "{\"value\":[" BIND "," BIND "]}";
    gsize second_row = (gsize)(strstr(sheet, "\nx,\"{") + 1 - sheet) + strlen(cell) + 3;
    g_autofree char *of_sheet = read_from(sheet, strlen(sheet), second_row);
    g_autofree char *of_page = read_from(page, sizeof page - 1, 10 + sizeof BIND - 1);
    assert_string_equal(of_sheet, BIND_ROWS);
    assert_string_equal(of_page, BIND_ROWS);
}

static void every_beginning_of_a_log_is_read_without_harm(void **state)
{
    (void)state;
    static const char log[] = "[" BIND ",\n" GRAPH_SIGNIN "]";
    for (gsize n = 0; n < sizeof log; n++)
        g_free(read_from(log, n, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_record_in_every_wrapping_is_the_same),
        cmocka_unit_test(many_records_in_every_arrangement),
        cmocka_unit_test(a_log_in_utf16_is_decoded),
        cmocka_unit_test(properties_come_in_three_forms),
        cmocka_unit_test(folders_come_in_every_form),
        cmocka_unit_test(a_sync_names_its_folder_by_the_item),
        cmocka_unit_test(a_send_has_its_recipients),
        cmocka_unit_test(sign_ins_of_graph),
        cmocka_unit_test(sign_ins_of_tables_and_settings),
        cmocka_unit_test(a_broken_line_costs_itself),
        cmocka_unit_test(a_cut_record_says_what_it_can),
        cmocka_unit_test(an_open_quote_in_a_sheet_is_one_gap),
        cmocka_unit_test(reading_goes_on_in_the_middle),
        cmocka_unit_test(every_beginning_of_a_log_is_read_without_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
