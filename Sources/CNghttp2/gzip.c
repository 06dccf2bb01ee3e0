// gzip (RFC 1952) of single messages, by zlib.
//
// gRPC compresses each message by itself, so one inflater and one deflater serve all connections of an event loop, and
// what they need in memory does not grow with the number of streams. A compressed message stays compressed while it
// waits; it is inflated when it is delivered, into memory that lives until the delivery is over.
//
// A sender may claim little and unpack much. The last four bytes of a gzip member say how long its content is, and zlib
// fails where the content is longer or shorter, so a message that is too large is refused before anything of it has
// been inflated. Memory grows with what has really come out, is counted as inbound bytes while it is there, and never
// exceeds the limit on one message.

#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

// Header and trailer of a member without content.
#define MEMBER_BYTES_MIN 18
#define FIRST_BYTES 4096
#define KEPT_BYTES_MAX ((size_t)(64 * 1024))
#define WINDOW_GZIP (15 + 16)

struct rh2_gzip {
    z_stream inflater, deflater;
    bool has_inflater, has_deflater;
    // Lent while a message is delivered: a callback may have another session of the loop deliver one too.
    rh2_bytes inflated;
    rh2_bytes deflated;
};

static rh2_gzip *gzip_of(rh2_loop *loop) {
    if (loop->gzip == NULL) {
        loop->gzip = calloc(1, sizeof *loop->gzip);
    }
    return loop->gzip;
}

void rh2_gzip_free(rh2_gzip *gzip) {
    if (gzip == NULL) {
        return;
    }
    if (gzip->has_inflater) {
        inflateEnd(&gzip->inflater);
    }
    if (gzip->has_deflater) {
        deflateEnd(&gzip->deflater);
    }
    free(gzip->inflated.base);
    free(gzip->deflated.base);
    free(gzip);
}

static bool reserve(rh2_bytes *bytes, size_t capacity) {
    if (bytes->capacity >= capacity) {
        return true;
    }
    uint8_t *grown = realloc(bytes->base, capacity);
    if (grown == NULL) {
        return false;
    }
    bytes->base = grown;
    bytes->capacity = capacity;
    return true;
}

// MARK: Inflating

static bool start_inflater(rh2_gzip *gzip) {
    if (gzip->has_inflater) {
        return inflateReset(&gzip->inflater) == Z_OK;
    }
    gzip->has_inflater = inflateInit2(&gzip->inflater, WINDOW_GZIP) == Z_OK;
    return gzip->has_inflater;
}

// Makes room for more of a message of `whole` bytes and counts it. `counted` is what has been counted for it so far.
static bool grow(rh2_session *session, rh2_bytes *into, size_t whole, size_t *counted) {
    size_t capacity = *counted == 0 ? FIRST_BYTES : *counted < whole / 2 ? *counted * 2 : whole;
    if (capacity > whole) {
        capacity = whole;
    }
    if (!rh2_inbound_reserve(session, capacity - *counted)) {
        return false;
    }
    *counted = capacity;
    // One byte more than counted, so that content that is longer than it says is seen.
    return reserve(into, capacity + 1);
}

// Returns 0 when `into` holds the message, else what is wrong. `counted` has to be given back in either case.
static int inflate_into(rh2_session *session, rh2_gzip *gzip, const uint8_t *bytes, size_t length, rh2_bytes *into,
                        size_t *counted) {
    if (length < MEMBER_BYTES_MIN) {
        return RH2_BAD_COMPRESSION;
    }
    const uint8_t *end = bytes + length;
    size_t whole = (size_t)end[-4] | (size_t)end[-3] << 8 | (size_t)end[-2] << 16 | (size_t)end[-1] << 24;
    if (whole > session->limits.message_bytes_max) {
        return RH2_MESSAGE_TOO_LARGE;
    }
    if (!start_inflater(gzip)) {
        return RH2_BUFFERS_FULL;
    }
    z_stream *z = &gzip->inflater;
    z->next_in = (Bytef *)bytes;
    z->avail_in = (uInt)length;
    into->length = 0;
    for (;;) {
        if (into->length > whole) {
            return RH2_BAD_COMPRESSION;
        }
        if (!grow(session, into, whole, counted)) {
            return RH2_BUFFERS_FULL;
        }
        size_t room = *counted + 1 - into->length;
        z->next_out = into->base + into->length;
        z->avail_out = (uInt)room;
        int result = inflate(z, Z_NO_FLUSH);
        into->length += room - z->avail_out;
        if (result == Z_STREAM_END) {
            return z->avail_in == 0 && into->length == whole ? 0 : RH2_BAD_COMPRESSION;
        }
        if (result == Z_MEM_ERROR) {
            return RH2_BUFFERS_FULL;
        }
        // With room left it wants bytes that are not there.
        if (result != Z_OK || z->avail_out > 0) {
            return RH2_BAD_COMPRESSION;
        }
    }
}

void rh2_gzip_deliver(rh2_session *session, rh2_stream *stream, const uint8_t *bytes, size_t length) {
    rh2_gzip *gzip = gzip_of(session->loop);
    if (gzip == NULL) {
        rh2_violate(session, stream, RH2_BUFFERS_FULL);
        return;
    }
    rh2_bytes lent = gzip->inflated;
    gzip->inflated = (rh2_bytes){0};
    size_t counted = 0;
    int violation = inflate_into(session, gzip, bytes, length, &lent, &counted);
    if (violation == 0) {
        rh2_tell_message(session, stream, lent.base, lent.length);
    } else {
        rh2_violate(session, stream, (rh2_violation)violation);
    }
    rh2_inbound_release(session, counted);
    free(gzip->inflated.base);
    rh2_bytes_trim(&lent, KEPT_BYTES_MAX);
    gzip->inflated = lent;
}

// MARK: Deflating

static bool start_deflater(rh2_gzip *gzip) {
    if (gzip->has_deflater) {
        return deflateReset(&gzip->deflater) == Z_OK;
    }
    gzip->has_deflater = deflateInit2(&gzip->deflater, Z_DEFAULT_COMPRESSION, Z_DEFLATED, WINDOW_GZIP, 8,
                                      Z_DEFAULT_STRATEGY) == Z_OK;
    return gzip->has_deflater;
}

const uint8_t *rh2_gzip_deflate(rh2_loop *loop, const uint8_t *message, size_t length, size_t *deflated) {
    // Nothing that small becomes smaller.
    if (length <= MEMBER_BYTES_MIN || length > UINT32_MAX) {
        return NULL;
    }
    rh2_gzip *gzip = gzip_of(loop);
    if (gzip == NULL) {
        return NULL;
    }
    rh2_bytes_trim(&gzip->deflated, KEPT_BYTES_MAX);
    if (!reserve(&gzip->deflated, length - 1) || !start_deflater(gzip)) {
        return NULL;
    }
    z_stream *z = &gzip->deflater;
    z->next_in = (Bytef *)message;
    z->avail_in = (uInt)length;
    z->next_out = gzip->deflated.base;
    z->avail_out = (uInt)(length - 1);
    if (deflate(z, Z_FINISH) != Z_STREAM_END) {
        return NULL; // It would not become smaller.
    }
    *deflated = length - 1 - z->avail_out;
    return gzip->deflated.base;
}
