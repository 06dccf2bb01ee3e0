// A connection: libnghttp2's callbacks and the life of a session.

#include "internal.h"

#include <stdlib.h>
#include <string.h>

// MARK: Callbacks

static int on_begin_headers(nghttp2_session *ng, const nghttp2_frame *frame, void *user) {
    rh2_session *session = user;
    int32_t id = frame->hd.stream_id;
    rh2_stream *stream = rh2_stream_find(session, id);
    if (stream == NULL && session->is_server && frame->headers.cat == NGHTTP2_HCAT_REQUEST) {
        stream = rh2_stream_open(session, id);
        if (stream == NULL) {
            session->no_memory = true;
            return NGHTTP2_ERR_CALLBACK_FAILURE;
        }
        // All streams share the connection in turns, whatever a client's priorities say (RFC 9218 section 10).
        nghttp2_extpri in_turns = {.urgency = NGHTTP2_EXTPRI_DEFAULT_URGENCY, .inc = 1};
        nghttp2_session_change_extpri_stream_priority(ng, id, &in_turns, 1);
    }
    session->arriving = stream;
    session->worked_since_ping = true;
    if (stream != NULL) {
        rh2_headers_begin(stream);
    }
    return 0;
}

static int on_header(nghttp2_session *ng, const nghttp2_frame *frame, const uint8_t *name, size_t name_length,
                     const uint8_t *value, size_t value_length, uint8_t flags, void *user) {
    (void)ng, (void)flags;
    rh2_session *session = user;
    rh2_stream *stream = session->arriving;
    if (stream == NULL || stream->id != frame->hd.stream_id) {
        return 0;
    }
    return rh2_headers_add(session, stream, name, name_length, value, value_length);
}

static void on_headers_end(rh2_session *session, const nghttp2_frame *frame) {
    rh2_stream *stream = session->arriving;
    session->arriving = NULL;
    if (stream != NULL && stream->id == frame->hd.stream_id) {
        rh2_headers_end(session, stream, frame->hd.flags & NGHTTP2_FLAG_END_STREAM);
    }
}

static int on_frame_recv(nghttp2_session *ng, const nghttp2_frame *frame, void *user) {
    (void)ng;
    rh2_session *session = user;
    switch (frame->hd.type) {
    case NGHTTP2_HEADERS:
        on_headers_end(session, frame);
        break;
    case NGHTTP2_DATA:
        if (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) {
            rh2_stream *stream = rh2_stream_find(session, frame->hd.stream_id);
            if (stream != NULL) {
                stream->remote_closed = true;
                rh2_inbound_end(session, stream);
            }
        }
        break;
    case NGHTTP2_SETTINGS:
        if (!(frame->hd.flags & NGHTTP2_FLAG_ACK) && !session->got_settings) {
            session->got_settings = true;
            session->callbacks.settings(session->connection);
        }
        break;
    case NGHTTP2_PING:
        if (frame->hd.flags & NGHTTP2_FLAG_ACK) {
            uint64_t payload;
            memcpy(&payload, frame->ping.opaque_data, sizeof payload);
            session->callbacks.ping_ack(session->connection, payload);
        } else {
            rh2_flood_ping(session);
        }
        break;
    case NGHTTP2_GOAWAY:
        session->callbacks.goaway(session->connection, frame->goaway.last_stream_id, frame->goaway.error_code,
                                  frame->goaway.opaque_data, frame->goaway.opaque_data_len);
        break;
    default:
        break;
    }
    return 0;
}

static int on_data_chunk(nghttp2_session *ng, uint8_t flags, int32_t id, const uint8_t *bytes, size_t count,
                         void *user) {
    (void)flags;
    rh2_session *session = user;
    nghttp2_session_consume_connection(ng, count);
    session->worked_since_ping = true;
    rh2_stream *stream = rh2_stream_find(session, id);
    if (stream != NULL && count > 0) {
        rh2_inbound_data(session, stream, bytes, count);
    }
    return 0;
}

static int on_stream_close(nghttp2_session *ng, int32_t id, uint32_t error_code, void *user) {
    (void)ng;
    rh2_session *session = user;
    rh2_stream *stream = rh2_stream_find(session, id);
    if (stream == NULL) {
        return 0;
    }
    stream->is_gone = true;
    stream->error_code = error_code;
    // A consumer that has paused still gets what arrived in full.
    bool lingers = error_code == NGHTTP2_NO_ERROR && stream->remote_closed && !stream->told_half_closed &&
                   !stream->is_mute && !session->is_server;
    if (!lingers && !stream->is_delivering) {
        rh2_stream_close(session, stream);
    }
    return 0;
}

