// Header blocks: what of them concerns the framing is read here, the rest is kept for the application.

#include "internal.h"

#include <stdlib.h>
#include <string.h>

#define IS(base, length, literal) ((length) == sizeof(literal) - 1 && memcmp(base, literal, sizeof(literal) - 1) == 0)

// MARK: Methods

static uint32_t hash_of(const uint8_t *path, size_t length) {
    uint32_t hash = 2166136261u; // FNV-1a. The table is fixed by the server, so no sender can choose its collisions.
    for (size_t i = 0; i < length; i += 1) {
        hash = (hash ^ path[i]) * 16777619u;
    }
    return hash;
}

rh2_methods *rh2_methods_new(size_t count) {
    rh2_methods *methods = calloc(1, sizeof *methods);
    if (methods == NULL) {
        return NULL;
    }
    size_t size = 16;
    while (size < count * 2) {
        size *= 2;
    }
    methods->slots = calloc(size, sizeof *methods->slots);
    if (methods->slots == NULL) {
        free(methods);
        return NULL;
    }
    methods->mask = size - 1;
    methods->capacity = count;
    return methods;
}

bool rh2_methods_add(rh2_methods *methods, const char *path, size_t path_length, uint32_t index, bool client_streaming,
                     bool server_streaming) {
    if (methods->count >= methods->capacity) {
        return false;
    }
    char *copy = malloc(path_length);
    if (copy == NULL) {
        return false;
    }
    memcpy(copy, path, path_length);
    uint32_t hash = hash_of((const uint8_t *)path, path_length);
    size_t slot = hash & methods->mask;
    while (methods->slots[slot].path != NULL) {
        slot = (slot + 1) & methods->mask;
    }
    methods->slots[slot] = (rh2_method){copy, path_length, index, hash, client_streaming, server_streaming};
    methods->count += 1;
    return true;
}

void rh2_methods_free(rh2_methods *methods) {
    for (size_t slot = 0; slot <= methods->mask; slot += 1) {
        free((void *)methods->slots[slot].path);
    }
    free(methods->slots);
    free(methods);
}

static const rh2_method *find_method(const rh2_methods *methods, const uint8_t *path, size_t length) {
    uint32_t hash = hash_of(path, length);
    for (size_t slot = hash & methods->mask; methods->slots[slot].path != NULL; slot = (slot + 1) & methods->mask) {
        const rh2_method *method = &methods->slots[slot];
        if (method->hash == hash && method->path_length == length && memcmp(method->path, path, length) == 0) {
            return method;
        }
    }
    return NULL;
}

// MARK: Arriving blocks

void rh2_headers_begin(rh2_stream *stream) {
    stream->is_in_headers = true;
    stream->header_list_bytes = 0;
    stream->metadata.length = 0;
}

static bool keep(rh2_session *session, rh2_stream *stream, const uint8_t *name, size_t name_length,
                 const uint8_t *value, size_t value_length) {
    uint8_t lengths[6] = {
        (uint8_t)name_length,  (uint8_t)(name_length >> 8),   (uint8_t)value_length,
        (uint8_t)(value_length >> 8), (uint8_t)(value_length >> 16), (uint8_t)(value_length >> 24),
    };
    // The header-list limit was checked, so the lengths fit.
    if (rh2_bytes_append(&stream->metadata, lengths, sizeof lengths, 0) &&
        rh2_bytes_append(&stream->metadata, name, name_length, 0) &&
        rh2_bytes_append(&stream->metadata, value, value_length, 0)) {
        return true;
    }
    session->no_memory = true;
    return false;
}

static void blame(rh2_stream *stream, rh2_violation violation) {
    if (stream->violation == 0 || violation < stream->violation) {
        stream->violation = (uint8_t)violation;
    }
}

// `grpc-timeout`: at most eight digits and a unit. Returns nanoseconds, -1 if it is none.
static int64_t parse_timeout(const uint8_t *value, size_t length) {
    if (length < 2 || length > 9) {
        return -1;
    }
    int64_t number = 0;
    for (size_t i = 0; i < length - 1; i += 1) {
        if (value[i] < '0' || value[i] > '9') {
            return -1;
        }
        number = number * 10 + (value[i] - '0');
    }
    int64_t unit;
    switch (value[length - 1]) {
    case 'H': unit = 3600000000000; break;
    case 'M': unit = 60000000000; break;
    case 'S': unit = 1000000000; break;
    case 'm': unit = 1000000; break;
    case 'u': unit = 1000; break;
    case 'n': unit = 1; break;
    default: return -1;
    }
    const int64_t limit = INT64_MAX / 4;
    return number > limit / unit ? limit : number * unit;
}

static bool is_grpc(const uint8_t *value, size_t length) {
    static const char prefix[] = "application/grpc";
    const size_t bare = sizeof prefix - 1;
    if (length < bare || memcmp(value, prefix, bare) != 0) {
        return false;
    }
    if (length == bare || value[bare] == ';') {
        return true;
    }
    static const char proto[] = "application/grpc+proto";
    const size_t full = sizeof proto - 1;
    return length >= full && memcmp(value, proto, full) == 0 && (length == full || value[full] == ';');
}

