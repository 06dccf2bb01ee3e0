// Inbound messages: the five-byte prefix, flow-control credit, and delivery.
//
// The connection's window is credited as bytes arrive, so that one slow consumer never stops another stream of the
// same connection; what bounds memory is the stream's window (credited when a message has been taken), the limit on
// one message, and `inbound_bytes_max` of the connection and of the loop. A complete request that arrives in one
// piece is delivered from the socket's buffer without a copy.

#include "internal.h"

#include <string.h>

#define PREFIX 5
#define KEPT_BYTES_MAX 2048

static void account(rh2_session *session, int64_t bytes) {
    session->inbound_bytes += (uint64_t)bytes;
    session->loop->inbound_bytes += (uint64_t)bytes;
}

static void credit(rh2_session *session, rh2_stream *stream, size_t bytes) {
    if (bytes > stream->uncredited) {
        bytes = stream->uncredited;
    }
    if (bytes == 0) {
        return;
    }
    stream->uncredited -= bytes;
    if (!stream->is_gone && !stream->remote_closed) {
        nghttp2_session_consume_stream(session->session, stream->id, bytes);
    }
}

static bool has_room(const rh2_session *session, size_t count) {
    return session->inbound_bytes + count <= session->limits.inbound_bytes_max &&
           session->loop->inbound_bytes + count <= session->loop->inbound_bytes_max;
}

bool rh2_inbound_reserve(rh2_session *session, size_t count) {
    if (!has_room(session, count)) {
        return false;
    }
    account(session, (int64_t)count);
    return true;
}

void rh2_inbound_release(rh2_session *session, size_t count) { account(session, -(int64_t)count); }

void rh2_inbound_discard(rh2_session *session, rh2_stream *stream) {
    account(session, -(int64_t)stream->in.length);
    rh2_bytes_trim(&stream->in, KEPT_BYTES_MAX);
    stream->taken = 0;
    stream->borrowed = NULL;
}

void rh2_violate(rh2_session *session, rh2_stream *stream, rh2_violation violation) {
    if (stream->is_mute) {
        return;
    }
    stream->is_mute = true;
    if (!stream->is_delivering) {
        rh2_inbound_discard(session, stream);
    }
    session->callbacks.violation(session->connection, stream->id, stream->call, violation);
}

static bool append(rh2_session *session, rh2_stream *stream, const uint8_t *bytes, size_t count, size_t enough) {
    if (!has_room(session, count)) {
        rh2_violate(session, stream, RH2_BUFFERS_FULL);
        return false;
    }
    // What has been delivered makes room first.
    if (stream->taken > 0 && stream->in.length + count > stream->in.capacity) {
        memmove(stream->in.base, stream->in.base + stream->taken, stream->in.length - stream->taken);
        account(session, -(int64_t)stream->taken);
        stream->in.length -= stream->taken;
        stream->taken = 0;
    }
    if (!rh2_bytes_append(&stream->in, bytes, count, enough)) {
        rh2_violate(session, stream, RH2_BUFFERS_FULL);
        return false;
    }
    account(session, (int64_t)count);
    return true;
}

static size_t message_length(const uint8_t *prefix) {
    return (size_t)prefix[1] << 24 | (size_t)prefix[2] << 16 | (size_t)prefix[3] << 8 | (size_t)prefix[4];
}

// Returns whether the prefix is one that can be accepted.
static bool check_prefix(rh2_session *session, rh2_stream *stream, const uint8_t *prefix) {
    if (prefix[0] > 1) {
        rh2_violate(session, stream, RH2_BAD_PREFIX);
        return false;
    }
    if (message_length(prefix) > session->limits.message_bytes_max) {
        rh2_violate(session, stream, RH2_MESSAGE_TOO_LARGE);
        return false;
    }
    if (prefix[0] == 1 && !stream->is_gzip) {
        rh2_violate(session, stream, RH2_COMPRESSED);
        return false;
    }
    return true;
}

