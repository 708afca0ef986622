/* log_fuzz.c - any bytes as a log: records lie in order and inside, and their rows are what the check lets pass. */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "hostile/log/pieces.h"
#include "hostile/log/record.h"
#include "nouns/log_check.h"

int LLVMFuzzerTestOneInput(const guint8 *data, size_t n);

/* The rows of a record as the feeder gets them. */
static void check_rows(LogCheck *check, RecordReader *reader, const LogPiece *piece)
{
    g_autoptr(GString) group = g_string_new_len(reader->first.bytes, (gssize)reader->first.length);
    if (reader->rows.length)
        g_string_append_len(group, reader->rows.bytes, (gssize)reader->rows.length);
    if (!log_check_group(check, (Span){group->str, group->len}, piece->offset, piece->end, NULL))
        abort();
}

static void read_piece(RecordReader *reader, const LogPieces *pieces, const LogPiece *piece, LogCheck *check)
{
    const EventRow place = {.offset = piece->offset, .length = piece->end - piece->offset};
    const char *wrong = piece->wrong;
    if (pieces->is_csv) {
        g_autoptr(GPtrArray) fields = csv_fields(piece->text);
        wrong = wrong ? wrong : record_read_csv(reader, pieces->header, fields, &place);
    } else if (!wrong || g_str_equal(wrong, "record-cut")) {
        wrong = record_read_json(reader, piece->text, &place);
    }
    if (!wrong)
        check_rows(check, reader, piece);
}

int LLVMFuzzerTestOneInput(const guint8 *data, size_t n)
{
    int file = memfd_create("log", MFD_CLOEXEC);
    if (write(file, data, n) != (gssize)n)
        abort();
    LogPieces pieces;
    RecordReader reader;
    LogPiece piece;
    LogCheck check;
    guint64 last = 0;
    log_check_begin(&check, 0, 0, n);
    log_pieces_init(&pieces);
    record_reader_init(&reader);
    gboolean readable = log_pieces_turn(&pieces, file, 0, n) == NULL;
    while (readable && log_pieces_next(&pieces, &piece)) {
        if (piece.offset < last || piece.end <= piece.offset || piece.end > n)
            abort();
        last = piece.end;
        read_piece(&reader, &pieces, &piece, &check);
    }
    record_reader_clear(&reader);
    log_pieces_clear(&pieces);
    close(file);
    return 0;
}
