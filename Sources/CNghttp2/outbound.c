// Outbound messages: the data source of libnghttp2, headers and trailers.

#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OWNED_BYTES_MIN 4096
#define FIELDS 32

// MARK: What libnghttp2 asks for

static int submit_trailers(rh2_session *session, rh2_stream *stream) {
    nghttp2_nv array[FIELDS];
    if (stream->is_ok) {
        nghttp2_nv ok = RH2_FIELD("grpc-status", "0");
        return nghttp2_submit_trailer(session->session, stream->id, &ok, 1);
    }
    size_t count;
    nghttp2_nv *fields = rh2_block_fields(stream->trailers.base, stream->trailers.length, 0, array, FIELDS, &count);
    if (fields == NULL) {
        return NGHTTP2_ERR_NOMEM;
    }
    int result = nghttp2_submit_trailer(session->session, stream->id, fields, count);
    if (fields != array) {
        free(fields);
    }
    return result;
}

static ssize_t read_source(nghttp2_session *ng, int32_t id, uint8_t *buffer, size_t room, uint32_t *flags,
                           nghttp2_data_source *source, void *user) {
    (void)ng, (void)buffer, (void)source;
    rh2_session *session = user;
    rh2_stream *stream = rh2_stream_find(session, id);
    if (stream == NULL || session->is_evicted) {
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    }
    if (stream->out_bytes == 0 && !stream->is_finished) {
        stream->is_deferred = true;
        return NGHTTP2_ERR_DEFERRED;
    }
    *flags |= NGHTTP2_DATA_FLAG_NO_COPY;
    size_t count = stream->out_bytes < room ? (size_t)stream->out_bytes : room;
    if (count == stream->out_bytes && stream->is_finished) {
        *flags |= NGHTTP2_DATA_FLAG_EOF;
        rh2_outbound_ended(session, stream);
        if (session->is_server) {
            *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
            int result = submit_trailers(session, stream);
            if (result != 0) {
                return nghttp2_is_fatal(result) ? NGHTTP2_ERR_CALLBACK_FAILURE
                                                : NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
            }
        }
    }
    return (ssize_t)count;
}

// Whether libnghttp2 may have anything to send at all. What its windows hold back counts as well.
static bool has_output(const rh2_session *session) {
    return session->out_bytes > 0 || session->endings > 0 ||
           nghttp2_session_get_outbound_queue_size(session->session) > 0;
}

int rh2_outbound_send(nghttp2_session *ng, nghttp2_frame *frame, const uint8_t *head, size_t length,
                      nghttp2_data_source *source, void *user) {
    (void)ng, (void)source;
    rh2_session *session = user;
    const size_t head_length = 9;
    if (session->produce_room < head_length + length) {
        return NGHTTP2_ERR_WOULDBLOCK;
    }
    rh2_stream *stream = rh2_stream_find(session, frame->hd.stream_id);
    // What was evicted must not end as if it had been whole.
    if (stream == NULL || session->is_evicted || stream->out_bytes < length) {
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    }
    memcpy(session->produce, head, head_length);
    rh2_queue_take(session, stream, session->produce + head_length, length);
    session->produce += head_length + length;
    session->produce_room -= head_length + length;
    rh2_flood_data_sent(session);
    // Going on with nothing to send would ask this stream for more, put it aside since it has none, and take it up
    // again with the next message: for a stream that sends one message now and then that is half of the work.
    return has_output(session) ? 0 : NGHTTP2_ERR_PAUSE;
}

// MARK: Sending

static bool must_wait(const rh2_session *session, const rh2_stream *stream) {
    return stream->out_bytes > session->limits.stream_send_bytes_high ||
           session->out_bytes > session->limits.connection_send_bytes_max / 2;
}

// Whoever was told that there is no room, by asking or by sending, is told when there is.
static void wait_for_room(rh2_session *session, rh2_stream *stream) {
    if (!stream->must_wait) {
        stream->must_wait = true;
        session->waiting += 1;
    }
}

