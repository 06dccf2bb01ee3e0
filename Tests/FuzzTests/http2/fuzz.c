// Fuzzes the shim under libnghttp2: a client and a server session whose bytes pass through the fuzzer's hands.
//
//   clang -g -O1 -fsanitize=fuzzer,address,undefined -I Sources/CNghttp2 -I Sources/CNghttp2/include \
//       Tests/FuzzTests/http2/fuzz.c Sources/CNghttp2/*.c -lnghttp2 -lz -o fuzz && ./fuzz -max_total_time=60
//
// The input is a program of small steps: calls of the shim's functions on either side, bytes carried from one side to
// the other in pieces, and bytes made up. Whatever the steps, nothing may be read or written out of bounds, leaked,
// or told twice.

#include "cnghttp2.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define CALLS 4096
#define WIRE (1 << 20)

typedef struct {
    const uint8_t *at, *end;
} input;

typedef struct {
    uint8_t *bytes;
    size_t length;
} wire;

typedef struct side {
    rh2_session *session;
    bool is_server, is_over, is_evicted;
    int32_t last_stream;
    uint32_t live; // objects that were given to the shim and not released
    uint8_t mood;  // what the callbacks do
    wire out;
} side;

static side *owner_of_objects[2];
static int64_t now = 1;

static uint8_t take(input *in) { return in->at < in->end ? *in->at++ : 0; }

// An object the shim keeps: its owner and whether `closed` was told of it.
typedef struct {
    side *side;
    bool closed;
} object;

static void *new_object(side *s) {
    object *o = calloc(1, sizeof *o);
    o->side = s;
    s->live += 1;
    return o;
}

static void on_release(void *pointer) {
    object *o = pointer;
    assert(o->side->live > 0);
    o->side->live -= 1;
    free(o);
}

static const uint8_t block[] = {3, 0, 1, 0, 0, 0, 'x', '-', 'a', 'b', 11, 0, 1, 0, 0, 0, 'g', 'r', 'p', 'c', '-',
                                's', 't', 'a', 't', 'u', 's', '5'};
static uint8_t payload[70000];

static void answer(side *s, int32_t stream, const uint8_t *message, size_t length) {
    switch (s->mood & 7) {
    case 0:
        rh2_send_message(s->session, stream, message, length, NULL);
        rh2_finish(s->session, stream, NULL, 0, 200, 0);
        break;
    case 1: rh2_finish(s->session, stream, block, sizeof block, 200, 5); break;
    case 2: rh2_reset(s->session, stream, 8, s->mood & 8); break;
    case 3: rh2_pause(s->session, stream); break;
    case 4: rh2_send_headers(s->session, stream, block, 10); break;
    case 5: rh2_send_message(s->session, stream, payload, sizeof payload, new_object(s)); break;
    default: break;
    }
}

static void on_unary(void *c, int32_t stream, uint32_t method, const uint8_t *message, size_t length) {
    (void)method;
    side *s = c;
    size_t count;
    rh2_metadata(s->session, stream, &count);
    if (s->mood & 16) {
        void *o = new_object(s);
        if (!rh2_set_call(s->session, stream, o)) {
            on_release(o);
        }
    }
    s->last_stream = stream;
    answer(s, stream, message, length);
}

static void on_stream(void *c, int32_t stream, uint32_t method) {
    (void)method;
    side *s = c;
    void *o = new_object(s);
    bool is_set = rh2_set_call(s->session, stream, o);
    assert(is_set);
    s->last_stream = stream;
    if (s->mood & 32) {
        rh2_pause(s->session, stream);
    }
}

static void on_violation(void *c, int32_t stream, void *call, rh2_violation violation) {
    (void)call, (void)violation;
    side *s = c;
    if (s->is_server && rh2_can_finish_now(s->session, stream)) {
        rh2_finish(s->session, stream, block, sizeof block, s->mood & 64 ? 415 : 200, 5);
    } else {
        rh2_reset(s->session, stream, 2, s->mood & 8);
    }
}

static void on_response(void *c, int32_t stream, void *call, uint32_t status) {
    (void)c, (void)stream, (void)call, (void)status;
}

static void on_trailers(void *c, int32_t stream, void *call, int32_t status, uint32_t http) {
    (void)call, (void)status, (void)http;
    side *s = c;
    size_t count;
    rh2_metadata(s->session, stream, &count);
    rh2_reset(s->session, stream, 8, true);
}

static void on_message(void *c, int32_t stream, void *call, const uint8_t *message, size_t length) {
    (void)call;
    uint8_t sum = 0;
    for (size_t i = 0; i < length; i += 1) {
        sum ^= message[i];
    }
    side *s = c;
    s->mood ^= sum & 1;
    answer(s, stream, message, length);
}