void rh2_tell_message(rh2_session *session, rh2_stream *stream, const uint8_t *message, size_t length) {
    stream->messages_in += 1;
    if (stream->is_unary) {
        stream->told_half_closed = true;
        session->callbacks.unary_request(session->connection, stream->id, stream->method, message, length);
    } else {
        session->callbacks.message(session->connection, stream->id, stream->call, message, length);
    }
}

// Delivers a message whose prefix has been checked.
static void deliver_one(rh2_session *session, rh2_stream *stream, const uint8_t *prefix, size_t length) {
    if (stream->is_gzip) {
        stream->was_compressed = prefix[0] == 1;
        if (stream->was_compressed) {
            rh2_gzip_deliver(session, stream, prefix + PREFIX, length);
            return;
        }
    }
    rh2_tell_message(session, stream, prefix + PREFIX, length);
}

// Delivers the complete messages at the start of `bytes` and returns how many bytes they took.
static size_t deliver(rh2_session *session, rh2_stream *stream, const uint8_t *bytes, size_t count) {
    size_t at = 0;
    while (!stream->is_paused && !stream->is_mute && count - at >= PREFIX) {
        const uint8_t *prefix = bytes + at;
        if (!check_prefix(session, stream, prefix)) {
            break;
        }
        size_t length = message_length(prefix);
        if (count - at - PREFIX < length) {
            break;
        }
        at += PREFIX + length;
        deliver_one(session, stream, prefix, length);
    }
    return at;
}

static void tell_end(rh2_session *session, rh2_stream *stream) {
    if (!stream->remote_closed && !stream->has_trailers) {
        return;
    }
    if (stream->told_half_closed || stream->is_mute) {
        return;
    }
    bool is_failure = !session->is_server && stream->has_trailers && stream->grpc_status > 0;
    if (stream->in.length > stream->taken) {
        if (stream->is_paused) {
            return;
        }
        if (!is_failure) {
            rh2_violate(session, stream, RH2_TRUNCATED);
            return;
        }
    }
    stream->told_half_closed = true;
    if (!session->is_server && stream->has_trailers) {
        session->callbacks.trailers(session->connection, stream->id, stream->call, stream->grpc_status,
                                    stream->http_status);
    } else {
        session->callbacks.half_closed(session->connection, stream->id, stream->call);
    }
}

// After a delivery: credit, the end of the stream, and the stream's own end.
static void settle(rh2_session *session, rh2_stream *stream, size_t delivered) {
    credit(session, stream, stream->is_paused ? delivered : stream->uncredited);
    tell_end(session, stream);
    stream->is_delivering = false;
    if (stream->is_mute) {
        rh2_inbound_discard(session, stream);
    }
    if (stream->is_gone && (stream->told_half_closed || stream->is_mute)) {
        rh2_stream_close(session, stream);
    }
}

void rh2_inbound_flow(rh2_session *session, rh2_stream *stream) {
    if (stream->is_delivering) {
        return; // The loop below goes on by itself.
    }
    stream->is_delivering = true;
    size_t delivered = 0;
    if (stream->in.length > stream->taken) {
        delivered = deliver(session, stream, stream->in.base + stream->taken, stream->in.length - stream->taken);
        stream->taken += delivered;
        if (stream->taken == stream->in.length) {
            rh2_inbound_discard(session, stream);
        }
    }
    settle(session, stream, delivered);
}

static void spill(rh2_session *session, rh2_stream *stream) {
    const uint8_t *bytes = stream->borrowed;
    stream->borrowed = NULL;
    session->borrower = NULL;
    append(session, stream, bytes, stream->borrowed_length, 0);
}

void rh2_inbound_settle(rh2_session *session) {
    if (session->borrower != NULL) {
        spill(session, session->borrower);
    }
}