static void give_up(rh2_session *session, rh2_stream *stream) {
    if (!stream->own_reset && !stream->is_gone) {
        stream->own_reset = true;
        nghttp2_submit_rst_stream(session->session, NGHTTP2_FLAG_NONE, stream->id, NGHTTP2_INTERNAL_ERROR);
    }
}

// Sends the response's headers, with `block`, and with a body behind them if `has_body`.
static bool respond(rh2_session *session, rh2_stream *stream, const uint8_t *block, size_t length, uint32_t http_status,
                    bool has_body) {
    char text[8];
    int text_length = snprintf(text, sizeof text, "%u", http_status % 1000);
    nghttp2_nv array[FIELDS] = {
        RH2_FIELD(":status", "200"),
        RH2_FIELD("content-type", "application/grpc"),
    };
    nghttp2_nv *fields = array;
    size_t count = 2;
    if (has_body && stream->gzip_bytes_min != RH2_NO_GZIP) {
        array[count++] = (nghttp2_nv)RH2_FIELD("grpc-encoding", "gzip");
        stream->announces_gzip = true;
    }
    if (length > 0) {
        size_t reserved = count;
        fields = rh2_block_fields(block, length, reserved, array, FIELDS, &count);
        if (fields == NULL) {
            return false;
        }
        if (fields != array) {
            memcpy(fields, array, reserved * sizeof *fields);
        }
    }
    if (http_status != 200) {
        fields[0].value = (uint8_t *)text;
        fields[0].valuelen = (size_t)text_length;
        fields[0].flags = NGHTTP2_NV_FLAG_NO_COPY_NAME;
    }
    nghttp2_data_provider provider = {.source = {.ptr = NULL}, .read_callback = read_source};
    int result = nghttp2_submit_response(session->session, stream->id, fields, count, has_body ? &provider : NULL);
    if (fields != array) {
        free(fields);
    }
    if (result != 0) {
        return false;
    }
    stream->sent_headers = true;
    stream->has_provider = has_body;
    return true;
}

static void resume(rh2_session *session, rh2_stream *stream) {
    if (stream->is_deferred) {
        stream->is_deferred = false;
        nghttp2_session_resume_data(session->session, stream->id);
    }
}

static void end_behind_queue(rh2_session *session, rh2_stream *stream) {
    stream->is_finished = true;
    stream->is_ending = true;
    session->endings += 1;
    resume(session, stream);
}

void rh2_outbound_ended(rh2_session *session, rh2_stream *stream) {
    if (stream->is_ending) {
        stream->is_ending = false;
        session->endings -= 1;
    }
}

static bool is_sending(const rh2_stream *stream) {
    return stream != NULL && !stream->is_finished && !stream->own_reset && !stream->is_gone;
}

bool rh2_send_headers(rh2_session *session, int32_t id, const uint8_t *block, size_t length) {
    rh2_stream *stream = rh2_stream_find(session, id);
    return is_sending(stream) && !stream->sent_headers && respond(session, stream, block, length, 200, true);
}

static rh2_sent queue_message(rh2_session *session, rh2_stream *stream, bool is_compressed, const uint8_t *message,
                              size_t length, void *owner) {
    if (!is_sending(stream) || session->is_evicted) {
        return RH2_GONE;
    }
    uint64_t bytes = RH2_PREFIX_BYTES + (uint64_t)length;
    if (length > UINT32_MAX || stream->out_bytes + bytes > session->limits.stream_send_bytes_max ||
        session->out_bytes + bytes > session->limits.connection_send_bytes_max ||
        !rh2_queue_make_room(session, bytes) ||
        !rh2_queue_append(session, stream, is_compressed, message, length, owner)) {
        return RH2_OVERFLOW;
    }
    stream->messages_out += 1;
    if (!stream->sent_headers && !respond(session, stream, NULL, 0, 200, true)) {
        give_up(session, stream);
    }
    resume(session, stream);
    if (!must_wait(session, stream)) {
        return RH2_WRITABLE;
    }
    wait_for_room(session, stream);
    return RH2_WAIT;
}

