// Counters against floods that libnghttp2 1.52 does not count itself.
//
// Each kind of frame that costs work and brings nothing has a bucket of tokens. A frame takes one; useful work (a new
// stream, a DATA frame) and time put some back. An empty bucket ends the connection with ENHANCE_YOUR_CALM (RFC 9113
// section 10.5). The ratios are of the order of Envoy's limits (PRIORITY frames per stream, WINDOW_UPDATE frames per
// DATA frame sent), wide enough for every client library that was tried.

#include "internal.h"

#include <string.h>

typedef struct {
    int32_t burst;
    int32_t per_second;
    int32_t per_stream;
    int32_t per_data_frame;
} refill;

static const refill refills[RH2_FLOOD_COUNT] = {
    [RH2_FLOOD_PRIORITY] = {1000, 10, 10, 0},
    [RH2_FLOOD_WINDOW_UPDATE] = {1000, 50, 4, 10},
    [RH2_FLOOD_EMPTY_DATA] = {100, 10, 1, 0},
    // gRPC libraries probe the bandwidth with a PING for each burst of data.
    [RH2_FLOOD_PING] = {500, 10, 1, 1},
    [RH2_FLOOD_SETTINGS] = {100, 1, 0, 0},
    [RH2_FLOOD_OTHER] = {100, 10, 0, 0},
    // Resets that the other side provokes by its own violations (CVE-2025-8671, "MadeYouReset").
    [RH2_FLOOD_PROVOKED_RESET] = {200, 10, 0, 0},
};

void rh2_flood_start(rh2_session *session) {
    for (int kind = 0; kind < RH2_FLOOD_COUNT; kind += 1) {
        session->tokens[kind] = refills[kind].burst;
    }
    session->refilled_at = session->now;
    session->pinged_at = INT64_MIN / 2;
}

static void give(rh2_session *session, int kind, int64_t tokens) {
    int64_t sum = session->tokens[kind] + tokens;
    session->tokens[kind] = sum > refills[kind].burst ? refills[kind].burst : (int32_t)sum;
}

void rh2_flood_take(rh2_session *session, enum rh2_flood kind) {
    if (session->tokens[kind] > 0) {
        session->tokens[kind] -= 1;
        return;
    }
    if (!session->is_flooded) {
        session->is_flooded = session->has_offended = true;
        nghttp2_session_terminate_session(session->session, NGHTTP2_ENHANCE_YOUR_CALM);
    }
}

// A client's keepalive (grpc/proposal A8, as grpc-go enforces it). The bucket above bounds floods; this one is for
// honest clients that ask far too often. Libraries probe the bandwidth with a PING when data come, so one that follows
// work in either direction is not counted; grpc-go looks at its own only.
void rh2_flood_ping(rh2_session *session) {
    const int64_t two_hours = 7200 * (int64_t)1000000000;
    const uint32_t strikes_max = 2;
    if (!session->is_server || session->limits.ping_interval_min == 0) {
        return;
    }
    bool is_idle = session->count == 0 && !session->limits.pings_without_streams;
    int64_t interval = is_idle ? two_hours : session->limits.ping_interval_min;
    if (session->worked_since_ping) {
        session->worked_since_ping = false;
        session->ping_strikes = 0;
    } else if (session->now - session->pinged_at < interval) {
        session->ping_strikes += 1;
    }
    session->pinged_at = session->now;
    if (session->ping_strikes > strikes_max && !session->is_flooded && !session->pings_too_often) {
        static const uint8_t why[] = "too_many_pings";
        session->pings_too_often = session->ends_by_choice = true;
        nghttp2_submit_goaway(session->session, NGHTTP2_FLAG_NONE,
                              nghttp2_session_get_last_proc_stream_id(session->session), NGHTTP2_ENHANCE_YOUR_CALM,
                              why, sizeof why - 1);
    }
}

