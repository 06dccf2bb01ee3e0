#pragma once

// What Roost needs of libcrypto besides TLS, which is NIOSSL's: hashes, the names in certificates, and certificates for
// trying TLS out. TLS's own copy of these algorithms is not to be had from outside of it, and a third copy built from
// source would cost each clean build two minutes.
//
// Functions that return text allocate it; free it with `free`. Null: libcrypto refused, and `rossl_error` tells why.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

#define ROSSL_SHA256_BYTES 32
void rossl_sha256(const void *_Nullable bytes, size_t count, uint8_t digest[_Nonnull ROSSL_SHA256_BYTES]);

// The subject of a certificate in DER, as RFC 4514 writes it, in UTF-8. Null also where it is no certificate.
char *_Nullable rossl_subject(const uint8_t *der, size_t count);

typedef enum { ROSSL_DNS, ROSSL_ADDRESS, ROSSL_URI } rossl_name_kind;

// A subject alternative name (RFC 5280 section 4.2.1.6); an address as text.
typedef struct {
    rossl_name_kind kind;
    const char *text;
} rossl_name;

// What a certificate is to say. Text is UTF-8 and ends with a zero.
typedef struct {
    const char *common_name;
    // Seconds since 1970.
    int64_t not_before, not_after;
    // May only sign others, and those none.
    bool is_authority;
    bool serves;
    bool calls;
    const rossl_name *_Nullable names;
    size_t name_count;
} rossl_content;

typedef struct {
    char *_Nullable certificate; // PEM (RFC 7468)
    char *_Nullable key;         // PEM, PKCS #8
} rossl_issued;

// Makes a key on P-256 and a certificate for it, signed with ECDSA and SHA-256 by the authority whose certificate and
// key are given as PEM, or by itself if they are null. Both texts of `issued` are to be freed if this returns true.
bool rossl_issue(const rossl_content *content, const char *_Nullable authority, const char *_Nullable authority_key,
                 rossl_issued *issued);

// The first error of this thread since the last failure, as text; empty if there is none.
void rossl_error(char *text, size_t capacity);

#pragma clang assume_nonnull end
