#pragma once

#include "cnghttp2.h"

#include <nghttp2/nghttp2.h>

// Inline bytes follow a chunk without an owner.
typedef struct rh2_chunk {
    struct rh2_chunk *next;
    const uint8_t *base;
    size_t length;
    size_t offset;
    size_t capacity;
    void *owner;
} rh2_chunk;

typedef struct {
    uint8_t *base;
    size_t length;
    size_t capacity;
} rh2_bytes;

typedef struct rh2_gzip rh2_gzip;


typedef struct rh2_stream {
    struct rh2_stream *next, *previous; // all streams of the session, or the pool
    struct rh2_stream *same_bucket;     // of the session's table
    struct rh2_stream *next_closed;
    int32_t id;
    uint32_t method;
    void *call;
    int64_t deadline;
    uint32_t error_code;

    // The header block that is arriving, or arrived last.
    rh2_bytes metadata;
    uint64_t header_list_bytes;
    uint32_t http_status;
    int32_t grpc_status;
    int64_t timeout;
    uint8_t violation; // the first one that the header block showed
    bool has_method, has_content_type;

    // Inbound: raw bytes that have not been delivered, `taken` of them have.
    rh2_bytes in;
    size_t taken;
    size_t uncredited;
    const uint8_t *borrowed; // a complete message with prefix inside the bytes that are being received
    size_t borrowed_length;

    // Outbound.
    rh2_chunk *out_first, *out_last;
    rh2_chunk *spare;
    uint64_t out_bytes;
    rh2_bytes trailers;

    int64_t began_at;
    uint32_t messages_in, messages_out;
    int8_t status; // what the server ends the call with, -1 before it does

    uint32_t gzip_bytes_min; // messages of at least so many bytes are compressed

    bool is_gzip : 1;        // inbound messages may be compressed
    bool was_compressed : 1; // the inbound message that was delivered last
    bool accepts_gzip : 1;   // the other side says that outbound messages may be compressed
    bool announces_gzip : 1; // our headers say that they may be
    bool is_single_request : 1; // exactly one message, delivered when the other side has half-closed
    bool is_unary : 1;
    bool is_in_headers : 1;
    bool has_headers : 1; // the request's, or the final response's
    bool remote_closed : 1;
    bool told_half_closed : 1;
    bool is_mute : 1; // nothing is told any more
    bool forgets : 1; // not even `closed`
    bool is_paused : 1;
    bool is_delivering : 1;
    bool sent_headers : 1; // submitted
    bool headers_left : 1; // went to the socket
    bool is_deferred : 1;
    bool has_provider : 1;
    bool is_finished : 1; // trailers or half-close are behind the queue
    bool is_ending : 1;   // they are, and libnghttp2 does not have them yet: counted in `endings`
    bool is_ok : 1;       // the trailers are `grpc-status: 0`
    bool must_wait : 1;   // a sender was told to wait
    bool own_reset : 1;
    bool is_gone : 1; // libnghttp2 has closed it
    bool has_trailers : 1;
    bool local_closed : 1; // END_STREAM went to the socket
} rh2_stream;

struct rh2_loop {
    rh2_stream *pool;
    size_t pool_count;
    uint64_t inbound_bytes;
    uint64_t inbound_bytes_max;
    uint64_t out_bytes;
    uint64_t out_bytes_max;
    uint64_t out_bytes_peak; // since memory was given back
    rh2_session *sessions;
    rh2_gzip *gzip; // null until a compressed message comes or goes
};

typedef struct {
    const char *path;
    size_t path_length;
    uint32_t index;
    uint32_t hash;
    bool client_streaming, server_streaming;
} rh2_method;

struct rh2_methods {
    rh2_method *slots;
    size_t mask;
    size_t count, capacity;
};

enum rh2_flood {
    RH2_FLOOD_PRIORITY,
    RH2_FLOOD_WINDOW_UPDATE,
    RH2_FLOOD_EMPTY_DATA,
    RH2_FLOOD_PING,
    RH2_FLOOD_SETTINGS,
    RH2_FLOOD_OTHER,
    RH2_FLOOD_PROVOKED_RESET,
    RH2_FLOOD_COUNT,
};

struct rh2_session {
    nghttp2_session *session;
    rh2_loop *loop;
    rh2_session *next, *previous; // all sessions of the loop
    const rh2_methods *methods;
    rh2_callbacks callbacks;
    rh2_limits limits;
    void *connection;
    int64_t now;
    bool is_server;

    rh2_stream *first;
    rh2_stream **buckets;
    size_t bucket_mask;
    uint32_t count;
    uint32_t unsent;
    rh2_stream *closed_first, *closed_last;
    rh2_stream *borrower;
    rh2_stream *arriving; // the one whose header block arrives
    uint32_t waiting; // streams whose sender was told to wait
    uint32_t endings; // streams with an ending behind their queue that libnghttp2 does not have yet

    uint64_t inbound_bytes;
    uint64_t out_bytes;
    int64_t new_deadline;

    // The scanner of frame heads.
    uint8_t head[9];
    uint8_t head_length;
    uint8_t magic_left;
    bool in_block;
    uint32_t payload_left;
    uint8_t frame_type;
    int64_t stalled_since;

