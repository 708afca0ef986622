/* status_json.c - candor --json status. */
#include "cli/status_json.h"

#include "lib/escape.h"
#include "lib/moment.h"
#include "cli/todo.h"

static void print_json_sum(FILE *out, const char *name, const Sum *sum, const char *const names[3])
{
    fprintf(out,
            "\"%s\":{\"%s\":%" G_GUINT64_FORMAT ",\"%s\":%" G_GUINT64_FORMAT ",\"%s\":%" G_GUINT64_FORMAT
            ",\"adds_up\":%s},",
            name, names[0], sum->whole, names[1], sum->one, names[2], sum->other,
            sum_adds_up(sum) ? "true" : "false");
}

static void print_json_number(FILE *out, const char *name, guint64 number)
{
    fprintf(out, "\"%s\":%" G_GUINT64_FORMAT ",", name, number);
}

static void print_json_text(FILE *out, const char *before, const char *text)
{
    g_autoptr(GString) quoted = g_string_new(NULL);
    escape_json(quoted, span_of_string(text));
    fprintf(out, "%s%s", before, quoted->str);
}

static void print_json_todo(FILE *out, const char *before, const Todo *todo)
{
    fputs(before, out);
    print_json_text(out, "{\"verb\":", todo->verb);
    print_json_text(out, ",\"what\":", todo->text);
    if (todo->due) {
        g_autofree char *due = moment_format(todo->due);
        print_json_text(out, ",\"due\":", due);
    }
    fprintf(out, ",\"late\":%s}", todo->late ? "true" : "false");
}

static void print_json_stages(FILE *out, const CaseStatus *status)
{
    print_json_number(out, "mails", (guint64)status->mails);
    print_json_number(out, "confirmed", (guint64)status->confirmed);
    print_json_number(out, "presumed", (guint64)status->presumed);
    print_json_number(out, "possible", (guint64)status->possible);
    print_json_number(out, "uncovered_hours", (guint64)(status->uncovered / G_TIME_SPAN_HOUR));
    print_json_number(out, "customers", (guint64)status->customers);
    print_json_number(out, "persons", (guint64)status->persons);
    print_json_number(out, "owed", (guint64)status->owed);
    print_json_number(out, "told", (guint64)status->told);
    print_json_number(out, "pending", (guint64)status->pending);
    print_json_number(out, "held", (guint64)status->held);
    print_json_number(out, "delayed", (guint64)status->delayed);
    print_json_number(out, "alerts", (guint64)status->alerts);
    print_json_number(out, "alerts_valid", (guint64)status->alerts_valid);
}

void status_print_json(FILE *out, const CaseStatus *status, const GPtrArray *todos)
{
    static const char *const of_messages[] = {"declared", "read", "gaps"};
    static const char *const of_bytes[] = {"read", "scanned", "unscanned"};
    print_json_text(out, "{\"vendor\":", status->vendor);
    fputs(",", out);
    print_json_sum(out, "messages", &status->messages, of_messages);
    print_json_sum(out, "bytes", &status->bytes, of_bytes);
    print_json_number(out, "contents", status->contents);
    print_json_number(out, "part_gaps", status->part_gaps);
    print_json_number(out, "retryable_gaps", status->retryable_gaps);
    print_json_number(out, "findings", status->findings);
    print_json_number(out, "units_open", status->units_open);
    print_json_number(out, "sources", status->sources);
    print_json_stages(out, status);
    fputs("\"missing\":[", out);
    for (guint i = 0; i < status->missing->len; i++)
        print_json_text(out, i ? "," : "", status->missing->pdata[i]);
    fputs("],\"stale\":[", out);
    for (guint i = 0; i < status->stale->len; i++)
        print_json_text(out, i ? "," : "", status->stale->pdata[i]);
    fputs("],\"contradicted\":[", out);
    for (guint i = 0; i < status->contradicted->len; i++)
        print_json_text(out, i ? "," : "", status->contradicted->pdata[i]);
    fputs("],\"next\":[", out);
    for (guint i = 0; i < todos->len; i++)
        print_json_todo(out, i ? "," : "", todos->pdata[i]);
    fputs("],\"digests\":{", out);
    for (guint i = 0; i < status->digests->len; i++) {
        const DigestLine *digest = status->digests->pdata[i];
        fprintf(out, "%s\"%s\":\"%s\"", i ? "," : "", digest->table, digest->hex);
    }
    fputs("}}\n", out);
}
