#include "copenssl.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

void rossl_sha256(const void *bytes, size_t count, uint8_t digest[ROSSL_SHA256_BYTES]) {
    SHA256(bytes == NULL ? digest : bytes, count, digest);
}

void rossl_error(char *text, size_t capacity) {
    unsigned long code = ERR_get_error();
    if (code == 0) {
        text[0] = 0;
    } else {
        ERR_error_string_n(code, text, capacity);
    }
    ERR_clear_error();
}

// MARK: Text

// The bytes of a memory BIO as text; frees the BIO.
static char *text_of(BIO *bio, bool is_good) {
    char *bytes;
    long count = bio == NULL ? 0 : BIO_get_mem_data(bio, &bytes);
    char *text = is_good && count > 0 && memchr(bytes, 0, (size_t)count) == NULL ? malloc((size_t)count + 1) : NULL;
    if (text != NULL) {
        memcpy(text, bytes, (size_t)count);
        text[count] = 0;
    }
    BIO_free(bio);
    return text;
}

static BIO *reader_of(const char *text) { return BIO_new_mem_buf(text, -1); }

char *rossl_subject(const uint8_t *der, size_t count) {
    X509 *certificate = count > LONG_MAX ? NULL : d2i_X509(NULL, &der, (long)count);
    if (certificate == NULL) {
        ERR_clear_error();
        return NULL;
    }
    BIO *bio = BIO_new(BIO_s_mem());
    // UTF-8 as it is, everything else that RFC 4514 section 2.4 wants escaped.
    unsigned long flags = XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB;
    bool is_good = bio != NULL && X509_NAME_print_ex(bio, X509_get_subject_name(certificate), 0, flags) >= 0;
    char *text = text_of(bio, is_good);
    X509_free(certificate);
    ERR_clear_error();
    return text;
}

// MARK: Certificates

static ASN1_STRING *value_of(const rossl_name *name) {
    if (name->kind == ROSSL_ADDRESS) {
        return a2i_IPADDRESS(name->text);
    }
    ASN1_STRING *value = ASN1_IA5STRING_new();
    if (value != NULL && !ASN1_STRING_set(value, name->text, -1)) {
        ASN1_STRING_free(value);
        return NULL;
    }
    return value;
}

static bool add_name(GENERAL_NAMES *names, const rossl_name *name) {
    static const int types[] = {[ROSSL_DNS] = GEN_DNS, [ROSSL_ADDRESS] = GEN_IPADD, [ROSSL_URI] = GEN_URI};
    ASN1_STRING *value = value_of(name);
    GENERAL_NAME *entry = value == NULL ? NULL : GENERAL_NAME_new();
    if (entry == NULL) {
        ASN1_STRING_free(value);
        return false;
    }
    GENERAL_NAME_set0_value(entry, types[name->kind], value);
    if (sk_GENERAL_NAME_push(names, entry) <= 0) {
        GENERAL_NAME_free(entry);
        return false;
    }
    return true;
}

static bool add_names(X509 *certificate, const rossl_content *content) {
    if (content->name_count == 0) {
        return true;
    }
    GENERAL_NAMES *names = GENERAL_NAMES_new();
    bool is_good = names != NULL;
    for (size_t i = 0; is_good && i < content->name_count; i += 1) {
        is_good = add_name(names, &content->names[i]);
    }
    is_good = is_good && X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT) == 1;
    GENERAL_NAMES_free(names);
    return is_good;
}

static bool add_extension(X509 *certificate, X509 *issuer, int nid, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    bool is_good = extension != NULL && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return is_good;
}

// RFC 5280 section 4.2.1. The subject's key identifier comes first, as a certificate that signs itself refers to it.
static bool add_extensions(X509 *certificate, X509 *issuer, const rossl_content *content) {
    if (!add_extension(certificate, issuer, NID_subject_key_identifier, "hash")) {
        return false;
    }
    if (content->is_authority) {
        return add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
               add_extension(certificate, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
    }
    const char *purposes = content->serves ? (content->calls ? "serverAuth,clientAuth" : "serverAuth") : "clientAuth";
    return add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, issuer, NID_key_usage, "critical,digitalSignature") &&
           add_extension(certificate, issuer, NID_ext_key_usage, purposes) &&
           add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always") &&
           add_names(certificate, content);
}

// 159 random bits: unique without a book of those given out, and positive (RFC 5280 section 4.1.2.2).
static bool set_serial_number(X509 *certificate) {
    uint8_t bytes[20];
    if (RAND_bytes(bytes, sizeof bytes) != 1) {
        return false;
    }
    bytes[0] = (uint8_t)((bytes[0] & 0x7f) | 0x40);
    BIGNUM *number = BN_bin2bn(bytes, sizeof bytes, NULL);
    bool is_good = number != NULL && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
    BN_free(number);
    return is_good;
}

static bool fill(X509 *certificate, EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuer_key, const rossl_content *content) {
    X509_NAME *subject = X509_get_subject_name(certificate);
    return X509_set_version(certificate, X509_VERSION_3) == 1 && set_serial_number(certificate) &&
           ASN1_TIME_set(X509_getm_notBefore(certificate), (time_t)content->not_before) != NULL &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), (time_t)content->not_after) != NULL &&
           X509_set_pubkey(certificate, key) == 1 &&
           X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8, (const uint8_t *)content->common_name, -1,
                                      -1, 0) == 1 &&
           X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1 &&
           add_extensions(certificate, issuer, content) && X509_sign(certificate, issuer_key, EVP_sha256()) > 0;
}

static bool write_out(X509 *certificate, EVP_PKEY *key, rossl_issued *issued) {
    BIO *bio = BIO_new(BIO_s_mem());
    issued->certificate = text_of(bio, bio != NULL && PEM_write_bio_X509(bio, certificate) == 1);
    bio = BIO_new(BIO_s_mem());
    issued->key = text_of(bio, bio != NULL && PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) == 1);
    if (issued->certificate == NULL || issued->key == NULL) {
        free(issued->certificate);
        free(issued->key);
        return false;
    }
    return true;
}

static bool read_in(const char *authority, const char *authority_key, X509 **issuer, EVP_PKEY **key) {
    BIO *bio = reader_of(authority);
    *issuer = bio == NULL ? NULL : PEM_read_bio_X509(bio, NULL, NULL, NULL);
    BIO_free(bio);
    bio = reader_of(authority_key);
    // A key with a password is not asked for one.
    *key = bio == NULL ? NULL : PEM_read_bio_PrivateKey(bio, NULL, NULL, (void *)"");
    BIO_free(bio);
    return *issuer != NULL && *key != NULL && X509_check_private_key(*issuer, *key) == 1;
}

bool rossl_issue(const rossl_content *content, const char *authority, const char *authority_key, rossl_issued *issued) {
    ERR_clear_error();
    X509 *issuer = NULL;
    EVP_PKEY *issuer_key = NULL;
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    bool is_good = key != NULL && certificate != NULL;
    if (is_good && authority != NULL) {
        is_good = read_in(authority, authority_key, &issuer, &issuer_key) &&
                  fill(certificate, key, issuer, issuer_key, content);
    } else if (is_good) {
        // Its own name must be there before it is taken for the issuer's.
        is_good = fill(certificate, key, certificate, key, content);
    }
    is_good = is_good && write_out(certificate, key, issued);
    X509_free(issuer);
    EVP_PKEY_free(issuer_key);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return is_good;
}
