#pragma once

// gRPC framing over one nghttp2_session per connection.
//
// This shim is the only code that touches libnghttp2. It keeps what belongs to a stream of bytes: header blocks, the
// five-byte message prefixes, flow-control credit, output queues, and the counters against floods. What a call means,
// which status answers what, and when a connection ends is decided by the caller.
//
// Everything that hangs on one `rh2_loop` is used by one thread only. Streams are named by their id; an id is never
// used twice on a connection and every function accepts the id of a stream that is gone. Callbacks run inside
// `rh2_receive`,
// `rh2_produce`, `rh2_expire`, `rh2_resume` and `rh2_dispatch`; from inside a callback everything may be called except
// those five and `rh2_session_free`.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// No header here is written for C++, and Swift wants to know which pointers may be null.
#pragma clang assume_nonnull begin

typedef struct rh2_loop rh2_loop;
typedef struct rh2_methods rh2_methods;
typedef struct rh2_session rh2_session;

// What is wrong with a call, as far as bytes tell. Where a header block shows several, the first of this list counts.
typedef enum {
    // The header list is longer than the limit, counted as RFC 9113 section 6.5.2 counts it.
    RH2_HEADERS_TOO_LARGE = 1,
    RH2_NOT_POST,
    RH2_BAD_CONTENT_TYPE,
    RH2_UNKNOWN_METHOD,
    RH2_BAD_TIMEOUT,
    RH2_UNSUPPORTED_ENCODING,
    RH2_MESSAGE_TOO_LARGE,
    // Exactly one message was due.
    RH2_NO_MESSAGE,
    RH2_MANY_MESSAGES,
    // The stream ended inside a message.
    RH2_TRUNCATED,
    // The compressed flag is set though no encoding was agreed on.
    RH2_COMPRESSED,
    // A compressed message is not one whole gzip member (RFC 1952) whose checksum and length are right.
    RH2_BAD_COMPRESSION,
    // The first byte of the prefix is neither 0 nor 1.
    RH2_BAD_PREFIX,
    // The connection, or all connections of the loop, hold too many bytes that nobody has taken yet.
    RH2_BUFFERS_FULL,
} rh2_violation;

// Why a connection must end.
typedef enum {
    RH2_GOES_ON = 0,
    // The client preface is not there: another protocol.
    RH2_BAD_PREFACE,
    // A protocol error after which libnghttp2 cannot go on.
    RH2_BROKEN,
    // A flood; GOAWAY with ENHANCE_YOUR_CALM is queued.
    RH2_FLOODED,
    // The client's keepalive asks too often; GOAWAY with ENHANCE_YOUR_CALM and `too_many_pings` is queued.
    RH2_TOO_MANY_PINGS,
    RH2_NO_MEMORY,
} rh2_verdict;

#define RH2_NO_METHOD UINT32_MAX

// A call of the server that is over.
typedef struct {
    // RH2_NO_METHOD where the path is not known.
    uint32_t method;
    // What `rh2_finish` or `rh2_set_status` said; -1 if neither did: the client did not wait for the end.
    int32_t grpc_status;
    // When the request's headers were complete.
    int64_t began_at;
    uint32_t messages_in, messages_out;
    // As `rh2_metadata` gives it.
    const uint8_t *_Nullable metadata;
    size_t metadata_length;
} rh2_ended;

