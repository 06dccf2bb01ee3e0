// Fetching beforehand what sending will touch.

#include "internal.h"

#define LINE 64

// A run is the address of its first line, whose lowest bits are none, with the number of the other lines in them.
void rh2_footprint_add(rh2_footprint *footprint, const void *memory, size_t length) {
    if (length == 0 || footprint->count == RH2_FOOTPRINT_RUNS) {
        return;
    }
    uintptr_t first = (uintptr_t)memory / LINE;
    uintptr_t more = ((uintptr_t)memory + length - 1) / LINE - first;
    footprint->runs[footprint->count++] = first * LINE + (more < LINE ? more : LINE - 1);
}

void rh2_footprint_add_stream(rh2_footprint *footprint, rh2_session *session, int32_t id) {
    rh2_stream *stream = rh2_stream_find(session, id);
    if (stream == NULL) {
        return;
    }
    rh2_footprint_add(footprint, session, sizeof *session);
    rh2_footprint_add(footprint, rh2_stream_bucket(session, id), sizeof stream);
    rh2_footprint_add(footprint, stream, sizeof *stream);
    if (stream->spare != NULL) { // where a message is copied to
        rh2_footprint_add(footprint, stream->spare, sizeof *stream->spare + LINE);
    }
    // What libnghttp2 has is its secret, but not where: its session begins with the queues, a stream is 4 lines long.
    rh2_footprint_add(footprint, session->session, 16 * LINE);
    nghttp2_stream *theirs = nghttp2_session_find_stream(session->session, id);
    if (theirs != NULL) {
        rh2_footprint_add(footprint, theirs, 4 * LINE);
    }
}

void rh2_prefetch(const rh2_footprint *footprint) {
    for (uint64_t run = 0; run < footprint->count; run += 1) {
        uintptr_t more = footprint->runs[run] % LINE;
        const char *line = (const char *)(footprint->runs[run] - more);
        for (uintptr_t i = 0; i <= more; i += 1) {
            __builtin_prefetch(line + i * LINE, 1);
        }
    }
}