// Replaces a message by its compressed form if that may be sent and is smaller.
static bool compress(rh2_session *session, rh2_stream *stream, const uint8_t **message, size_t *length) {
    // The headers must have said so, or be yet to say so.
    if (!is_sending(stream) || (stream->sent_headers && !stream->announces_gzip)) {
        return false;
    }
    size_t deflated;
    const uint8_t *smaller = rh2_gzip_deflate(session->loop, *message, *length, &deflated);
    if (smaller == NULL) {
        return false;
    }
    *message = smaller;
    *length = deflated;
    return true;
}

rh2_sent rh2_send_message(rh2_session *session, int32_t id, const uint8_t *message, size_t length, void *owner) {
    rh2_stream *stream = rh2_stream_find(session, id);
    bool is_compressed = stream != NULL && length >= stream->gzip_bytes_min &&
                         compress(session, stream, &message, &length);
    // What has been compressed is in the loop's hands and must be copied.
    bool is_kept = owner != NULL && !is_compressed && length >= OWNED_BYTES_MIN;
    rh2_sent sent = queue_message(session, stream, is_compressed, message, length, is_kept ? owner : NULL);
    if (owner != NULL && (!is_kept || sent == RH2_GONE || sent == RH2_OVERFLOW)) {
        session->callbacks.release(owner);
    }
    return sent;
}

void rh2_set_gzip_bytes_min(rh2_session *session, int32_t id, uint32_t bytes_min) {
    rh2_stream *stream = rh2_stream_find(session, id);
    if (stream != NULL && (!session->is_server || stream->accepts_gzip)) {
        stream->gzip_bytes_min = bytes_min;
    }
}

bool rh2_was_compressed(rh2_session *session, int32_t id) {
    rh2_stream *stream = rh2_stream_find(session, id);
    return stream != NULL && stream->was_compressed;
}

bool rh2_is_writable(rh2_session *session, int32_t id) {
    rh2_stream *stream = rh2_stream_find(session, id);
    if (!is_sending(stream)) {
        return false;
    }
    if (!must_wait(session, stream)) {
        return true;
    }
    wait_for_room(session, stream);
    return false;
}

uint64_t rh2_stream_queued_bytes(rh2_session *session, int32_t id) {
    rh2_stream *stream = rh2_stream_find(session, id);
    return stream == NULL ? 0 : stream->out_bytes;
}

void rh2_set_status(rh2_session *session, int32_t id, uint8_t grpc_status) {
    rh2_stream *stream = rh2_stream_find(session, id);
    if (stream != NULL) {
        stream->status = (int8_t)grpc_status;
    }
}

bool rh2_finish(rh2_session *session, int32_t id, const uint8_t *block, size_t length, uint32_t http_status,
                uint8_t grpc_status) {
    rh2_stream *stream = rh2_stream_find(session, id);
    if (!is_sending(stream)) {
        return false;
    }
    stream->status = (int8_t)grpc_status;
    static const uint8_t ok[] = {11, 0, 1, 0, 0, 0, 'g', 'r', 'p', 'c', '-', 's', 't', 'a', 't', 'u', 's', '0'};
    if (!stream->sent_headers) { // A response of trailers only.
        if (block == NULL) {
            block = ok;
            length = sizeof ok;
        }
        if (!respond(session, stream, block, length, http_status, false)) {
            give_up(session, stream);
        }
        stream->is_finished = true;
        return true;
    }
    stream->is_ok = block == NULL;
    if (block != NULL && !rh2_bytes_append(&stream->trailers, block, length, 0)) {
        give_up(session, stream);
    }
    end_behind_queue(session, stream);
    return true;
}

