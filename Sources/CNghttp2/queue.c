// What streams have queued to be sent, and its bound over all connections of a loop.

#include "internal.h"

#include <stdlib.h>
#include <string.h>

#define SMALL_CHUNK 480
#define LARGE_CHUNK 4000
#define KEPT_BYTES_MAX 4096

static void free_chunk(rh2_session *session, rh2_stream *stream, rh2_chunk *chunk) {
    if (chunk->owner != NULL) {
        session->callbacks.release(chunk->owner);
        free(chunk);
    } else if (chunk->capacity <= KEPT_BYTES_MAX &&
               (stream->spare == NULL || stream->spare->capacity < chunk->capacity)) {
        free(stream->spare);
        stream->spare = chunk;
    } else {
        free(chunk);
    }
}

static void link_chunk(rh2_stream *stream, rh2_chunk *chunk) {
    chunk->next = NULL;
    chunk->offset = 0;
    if (stream->out_last != NULL) {
        stream->out_last->next = chunk;
    } else {
        stream->out_first = chunk;
    }
    stream->out_last = chunk;
}

// Memory for `count` copied bytes at the end of the queue.
static uint8_t *extend(rh2_stream *stream, size_t count) {
    rh2_chunk *last = stream->out_last;
    if (last != NULL && last->owner == NULL && last->capacity - last->length >= count) {
        uint8_t *end = (uint8_t *)(last + 1) + last->length;
        last->length += count;
        return end;
    }
    rh2_chunk *chunk = stream->spare;
    if (chunk != NULL && chunk->capacity >= count) {
        stream->spare = NULL;
    } else {
        // The first chunk of a stream is small, for unary calls; a stream that fills it gets larger ones.
        size_t capacity = last == NULL ? SMALL_CHUNK : LARGE_CHUNK;
        if (capacity < count) {
            capacity = count;
        }
        chunk = malloc(sizeof *chunk + capacity);
        if (chunk == NULL) {
            return NULL;
        }
        chunk->capacity = capacity;
        chunk->owner = NULL;
        chunk->base = (uint8_t *)(chunk + 1);
    }
    chunk->length = count;
    link_chunk(stream, chunk);
    return (uint8_t *)(chunk + 1);
}

static bool enqueue(rh2_stream *stream, bool is_compressed, const uint8_t *message, size_t length, void *owner) {
    uint8_t prefix[RH2_PREFIX_BYTES] = {is_compressed, (uint8_t)(length >> 24), (uint8_t)(length >> 16),
                                        (uint8_t)(length >> 8), (uint8_t)length};
    if (owner == NULL) {
        uint8_t *copy = extend(stream, RH2_PREFIX_BYTES + length);
        if (copy == NULL) {
            return false;
        }
        memcpy(copy, prefix, RH2_PREFIX_BYTES);
        if (length > 0) {
            memcpy(copy + RH2_PREFIX_BYTES, message, length);
        }
        return true;
    }
    rh2_chunk *chunk = malloc(sizeof *chunk);
    uint8_t *copy = chunk == NULL ? NULL : extend(stream, RH2_PREFIX_BYTES);
    if (copy == NULL) {
        free(chunk);
        return false;
    }
    memcpy(copy, prefix, RH2_PREFIX_BYTES);
    *chunk = (rh2_chunk){.base = message, .length = length, .capacity = length, .owner = owner};
    link_chunk(stream, chunk);
    return true;
}

static void count_out(rh2_session *session, rh2_stream *stream, int64_t bytes) {
    stream->out_bytes += (uint64_t)bytes;
    session->out_bytes += (uint64_t)bytes;
    session->loop->out_bytes += (uint64_t)bytes;
    if (session->loop->out_bytes > session->loop->out_bytes_peak) {
        session->loop->out_bytes_peak = session->loop->out_bytes;
    }
}

void rh2_queue_discard(rh2_session *session, rh2_stream *stream) {
    while (stream->out_first != NULL) {
        rh2_chunk *chunk = stream->out_first;
        stream->out_first = chunk->next;
        free_chunk(session, stream, chunk);
    }
    stream->out_last = NULL;
    count_out(session, stream, -(int64_t)stream->out_bytes);
}

bool rh2_queue_append(rh2_session *session, rh2_stream *stream, bool is_compressed, const uint8_t *message,
                      size_t length, void *owner) {
    if (!enqueue(stream, is_compressed, message, length, owner)) {
        return false;
    }
    count_out(session, stream, RH2_PREFIX_BYTES + (int64_t)length);
    return true;
}

void rh2_queue_take(rh2_session *session, rh2_stream *stream, uint8_t *to, size_t count) {
    count_out(session, stream, -(int64_t)count);
    size_t left = count;
    while (left > 0) {
        rh2_chunk *chunk = stream->out_first;
        size_t part = chunk->length - chunk->offset;
        if (part > left) {
            part = left;
        }
        if (part > 0) {
            memcpy(to, chunk->base + chunk->offset, part);
        }
        chunk->offset += part;
        to += part;
        left -= part;
        if (chunk->offset == chunk->length) {
            stream->out_first = chunk->next;
            if (stream->out_first == NULL) {
                stream->out_last = NULL;
            }
            free_chunk(session, stream, chunk);
        }
    }
}

// MARK: The loop's limit

// What a connection has queued is thrown away, and with it every call that had to be answered.
static void evict(rh2_session *session) {
    session->is_evicted = session->ends_by_choice = true;
    for (rh2_stream *stream = session->first; stream != NULL; stream = stream->next) {
        stream->own_reset = true;
        rh2_queue_discard(session, stream);
    }
    nghttp2_session_terminate_session(session->session, NGHTTP2_ENHANCE_YOUR_CALM);
    session->callbacks.evicted(session->connection);
}

// Whoever makes memory run short pays for it, as when Redis evicts clients: refusing the message that comes too late
// would let a few connections that read nothing starve all others. Looking at all connections is for such moments only.
bool rh2_queue_make_room(rh2_session *session, uint64_t bytes) {
    rh2_loop *loop = session->loop;
    while (loop->out_bytes + bytes > loop->out_bytes_max) {
        rh2_session *longest = session;
        uint64_t most = session->out_bytes;
        for (rh2_session *other = loop->sessions; other != NULL; other = other->next) {
            if (other->out_bytes > most && other->callbacks.evicted != NULL) {
                longest = other;
                most = other->out_bytes;
            }
        }
        if (longest == session && session->callbacks.evicted == NULL) {
            return false;
        }
        evict(longest);
        if (longest == session) {
            return false;
        }
    }
    return true;
}
