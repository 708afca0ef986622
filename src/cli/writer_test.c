/* writer_test.c - one row as a table, as NDJSON, as CSV, as a record. */
#include "cli/writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const Field fields[] = {{"key", VALUE_HEX, 4},
                               {"size", VALUE_NUMBER, 6},
                               {"bare", VALUE_TRUTH, 4},
                               {"from", VALUE_TEXT, 5},
                               {"subject", VALUE_TEXT, 0}};

static char *written(Format format, const char *schema, guint columns)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    Writer *writer = writer_new(out, format, schema, fields, G_N_ELEMENTS(fields), columns);
    writer_text(writer, SPAN_OF("0123abcd"));
    writer_number(writer, -5);
    writer_truth(writer, TRUE);
    writer_none(writer);
    writer_text(writer, SPAN_OF("=1+1, \"\xe4\xbd\xa0\xe5\xa5\xbd\" \x1b[2J and on and on"));
    assert_int_equal(writer_rows(writer), 1);
    writer_free(writer);
    fclose(out);
    return text;
}

static void people_get_a_table_that_fits(void **state)
{
    (void)state;
    g_autofree char *text = written(FORMAT_TEXT, NULL, 50);
    assert_string_equal(text, "KEY   SIZE    BARE  FROM   SUBJECT\n"
                              "0123  -5      yes          =1+1, \"\xe4\xbd\xa0\xe5\xa5\xbd\" \\u{1B}[2J…\n");
}

static void a_pipe_gets_whole_values(void **state)
{
    (void)state;
    g_autofree char *text = written(FORMAT_TEXT, NULL, 0);
    assert_non_null(strstr(text, "and on and on\n"));
}

static void ndjson_is_one_object_a_line(void **state)
{
    (void)state;
    g_autofree char *text = written(FORMAT_NDJSON, "rows.1", 0);
    assert_string_equal(text,
                        "{\"schema\":\"rows.1\",\"key\":\"0123abcd\",\"size\":-5,\"bare\":true,\"from\":null,"
                        "\"subject\":\"=1+1, \\\"\xe4\xbd\xa0\xe5\xa5\xbd\\\" \\u001b[2J and on and on\"}\n");
}

static void csv_has_a_head_and_no_formula(void **state)
{
    (void)state;
    g_autofree char *text = written(FORMAT_CSV, "rows.1", 0);
    assert_string_equal(text, "schema,key,size,bare,from,subject\r\n"
                              "rows.1,0123abcd,-5,true,,"
                              "\"'=1+1, \"\"\xe4\xbd\xa0\xe5\xa5\xbd\"\" \x1b[2J and on and on\"\r\n");
}

static void a_record_leaves_out_what_is_not_there(void **state)
{
    (void)state;
    g_autofree char *text = written(FORMAT_RECORD, NULL, 0);
    assert_non_null(strstr(text, "key            0123abcd\n"));
    assert_null(strstr(text, "from"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_get_a_table_that_fits),
        cmocka_unit_test(a_pipe_gets_whole_values),
        cmocka_unit_test(ndjson_is_one_object_a_line),
        cmocka_unit_test(csv_has_a_head_and_no_formula),
        cmocka_unit_test(a_record_leaves_out_what_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