static void on_half_closed(void *c, int32_t stream, void *call) {
    (void)call;
    side *s = c;
    if (s->is_server) {
        rh2_finish(s->session, stream, s->mood & 1 ? NULL : block, sizeof block, 200, 5);
    } else {
        rh2_reset(s->session, stream, 8, true);
    }
}

static void on_writable(void *c, int32_t stream, void *call) {
    (void)call;
    side *s = c;
    if (s->mood & 1) {
        rh2_send_message(s->session, stream, payload, sizeof payload, NULL);
    } else {
        rh2_finish(s->session, stream, NULL, 0, 200, 0);
    }
}

static void on_expired(void *c, int32_t stream, void *call) {
    (void)call;
    rh2_reset(((side *)c)->session, stream, 8, true);
}

static void on_closed(void *c, int32_t stream, void *call, uint32_t code, bool sent) {
    (void)code, (void)sent;
    object *o = call;
    assert(!o->closed && o->side == c);
    o->closed = true;
    assert(!rh2_is_open(((side *)c)->session, stream));
    rh2_send_message(((side *)c)->session, stream, payload, 10, NULL);
}

static void on_settings(void *c) { (void)c; }
static void on_ping(void *c, uint64_t payload) { (void)c, (void)payload; }
static void on_goaway(void *c, int32_t last, uint32_t code, const uint8_t *debug, size_t length) {
    (void)c, (void)last, (void)code;
    uint8_t sum = 0;
    for (size_t i = 0; i < length; i += 1) {
        sum ^= debug[i];
    }
    ((side *)c)->mood ^= sum & 1;
}

static void on_ended(void *c, const rh2_ended *end) {
    side *s = c;
    assert(s->is_server && (end->method < 4 || end->method == RH2_NO_METHOD));
    uint8_t sum = 0;
    for (size_t i = 0; i < end->metadata_length; i += 1) {
        sum ^= end->metadata[i];
    }
    s->mood ^= sum & 1;
}

static void on_evicted(void *c) {
    side *s = c;
    assert(!s->is_evicted);
    s->is_evicted = true;
    assert(rh2_queued_bytes(s->session) == 0);
    assert(rh2_send_message(s->session, s->last_stream, payload, 10, NULL) == RH2_GONE);
}

static const rh2_callbacks callbacks = {
    on_unary, on_stream, on_violation, on_response, on_trailers, on_message, on_half_closed, on_writable, on_expired,
    on_closed, on_settings, on_ping, on_goaway, on_release, on_ended, on_evicted,
};

static void receive(side *s, const uint8_t *bytes, size_t count) {
    if (s->is_over || count == 0) {
        return;
    }
    // A copy of the exact size, so that a read past its end is seen.
    uint8_t *copy = malloc(count);
    memcpy(copy, bytes, count);
    s->is_over = rh2_receive(s->session, now, copy, count) != RH2_GOES_ON;
    free(copy);
}

static void produce(side *s) {
    static uint8_t buffer[64 << 10];
    ptrdiff_t count = rh2_produce(s->session, buffer, sizeof buffer);
    if (count > 0 && s->out.length + (size_t)count <= WIRE) {
        memcpy(s->out.bytes + s->out.length, buffer, (size_t)count);
        s->out.length += (size_t)count;
    }
    rh2_dispatch(s->session);
}

static void carry(side *from, side *to, size_t count) {
    if (count > from->out.length) {
        count = from->out.length;
    }
    receive(to, from->out.bytes, count);
    memmove(from->out.bytes, from->out.bytes + count, from->out.length - count);
    from->out.length -= count;
}

static void request(side *client, input *in) {
    static const char *const paths[] = {"/a/u", "/a/c", "/a/s", "/a/b", "/a/none"};
    uint8_t choice = take(in);
    const char *path = paths[choice % 5];
    void *o = new_object(client);
    int64_t deadline = choice & 128 ? now + take(in) : INT64_MAX;
    int32_t stream = rh2_submit_request(client->session, path, strlen(path), "x", 1, choice & 64,
                                        choice & 16 ? 40 : RH2_NO_GZIP, choice & 32 ? block : NULL,
                                        choice & 32 ? 10 : 0, o, deadline);
    if (stream == 0) {
        on_release(o);
    } else {
        client->last_stream = stream;
    }
}

// A message that says it is compressed, with content from the fuzzer, past the shim of its sender.
static void made_up_message(side *s, int32_t stream, input *in) {
    size_t count = take(in);
    if (count > (size_t)(in->end - in->at)) {
        count = (size_t)(in->end - in->at);
    }
    uint8_t head[14] = {0, 0, (uint8_t)(count + 5), 0, 0, 0, 0, (uint8_t)(stream >> 8), (uint8_t)stream, 1, 0, 0, 0,
                        (uint8_t)count};
    if (count > 250 || s->out.length + sizeof head + count > WIRE) {
        return;
    }
    memcpy(s->out.bytes + s->out.length, head, sizeof head);
    memcpy(s->out.bytes + s->out.length + sizeof head, in->at, count);
    s->out.length += sizeof head + count;
    in->at += count;
}

