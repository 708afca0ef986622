/* cms.c - the converter of S/MIME and PGP files. */
#include "hostile/convert/cms.h"

/* First, since it says that cms.h shall declare what reads armour. */
#include <openssl/pem.h>

#include <openssl/cms.h>
#include <openssl/err.h>
#include "hostile/convert/inner.h"

/* Where the kind of content stands at the latest. */
#define FRONT_BYTES 64

/* Object identifiers without their last number: 1.2.840.113549.1.7, and that of S/MIME's own, 1.9.16.1. */
static const char pkcs7[] = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07";
static const char smime[] = "\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01";

static gboolean begins(Span bytes, const char *text)
{
    return bytes.n >= strlen(text) && memcmp(bytes.p, text, strlen(text)) == 0;
}

static gboolean is_armoured(Span bytes)
{
    return begins(bytes, "-----BEGIN PKCS7-----") || begins(bytes, "-----BEGIN CMS-----");
}

static gboolean is_cms(Span bytes)
{
    Span front = {bytes.p, MIN(bytes.n, FRONT_BYTES)};
    return begins(bytes, "0") && (memmem(front.p, front.n, pkcs7, sizeof pkcs7 - 1) ||
                                  memmem(front.p, front.n, smime, sizeof smime - 1));
}

/* A packet with a session key at the front: its tag, its length, version 3; or one for a password, version 4 or 5, a
 * cipher and a way to make a key. */
static gboolean is_pgp(Span bytes)
{
    guint8 b[6] = {0};
    memcpy(b, bytes.p ? bytes.p : "", MIN(bytes.n, sizeof b));
    const guint8 *body = b[0] == 0x84 || b[0] == 0x8c || b[0] == 0xc1 || b[0] == 0xc3 ? b + 2 : b + 3;
    gboolean for_key = b[0] == 0x84 || b[0] == 0x85 || b[0] == 0xc1;
    gboolean for_password = b[0] == 0x8c || b[0] == 0xc3;
    if (bytes.n < 40)
        return FALSE;
    if (for_key)
        return body[0] == 3 && (b[0] != 0x84 || b[1] > 12);
    return for_password && (body[0] == 4 || body[0] == 5) && body[1] >= 1 && body[1] <= 13 && body[2] <= 3;
}

gboolean cms_takes(Span bytes, Span media_type)
{
    (void)media_type;
    return is_cms(bytes) || is_armoured(bytes) || is_pgp(bytes);
}

static CMS_ContentInfo *open_cms(Span bytes)
{
    BIO *input = BIO_new_mem_buf(bytes.p, (int)MIN(bytes.n, G_MAXINT));
    if (!input)
        return NULL;
    CMS_ContentInfo *cms =
        is_armoured(bytes) ? PEM_read_bio_CMS(input, NULL, NULL, NULL) : d2i_CMS_bio(input, NULL);
    BIO_free(input);
    return cms;
}

/* What was signed, or nothing: then it stands beside its signature, in the mail. */
static void put_signed(Converters *converters, CMS_ContentInfo *cms, guint64 size, Made *made)
{
    ASN1_OCTET_STRING **content = CMS_get0_content(cms);
    if (!content || !*content) {
        made_gap(made, "embedded", "signature", size);
        return;
    }
    Span inside = {(const char *)ASN1_STRING_get0_data(*content), (gsize)ASN1_STRING_length(*content)};
    inner_convert(converters, inside, SPAN_NONE, size, made);
}

static void put_content(Converters *converters, CMS_ContentInfo *cms, guint64 size, Made *made)
{
    switch (OBJ_obj2nid(CMS_get0_type(cms))) {
    case NID_pkcs7_signed:
        put_signed(converters, cms, size, made);
        break;
    case NID_pkcs7_enveloped:
    case NID_pkcs7_encrypted:
    case NID_id_smime_ct_authEnvelopedData:
        made_worse(made, PART_ENCRYPTED, "encrypted", NULL, size);
        break;
    default:
        made_worse(made, PART_CUT, "embedded", "file", size);
    }
}

void cms_convert(Converters *converters, Span bytes, Made *made)
{
    if (!is_cms(bytes) && !is_armoured(bytes)) {
        made_worse(made, PART_ENCRYPTED, "encrypted", NULL, bytes.n);
        return;
    }
    CMS_ContentInfo *cms = open_cms(bytes);
    if (cms)
        put_content(converters, cms, bytes.n, made);
    else
        made_worse(made, PART_BROKEN, "broken", "no S/MIME that can be read", bytes.n);
    CMS_ContentInfo_free(cms);
    ERR_clear_error();
}

/* An error and its place are made ready by the first that occurs. */
void cms_warm_up(void)
{
    Made made = {0};
    made_begin(&made, NULL, NULL);
    cms_convert(NULL, SPAN_OF("0\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"), &made);
    cms_convert(NULL, SPAN_OF("-----BEGIN PKCS7-----\n"), &made);
    scratch_clear(&made.text);
}