static int on_frame_send(nghttp2_session *ng, const nghttp2_frame *frame, void *user) {
    rh2_session *session = user;
    uint8_t type = frame->hd.type;
    if (type == NGHTTP2_GOAWAY) {
        session->has_offended |= frame->goaway.error_code != NGHTTP2_NO_ERROR && !session->ends_by_choice;
    }
    if (type != NGHTTP2_HEADERS && type != NGHTTP2_DATA && type != NGHTTP2_RST_STREAM) {
        return 0;
    }
    rh2_stream *stream = rh2_stream_find(session, frame->hd.stream_id);
    if (type == NGHTTP2_RST_STREAM) {
        if (session->is_server && (stream == NULL || !stream->own_reset)) {
            rh2_flood_take(session, RH2_FLOOD_PROVOKED_RESET);
        }
        return 0;
    }
    session->worked_since_ping = true;
    if (stream == NULL) {
        return 0;
    }
    if (type == NGHTTP2_HEADERS && !stream->headers_left) {
        stream->headers_left = true;
        if (!session->is_server) {
            session->unsent -= 1;
        }
    }
    if (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) {
        stream->local_closed = true;
        // The answer is complete; the rest of the request is not wanted (RFC 9113 section 8.1).
        if (session->is_server && !stream->remote_closed && !stream->own_reset) {
            stream->own_reset = true;
            nghttp2_submit_rst_stream(ng, NGHTTP2_FLAG_NONE, stream->id, NGHTTP2_NO_ERROR);
        }
    }
    return 0;
}

static int on_frame_not_send(nghttp2_session *ng, const nghttp2_frame *frame, int error, void *user) {
    (void)error;
    rh2_session *session = user;
    rh2_stream *stream = rh2_stream_find(session, frame->hd.stream_id);
    // A response whose headers cannot be sent must not leave the client waiting.
    if (frame->hd.type == NGHTTP2_HEADERS && session->is_server && stream != NULL && !stream->own_reset) {
        stream->own_reset = true;
        nghttp2_submit_rst_stream(ng, NGHTTP2_FLAG_NONE, stream->id, NGHTTP2_INTERNAL_ERROR);
    }
    return 0;
}

// MARK: Life

static nghttp2_session_callbacks *make_callbacks(void) {
    nghttp2_session_callbacks *callbacks;
    if (nghttp2_session_callbacks_new(&callbacks) != 0) {
        return NULL;
    }
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, on_begin_headers);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame_recv);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data_chunk);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_stream_close);
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, on_frame_send);
    nghttp2_session_callbacks_set_on_frame_not_send_callback(callbacks, on_frame_not_send);
    nghttp2_session_callbacks_set_send_data_callback(callbacks, rh2_outbound_send);
    return callbacks;
}

static bool start(rh2_session *session) {
    nghttp2_session_callbacks *callbacks = make_callbacks();
    nghttp2_option *option = NULL;
    if (callbacks == NULL || nghttp2_option_new(&option) != 0) {
        nghttp2_session_callbacks_del(callbacks);
        return false;
    }
    nghttp2_option_set_no_auto_window_update(option, 1);
    nghttp2_option_set_no_closed_streams(option, 1);
    int result = session->is_server ? nghttp2_session_server_new2(&session->session, callbacks, session, option)
                                    : nghttp2_session_client_new2(&session->session, callbacks, session, option);
    nghttp2_option_del(option);
    nghttp2_session_callbacks_del(callbacks);
    if (result != 0) {
        return false;
    }
    const rh2_limits *limits = &session->limits;
    nghttp2_settings_entry settings[] = {
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, limits->stream_window_bytes},
        {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, limits->header_list_bytes_max},
        {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits->concurrent_streams_max},
        {NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1},
    };
    size_t count = 4;
    if (!session->is_server) {
        settings[2] = (nghttp2_settings_entry){NGHTTP2_SETTINGS_ENABLE_PUSH, 0};
        count = 3;
    }
    return nghttp2_submit_settings(session->session, NGHTTP2_FLAG_NONE, settings, count) == 0 &&
           nghttp2_session_set_local_window_size(session->session, NGHTTP2_FLAG_NONE, 0,
                                                 (int32_t)limits->connection_window_bytes) == 0;
}