static void count_frame(rh2_session *session, uint8_t type, uint8_t flags, uint32_t length) {
    switch (type) {
    case NGHTTP2_DATA:
        if (length > 0) {
            give(session, RH2_FLOOD_PING, refills[RH2_FLOOD_PING].per_data_frame);
        } else if (!(flags & NGHTTP2_FLAG_END_STREAM)) {
            rh2_flood_take(session, RH2_FLOOD_EMPTY_DATA);
        }
        return;
    case NGHTTP2_HEADERS:
        for (int kind = 0; kind < RH2_FLOOD_COUNT; kind += 1) {
            give(session, kind, refills[kind].per_stream);
        }
        return;
    case NGHTTP2_CONTINUATION: // Counted by libnghttp2, as resets are.
    case NGHTTP2_RST_STREAM:
    case NGHTTP2_GOAWAY:
        return;
    case NGHTTP2_PRIORITY:
        rh2_flood_take(session, RH2_FLOOD_PRIORITY);
        return;
    case NGHTTP2_WINDOW_UPDATE:
        rh2_flood_take(session, RH2_FLOOD_WINDOW_UPDATE);
        return;
    case NGHTTP2_PING:
        // Acknowledgements answer our own.
        if (!(flags & NGHTTP2_FLAG_ACK)) {
            rh2_flood_take(session, RH2_FLOOD_PING);
        }
        return;
    case NGHTTP2_SETTINGS:
        rh2_flood_take(session, RH2_FLOOD_SETTINGS);
        return;
    default:
        rh2_flood_take(session, RH2_FLOOD_OTHER);
        return;
    }
}

static void frame_begins(rh2_session *session) {
    const uint8_t *head = session->head;
    uint8_t type = head[3], flags = head[4];
    session->payload_left = (uint32_t)head[0] << 16 | (uint32_t)head[1] << 8 | (uint32_t)head[2];
    session->frame_type = type;
    count_frame(session, type, flags, session->payload_left);
    if (type == NGHTTP2_HEADERS || type == NGHTTP2_CONTINUATION) {
        session->in_block = !(flags & NGHTTP2_FLAG_END_HEADERS);
    }
}

// libnghttp2 tells nothing of frames that it ignores, so the heads are read here once more: nine bytes of each frame.
void rh2_flood_scan(rh2_session *session, const uint8_t *bytes, size_t count) {
    bool is_new_frame = false;
    while (count > 0) {
        size_t step;
        if (session->magic_left > 0) {
            step = session->magic_left < count ? session->magic_left : count;
            session->magic_left -= (uint8_t)step;
        } else if (session->payload_left > 0) {
            step = session->payload_left < count ? session->payload_left : count;
            session->payload_left -= (uint32_t)step;
        } else {
            is_new_frame = is_new_frame || session->head_length == 0;
            step = 9u - session->head_length;
            step = step < count ? step : count;
            memcpy(session->head + session->head_length, bytes, step);
            session->head_length += (uint8_t)step;
            if (session->head_length == 9) {
                session->head_length = 0;
                frame_begins(session);
            }
        }
        bytes += step;
        count -= step;
    }
    bool is_partial = session->head_length > 0 ||
                      (session->payload_left > 0 && session->frame_type != NGHTTP2_DATA);
    if (!is_partial && !session->in_block) {
        session->stalled_since = 0;
    } else if (session->stalled_since == 0 || (!session->in_block && is_new_frame)) {
        session->stalled_since = session->now;
    }
}

void rh2_flood_data_sent(rh2_session *session) {
    give(session, RH2_FLOOD_WINDOW_UPDATE, refills[RH2_FLOOD_WINDOW_UPDATE].per_data_frame);
    give(session, RH2_FLOOD_PING, refills[RH2_FLOOD_PING].per_data_frame);
}

void rh2_flood_tick(rh2_session *session) {
    int64_t seconds = (session->now - session->refilled_at) / 1000000000;
    if (seconds <= 0) {
        return;
    }
    session->refilled_at += seconds * 1000000000;
    if (seconds > 3600) {
        seconds = 3600;
    }
    for (int kind = 0; kind < RH2_FLOOD_COUNT; kind += 1) {
        give(session, kind, refills[kind].per_second * seconds);
    }
}