typedef struct {
    // A unary call of the server is complete. `message` lives until the callback returns.
    void (*unary_request)(void *connection, int32_t stream, uint32_t method, const uint8_t *message, size_t length);
    // A call whose method is streaming in either direction begins.
    void (*stream_request)(void *connection, int32_t stream, uint32_t method);
    // The server refuses, or the client gives up: the caller answers with a status or a reset. `call` may be null.
    void (*violation)(void *connection, int32_t stream, void *_Nullable call, rh2_violation violation);
    // The client got response headers; `http_status` is the number in `:status`.
    void (*response)(void *connection, int32_t stream, void *_Nullable call, uint32_t http_status);
    // The client got the last header block; `grpc_status` is -1 where there is none.
    void (*trailers)(void *connection, int32_t stream, void *_Nullable call, int32_t grpc_status, uint32_t http_status);
    void (*message)(void *connection, int32_t stream, void *_Nullable call, const uint8_t *message, size_t length);
    // The other side has sent its last message (server: all messages delivered; client: END_STREAM without trailers
    // too).
    void (*half_closed)(void *connection, int32_t stream, void *_Nullable call);
    // A sender that was told to wait may go on.
    void (*writable)(void *connection, int32_t stream, void *call);
    // The deadline passed. Not called again.
    void (*expired)(void *connection, int32_t stream, void *_Nullable call);
    // The stream is gone. `was_sent` tells the client whether its HEADERS frame ever left. Only for streams with a
    // call.
    void (*closed)(void *connection, int32_t stream, void *call, uint32_t error_code, bool was_sent);
    // The first SETTINGS frame of the other side.
    void (*settings)(void *connection);
    void (*ping_ack)(void *connection, uint64_t payload);
    // `debug` is text for people, as the other side wrote it.
    void (*goaway)(void *connection, int32_t last_stream, uint32_t error_code, const uint8_t *_Nullable debug,
                   size_t debug_length);
    // A `call` or an `owner` is not needed any more.
    void (*release)(void *object);
    // Server: a stream whose headers had come is over. Nothing of this file may be called from inside. May be null.
    void (*_Nullable ended)(void *connection, const rh2_ended *end);
    // This connection had queued more bytes than any other when the loop's limit was reached. What was queued is gone,
    // and so are its calls; GOAWAY with ENHANCE_YOUR_CALM is queued. The caller closes it, later: the callback may come
    // while another connection sends. May be null where the loop has no such limit.
    void (*_Nullable evicted)(void *connection);
} rh2_callbacks;

typedef struct {
    uint32_t concurrent_streams_max;
    uint32_t stream_window_bytes;
    uint32_t connection_window_bytes;
    // Of one header block, counted with 32 bytes for each field.
    uint32_t header_list_bytes_max;
    // Of one inbound message, as it comes and inflated.
    uint32_t message_bytes_max;
    // Inbound bytes of one connection that wait for the rest of their message or for a paused consumer.
    uint64_t inbound_bytes_max;
    // A sender of one stream is told to wait above this, and to go on below half of it.
    uint64_t stream_send_bytes_high;
    // What one stream may queue at most.
    uint64_t stream_send_bytes_max;
    // What all streams of a connection may queue at most; senders wait above half of it.
    uint64_t connection_send_bytes_max;
    // Server: answers of at least so many bytes are compressed where the client accepts it. RH2_NO_GZIP: none.
    uint32_t gzip_bytes_min;
    // Whether inbound messages may be compressed with gzip.
    bool accepts_gzip;
    // Server: a client that sends PING frames more often than this, in nanoseconds, is sent away; 0: any may come. Two
    // are overlooked, and those that follow work.
    int64_t ping_interval_min;
    // Whether that interval also holds while no stream is open. If not, two hours hold.
    bool pings_without_streams;
} rh2_limits;
#define RH2_NO_GZIP UINT32_MAX

// MARK: What connections of one event loop share

// Pools of streams, and the counts of inbound bytes that wait and of queued bytes, each with its limit for all
// connections of the loop. A message that would exceed `queued_bytes_max` evicts the connection that has queued most.
// Freed last.
rh2_loop *_Nullable rh2_loop_new(uint64_t inbound_bytes_max, uint64_t queued_bytes_max);
void rh2_loop_free(rh2_loop *loop);
uint64_t rh2_loop_inbound_bytes(const rh2_loop *loop);
uint64_t rh2_loop_queued_bytes(const rh2_loop *loop);
// To be called now and then: gives memory back to the system after much was queued and is gone.
void rh2_loop_tidy(rh2_loop *loop);

// The server's methods. Read-only once built; shared by threads.
rh2_methods *_Nullable rh2_methods_new(size_t count);
// `index` is handed to the callbacks. False when out of memory. At most `count` times.
bool rh2_methods_add(rh2_methods *methods, const char *path, size_t path_length, uint32_t index, bool client_streaming,
                     bool server_streaming);