static void take_encoding(const rh2_session *session, rh2_stream *stream, const uint8_t *value, size_t length) {
    stream->is_gzip = session->limits.accepts_gzip && IS(value, length, "gzip");
    if (!stream->is_gzip && !IS(value, length, "identity")) {
        blame(stream, RH2_UNSUPPORTED_ENCODING);
    }
}

// Whether `gzip` is one of the names in a list with commas.
static bool lists_gzip(const uint8_t *value, size_t length) {
    size_t start = 0;
    for (size_t at = 0; at <= length; at += 1) {
        if (at < length && value[at] != ',') {
            continue;
        }
        size_t end = at;
        while (start < end && (value[start] == ' ' || value[start] == '\t')) {
            start += 1;
        }
        while (end > start && (value[end - 1] == ' ' || value[end - 1] == '\t')) {
            end -= 1;
        }
        if (IS(value + start, end - start, "gzip")) {
            return true;
        }
        start = at + 1;
    }
    return false;
}

// Returns whether the field is one that belongs to the protocol.
static bool take_request_field(rh2_session *session, rh2_stream *stream, const uint8_t *name, size_t name_length,
                               const uint8_t *value, size_t value_length) {
    switch (name_length) {
    case 2:
        return IS(name, name_length, "te");
    case 5:
        if (IS(name, name_length, ":path")) {
            const rh2_method *method = find_method(session->methods, value, value_length);
            if (method == NULL) {
                blame(stream, RH2_UNKNOWN_METHOD);
                return false; // Kept, for the status message.
            }
            stream->method = method->index;
            stream->is_single_request = !method->client_streaming;
            stream->is_unary = !method->client_streaming && !method->server_streaming;
            return true;
        }
        return false;
    case 7:
        if (IS(name, name_length, ":method")) {
            if (!IS(value, value_length, "POST")) {
                blame(stream, RH2_NOT_POST);
            }
            return true;
        }
        return IS(name, name_length, ":scheme");
    case 10:
        return IS(name, name_length, ":authority") || IS(name, name_length, "user-agent");
    case 12:
        if (IS(name, name_length, "content-type")) {
            stream->has_content_type = true;
            if (!is_grpc(value, value_length)) {
                blame(stream, RH2_BAD_CONTENT_TYPE);
            }
            return true;
        }
        if (IS(name, name_length, "grpc-timeout")) {
            stream->timeout = parse_timeout(value, value_length);
            if (stream->timeout < 0) {
                blame(stream, RH2_BAD_TIMEOUT);
            }
            return true;
        }
        return false;
    case 13:
        if (IS(name, name_length, "grpc-encoding")) {
            take_encoding(session, stream, value, value_length);
            return true;
        }
        return false;
    case 14: // Checked by libnghttp2 against the body.
        return IS(name, name_length, "content-length");
    case 20:
        if (IS(name, name_length, "grpc-accept-encoding")) {
            stream->accepts_gzip = stream->accepts_gzip || lists_gzip(value, value_length);
            return true;
        }
        return false;
    default:
        return false;
    }
}

static int32_t parse_number(const uint8_t *value, size_t length, int32_t wrong) {
    if (length == 0 || length > 3) {
        return wrong;
    }
    int32_t number = 0;
    for (size_t i = 0; i < length; i += 1) {
        if (value[i] < '0' || value[i] > '9') {
            return wrong;
        }
        number = number * 10 + (value[i] - '0');
    }
    return number;
}

static bool take_response_field(const rh2_session *session, rh2_stream *stream, const uint8_t *name,
                                size_t name_length, const uint8_t *value, size_t value_length) {
    switch (name_length) {
    case 7:
        if (IS(name, name_length, ":status")) {
            stream->http_status = (uint32_t)parse_number(value, value_length, 0);
            return true;
        }
        return false;
    case 11:
        if (IS(name, name_length, "grpc-status")) {
            stream->grpc_status = parse_number(value, value_length, 2);
            return true;
        }
        return false;
    case 12:
        if (IS(name, name_length, "content-type")) {
            stream->has_content_type = true;
            if (!is_grpc(value, value_length)) {
                blame(stream, RH2_BAD_CONTENT_TYPE);
            }
            return true;
        }
        return false;
    case 13:
        if (IS(name, name_length, "grpc-encoding")) {
            take_encoding(session, stream, value, value_length);
            return true;
        }
        return false;
    case 20:
        return IS(name, name_length, "grpc-accept-encoding");
    default:
        return false;
    }
}

int rh2_headers_add(rh2_session *session, rh2_stream *stream, const uint8_t *name, size_t name_length,
                    const uint8_t *value, size_t value_length) {
    stream->header_list_bytes += name_length + value_length + 32;
    if (stream->header_list_bytes > session->limits.header_list_bytes_max) {
        blame(stream, RH2_HEADERS_TOO_LARGE);
        // A block that unpacks to a multiple of what is allowed is no mistake but a bomb.
        return stream->header_list_bytes > 8 * (uint64_t)session->limits.header_list_bytes_max
                   ? NGHTTP2_ERR_CALLBACK_FAILURE
                   : 0;
    }
    bool is_taken;
    if (session->is_server) {
        // A request's trailers carry nothing that gRPC knows.
        is_taken = stream->has_headers ||
                   take_request_field(session, stream, name, name_length, value, value_length);
    } else {
        is_taken = take_response_field(session, stream, name, name_length, value, value_length);
    }
    if (is_taken || keep(session, stream, name, name_length, value, value_length)) {
        return 0;
    }
    return NGHTTP2_ERR_CALLBACK_FAILURE;
}