static void step(side *s, side *other, input *in) {
    uint8_t op = take(in);
    int32_t stream = s->last_stream - 2 * (int32_t)(op >> 6);
    switch (op & 31) {
    case 0: case 1: case 2: produce(s); break;
    case 3: case 4: carry(s, other, s->out.length); break;
    case 5: carry(s, other, (size_t)take(in) + 1); break;
    case 6: {
        size_t count = take(in);
        if (count > (size_t)(in->end - in->at)) {
            count = (size_t)(in->end - in->at);
        }
        receive(s, in->at, count);
        in->at += count;
        break;
    }
    case 7: // Change bytes on their way.
        if (s->out.length > 0) {
            s->out.bytes[(take(in) * 7u) % s->out.length] ^= take(in);
        }
        break;
    case 8: case 9: case 10:
        if (!s->is_server) {
            request(s, in);
        }
        break;
    case 11: case 12: case 13:
        rh2_send_message(s->session, stream, payload, (size_t)take(in) * take(in), NULL);
        break;
    case 14: rh2_send_message(s->session, stream, payload, 256u * take(in), new_object(s)); break;
    case 15: case 16: rh2_half_close(s->session, stream); break;
    case 17: rh2_finish(s->session, stream, op & 64 ? NULL : block, sizeof block, 200, 5); break;
    case 18: rh2_reset(s->session, stream, take(in), op & 64); break;
    case 19: rh2_pause(s->session, stream); break;
    case 20: case 21: rh2_resume(s->session, stream); break;
    case 22:
        now += (int64_t)take(in) << (take(in) & 31);
        rh2_expire(s->session, now);
        break;
    case 23: s->mood = take(in); break;
    case 24: rh2_ping(s->session, take(in)); break;
    case 25: rh2_shutdown_notice(s->session); break;
    case 26: rh2_goaway(s->session, 0); break;
    case 27:
        if (take(in) == 77) {
            rh2_terminate(s->session, 0);
        }
        break;
    case 28: rh2_dispatch(s->session); break;
    case 29: rh2_set_deadline(s->session, stream, now + take(in)); break;
    case 30: made_up_message(s, stream, in); break;
    case 31: rh2_set_gzip_bytes_min(s->session, stream, op & 64 ? take(in) : RH2_NO_GZIP); break;
    default: break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    input in = {bytes, bytes + count};
    rh2_methods *methods = rh2_methods_new(4);
    rh2_methods_add(methods, "/a/u", 4, 0, false, false);
    rh2_methods_add(methods, "/a/c", 4, 1, true, false);
    rh2_methods_add(methods, "/a/s", 4, 2, false, true);
    rh2_methods_add(methods, "/a/b", 4, 3, true, true);
    rh2_limits limits = {8, 100000, 200000, 2000, 60000, 150000, 40000, 200000, 400000, RH2_NO_GZIP, true,
                         0, true};
    uint8_t compression = take(&in);
    limits.gzip_bytes_min = compression & 1 ? 50 : RH2_NO_GZIP;
    limits.accepts_gzip = !(compression & 2);
    limits.ping_interval_min = compression & 4 ? 1000 : 0;
    limits.pings_without_streams = compression & 8;
    // What both may queue together: nearly as much as one of them may, or more than both.
    rh2_loop *loop = rh2_loop_new(1 << 20, compression & 16 ? 350000 : 1 << 20);
    side server = {.is_server = true, .out = {malloc(WIRE), 0}};
    side client = {.out = {malloc(WIRE), 0}};
    server.session = rh2_server_new(loop, methods, &callbacks, &limits, &server, now);
    client.session = rh2_client_new(loop, &callbacks, &limits, &client, now);
    owner_of_objects[0] = &server;
    owner_of_objects[1] = &client;
    server.mood = take(&in);
    client.mood = take(&in);
    while (in.at < in.end) {
        bool is_server = take(&in) & 1;
        step(is_server ? &server : &client, is_server ? &client : &server, &in);
    }
    for (int round = 0; round < 8; round += 1) {
        produce(&client);
        carry(&client, &server, client.out.length);
        produce(&server);
        carry(&server, &client, server.out.length);
    }
    rh2_session_free(server.session);
    rh2_session_free(client.session);
    assert(server.live == 0 && client.live == 0);
    assert(rh2_loop_inbound_bytes(loop) == 0 && rh2_loop_queued_bytes(loop) == 0);
    rh2_methods_free(methods);
    rh2_loop_free(loop);
    free(server.out.bytes);
    free(client.out.bytes);
    return 0;
}