bool rh2_can_finish_now(rh2_session *session, int32_t id) {
    rh2_stream *stream = rh2_stream_find(session, id);
    return is_sending(stream) && stream->out_bytes == 0;
}

void rh2_half_close(rh2_session *session, int32_t id) {
    rh2_stream *stream = rh2_stream_find(session, id);
    if (is_sending(stream)) {
        end_behind_queue(session, stream);
    }
}

int32_t rh2_submit_request(rh2_session *session, const char *path, size_t path_length, const char *authority,
                           size_t authority_length, bool is_tls, uint32_t gzip_bytes_min, const uint8_t *block,
                           size_t block_length, void *call, int64_t deadline) {
    nghttp2_nv array[FIELDS] = {
        RH2_FIELD(":method", "POST"),
        RH2_FIELD(":scheme", "http"),
        {(uint8_t *)":path", (uint8_t *)path, 5, path_length, NGHTTP2_NV_FLAG_NO_COPY_NAME},
        {(uint8_t *)":authority", (uint8_t *)authority, 10, authority_length, NGHTTP2_NV_FLAG_NO_COPY_NAME},
        RH2_FIELD("content-type", "application/grpc"),
        RH2_FIELD("te", "trailers"),
    };
    if (is_tls) {
        array[1] = (nghttp2_nv)RH2_FIELD(":scheme", "https");
    }
    size_t count = 6;
    if (session->limits.accepts_gzip) {
        array[count++] = (nghttp2_nv)RH2_FIELD("grpc-accept-encoding", "identity,gzip");
    }
    if (gzip_bytes_min != RH2_NO_GZIP) {
        array[count++] = (nghttp2_nv)RH2_FIELD("grpc-encoding", "gzip");
    }
    const size_t reserved = count;
    nghttp2_nv *fields = array;
    if (block_length > 0) {
        fields = rh2_block_fields(block, block_length, reserved, array, FIELDS, &count);
        if (fields != NULL && fields != array) {
            memcpy(fields, array, reserved * sizeof *fields);
        }
    }
    nghttp2_data_provider provider = {.source = {.ptr = NULL}, .read_callback = read_source};
    int32_t id = fields == NULL ? 0 : nghttp2_submit_request(session->session, NULL, fields, count, &provider, NULL);
    if (fields != NULL && fields != array) {
        free(fields);
    }
    if (id <= 0) {
        return 0;
    }
    rh2_stream *stream = rh2_stream_open(session, id);
    if (stream == NULL) {
        nghttp2_submit_rst_stream(session->session, NGHTTP2_FLAG_NONE, id, NGHTTP2_CANCEL);
        return 0;
    }
    stream->call = call;
    stream->deadline = deadline;
    if (deadline < session->new_deadline) {
        session->new_deadline = deadline;
    }
    stream->sent_headers = true;
    stream->has_provider = true;
    stream->announces_gzip = gzip_bytes_min != RH2_NO_GZIP;
    stream->gzip_bytes_min = gzip_bytes_min;
    session->unsent += 1;
    return id;
}

bool rh2_outbound_wake(rh2_session *session) {
    enum { BATCH = 64 };
    int32_t ids[BATCH];
    size_t count;
    bool told = false;
    do {
        count = 0;
        for (rh2_stream *stream = session->first; stream != NULL && count < BATCH; stream = stream->next) {
            if (stream->must_wait && stream->out_bytes <= session->limits.stream_send_bytes_high / 2 &&
                session->out_bytes <= session->limits.connection_send_bytes_max / 4) {
                stream->must_wait = false;
                session->waiting -= 1;
                ids[count++] = stream->id;
            }
        }
        for (size_t i = 0; i < count; i += 1) {
            rh2_stream *stream = rh2_stream_find(session, ids[i]);
            if (is_sending(stream) && stream->call != NULL) {
                told = true;
                session->callbacks.writable(session->connection, stream->id, stream->call);
            }
        }
    } while (count == BATCH);
    return told;
}