// MARK: Complete blocks

static void request_complete(rh2_session *session, rh2_stream *stream, bool end_stream) {
    if (stream->has_headers) { // Trailers of the request.
        if (end_stream) {
            rh2_inbound_end(session, stream);
        }
        return;
    }
    stream->has_headers = true;
    stream->began_at = session->now;
    if (stream->timeout >= 0 && stream->violation == 0) {
        stream->deadline = session->now > INT64_MAX - stream->timeout ? INT64_MAX : session->now + stream->timeout;
        if (stream->deadline < session->new_deadline) {
            session->new_deadline = stream->deadline;
        }
    }
    if (!stream->has_content_type) {
        blame(stream, RH2_BAD_CONTENT_TYPE);
    }
    if (stream->violation != 0) {
        rh2_violate(session, stream, (rh2_violation)stream->violation);
        return;
    }
    if (stream->accepts_gzip) {
        stream->gzip_bytes_min = session->limits.gzip_bytes_min;
    }
    if (!stream->is_unary) {
        session->callbacks.stream_request(session->connection, stream->id, stream->method);
    }
    if (end_stream) {
        rh2_inbound_end(session, stream);
    }
}

static void response_complete(rh2_session *session, rh2_stream *stream, bool end_stream) {
    if (stream->http_status >= 100 && stream->http_status < 200 && !stream->has_headers) {
        stream->http_status = 0;
        return;
    }
    bool is_last = stream->has_headers || end_stream;
    bool is_first = !stream->has_headers;
    stream->has_headers = true;
    // Some servers (grpclib 0.4) end a call that never began with a status and no content type.
    if (is_first && !stream->has_content_type && !(end_stream && stream->grpc_status >= 0)) {
        blame(stream, RH2_BAD_CONTENT_TYPE);
    }
    // With an HTTP status other than 200 no gRPC server has answered; the status says more than what is wrong then.
    if (stream->violation != 0 && stream->http_status == 200) {
        rh2_violate(session, stream, (rh2_violation)stream->violation);
        return;
    }
    if (is_last || stream->http_status != 200) {
        stream->has_trailers = true;
    } else if (!stream->is_mute) {
        session->callbacks.response(session->connection, stream->id, stream->call, stream->http_status);
    }
    if (end_stream || stream->http_status != 200) {
        rh2_inbound_end(session, stream); // A body that follows is not gRPC's; it is dropped.
    }
}

void rh2_headers_end(rh2_session *session, rh2_stream *stream, bool end_stream) {
    stream->is_in_headers = false;
    if (end_stream) {
        stream->remote_closed = true;
    }
    if (session->is_server) {
        request_complete(session, stream, end_stream);
    } else {
        response_complete(session, stream, end_stream);
    }
}

const uint8_t *rh2_metadata(rh2_session *session, int32_t id, size_t *length) {
    rh2_stream *stream = rh2_stream_find(session, id);
    *length = stream != NULL && !stream->is_in_headers ? stream->metadata.length : 0;
    return stream != NULL ? stream->metadata.base : NULL;
}

// MARK: Blocks to send

nghttp2_nv *rh2_block_fields(const uint8_t *block, size_t length, size_t reserved, nghttp2_nv *array, size_t room,
                             size_t *count) {
    size_t fields = 0;
    for (size_t at = 0; at < length; fields += 1) {
        size_t name_length = block[at] | (size_t)block[at + 1] << 8;
        size_t value_length = block[at + 2] | (size_t)block[at + 3] << 8 | (size_t)block[at + 4] << 16 |
                              (size_t)block[at + 5] << 24;
        at += 6 + name_length + value_length;
    }
    if (reserved + fields > room) {
        array = malloc((reserved + fields) * sizeof *array);
        if (array == NULL) {
            return NULL;
        }
    }
    size_t at = 0;
    for (size_t i = 0; i < fields; i += 1) {
        size_t name_length = block[at] | (size_t)block[at + 1] << 8;
        size_t value_length = block[at + 2] | (size_t)block[at + 3] << 8 | (size_t)block[at + 4] << 16 |
                              (size_t)block[at + 5] << 24;
        const uint8_t *name = block + at + 6;
        // A secret must not be guessed by means of the compression's dynamic table (RFC 7541 section 7.1.3).
        bool is_secret = IS(name, name_length, "authorization");
        array[reserved + i] = (nghttp2_nv){
            (uint8_t *)name, (uint8_t *)name + name_length, name_length, value_length,
            is_secret ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE,
        };
        at += 6 + name_length + value_length;
    }
    *count = reserved + fields;
    return array;
}
