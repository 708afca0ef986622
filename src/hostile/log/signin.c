/* signin.c - one Entra sign-in to a row, by the names of Microsoft Graph, Log Analytics or a diagnostic setting. */
#include "hostile/log/record.h"
#include "lib/ip.h"
#include "lib/moment.h"

static Span first_of(RecordReader *reader, const char *const *keys)
{
    Span text = text_of_first(&reader->values, reader->record, keys);
    return text.n ? text : text_of_first(&reader->values, reader->outer, keys);
}

static gboolean mentions(Span text, const char *word)
{
    return text.n && memmem(text.p, text.n, word, strlen(word)) != NULL;
}

/* Which of the four streams, by whatever names it: a category, a table, or the kinds of the event. */
static const char *stream_of(RecordReader *reader)
{
    Values *values = &reader->values;
    json_object *kinds = value_at(values, reader->record, "signInEventTypes");
    Span named = first_of(reader, KEYS("category", "Category", "Type"));
    Span kind = list_length(kinds) ? text_of_value(values, list_item(kinds, 0)) : SPAN_OF("");
    Span is_interactive = text_lower(values, first_of(reader, KEYS("isInteractive", "IsInteractive")));
    if (mentions(named, "NonInteractive") || span_equals(kind, "nonInteractiveUser"))
        return "non-interactive";
    if (mentions(named, "ManagedIdentity") || span_equals(kind, "managedIdentity"))
        return "managed-identity";
    if (mentions(named, "ServicePrincipal") || span_equals(kind, "servicePrincipal"))
        return "service-principal";
    if (span_equals(is_interactive, "false"))
        return "non-interactive";
    return mentions(named, "SignIn") || kind.n || is_interactive.n ? "interactive" : "";
}

/* A number in `status`, or the text ResultType. */
static gint64 code_of(RecordReader *reader)
{
    json_object *status = value_of(&reader->values, reader->record, KEYS("status", "Status"));
    gint64 code;
    if (row_int(text_at(&reader->values, status, "errorCode"), &code) ||
        row_int(first_of(reader, KEYS("ResultType", "resultType")), &code))
        return code;
    return -1;
}

static Span address_of(RecordReader *reader)
{
    guint8 address[IP_BYTES];
    if (!ip_parse(first_of(reader, KEYS("ipAddress", "IPAddress", "callerIpAddress", "CallerIpAddress")),
                  address))
        return SPAN_OF("");
    g_autofree char *text = ip_format(address);
    gsize n = strlen(text);
    return (Span){g_string_chunk_insert_len(reader->values.texts, text, (gssize)n), n};
}

static void fill_who(RecordReader *reader, SigninRow *signin)
{
    Values *values = &reader->values;
    /* What was typed, where no account has that name, or an alias of one was used. */
    signin->account = text_lower(
        values, first_of(reader, KEYS("userPrincipalName", "UserPrincipalName", "signInIdentifier",
                                      "SignInIdentifier", "alternateSignInName", "AlternateSignInName")));
    signin->account_ref = text_lower(
        values, first_of(reader, KEYS("userId", "UserId", "servicePrincipalId", "ServicePrincipalId")));
    signin->tenant = text_lower(values, first_of(reader, KEYS("homeTenantId", "HomeTenantId")));
    signin->resource_tenant = text_lower(
        values, first_of(reader, KEYS("resourceTenantId", "ResourceTenantId", "AADTenantId", "tenantId")));
    signin->app = identifier(values, first_of(reader, KEYS("appId", "AppId")));
    signin->address = address_of(reader);
    signin->agent = first_of(reader, KEYS("userAgent", "UserAgent"));
}

static void fill_how(RecordReader *reader, SigninRow *signin)
{
    static const char *const keys[] = {"servicePrincipalCredentialKeyId", "ServicePrincipalCredentialKeyId",
                                       "servicePrincipalCredentialThumbprint",
                                       "ServicePrincipalCredentialThumbprint", NULL};
    Values *values = &reader->values;
    signin->stream = span_of_string(stream_of(reader));
    signin->protocol = first_of(reader, KEYS("authenticationProtocol", "AuthenticationProtocol"));
    signin->code = code_of(reader);
    signin->key_ref = text_lower(values, first_of(reader, keys));
    signin->token = first_of(reader, KEYS("uniqueTokenIdentifier", "UniqueTokenIdentifier"));
    signin->session = identifier(values, first_of(reader, KEYS("sessionId", "SessionId")));
}

void signin_to_rows(RecordReader *reader, const EventRow *place)
{
    SigninRow signin = {.item = place->item, .offset = place->offset, .length = place->length};
    signin.at =
        moment_of(first_of(reader, KEYS("createdDateTime", "CreatedDateTime", "TimeGenerated", "time")));
    signin.record = text_lower(&reader->values, first_of(reader, KEYS("id", "Id", "OriginalRequestId")));
    fill_who(reader, &signin);
    fill_how(reader, &signin);
    signin_row_write(&reader->first, &signin);
}