static void single_request_data(rh2_session *session, rh2_stream *stream, const uint8_t *bytes, size_t count) {
    rh2_inbound_settle(session);
    if (stream->is_mute) {
        return;
    }
    if (stream->in.length == 0 && count >= PREFIX && message_length(bytes) == count - PREFIX) {
        if (check_prefix(session, stream, bytes)) {
            stream->borrowed = bytes;
            stream->borrowed_length = count;
            session->borrower = stream;
            credit(session, stream, stream->uncredited);
        }
        return;
    }
    size_t enough = 0;
    if (stream->in.length >= PREFIX) {
        enough = PREFIX + message_length(stream->in.base);
    } else if (stream->in.length == 0 && count >= PREFIX) {
        if (!check_prefix(session, stream, bytes)) {
            return;
        }
        enough = PREFIX + message_length(bytes);
    }
    if (!append(session, stream, bytes, count, enough)) {
        return;
    }
    if (stream->in.length >= PREFIX) {
        if (!check_prefix(session, stream, stream->in.base)) {
            return;
        }
        if (stream->in.length > PREFIX + message_length(stream->in.base)) {
            rh2_violate(session, stream, RH2_MANY_MESSAGES);
            return;
        }
    }
    credit(session, stream, stream->uncredited);
}

void rh2_inbound_data(rh2_session *session, rh2_stream *stream, const uint8_t *bytes, size_t count) {
    if (stream->is_mute || stream->told_half_closed || !stream->has_headers) {
        return;
    }
    stream->uncredited += count;
    if (stream->is_single_request) {
        single_request_data(session, stream, bytes, count);
        return;
    }
    if (stream->is_paused || stream->in.length > stream->taken) {
        size_t enough = 0;
        if (stream->in.length - stream->taken >= PREFIX) {
            size_t length = message_length(stream->in.base + stream->taken);
            enough = length <= session->limits.message_bytes_max ? stream->taken + PREFIX + length : 0;
        }
        if (append(session, stream, bytes, count, enough)) {
            rh2_inbound_flow(session, stream);
        }
        return;
    }
    stream->is_delivering = true;
    size_t delivered = deliver(session, stream, bytes, count);
    if (!stream->is_mute && delivered < count) {
        append(session, stream, bytes + delivered, count - delivered, 0);
    }
    settle(session, stream, delivered);
}

static void single_request_end(rh2_session *session, rh2_stream *stream) {
    if (stream->borrowed == NULL) {
        if (stream->in.length == 0) {
            rh2_violate(session, stream, RH2_NO_MESSAGE);
            return;
        }
        if (stream->in.length < PREFIX || stream->in.length < PREFIX + message_length(stream->in.base)) {
            rh2_violate(session, stream, RH2_TRUNCATED);
            return;
        }
    }
    if (!stream->is_unary && stream->is_paused && stream->borrowed != NULL) {
        spill(session, stream);
    }
    if (!stream->is_unary && stream->borrowed == NULL) {
        rh2_inbound_flow(session, stream);
        return;
    }
    const uint8_t *message = stream->in.base;
    size_t length = stream->in.length;
    if (stream->borrowed != NULL) {
        message = stream->borrowed;
        length = stream->borrowed_length;
        stream->borrowed = NULL;
        session->borrower = NULL;
    }
    stream->is_delivering = true;
    deliver_one(session, stream, message, length - PREFIX);
    stream->taken = stream->in.length;
    rh2_inbound_discard(session, stream);
    settle(session, stream, length);
}

void rh2_inbound_end(rh2_session *session, rh2_stream *stream) {
    if (stream->is_mute || stream->told_half_closed) {
        return;
    }
    if (stream->is_single_request) {
        single_request_end(session, stream);
    } else {
        rh2_inbound_flow(session, stream);
    }
}

void rh2_pause(rh2_session *session, int32_t id) {
    rh2_stream *stream = rh2_stream_find(session, id);
    if (stream != NULL) {
        stream->is_paused = true;
    }
}

void rh2_resume(rh2_session *session, int32_t id) {
    rh2_stream *stream = rh2_stream_find(session, id);
    if (stream == NULL || !stream->is_paused) {
        return;
    }
    stream->is_paused = false;
    // A single request is delivered when it is complete.
    if (!stream->is_single_request || stream->remote_closed) {
        rh2_inbound_flow(session, stream);
    }
}