static rh2_session *make(rh2_loop *loop, const rh2_methods *methods, const rh2_callbacks *callbacks,
                         const rh2_limits *limits, void *connection, int64_t now) {
    const size_t buckets = 8;
    rh2_session *session = calloc(1, sizeof *session);
    if (session == NULL) {
        return NULL;
    }
    session->buckets = calloc(buckets, sizeof *session->buckets);
    if (session->buckets == NULL) {
        free(session);
        return NULL;
    }
    session->bucket_mask = buckets - 1;
    session->loop = loop;
    session->next = loop->sessions;
    if (session->next != NULL) {
        session->next->previous = session;
    }
    loop->sessions = session;
    session->methods = methods;
    session->callbacks = *callbacks;
    session->limits = *limits;
    session->connection = connection;
    session->now = now;
    session->is_server = methods != NULL;
    session->new_deadline = INT64_MAX;
    session->magic_left = session->is_server ? NGHTTP2_CLIENT_MAGIC_LEN : 0;
    rh2_flood_start(session);
    if (!start(session)) {
        rh2_session_free(session);
        return NULL;
    }
    return session;
}

rh2_session *rh2_server_new(rh2_loop *loop, const rh2_methods *methods, const rh2_callbacks *callbacks,
                            const rh2_limits *limits, void *connection, int64_t now) {
    return make(loop, methods, callbacks, limits, connection, now);
}

rh2_session *rh2_client_new(rh2_loop *loop, const rh2_callbacks *callbacks, const rh2_limits *limits, void *connection,
                            int64_t now) {
    return make(loop, NULL, callbacks, limits, connection, now);
}

void rh2_session_free(rh2_session *session) {
    // `nghttp2_session_del` closes no stream by itself.
    while (session->first != NULL) {
        rh2_stream *stream = session->first;
        stream->error_code = NGHTTP2_CANCEL;
        rh2_stream_close(session, stream);
    }
    rh2_dispatch(session);
    nghttp2_session_del(session->session);
    if (session->previous != NULL) {
        session->previous->next = session->next;
    } else {
        session->loop->sessions = session->next;
    }
    if (session->next != NULL) {
        session->next->previous = session->previous;
    }
    free(session->buckets);
    free(session);
}

// MARK: Bytes

rh2_verdict rh2_receive(rh2_session *session, int64_t now, const uint8_t *bytes, size_t count) {
    session->now = now;
    rh2_flood_tick(session);
    rh2_flood_scan(session, bytes, count);
    ssize_t result = nghttp2_session_mem_recv(session->session, bytes, count);
    rh2_inbound_settle(session);
    if (session->no_memory || result == NGHTTP2_ERR_NOMEM) {
        return RH2_NO_MEMORY;
    }
    session->has_offended |= result < 0 && result != NGHTTP2_ERR_BAD_CLIENT_MAGIC;
    if (session->is_flooded || result == NGHTTP2_ERR_FLOODED || result == NGHTTP2_ERR_TOO_MANY_SETTINGS ||
        result == NGHTTP2_ERR_CALLBACK_FAILURE) {
        return RH2_FLOODED;
    }
    if (result == NGHTTP2_ERR_BAD_CLIENT_MAGIC) {
        return RH2_BAD_PREFACE;
    }
    if (result < 0) {
        return RH2_BROKEN;
    }
    return session->pings_too_often ? RH2_TOO_MANY_PINGS : RH2_GOES_ON;
}

ptrdiff_t rh2_produce(rh2_session *session, uint8_t *bytes, size_t capacity) {
    session->produce = bytes;
    session->produce_room = capacity;
    for (;;) {
        if (session->left_length == 0) {
            ssize_t length = nghttp2_session_mem_send(session->session, &session->left);
            if (length < 0) {
                return -1;
            }
            if (length == 0) {
                break; // Nothing to send, or no room for the next DATA frame.
            }
            session->left_length = (size_t)length;
        }
        if (session->left_length > session->produce_room) {
            break;
        }
        memcpy(session->produce, session->left, session->left_length);
        session->produce += session->left_length;
        session->produce_room -= session->left_length;
        session->left_length = 0;
    }
    return session->produce - bytes;
}

bool rh2_dispatch(rh2_session *session) {
    bool told = false;
    while (session->closed_first != NULL) {
        rh2_stream *stream = session->closed_first;
        session->closed_first = stream->next_closed;
        if (session->closed_first == NULL) {
            session->closed_last = NULL;
        }
        session->callbacks.closed(session->connection, stream->id, stream->call, stream->error_code,
                                  stream->headers_left);
        rh2_stream_free(session, stream);
        told = true;
    }
    return (session->waiting > 0 && rh2_outbound_wake(session)) || told;
}

bool rh2_is_finished(rh2_session *session) {
    return session->left_length == 0 && !nghttp2_session_want_read(session->session) &&
           !nghttp2_session_want_write(session->session);
}