    int32_t tokens[RH2_FLOOD_COUNT];
    int64_t refilled_at;
    int64_t pinged_at;
    uint32_t ping_strikes;
    bool worked_since_ping; // HEADERS or DATA, in either direction
    bool is_flooded;
    bool has_offended;
    bool ends_by_choice; // a GOAWAY with an error is ours, not libnghttp2's
    bool pings_too_often;
    bool is_evicted;
    bool got_settings;
    bool no_memory;

    // Where `rh2_produce` writes.
    uint8_t *produce;
    size_t produce_room;
    const uint8_t *left; // what `nghttp2_session_mem_send` returned and did not fit
    size_t left_length;
};

// stream.c
rh2_stream *rh2_stream_open(rh2_session *session, int32_t id);
rh2_stream *rh2_stream_find(rh2_session *session, int32_t id);
// Where in the session's table the streams of its place are linked.
rh2_stream **rh2_stream_bucket(rh2_session *session, int32_t id);
void rh2_stream_unlink(rh2_session *session, rh2_stream *stream);
void rh2_stream_free(rh2_session *session, rh2_stream *stream);
void rh2_stream_close(rh2_session *session, rh2_stream *stream);
void rh2_stream_discard(rh2_stream *stream);
bool rh2_bytes_append(rh2_bytes *bytes, const void *base, size_t count, size_t enough);
void rh2_bytes_trim(rh2_bytes *bytes, size_t capacity_max);

// headers.c
void rh2_headers_begin(rh2_stream *stream);
int rh2_headers_add(rh2_session *session, rh2_stream *stream, const uint8_t *name, size_t name_length,
                    const uint8_t *value, size_t value_length);
void rh2_headers_end(rh2_session *session, rh2_stream *stream, bool end_stream);
// Makes `count` fields of a block. Null when out of memory; `array` is used when it has the room.
nghttp2_nv *rh2_block_fields(const uint8_t *block, size_t length, size_t reserved, nghttp2_nv *array, size_t room,
                             size_t *count);
#define RH2_STATIC (NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE)
#define RH2_FIELD(n, v) {(uint8_t *)(n), (uint8_t *)(v), sizeof(n) - 1, sizeof(v) - 1, RH2_STATIC}

// inbound.c
void rh2_inbound_data(rh2_session *session, rh2_stream *stream, const uint8_t *bytes, size_t count);
void rh2_inbound_end(rh2_session *session, rh2_stream *stream);
void rh2_inbound_settle(rh2_session *session);
void rh2_inbound_flow(rh2_session *session, rh2_stream *stream);
void rh2_inbound_discard(rh2_session *session, rh2_stream *stream);
void rh2_violate(rh2_session *session, rh2_stream *stream, rh2_violation violation);
// Hands a message to the callback that it belongs to.
void rh2_tell_message(rh2_session *session, rh2_stream *stream, const uint8_t *message, size_t length);
// Counts bytes that are held for a moment. False, and nothing counted, if a limit would be exceeded.
bool rh2_inbound_reserve(rh2_session *session, size_t count);
void rh2_inbound_release(rh2_session *session, size_t count);

// gzip.c
// Inflates a message and hands it to its callback, or tells the violation.
void rh2_gzip_deliver(rh2_session *session, rh2_stream *stream, const uint8_t *bytes, size_t length);
// The compressed message, valid until the next call; null if it is not smaller, or there is no memory.
const uint8_t *rh2_gzip_deflate(rh2_loop *loop, const uint8_t *message, size_t length, size_t *deflated);
void rh2_gzip_free(rh2_gzip *gzip);

// queue.c
#define RH2_PREFIX_BYTES 5
// Queues a message behind its prefix and counts it. False when out of memory.
bool rh2_queue_append(rh2_session *session, rh2_stream *stream, bool is_compressed, const uint8_t *message,
                      size_t length, void *owner);
// Moves the first `count` queued bytes to `to`. They are there.
void rh2_queue_take(rh2_session *session, rh2_stream *stream, uint8_t *to, size_t count);
void rh2_queue_discard(rh2_session *session, rh2_stream *stream);
// Whether the loop has room for so many more bytes, for which others may be evicted, and this session too.
bool rh2_queue_make_room(rh2_session *session, uint64_t bytes);

// outbound.c
int rh2_outbound_send(nghttp2_session *ng, nghttp2_frame *frame, const uint8_t *head, size_t length,
                      nghttp2_data_source *source, void *user);
// libnghttp2 has the stream's ending, or never will: it is no longer counted.
void rh2_outbound_ended(rh2_session *session, rh2_stream *stream);
bool rh2_outbound_wake(rh2_session *session);

// flood.c
void rh2_flood_start(rh2_session *session);
void rh2_flood_scan(rh2_session *session, const uint8_t *bytes, size_t count);
void rh2_flood_take(rh2_session *session, enum rh2_flood kind);
void rh2_flood_ping(rh2_session *session);
void rh2_flood_data_sent(rh2_session *session);
void rh2_flood_tick(rh2_session *session);
