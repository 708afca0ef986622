/* convert_reading.c - for the tests of the converters: one file through all of them, and what came of it. */
#include "hostile/convert/convert_reading.h"

#include <glib/gstdio.h>

static void note_gap(void *user, const GapRow *gap)
{
    Reading *reading = user;
    g_autofree char *reason = span_dup(gap->reason), *detail = span_dup(gap->detail);
    g_string_append_printf(reading->gaps, "%s %s\n", reason, detail);
}

void read_bytes(Reading *reading, Span bytes, const char *media_type)
{
    g_string_truncate(reading->gaps, 0);
    convert(reading->converters, bytes, span_of_string(media_type), note_gap, reading, &reading->converted);
    assert_true(g_utf8_validate_len(reading->converted.text.p, reading->converted.text.n, NULL));
    assert_true(reading->converted.unscanned <= bytes.n);
}

Span span_of_bytes(GBytes *bytes)
{
    gsize n;
    const char *p = g_bytes_get_data(bytes, &n);
    return (Span){p, n};
}

void read_zip(Reading *reading, const OfficeEntry *entries)
{
    g_autoptr(GBytes) bytes = office_zip(entries);
    read_bytes(reading, span_of_bytes(bytes), NULL);
}

void read_seed(Reading *reading, const char *name)
{
    g_autofree char *path = g_build_filename(CANDOR_SOURCE_ROOT, "tests", "corpus", name, NULL),
                    *bytes = NULL;
    gsize n;
    if (!g_file_get_contents(path, &bytes, &n, NULL))
        fail_msg("%s cannot be read", path);
    read_bytes(reading, (Span){bytes, n}, NULL);
}

void assert_text(const Reading *reading, const char *text)
{
    g_autofree char *got = span_dup(reading->converted.text);
    assert_string_equal(got, text);
}

Converters *load_converters(const char *yaml, GError **error)
{
    return load_converters_ocr(yaml, OCR_BY_FILE, error);
}

Converters *load_converters_ocr(const char *yaml, OcrReach ocr, GError **error)
{
    g_autofree char *folder = g_dir_make_tmp("candor-convert-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "converters.yaml", NULL);
    if (yaml)
        assert_true(g_file_set_contents(path, yaml, -1, NULL));
    Converters *converters = converters_load(folder, ocr, error);
    g_remove(path);
    g_rmdir(folder);
    return converters;
}

int make_reading(void **state)
{
    Reading *reading = g_new0(Reading, 1);
    reading->converters = load_converters(NULL, NULL);
    reading->gaps = g_string_new(NULL);
    *state = reading;
    return reading->converters ? 0 : 1;
}

int end_reading(void **state)
{
    Reading *reading = *state;
    converters_free(reading->converters);
    g_string_free(reading->gaps, TRUE);
    g_free(reading);
    return 0;
}

void assert_reading(const Reading *reading, PartState state, const char *text, const char *gaps)
{
    assert_text(reading, text);
    assert_string_equal(reading->gaps->str, gaps);
    assert_string_equal(part_state_name(reading->converted.state), part_state_name(state));
}