void rh2_methods_free(rh2_methods *methods);

// MARK: A connection

rh2_session *_Nullable rh2_server_new(rh2_loop *loop, const rh2_methods *methods, const rh2_callbacks *callbacks,
                                      const rh2_limits *limits, void *connection, int64_t now);
rh2_session *_Nullable rh2_client_new(rh2_loop *loop, const rh2_callbacks *callbacks, const rh2_limits *limits,
                                      void *connection, int64_t now);
// Tells `closed` for every stream with a call that is still there, then frees all.
void rh2_session_free(rh2_session *session);

// Takes bytes from the socket. `now` is monotonic, in nanoseconds.
rh2_verdict rh2_receive(rh2_session *session, int64_t now, const uint8_t *bytes, size_t count);
// Writes at most `capacity` bytes for the socket and returns their number; 0: nothing to send now. Negative: broken.
// `capacity` is at least RH2_PRODUCE_MIN.
ptrdiff_t rh2_produce(rh2_session *session, uint8_t *bytes, size_t capacity);
#define RH2_PRODUCE_MIN ((size_t)(48 * 1024))
// Tells what `rh2_produce` and `rh2_receive` left to tell: closed streams and senders that may go on. True if
// anything was told.
bool rh2_dispatch(rh2_session *session);
// Whether the HTTP/2 connection has nothing more to read and to write.
bool rh2_is_finished(rh2_session *session);
// Ends calls whose deadline has passed and returns the next deadline, INT64_MAX if there is none.
int64_t rh2_expire(rh2_session *session, int64_t now);
// The time since when a header block, or another frame that is not DATA, has been arriving; 0 if none is.
int64_t rh2_stalled_since(const rh2_session *session);
// Whether the other side has broken the rules of HTTP/2 so that the connection had to end: a flood, or an error that
// GOAWAY has named. Not the ends that the caller chose, nor an impatient keepalive, nor another protocol.
bool rh2_has_offended(const rh2_session *session);
// The earliest deadline that a stream got since this was called last, INT64_MAX if none did.
int64_t rh2_take_new_deadline(rh2_session *session);

uint32_t rh2_open_streams(const rh2_session *session);
// Server: the highest id of a stream that the client has opened.
int32_t rh2_last_stream(const rh2_session *session);
// Requests of the client that wait for SETTINGS or for the server's limit on concurrent streams.
uint32_t rh2_unsent_requests(const rh2_session *session);
uint64_t rh2_inbound_bytes(const rh2_session *session);
uint64_t rh2_queued_bytes(const rh2_session *session);

void rh2_ping(rh2_session *session, uint64_t payload);
// GOAWAY with the highest possible stream id: no new connection's worth of work, please (RFC 9113 section 6.8).
void rh2_shutdown_notice(rh2_session *session);
// GOAWAY with the last stream that was taken. Later streams are refused.
void rh2_goaway(rh2_session *session, uint32_t error_code);
// GOAWAY, and nothing is read any more.
void rh2_terminate(rh2_session *session, uint32_t error_code);

// MARK: Streams

bool rh2_is_open(rh2_session *session, int32_t stream);
// Stores a retained object; given to the callbacks and released once with `release`. Replaces nothing: there must be
// none.
bool rh2_set_call(rh2_session *session, int32_t stream, void *call);
void *_Nullable rh2_call(rh2_session *session, int32_t stream);
// INT64_MAX if there is none.
int64_t rh2_deadline(rh2_session *session, int32_t stream);
void rh2_set_deadline(rh2_session *session, int32_t stream, int64_t deadline);
// The application's entries of the last header block received, as `rh2_block` describes. Valid until the next callback.
const uint8_t *_Nullable rh2_metadata(rh2_session *session, int32_t stream, size_t *length);

// A header block in memory is a run of entries: name length (2 bytes), value length (4 bytes), both little-endian,
// name, value.