int64_t rh2_expire(rh2_session *session, int64_t now) {
    enum { BATCH = 64 };
    int32_t ids[BATCH];
    size_t count;
    int64_t next;
    session->now = now;
    do {
        count = 0;
        next = INT64_MAX;
        for (rh2_stream *stream = session->first; stream != NULL; stream = stream->next) {
            if (stream->deadline <= now && count < BATCH) {
                stream->deadline = INT64_MAX;
                ids[count++] = stream->id;
            } else if (stream->deadline < next) {
                next = stream->deadline;
            }
        }
        for (size_t i = 0; i < count; i += 1) {
            rh2_stream *stream = rh2_stream_find(session, ids[i]);
            if (stream != NULL && !stream->is_mute) {
                session->callbacks.expired(session->connection, stream->id, stream->call);
            }
        }
    } while (count == BATCH);
    return next;
}

int64_t rh2_stalled_since(const rh2_session *session) { return session->stalled_since; }
bool rh2_has_offended(const rh2_session *session) { return session->has_offended; }

int64_t rh2_take_new_deadline(rh2_session *session) {
    int64_t deadline = session->new_deadline;
    session->new_deadline = INT64_MAX;
    return deadline;
}

uint32_t rh2_open_streams(const rh2_session *session) { return session->count; }

int32_t rh2_last_stream(const rh2_session *session) {
    return nghttp2_session_get_last_proc_stream_id(session->session);
}

uint32_t rh2_unsent_requests(const rh2_session *session) { return session->unsent; }
uint64_t rh2_inbound_bytes(const rh2_session *session) { return session->inbound_bytes; }
uint64_t rh2_queued_bytes(const rh2_session *session) { return session->out_bytes; }

void rh2_ping(rh2_session *session, uint64_t payload) {
    nghttp2_submit_ping(session->session, NGHTTP2_FLAG_NONE, (const uint8_t *)&payload);
}

void rh2_shutdown_notice(rh2_session *session) { nghttp2_submit_shutdown_notice(session->session); }

void rh2_goaway(rh2_session *session, uint32_t error_code) {
    session->ends_by_choice = true;
    nghttp2_submit_goaway(session->session, NGHTTP2_FLAG_NONE,
                          nghttp2_session_get_last_proc_stream_id(session->session), error_code, NULL, 0);
}

void rh2_terminate(rh2_session *session, uint32_t error_code) {
    session->ends_by_choice = true;
    nghttp2_session_terminate_session(session->session, error_code);
}

// MARK: Streams

bool rh2_is_open(rh2_session *session, int32_t id) {
    rh2_stream *stream = rh2_stream_find(session, id);
    return stream != NULL && !stream->is_finished && !stream->own_reset;
}

bool rh2_set_call(rh2_session *session, int32_t id, void *call) {
    rh2_stream *stream = rh2_stream_find(session, id);
    if (stream == NULL || stream->call != NULL) {
        return false;
    }
    stream->call = call;
    return true;
}

void *rh2_call(rh2_session *session, int32_t id) {
    rh2_stream *stream = rh2_stream_find(session, id);
    return stream == NULL ? NULL : stream->call;
}

int64_t rh2_deadline(rh2_session *session, int32_t id) {
    rh2_stream *stream = rh2_stream_find(session, id);
    return stream == NULL ? INT64_MAX : stream->deadline;
}

void rh2_set_deadline(rh2_session *session, int32_t id, int64_t deadline) {
    rh2_stream *stream = rh2_stream_find(session, id);
    if (stream == NULL) {
        return;
    }
    stream->deadline = deadline;
    if (deadline < session->new_deadline) {
        session->new_deadline = deadline;
    }
}

bool rh2_was_sent(rh2_session *session, int32_t id) {
    rh2_stream *stream = rh2_stream_find(session, id);
    return stream != NULL && stream->headers_left;
}

void rh2_reset(rh2_session *session, int32_t id, uint32_t error_code, bool forget) {
    rh2_stream *stream = rh2_stream_find(session, id);
    if (stream == NULL) {
        return;
    }
    stream->is_mute = true;
    stream->forgets = stream->forgets || forget;
    stream->deadline = INT64_MAX;
    if (stream->is_gone) {
        if (!stream->is_delivering) {
            rh2_stream_close(session, stream);
        }
        return;
    }
    if (stream->own_reset || (stream->remote_closed && stream->local_closed)) {
        return;
    }
    stream->own_reset = true;
    nghttp2_submit_rst_stream(session->session, NGHTTP2_FLAG_NONE, id, error_code);
}
