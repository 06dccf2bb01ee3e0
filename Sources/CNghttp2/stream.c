// Streams: their memory, and finding them by id.
//
// A stream's memory comes from a pool of the event loop and keeps its small buffers, so that a steady flow of small
// calls allocates nothing. The table of a session is of our own because libnghttp2 does not know a client's stream
// before its HEADERS frame has been sent.

#include "internal.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdlib.h>
#include <string.h>

#define POOL_MAX 512
#define KEPT_BYTES_MAX 2048

bool rh2_bytes_append(rh2_bytes *bytes, const void *base, size_t count, size_t enough) {
    if (count == 0) {
        return true;
    }
    size_t needed = bytes->length + count;
    if (needed > bytes->capacity) {
        size_t capacity = bytes->capacity < 128 ? 256 : bytes->capacity * 2;
        // `enough` is where growth ends if the sender keeps its word, so that the last doubling wastes nothing.
        if (enough >= needed && capacity > enough) {
            capacity = enough;
        }
        if (capacity < needed) {
            capacity = needed;
        }
        uint8_t *grown = realloc(bytes->base, capacity);
        if (grown == NULL) {
            return false;
        }
        bytes->base = grown;
        bytes->capacity = capacity;
    }
    memcpy(bytes->base + bytes->length, base, count);
    bytes->length = needed;
    return true;
}

void rh2_bytes_trim(rh2_bytes *bytes, size_t capacity_max) {
    bytes->length = 0;
    if (bytes->capacity > capacity_max) {
        free(bytes->base);
        bytes->base = NULL;
        bytes->capacity = 0;
    }
}

rh2_loop *rh2_loop_new(uint64_t inbound_bytes_max, uint64_t queued_bytes_max) {
    rh2_loop *loop = calloc(1, sizeof *loop);
    if (loop != NULL) {
        loop->inbound_bytes_max = inbound_bytes_max;
        loop->out_bytes_max = queued_bytes_max;
    }
    return loop;
}

void rh2_loop_free(rh2_loop *loop) {
    while (loop->pool != NULL) {
        rh2_stream *stream = loop->pool;
        loop->pool = stream->next;
        rh2_stream_discard(stream);
    }
    rh2_gzip_free(loop->gzip);
    free(loop);
}

uint64_t rh2_loop_inbound_bytes(const rh2_loop *loop) { return loop->inbound_bytes; }
uint64_t rh2_loop_queued_bytes(const rh2_loop *loop) { return loop->out_bytes; }