// Client: starts a call. Returns its id, or 0 if the connection takes no more. The block holds every field but the four
// pseudo-headers and `grpc-...-encoding`. `call` is retained and given to the callbacks. Messages of at least
// `gzip_bytes_min` bytes are compressed; RH2_NO_GZIP: none ever are.
int32_t rh2_submit_request(rh2_session *session, const char *path, size_t path_length, const char *authority,
                           size_t authority_length, bool is_tls, uint32_t gzip_bytes_min,
                           const uint8_t *_Nullable block, size_t block_length, void *_Nullable call, int64_t deadline);
// Server: metadata that goes out with the response headers. Sends them at once.
bool rh2_send_headers(rh2_session *session, int32_t stream, const uint8_t *_Nullable block, size_t length);

typedef enum {
    RH2_WRITABLE = 0,
    // Queued, but wait for `writable` before the next.
    RH2_WAIT,
    // Not queued: the stream is gone or has been finished.
    RH2_GONE,
    // Not queued: a limit on queued bytes, or memory, would be exceeded.
    RH2_OVERFLOW,
} rh2_sent;

// Queues a message behind its five-byte prefix. Without `owner` the bytes are copied; with it they are kept until
// they are written, and `owner` is released then (or at once if not needed).
rh2_sent rh2_send_message(rh2_session *session, int32_t stream, const uint8_t *_Nullable message, size_t length,
                          void *_Nullable owner);
// Messages of at least so many bytes are compressed from now on; RH2_NO_GZIP: none. Without effect where the other side
// did not say that it accepts that, or the headers went out without saying that messages may be compressed.
void rh2_set_gzip_bytes_min(rh2_session *session, int32_t stream, uint32_t bytes_min);
// Whether the message that was delivered last had been compressed.
bool rh2_was_compressed(rh2_session *session, int32_t stream);
bool rh2_is_writable(rh2_session *session, int32_t stream);
uint64_t rh2_stream_queued_bytes(rh2_session *session, int32_t stream);
// Server: ends the call behind what is queued. A null block is `grpc-status: 0` and nothing else. `http_status` is used
// if no headers have been sent yet and the status is not OK. `grpc_status` is what the block says, for `ended`.
bool rh2_finish(rh2_session *session, int32_t stream, const uint8_t *_Nullable block, size_t length,
                uint32_t http_status, uint8_t grpc_status);
// Server: what `ended` is to tell of a call that is reset because its status cannot be sent.
void rh2_set_status(rh2_session *session, int32_t stream, uint8_t grpc_status);
// Whether `rh2_finish` would reach the other side at once: nothing is queued behind its flow-control window.
bool rh2_can_finish_now(rh2_session *session, int32_t stream);
// Client: whether the HEADERS frame of a stream that is there has left.
bool rh2_was_sent(rh2_session *session, int32_t stream);
// Client: no more messages.
void rh2_half_close(rh2_session *session, int32_t stream);
// RST_STREAM. Nothing but `closed` is told of the stream from now on, and not even that if `forget` is true.
void rh2_reset(rh2_session *session, int32_t stream, uint32_t error_code, bool forget);
// Stops and restarts the delivery of messages, and with it the credit for the other side's flow-control window.
void rh2_pause(rh2_session *session, int32_t stream);
void rh2_resume(rh2_session *session, int32_t stream);

// MARK: Memory

enum { RH2_FOOTPRINT_RUNS = 15 };

// Which lines of the processor's caches sending something on a stream will touch. What lay there may have gone since:
// to fetch a line reads nothing and cannot fail.
typedef struct {
    uintptr_t runs[RH2_FOOTPRINT_RUNS];
    uint64_t count;
} rh2_footprint;

// Adds what is at `memory`, at most 64 lines, if there is room for another run.
void rh2_footprint_add(rh2_footprint *footprint, const void *memory, size_t length);
// Adds what this shim and libnghttp2 have of a stream.
void rh2_footprint_add_stream(rh2_footprint *footprint, rh2_session *session, int32_t stream);
// Begins to fetch all of it, and does not wait.
void rh2_prefetch(const rh2_footprint *footprint);

#pragma clang assume_nonnull end
