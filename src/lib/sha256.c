/* sha256.c - SHA-256 of a few pieces, for hashing many small things. */
#include "lib/sha256.h"

#include <openssl/evp.h>

static void free_context(gpointer context)
{
    EVP_MD_CTX_free(context);
}

static GPrivate thread_context = G_PRIVATE_INIT(free_context);

/* This thread's context, with SHA-256 fetched; there is no candor without it. */
static EVP_MD_CTX *context_of_thread(void)
{
    EVP_MD_CTX *context = g_private_get(&thread_context);
    if (G_LIKELY(context))
        return context;
    EVP_MD *algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
    context = EVP_MD_CTX_new();
    if (!algorithm || !context || EVP_DigestInit_ex2(context, algorithm, NULL) != 1)
        g_error("OpenSSL has no SHA-256: see openssl.cnf");
    EVP_MD_free(algorithm); /* the context holds it */
    g_private_set(&thread_context, context);
    return context;
}

void sha256_pieces(const Span *pieces, guint n, guint8 out[SHA256_BYTES])
{
    EVP_MD_CTX *context = context_of_thread();
    gboolean fine = EVP_DigestInit_ex2(context, NULL, NULL) == 1;
    for (guint i = 0; fine && i < n; i++)
        fine = !pieces[i].n || EVP_DigestUpdate(context, pieces[i].p, pieces[i].n) == 1;
    if (!fine || EVP_DigestFinal_ex(context, out, NULL) != 1)
        g_error("OpenSSL's SHA-256 failed");
}