// An allocator keeps what is freed in pieces. That is worth a call of some milliseconds only after a lot has gone.
void rh2_loop_tidy(rh2_loop *loop) {
    const uint64_t enough = 64 << 20;
    if (loop->out_bytes_peak < enough || loop->out_bytes > loop->out_bytes_peak - enough) {
        return;
    }
    loop->out_bytes_peak = loop->out_bytes;
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

rh2_stream **rh2_stream_bucket(rh2_session *session, int32_t id) {
    // Ids of one side are all odd; they come in sequence, so the table needs no better hash.
    return &session->buckets[((uint32_t)id >> 1) & session->bucket_mask];
}

static void grow(rh2_session *session) {
    size_t size = (session->bucket_mask + 1) * 2;
    rh2_stream **buckets = calloc(size, sizeof *buckets);
    if (buckets == NULL) {
        return; // Longer chains, no harm.
    }
    free(session->buckets);
    session->buckets = buckets;
    session->bucket_mask = size - 1;
    for (rh2_stream *stream = session->first; stream != NULL; stream = stream->next) {
        rh2_stream **bucket = rh2_stream_bucket(session, stream->id);
        stream->same_bucket = *bucket;
        *bucket = stream;
    }
}

rh2_stream *rh2_stream_open(rh2_session *session, int32_t id) {
    rh2_loop *loop = session->loop;
    rh2_stream *stream = loop->pool;
    if (stream != NULL) {
        loop->pool = stream->next;
        loop->pool_count -= 1;
        rh2_bytes metadata = stream->metadata, in = stream->in, trailers = stream->trailers;
        rh2_chunk *spare = stream->spare;
        memset(stream, 0, sizeof *stream);
        stream->metadata = metadata;
        stream->in = in;
        stream->trailers = trailers;
        stream->spare = spare;
    } else {
        stream = calloc(1, sizeof *stream);
        if (stream == NULL) {
            return NULL;
        }
    }
    stream->id = id;
    stream->method = RH2_NO_METHOD;
    stream->deadline = INT64_MAX;
    stream->timeout = -1;
    stream->status = -1;
    stream->gzip_bytes_min = RH2_NO_GZIP;
    stream->grpc_status = -1;

    stream->next = session->first;
    if (stream->next != NULL) {
        stream->next->previous = stream;
    }
    session->first = stream;
    rh2_stream **bucket = rh2_stream_bucket(session, id);
    stream->same_bucket = *bucket;
    *bucket = stream;
    session->count += 1;
    if (session->count > session->bucket_mask + 1) {
        grow(session);
    }
    return stream;
}

rh2_stream *rh2_stream_find(rh2_session *session, int32_t id) {
    rh2_stream *stream = *rh2_stream_bucket(session, id);
    while (stream != NULL && stream->id != id) {
        stream = stream->same_bucket;
    }
    return stream;
}

void rh2_stream_unlink(rh2_session *session, rh2_stream *stream) {
    rh2_stream **link = rh2_stream_bucket(session, stream->id);
    while (*link != stream) {
        link = &(*link)->same_bucket;
    }
    *link = stream->same_bucket;
    if (stream->previous != NULL) {
        stream->previous->next = stream->next;
    } else {
        session->first = stream->next;
    }
    if (stream->next != NULL) {
        stream->next->previous = stream->previous;
    }
    stream->next = stream->previous = NULL;
    session->count -= 1;
    if (stream->must_wait) {
        stream->must_wait = false;
        session->waiting -= 1;
    }
    rh2_outbound_ended(session, stream);
    if (session->borrower == stream) {
        session->borrower = NULL;
    }
    if (session->arriving == stream) {
        session->arriving = NULL;
    }
    rh2_inbound_discard(session, stream);
    rh2_queue_discard(session, stream);
}

void rh2_stream_close(rh2_session *session, rh2_stream *stream) {
    if (!stream->headers_left && !session->is_server) {
        session->unsent -= 1;
    }
    if (session->is_server && session->callbacks.ended != NULL && stream->has_headers) {
        rh2_ended end = {stream->method, stream->status, stream->began_at, stream->messages_in, stream->messages_out,
                         stream->metadata.base, stream->is_in_headers ? 0 : stream->metadata.length};
        session->callbacks.ended(session->connection, &end);
    }
    rh2_stream_unlink(session, stream);
    if (stream->call == NULL || stream->forgets) {
        rh2_stream_free(session, stream);
        return;
    }
    // Told by `rh2_dispatch`: libnghttp2 may be in the middle of a send.
    stream->next_closed = NULL;
    if (session->closed_last != NULL) {
        session->closed_last->next_closed = stream;
    } else {
        session->closed_first = stream;
    }
    session->closed_last = stream;
}

void rh2_stream_free(rh2_session *session, rh2_stream *stream) {
    if (stream->call != NULL) {
        session->callbacks.release(stream->call);
        stream->call = NULL;
    }
    rh2_loop *loop = session->loop;
    if (loop->pool_count >= POOL_MAX) {
        rh2_stream_discard(stream);
        return;
    }
    rh2_bytes_trim(&stream->metadata, KEPT_BYTES_MAX);
    rh2_bytes_trim(&stream->in, KEPT_BYTES_MAX);
    rh2_bytes_trim(&stream->trailers, KEPT_BYTES_MAX);
    stream->next = loop->pool;
    loop->pool = stream;
    loop->pool_count += 1;
}

void rh2_stream_discard(rh2_stream *stream) {
    free(stream->metadata.base);
    free(stream->in.base);
    free(stream->trailers.base);
    free(stream->spare);
    free(stream);
}
